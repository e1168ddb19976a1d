import { createRequire } from 'node:module'

/** Does what may fail without harm: whoever calls says why. Never throws. */
export function ignoreErrors(action: () => unknown): void {
  try {
    action()
  } catch {
    // Nobody is to hear of it.
  }
}

/** What SQLite stores here; nothing else is bound. */
export type SqliteValue = string | number | Uint8Array | null

/** A row, by column. */
export type SqliteRow = Readonly<Record<string, SqliteValue>>

/** The little of an SQLite connection that the journal needs. Everything is synchronous and throws `SqliteError`. */
export interface SqliteConnection {
  /** Runs SQL without parameters or result. */
  exec(sql: string): void
  all(sql: string, ...values: readonly SqliteValue[]): readonly SqliteRow[]
  /** Runs one statement that returns the rows which it changed. */
  change(sql: string, ...values: readonly SqliteValue[]): readonly SqliteRow[]
  /** Runs one statement; how many rows it changed. */
  run(sql: string, ...values: readonly SqliteValue[]): number
  /** How many rows were changed so far, also in what was rolled back. */
  readonly rowsChanged: number
  /** Ends the connection, and a transaction under way without effect. Never throws. */
  close(): void
}

/** SQLite's primary result codes, as far as they are told apart. */
export const SQLITE = {
  ERROR: 1,
  BUSY: 5,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
} as const

// What only says that a value or a row was not acceptable: TOOBIG, CONSTRAINT, MISMATCH, RANGE.
const ROW_CODES: readonly number[] = [18, 19, 20, 25]

export class SqliteError extends Error {
  override readonly name = 'SqliteError'
  /** The primary result code; 0 where it is not known. */
  readonly code: number

  /** The result code of SQLite, extended or primary. */
  constructor(message: string, code: number, cause?: unknown) {
    super(message, { cause })
    this.code = code & 0xff
  }

  /** Whether only this statement's values were wrong, so that the transaction around it stands. */
  get concernsRowOnly(): boolean {
    return ROW_CODES.includes(this.code)
  }
}

/** A value that cannot be bound. */
export class SqliteValueError extends TypeError {
  override readonly name = 'SqliteValueError'
}

interface Statement {
  all(...values: readonly SqliteValue[]): readonly unknown[]
  run(...values: readonly SqliteValue[]): { readonly changes: number | bigint }
}

interface Database {
  exec(sql: string): unknown
  prepare(sql: string): Statement
  close(): unknown
}

const MOST_STATEMENTS = 500

interface SqliteModule {
  readonly DatabaseSync: new (path: string) => Database
}

/**
 * The first version in which two connections can no longer reset a write-ahead log at the same time, and lose what was
 * committed (https://sqlite.org/wal.html#walresetbug). Today's Node 22, 24 and 26 have it, the first releases of 22 and 24
 * do not; the package does.
 */
const FIRST_SAFE = [3, 51, 3] as const

function isSafe({ DatabaseSync }: SqliteModule): boolean {
  const database = new DatabaseSync(':memory:')
  const [row] = database.prepare('select sqlite_version() as version').all() as readonly { readonly version: string }[]
  database.close()
  const version = row?.version.split('.').map(Number) ?? []
  const differs = FIRST_SAFE.findIndex((part, index) => version[index] !== part)
  return differs < 0 || (version[differs] ?? 0) > (FIRST_SAFE[differs] ?? 0)
}

function chooseDriver(): SqliteModule {
  const builtin = process.getBuiltinModule?.('node:sqlite') as SqliteModule | undefined
  if (builtin !== undefined && isSafe(builtin)) return builtin
  // Required where it is needed only, so that no journal is open in it beside Node's own SQLite: of two copies in a
  // process, one closing a file drops the other's locks on it.
  const packaged = createRequire(import.meta.url)('@photostructure/sqlite') as SqliteModule
  if (!isSafe(packaged)) throw new Error(`SQLite is older than ${FIRST_SAFE.join('.')}, which may lose what it wrote`)
  return packaged
}

let chosen: SqliteModule | undefined

const driver = (): SqliteModule => {
  chosen ??= chooseDriver()
  return chosen
}

// Not every driver gives the code of an error that is met while a statement is prepared.
const CODE_OF_MESSAGE: Readonly<Record<string, number>> = {
  'database is locked': SQLITE.BUSY,
  'attempt to write a readonly database': SQLITE.READONLY,
  'disk I/O error': SQLITE.IOERR,
  'database disk image is malformed': SQLITE.CORRUPT,
  'database or disk is full': SQLITE.FULL,
  'unable to open database file': SQLITE.CANTOPEN,
  'file is not a database': SQLITE.NOTADB,
}

const codeOf = (message: string): number =>
  Object.entries(CODE_OF_MESSAGE).find(([text]) => message.includes(text))?.[1] ?? 0

function attempt<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof SqliteValueError) throw error
    if (!(error instanceof Error)) throw new SqliteError(String(error), 0, error)
    const { errcode } = error as { readonly errcode?: unknown }
    throw new SqliteError(error.message, typeof errcode === 'number' ? errcode : codeOf(error.message), error)
  }
}

/**
 * Opens a database file by its absolute path; creates it where it is missing. Throws `SqliteError`, or what Node says
 * where this platform has no driver.
 */
export function openSqlite(path: string): SqliteConnection {
  const { DatabaseSync } = driver()
  const database = attempt(() => new DatabaseSync(path))
  const statements = new Map<string, Statement>()
  let rowsChanged = 0

  const statement = (sql: string, values: readonly SqliteValue[]): Statement => {
    // The drivers differ in what they make of a boolean.
    for (const value of values as readonly unknown[]) {
      if (typeof value === 'string' || value === null || Number.isFinite(value) || value instanceof Uint8Array) continue
      throw new SqliteValueError(`a ${value === undefined ? 'missing' : typeof value} value cannot be stored`)
    }
    const known = statements.get(sql)
    if (known !== undefined) return known
    const prepared = database.prepare(sql)
    // Procedures make lists of any length.
    const [oldest] = statements.keys()
    if (statements.size >= MOST_STATEMENTS && oldest !== undefined) statements.delete(oldest)
    statements.set(sql, prepared)
    return prepared
  }

  return {
    exec: (sql) => void attempt(() => database.exec(sql)),
    all: (sql, ...values) => attempt(() => statement(sql, values).all(...values) as readonly SqliteRow[]),
    change(sql, ...values) {
      const rows = attempt(() => statement(sql, values).all(...values) as readonly SqliteRow[])
      rowsChanged += rows.length
      return rows
    },
    run(sql, ...values) {
      const changes = attempt(() => Number(statement(sql, values).run(...values).changes))
      rowsChanged += changes
      return changes
    },
    get rowsChanged() {
      return rowsChanged
    },
    close() {
      // Not every driver closes the file before the last statement is collected; the locks must not last as long. There
      // may be no transaction, or nothing left to close.
      ignoreErrors(() => database.exec('rollback'))
      ignoreErrors(() => database.exec('pragma locking_mode = normal; select count(*) from sqlite_schema'))
      statements.clear()
      ignoreErrors(() => database.close())
    },
  }
}
