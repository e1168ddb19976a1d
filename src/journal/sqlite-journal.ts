import { BackOff, monotonicMs } from './deadline.ts'
import type { Keyring } from './keyring.ts'
import { createPrivateFile, type FileIdentity, identityOf } from './private-file.ts'
import { ignoreErrors, openSqlite, SQLITE, type SqliteConnection, SqliteError } from './sqlite-driver.ts'
import { leavesConnectionIntact, unavailable } from './sqlite-failure.ts'
import { Liveness } from './sqlite-liveness.ts'
import { upgradeSchema } from './sqlite-migrations.ts'
import type { SqliteThreadData } from './sqlite-protocol.ts'
import { APPLICATION_ID, SCHEMA_VERSION, SQLITE_SCHEMA } from './sqlite-schema.ts'
import { StoreUnavailableError } from './store.ts'
import { UndecidedError } from './undecided-error.ts'

// SQLite waits this long by itself, ever more rarely; whoever has the lock again and again would starve the others.
const BUSY_TIMEOUT_MS = 20
const OPEN_WAIT_MS = 1_000
// 4 MB. More of them go into the file more seldom, but all at once, and every call waits meanwhile: with eight times as many,
// one in a hundred waited twice as long.
const PAGES_IN_WRITE_AHEAD_LOG = 1_000

const GONE = 'The journal file is gone, or another one is in its place'

/** The journal's file as one thread uses it. Every method throws `StoreUnavailableError` where the file cannot be used. */
export class SqliteJournal {
  readonly #data: SqliteThreadData
  readonly #keyring: Keyring
  readonly liveness: Liveness
  readonly #backOff = new BackOff(50, 1_000)
  #connection: SqliteConnection | undefined
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
  write(until: number, body: (connection: SqliteConnection) => void): void {
    this.#guarded((connection) => {
      // Before anything is made anew in a folder that may be another one.
      this.#checkInPlace()
      this.liveness.acquire()
      whileBusy(until, () => connection.exec('begin immediate'))
      try {
        this.#checkInPlace()
        body(connection)
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
    })
  }

  /** Takes the time until which to wait for others' locks, and what to read; returns what that returns. */
  read<T>(until: number, body: (connection: SqliteConnection) => T): T {
    return this.#guarded((connection) => {
      this.#checkInPlace()
      return whileBusy(until, () => body(connection))
    })
  }

  /** Closes the file and gives up its locks. */
  close(): void {
    this.#disconnect()
    this.liveness.release()
  }

  /** Lets another process in that waits to share the journal. Never throws. */
  letOthersIn(): void {
    if (this.#connection === undefined || !this.liveness.isAskedToShare) return
    try {
      leaveWriteAheadLog(this.#connection)
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
    if (this.#connection === undefined || !this.liveness.seemsAbandonedByOthers) return
    this.#disconnect()
    ignoreErrors(() => this.liveness.tryAlone())
  }

  #guarded<T>(action: (connection: SqliteConnection) => T): T {
    this.letOthersIn()
    this.#takeForItself()
    const connection = this.#open()
    try {
      return action(connection)
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
      if (this.#connection === connection && stillInTransaction(connection)) this.#disconnect()
    }
  }

  #disconnect(): void {
    this.#connection?.close()
    this.#connection = undefined
  }

  #open(): SqliteConnection {
    if (this.#connection !== undefined) return this.#connection
    this.#backOff.check()
    try {
      this.#connection = this.#connect()
    } catch (error) {
      const failure = unavailable(error)
      this.#backOff.failed(failure.message)
      throw failure
    }
    this.#backOff.succeeded()
    return this.#connection
  }

  #connect(): SqliteConnection {
    const { path } = this.#data
    // Only the first time: a file that vanished later must not be replaced by an empty one.
    if (this.#identity === undefined) createPrivateFile(path)
    const identity = identityOf(path)
    if (identity === undefined || (this.#identity !== undefined && this.#identity !== identity)) {
      throw new StoreUnavailableError(GONE)
    }
    this.liveness.acquire()
    const connection = openSqlite(path)
    try {
      whileBusy(monotonicMs() + OPEN_WAIT_MS, () => configure(connection, this.liveness.isAlone))
      whileBusy(monotonicMs() + OPEN_WAIT_MS, () =>
        prepareSchema(connection, this.#keyring, this.#identity === undefined),
      )
      if (identityOf(path) !== identity) throw new StoreUnavailableError(GONE)
    } catch (error) {
      connection.close()
      throw error
    }
    this.#identity = identity
    return connection
  }
}

function configure(connection: SqliteConnection, isAlone: boolean): void {
  // First of all, or the change of the journal mode does not wait for others.
  connection.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`)
  // FULL flushes before a commit ends; EXTRA would add a flush only for journals that are deleted, which none is here.
  connection.exec('pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -32768')
  connection.exec('pragma cell_size_check = on; pragma trusted_schema = off')
  if (!isAlone) {
    leaveWriteAheadLog(connection)
    return
  }
  // For one process only: the SQLite in some versions of Node has the fault by which two connections can reset a
  // write-ahead log at the same time and lose commits.
  connection.exec('pragma locking_mode = exclusive')
  setJournalMode(connection, 'wal')
  connection.exec(`pragma wal_autocheckpoint = ${PAGES_IN_WRITE_AHEAD_LOG}`)
}

const leaveWriteAheadLog = (connection: SqliteConnection): void => setJournalMode(connection, 'truncate')

function setJournalMode(connection: SqliteConnection, wanted: 'wal' | 'truncate'): void {
  const [row] = connection.all(`pragma journal_mode = ${wanted}`)
  if (row?.['journal_mode'] !== wanted) throw new StoreUnavailableError('The journal file refuses its journal mode')
}

const headerNumber = (connection: SqliteConnection, pragma: string): number =>
  Number(Object.values(connection.all(`pragma ${pragma}`)[0] ?? {})[0])

function prepareSchema(connection: SqliteConnection, keyring: Keyring, mayCreate: boolean): void {
  if (versionOf(connection) === SCHEMA_VERSION) return
  connection.exec('begin immediate')
  try {
    // Once more: another process may have been faster.
    const version = versionOf(connection)
    if (version === undefined) createSchema(connection, mayCreate)
    else upgradeSchema(connection, version, keyring)
    connection.exec('commit')
  } catch (error) {
    if (stillInTransaction(connection)) connection.exec('rollback')
    throw error
  }
}

function createSchema(connection: SqliteConnection, mayCreate: boolean): void {
  const [row] = connection.all('select count(*) as n from sqlite_schema')
  if (row?.['n'] !== 0 || !mayCreate) throw new StoreUnavailableError('The journal file is no journal')
  connection.exec(SQLITE_SCHEMA)
}

/** Which version's schema a journal has that this program can use; undefined where the file is none yet. */
function versionOf(connection: SqliteConnection): number | undefined {
  if (headerNumber(connection, 'application_id') !== APPLICATION_ID) return undefined
  const version = headerNumber(connection, 'user_version')
  if (version >= 1 && version <= SCHEMA_VERSION) return version
  throw new StoreUnavailableError(
    `The journal file is of a newer version of this program: its schema is ${version}, the newest known here is ${SCHEMA_VERSION}`,
  )
}

function stillInTransaction(connection: SqliteConnection): boolean {
  try {
    connection.exec('begin')
    connection.exec('rollback')
    return false
  } catch {
    return true
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4))

/** Takes the time until which to try, by the monotonic clock, and what to try; returns what that returns. */
function whileBusy<T>(until: number, action: () => T): T {
  for (;;) {
    try {
      return action()
    } catch (error) {
      if (!(error instanceof SqliteError) || error.code !== SQLITE.BUSY || monotonicMs() >= until) throw error
      // At odd times, or two that wait for each other's gaps miss them together.
      Atomics.wait(sleeper, 0, 0, 1 + Math.random() * 4)
    }
  }
}
