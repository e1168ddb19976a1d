import { BackOff, monotonicMs, sleepAWhile } from '../../lib/timeout.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { OperationCodec } from '../schema/row.ts'
import { NO_JOURNAL, StoreRefusedError, StoreUnavailableError, UndecidedError } from '../store.ts'
import { ignoreErrors, openSqlite, SQLITE, type SqliteConnection, SqliteError } from './driver.ts'
import { leavesConnectionIntact, unavailable } from './errors.ts'
import { Liveness } from './files/liveness.ts'
import { HighWaterMark } from './files/mark.ts'
import { hasTraces } from './files/owner-lock.ts'
import { createPrivateFile, type FileIdentity, identityOf, sizeOf } from './files/private-file.ts'
import {
  checkIntegrity,
  chooseJournalMode,
  configure,
  countTransaction,
  hasNoTables,
  inTransaction,
  leaveWriteAheadLog,
  prepareSqlite,
  requireCurrent,
  transactionsSeen,
  waitForLocks,
} from './schema/preparation.ts'
import type { SqliteThreadData } from './worker/protocol.ts'

const OPEN_WAIT_MS = 1_000
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
  /** How often the file was opened. */
  #connections = 0
  #written = 0
  /** Which file was opened first. Another one in its place does not know what was charged, and is never written. */
  #identity: FileIdentity | undefined

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
      if (transactions === undefined) return
      this.#written++
      this.#mark(transactions)
    })
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
      if (this.liveness.isAlone) return 'nobody else is there'
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

  /** Uses the journal alone where those who shared it are gone. Never throws. */
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
      if (this.#data.existing === true) whileBusy(untilOpen(), () => requireCurrent(connection))
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
      waitForLocks(connection)
      whileBusy(untilOpen(), () => hasNoTables(connection) && prepareSqlite(connection, this.#keyring, true))
    } finally {
      connection.close()
    }
  }
}

const untilOpen = (): number => monotonicMs() + OPEN_WAIT_MS

/** Tries again while others hold the lock, until that time of the monotonic clock. */
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
