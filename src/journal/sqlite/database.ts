import { BackOff, monotonicMs, sleepAWhile } from '../../lib/timeout.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { OperationCodec } from '../row.ts'
import { StoreRefusedError, StoreUnavailableError, UndecidedError } from '../store.ts'
import { ignoreErrors, openSqlite, SQLITE, type SqliteConnection, SqliteError } from './driver.ts'
import { Liveness } from './files/liveness.ts'
import { HighWaterMark } from './files/mark.ts'
import { hasTraces } from './files/owner-lock.ts'
import { createPrivateFile, type FileIdentity, identityOf, sizeOf } from './files/private-file.ts'
import {
  checkIntegrity,
  countTransaction,
  hasNoTables,
  inTransaction,
  prepareSqlite,
  transactionsSeen,
} from './preparation.ts'
import type { SqliteThreadData } from './worker/protocol.ts'

// SQLite waits this long by itself, ever more rarely; whoever has the lock again and again would starve the others.
const BUSY_TIMEOUT_MS = 20
const OPEN_WAIT_MS = 1_000
// 4 MB. More of them go into the file more seldom, but all at once, and every call waits meanwhile: with eight times as many,
// one in a hundred waited twice as long.
const PAGES_IN_WRITE_AHEAD_LOG = 1_000

// It takes a second and more for each 100 MB.
const BYTES_CHECKED = 64 * 1024 * 1024

const LOST =
  'The journal file is gone or empty, and what lies beside it shows that it was there: without it nobody knows what was charged. Put it back, or start once with PAYAPI_JOURNAL_INIT=on to begin anew'
const GONE = 'The journal file is gone, or another one is in its place'

/** An open connection to the journal's file, and the codec of its rows. */
interface OpenedJournal {
  readonly connection: SqliteConnection
  readonly codec: OperationCodec
  readonly mark: HighWaterMark
}

/** What is done on the open file. */
type Body<T> = (connection: SqliteConnection, codec: OperationCodec) => T

/** The journal's file as one thread uses it. Every method throws `StoreUnavailableError` where the file cannot be used. */
export class JournalDatabase {
  readonly #data: SqliteThreadData
  readonly #keyring: Keyring
  readonly liveness: Liveness
  readonly #backOff = new BackOff<StoreUnavailableError>(50, 1_000)
  #opened: OpenedJournal | undefined
  /** Which file was opened first. Another one in its place does not know what was charged, and is never written. */
  #identity: FileIdentity | undefined

  /** Takes where the journal is, who uses it how, and what seals its results. Opens nothing yet. */
  constructor(data: SqliteThreadData, keyring: Keyring) {
    this.#data = data
    this.#keyring = keyring
    this.liveness = new Liveness(data.path, data.mode, data.owner)
  }

  /**
   * Takes the time until which to wait for others' locks, by the monotonic clock, and what to do in a transaction. Once
   * it returns, all of that is on disk. Throws `UndecidedError` where nobody knows whether it is.
   */
  write(until: number, body: Body<void>): void {
    this.#guarded((connection, codec) => {
      // Before anything is made anew in a folder that may be another one.
      this.#checkInPlace()
      this.liveness.acquire()
      whileBusy(until, () => connection.exec('begin immediate'))
      let transactions: number | undefined
      try {
        this.#checkInPlace()
        transactions = countTransaction(connection, () => body(connection, codec))
      } catch (error) {
        this.#rollBack(connection)
        throw error
      }
      try {
        whileBusy(until, () => connection.exec('commit'))
      } catch (error) {
        this.#rollBack(connection)
        // A lock that did not come leaves nothing behind; a flush that failed may have done its work.
        if (error instanceof SqliteError && error.code === SQLITE.BUSY) throw error
        throw new UndecidedError(unavailable(error).message, { cause: error })
      }
      if (!this.#isStillInPlace()) throw new UndecidedError(GONE)
      if (transactions !== undefined) this.#mark(transactions)
    })
  }

  #mark(transactions: number): void {
    try {
      this.#opened?.mark.write(transactions)
    } catch (error) {
      throw new UndecidedError(unavailable(error).message, { cause: error })
    }
  }

  /** Takes the time until which to wait for others' locks, and what to read; returns what that returns. */
  read<T>(until: number, body: Body<T>): T {
    return this.#guarded((connection, codec) => {
      this.#checkInPlace()
      return whileBusy(until, () => body(connection, codec))
    })
  }

  /** Closes the file and gives up its locks. */
  close(): void {
    this.#disconnect()
    this.liveness.release()
  }

  /** Lets another process in that waits to share the journal. Never throws. */
  letOthersIn(): void {
    if (this.#opened === undefined || !this.liveness.isAskedToShare) return
    try {
      leaveWriteAheadLog(this.#opened.connection)
    } catch {
      // The other one goes on waiting; the next call of this process says what is wrong with the file.
      return
    }
    this.#disconnect()
    // Whoever needs the locks next takes them, or says why that is not possible.
    ignoreErrors(() => this.liveness.share())
  }

  /** Takes the journal for this process alone where those who shared it are gone. Never throws. */
  #takeForItself(): void {
    if (this.#opened === undefined || !this.liveness.seemsAbandonedByOthers) return
    this.#disconnect()
    ignoreErrors(() => this.liveness.tryAlone())
  }

  #guarded<T>(action: Body<T>): T {
    this.letOthersIn()
    this.#takeForItself()
    const { connection, codec } = this.#open()
    try {
      return action(connection, codec)
    } catch (error) {
      const cause = error instanceof StoreUnavailableError ? error.cause : error
      if (cause !== undefined && !leavesConnectionIntact(cause)) this.#disconnect()
      throw unavailable(error)
    }
  }

  #checkInPlace(): void {
    if (identityOf(this.#data.path) !== this.#identity) throw new StoreUnavailableError(GONE)
  }

  /** The same, for when it is too late to say anything but yes or no. */
  #isStillInPlace(): boolean {
    try {
      this.#checkInPlace()
      return true
    } catch {
      return false
    }
  }

  #rollBack(connection: SqliteConnection): void {
    try {
      connection.exec('rollback')
    } catch {
      // Some errors end the transaction by themselves. If this one did not, what is left of it ends with the connection.
      if (this.#opened?.connection === connection && inTransaction(connection)) this.#disconnect()
    }
  }

  #disconnect(): void {
    this.#opened?.connection.close()
    this.#opened?.mark.close()
    this.#opened = undefined
  }

  #open(): OpenedJournal {
    if (this.#opened !== undefined) return this.#opened
    this.#backOff.check()
    try {
      this.#opened = this.#connect()
    } catch (error) {
      const failure = unavailable(error)
      this.#backOff.failed(failure)
      throw failure
    }
    this.#backOff.succeeded()
    return this.#opened
  }

  #connect(): OpenedJournal {
    const { path, init } = this.#data
    const isFirst = this.#identity === undefined
    // Only the first time: a file that vanished later must not be replaced by an empty one.
    if (isFirst) this.#makeFile()
    const identity = identityOf(path)
    if (identity === undefined || (!isFirst && this.#identity !== identity)) throw new StoreUnavailableError(GONE)
    this.liveness.acquire()
    const connection = openSqlite(path)
    let mark: HighWaterMark | undefined
    try {
      whileBusy(untilOpen(), () => configure(connection, this.liveness.isAlone))
      const { codec, secret } = whileBusy(untilOpen(), () => prepareSqlite(connection, this.#keyring, isFirst && init))
      const marked = new HighWaterMark(path, secret)
      mark = marked
      whileBusy(untilOpen(), () => marked.check(() => transactionsSeen(connection), isFirst && init))
      if (isFirst && sizeOf(path) <= BYTES_CHECKED) whileBusy(untilOpen(), () => checkIntegrity(connection))
      // Not before: a file that is refused stays as it is.
      whileBusy(untilOpen(), () => chooseJournalMode(connection, this.liveness.isAlone))
      if (identityOf(path) !== identity) throw new StoreUnavailableError(GONE)
      this.#identity = identity
      return { connection, codec, mark: marked }
    } catch (error) {
      mark?.close()
      connection.close()
      throw error
    }
  }

  /** Makes the file where none ever was, whole, and before anything lies beside it. */
  #makeFile(): void {
    const { path, init } = this.#data
    // First: others make the file before what lies beside it.
    const wasThere = hasTraces(path)
    const isThere = sizeOf(path) > 0
    if (wasThere && isThere) return
    if (wasThere && !init) throw new StoreRefusedError(LOST)
    createPrivateFile(path)
    const connection = openSqlite(path)
    try {
      connection.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`)
      whileBusy(untilOpen(), () => hasNoTables(connection) && prepareSqlite(connection, this.#keyring, true))
    } finally {
      connection.close()
    }
  }
}

const untilOpen = (): number => monotonicMs() + OPEN_WAIT_MS

function configure(connection: SqliteConnection, isAlone: boolean): void {
  // First of all, or what follows does not wait for others.
  connection.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`)
  // FULL flushes before a commit ends; EXTRA would add a flush only for journals that are deleted, which none is here.
  connection.exec('pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -32768')
  connection.exec('pragma cell_size_check = on; pragma trusted_schema = off')
  if (isAlone) connection.exec('pragma locking_mode = exclusive')
}

function chooseJournalMode(connection: SqliteConnection, isAlone: boolean): void {
  if (!isAlone) {
    leaveWriteAheadLog(connection)
    return
  }
  // For one process only: the SQLite in some versions of Node has the fault by which two connections can reset a
  // write-ahead log at the same time and lose commits.
  setJournalMode(connection, 'wal')
  connection.exec(`pragma wal_autocheckpoint = ${PAGES_IN_WRITE_AHEAD_LOG}`)
}

const leaveWriteAheadLog = (connection: SqliteConnection): void => setJournalMode(connection, 'truncate')

function setJournalMode(connection: SqliteConnection, wanted: 'wal' | 'truncate'): void {
  const [row] = connection.all(`pragma journal_mode = ${wanted}`)
  if (row?.['journal_mode'] !== wanted) throw new StoreUnavailableError('The journal file refuses its journal mode')
}

/** Takes the time until which to try, by the monotonic clock, and what to try; returns what that returns. */
function whileBusy<T>(until: number, action: () => T): T {
  for (;;) {
    try {
      return action()
    } catch (error) {
      if (!(error instanceof SqliteError) || error.code !== SQLITE.BUSY || monotonicMs() >= until) throw error
      sleepAWhile()
    }
  }
}

const REASONS: Readonly<Record<number, string>> = {
  [SQLITE.BUSY]: 'another process has locked it for too long',
  [SQLITE.READONLY]: 'it is read-only',
  [SQLITE.IOERR]: 'its disk reports an error',
  [SQLITE.CORRUPT]: 'it is damaged',
  [SQLITE.FULL]: 'its disk is full',
  [SQLITE.CANTOPEN]: 'it cannot be opened',
  [SQLITE.NOTADB]: 'it is damaged, or no journal',
}

/** Takes what SQLite or the file system threw; returns it as what it means to the store, naming no path. */
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
