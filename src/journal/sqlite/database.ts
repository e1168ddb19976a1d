import { BackOff, monotonicMs } from '../../lib/timeout.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { OperationCodec } from '../schema/row.ts'
import { NO_JOURNAL, StoreRefusedError, StoreUnavailableError, UndecidedError } from '../store.ts'
import { ignoreErrors, openSqlite, SQLITE, type SqliteConnection, SqliteError } from './driver.ts'
import { leavesConnectionIntact, unavailable } from './errors.ts'
import { Liveness } from './files/liveness.ts'
import { HighWaterMark } from './files/mark.ts'
import { hasTraces } from './files/owner-lock.ts'
import { createPrivateFile, type FileIdentity, identityOf, lookAt, sizeOf } from './files/private-file.ts'
import { Turns, whileBusy } from './files/turns.ts'
import { checkpoint, isKeptSo, journalModeFor, setJournalMode } from './files/write-ahead-log.ts'
import {
  checkIntegrity,
  configure,
  countTransaction,
  hasNoTables,
  inTransaction,
  prepareSqlite,
  requireCurrent,
  transactionsSeen,
} from './schema/preparation.ts'
import type { SqliteThreadData } from './worker/protocol.ts'

const OPEN_WAIT_MS = 1_000

// It takes a second and more for each 100 MB.
const BYTES_CHECKED = 64 * 1024 * 1024

const LOST =
  'The journal file is gone or empty, and what lies beside it shows that it was there: without it nobody knows what was charged. Put it back, or start once with PAYAPI_JOURNAL_INIT=on to begin anew'
const GONE = 'The journal file is gone, or another one is in its place'
const CUT = 'The journal file is damaged: it is shorter than it was'

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
  /** How often the file was opened. */
  #connections = 0
  #written = 0
  readonly #turns = new Turns()
  /** From how many pages of the write-ahead log on it is moved into the file. */
  #checkpointDue = 0
  /** Which file was opened first. Another one in its place does not know what was charged, and is never written. */
  #identity: FileIdentity | undefined
  /** Its size when it was opened last. It never shrinks. */
  #size = 0

  /** Opens nothing yet. */
  constructor(data: SqliteThreadData, keyring: Keyring) {
    this.#data = data
    this.#keyring = keyring
    this.liveness = new Liveness(data.path, data.mode, data.owner)
  }

  /**
   * Waits for others' locks until that time of the monotonic clock. Once it returns, all that the body did is on disk.
   * Throws `UndecidedError` where nobody knows whether it is.
   */
  write(until: number, body: Body<void>): void {
    this.#guarded((connection, codec) => {
      if (!this.liveness.hasOwnerLock) this.#holdOwnerLock()
      this.#turns.giveWay()
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
      this.#checkStillInPlace()
      if (transactions === undefined) return
      this.#turns.wrote(transactions)
      this.#written++
      this.#mark(transactions)
    })
  }

  #holdOwnerLock(): void {
    // Before anything is made anew in a folder that may be another one.
    this.#checkInPlace()
    this.liveness.holdOwnerLock()
  }

  #mark(transactions: number): void {
    try {
      this.#opened?.mark.write(transactions)
    } catch (error) {
      throw new UndecidedError(unavailable(error).message, { cause: error })
    }
  }

  /** Waits for others' locks until that time of the monotonic clock. */
  read<T>(until: number, body: Body<T>): T {
    return this.#guarded((connection, codec) => {
      this.#checkInPlace()
      return whileBusy(until, () => body(connection, codec))
    })
  }

  /** How many of this process' own transactions changed something. */
  get written(): number {
    return this.#written
  }

  /**
   * Another text, of no meaning, once another process has changed the file. Waits for others' locks until that time of
   * the monotonic clock.
   */
  changesOfOthers(until: number): string {
    return this.read(until, (connection) => {
      const [row] = connection.all('pragma data_version')
      // SQLite's number says something within a connection only.
      return `${this.#connections} ${row?.['data_version']}`
    })
  }

  /** Closes the file and gives up its locks. */
  close(): void {
    this.#disconnect()
    this.liveness.release()
  }

  /** Keeps the write-ahead log short. Never throws: the next call of this process says what is wrong with the file. */
  checkpoint(): void {
    ignoreErrors(() => {
      if (this.#opened !== undefined) this.#checkpointDue = checkpoint(this.#opened.connection, this.#checkpointDue)
    })
  }

  #guarded<T>(action: Body<T>): T {
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
    const seen = lookAt(this.#data.path)
    if (seen?.identity !== this.#identity) throw new StoreUnavailableError(GONE)
    // What was cut off may still be known to this process, or lie in the write-ahead log: so SQLite would not notice.
    if (seen !== undefined && seen.size < this.#size) throw new StoreRefusedError(CUT)
  }

  /** The same, for when it is too late to take anything back. */
  #checkStillInPlace(): void {
    try {
      this.#checkInPlace()
    } catch (error) {
      throw new UndecidedError(unavailable(error).message, { cause: error })
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
      this.#connections++
    } catch (error) {
      const failure = unavailable(error)
      this.#backOff.failed(failure)
      throw failure
    }
    this.#backOff.succeeded()
    return this.#opened
  }

  #connect(): OpenedJournal {
    const { path, mode, init } = this.#data
    const isFirst = this.#identity === undefined
    // Only the first time: a file that vanished later must not be replaced by an empty one.
    if (isFirst) this.#makeFile()
    const identity = identityOf(path)
    if (identity === undefined || (!isFirst && this.#identity !== identity)) throw new StoreUnavailableError(GONE)
    const journalMode = journalModeFor(path, mode)
    this.liveness.enter(() => isKeptSo(path, journalMode))
    const connection = openSqlite(path)
    let mark: HighWaterMark | undefined
    try {
      whileBusy(untilOpen(), () => configure(connection, mode))
      if (this.#data.existing === true) whileBusy(untilOpen(), () => requireCurrent(connection))
      const { codec, secret } = whileBusy(untilOpen(), () => prepareSqlite(connection, this.#keyring, isFirst && init))
      const marked = new HighWaterMark(path, secret)
      mark = marked
      whileBusy(untilOpen(), () => marked.check(() => transactionsSeen(connection), isFirst && init))
      if (isFirst && sizeOf(path) <= BYTES_CHECKED) whileBusy(untilOpen(), () => checkIntegrity(connection))
      // Not before: a file that is refused stays as it is. Beside others it is kept so already.
      whileBusy(untilOpen(), () => setJournalMode(connection, journalMode))
      this.liveness.share()
      const opened = lookAt(path)
      if (opened?.identity !== identity) throw new StoreUnavailableError(GONE)
      this.#identity = identity
      this.#size = opened.size
      return { connection, codec, mark: marked }
    } catch (error) {
      mark?.close()
      connection.close()
      this.liveness.leave()
      throw error
    }
  }

  /** Makes the file where none ever was, whole, and before anything lies beside it. */
  #makeFile(): void {
    const { path, init, existing = false } = this.#data
    // First: others make the file before what lies beside it.
    const wasThere = hasTraces(path)
    const isThere = sizeOf(path) > 0
    if (isThere && (wasThere || existing)) return
    if (wasThere && !init) throw new StoreRefusedError(LOST)
    if (existing) throw new StoreRefusedError(NO_JOURNAL)
    createPrivateFile(path)
    const connection = openSqlite(path)
    try {
      whileBusy(untilOpen(), () => hasNoTables(connection) && prepareSqlite(connection, this.#keyring, true))
    } finally {
      connection.close()
    }
  }
}

const untilOpen = (): number => monotonicMs() + OPEN_WAIT_MS
