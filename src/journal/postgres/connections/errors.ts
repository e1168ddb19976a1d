import { createRequire } from 'node:module'
import type pg from 'pg'
import { ProcedureError } from '../../procedures/transaction.ts'
import { StoreUnavailableError } from '../../store.ts'

// SQLSTATE classes that blame the statement's values: data exceptions and integrity constraints.
const VALUE_CLASSES = ['22', '23']

const isSqlError = (error: unknown): error is pg.DatabaseError & { readonly code: string } =>
  error instanceof loadPg().DatabaseError && error.code !== undefined

const blamesValues = (error: unknown): boolean => isSqlError(error) && VALUE_CLASSES.includes(error.code.slice(0, 2))

// There is none of that name, there is one already, or a plan that was made cannot be carried out any more.
const INVALID_STATEMENT = ['26000', '42P05', '0A000']

/** Whether a statement was refused that would not have been, had it not been prepared. */
export const isInvalidStatement = (error: unknown): boolean =>
  isSqlError(error) && INVALID_STATEMENT.includes(error.code)

/** Whether the server refused a statement: nothing of it stands, and the connection does. */
export const isRefusedStatement = (error: unknown): boolean => isSqlError(error) && error.severity === 'ERROR'

/** What the driver threw, as what it means to the store: an `Error` where the values are to blame. */
export function refusal(error: unknown): Error {
  if (error instanceof StoreUnavailableError || error instanceof ProcedureError) return error
  if (blamesValues(error)) return new Error((error as Error).message, { cause: error })
  return new StoreUnavailableError(`The journal database cannot be used: ${reasonOf(error)}`, { cause: error })
}

function reasonOf(error: unknown): string {
  if (isSqlError(error)) return `${error.message} (${error.code})`
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  return code ?? (error instanceof Error ? error.message : String(error))
}

/** Loads the driver of PostgreSQL, where it is needed only: most journals are in a file, and it takes its time. */
export const loadPg = (): typeof import('pg') => createRequire(import.meta.url)('pg')
