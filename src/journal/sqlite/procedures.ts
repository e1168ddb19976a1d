import { type ProcedureCall, stepsOf } from '../procedures/index.ts'
import {
  NOTHING,
  nextStep,
  ProcedureError,
  type Rows,
  type Statement,
  type Steps,
  Transaction,
} from '../procedures/transaction.ts'
import type { Endpoints } from '../procedures/webhooks/endpoints.ts'
import type { OperationCodec } from '../schema/row.ts'
import { StoreUnavailableError } from '../store.ts'
import {
  ignoreErrors,
  SQLITE,
  type SqliteConnection,
  SqliteError,
  type SqliteValue,
  SqliteValueError,
} from './driver.ts'
import { unavailable } from './errors.ts'

/** Carries a procedure out in the transaction that is under way. */
export const runProcedure = (
  connection: SqliteConnection,
  codec: OperationCodec,
  { name, input }: ProcedureCall,
  endpoints?: Endpoints,
) => runSteps(connection, stepsOf(name, new Transaction('sqlite', codec, endpoints), input))

/** Carries out the steps of a procedure, one after the other, in the transaction that is under way. */
export function runSteps<T>(connection: SqliteConnection, steps: Steps<T>): T {
  for (let answer = NOTHING; ; ) {
    const step = nextStep(steps, answer)
    if (step.done) return step.value
    answer = execute(connection, step.value)
  }
}

function execute(connection: SqliteConnection, { sql, parameters, gives }: Statement): Rows {
  const values = parameters as readonly SqliteValue[]
  if (gives === 'COUNT') return { rows: [], count: connection.run(sql, ...values) }
  const rows = gives === 'ROWS' ? connection.all(sql, ...values) : connection.change(sql, ...values)
  // The drivers give rows without a prototype, unlike any other object.
  return { rows: rows.map((row) => ({ ...row })), count: rows.length }
}

/** Runs what is undone where it fails by itself, so that the rest of the transaction stands. */
export function inSavepoint<T>(connection: SqliteConnection, action: () => T): T {
  connection.exec('savepoint procedure')
  try {
    const result = action()
    connection.exec('release procedure')
    return result
  } catch (error) {
    if (!failsAlone(error)) throw error
    connection.exec('rollback to procedure; release procedure')
    throw isWrongSql(error) ? unavailable(error) : error
  }
}

const isWrongSql = (error: unknown): boolean => error instanceof SqliteError && error.code === SQLITE.ERROR

/** Whether an error is one call's own, and the file is as good as before. */
const failsAlone = (error: unknown): boolean =>
  error instanceof ProcedureError ||
  error instanceof StoreUnavailableError ||
  error instanceof SqliteValueError ||
  (error instanceof SqliteError && error.concernsRowOnly) ||
  isWrongSql(error)

/** Runs reads that see the file as of one moment. */
export function inOneRead<T>(connection: SqliteConnection, action: () => T): T {
  connection.exec('begin')
  try {
    return action()
  } finally {
    // Nothing was written; what fails here has failed before, and says so.
    ignoreErrors(() => connection.exec('rollback'))
  }
}
