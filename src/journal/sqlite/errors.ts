import { StoreRefusedError, StoreUnavailableError } from '../store.ts'
import { SQLITE, SqliteError } from './driver.ts'

const REASONS: Readonly<Record<number, string>> = {
  [SQLITE.BUSY]: 'another process has locked it for too long',
  [SQLITE.READONLY]: 'it is read-only',
  [SQLITE.IOERR]: 'its disk reports an error',
  [SQLITE.CORRUPT]: 'it is damaged',
  [SQLITE.FULL]: 'its disk is full',
  [SQLITE.CANTOPEN]: 'it cannot be opened',
  [SQLITE.NOTADB]: 'it is damaged, or no journal',
}

/** What SQLite or the file system threw, as what it means to the store. Names no path. */
export function unavailable(error: unknown): StoreUnavailableError {
  if (error instanceof StoreUnavailableError) return error
  const ErrorClass = isDamage(error) ? StoreRefusedError : StoreUnavailableError
  return new ErrorClass(`The journal file cannot be used: ${reasonOf(error)}`, { cause: error })
}

const isDamage = (error: unknown): boolean =>
  error instanceof SqliteError && (error.code === SQLITE.CORRUPT || error.code === SQLITE.NOTADB)

function reasonOf(error: unknown): string {
  if (error instanceof SqliteError) return REASONS[error.code] ?? `SQLite reports an error (${error.message})`
  if (!(error instanceof Error)) return String(error)
  const { code, syscall } = error as NodeJS.ErrnoException
  return syscall === undefined ? error.message : `the file system says ${code}`
}

/** Whether a connection is as good after an error as before it. */
export function leavesConnectionIntact(error: unknown): boolean {
  return error instanceof SqliteError && [SQLITE.BUSY, SQLITE.FULL, SQLITE.IOERR].some((code) => code === error.code)
}
