import { StoreUnavailableError } from '../store.ts'
import type { SqliteConnection } from './driver.ts'

// SQLite waits this long by itself, ever more rarely; whoever has the lock again and again would starve the others.
const BUSY_TIMEOUT_MS = 20
// 4 MB. More of them go into the file more seldom, but all at once, and every call waits meanwhile: with eight times as many,
// one in a hundred waited twice as long.
const PAGES_IN_WRITE_AHEAD_LOG = 1_000

export const waitForLocks = (connection: SqliteConnection): void =>
  connection.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`)

export function configure(connection: SqliteConnection, isAlone: boolean): void {
  // First of all, or what follows does not wait for others.
  waitForLocks(connection)
  // FULL flushes before a commit ends; EXTRA would add a flush only for journals that are deleted, which none is here.
  connection.exec('pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -32768')
  connection.exec('pragma cell_size_check = on; pragma trusted_schema = off')
  if (isAlone) connection.exec('pragma locking_mode = exclusive')
}

export function chooseJournalMode(connection: SqliteConnection, isAlone: boolean): void {
  if (!isAlone) {
    leaveWriteAheadLog(connection)
    return
  }
  // For one process only: the SQLite in some versions of Node has the fault by which two connections can reset a
  // write-ahead log at the same time and lose commits.
  setJournalMode(connection, 'wal')
  connection.exec(`pragma wal_autocheckpoint = ${PAGES_IN_WRITE_AHEAD_LOG}`)
}

export const leaveWriteAheadLog = (connection: SqliteConnection): void => setJournalMode(connection, 'truncate')

function setJournalMode(connection: SqliteConnection, wanted: 'wal' | 'truncate'): void {
  const [row] = connection.all(`pragma journal_mode = ${wanted}`)
  if (row?.['journal_mode'] !== wanted) throw new StoreUnavailableError('The journal file refuses its journal mode')
}
