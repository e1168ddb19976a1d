import {
  type Compilable,
  type Dialect,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import { type ColumnTypes, columnTypes } from '../schema/column-types.ts'
import type { OperationCodec } from '../schema/row.ts'
import type { JournalTables } from '../schema/tables.ts'
import { UNKNOWN_LEASE } from '../schema/version-6/unknown-lease.ts'
import { StoreUnavailableError } from '../store.ts'
import { type Endpoints, NO_ENDPOINTS } from './webhooks/endpoints.ts'

/** Which database a journal is kept in. */
export type DatabaseKind = 'sqlite' | 'postgres'

/** One statement of a procedure, for the store to carry out. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** Whether it changes rows, and whether what it found or changed is asked for. */
  readonly gives: 'ROWS' | 'CHANGED_ROWS' | 'COUNT'
}

/** What came of a statement. */
export interface Rows {
  readonly rows: readonly object[]
  readonly count: number
}

/** Work in one transaction: statements, each of which is answered before the next one comes. */
export type Steps<T> = Generator<Statement, T, Rows>

/** Compiles queries and never runs one: the stores do, each in its way. */
function compilerOf(kind: DatabaseKind): Kysely<JournalTables> {
  const dialect: Dialect =
    kind === 'sqlite'
      ? {
          createAdapter: () => new SqliteAdapter(),
          createDriver: () => new DummyDriver(),
          createIntrospector: (db) => new SqliteIntrospector(db),
          createQueryCompiler: () => new SqliteQueryCompiler(),
        }
      : {
          createAdapter: () => new PostgresAdapter(),
          createDriver: () => new DummyDriver(),
          createIntrospector: (db) => new PostgresIntrospector(db),
          createQueryCompiler: () => new PostgresQueryCompiler(),
        }
  const db = new Kysely<JournalTables>({ dialect })
  return kind === 'sqlite' ? db : db.withSchema('payapi')
}

const compilers: Partial<Record<DatabaseKind, Kysely<JournalTables>>> = {}

const ORDINARY = 'SelectQueryNode'

/** What a procedure works with: the same in both databases. */
export class Transaction {
  readonly kind: DatabaseKind
  /** Builds queries, for the methods below to run. */
  readonly db: Kysely<JournalTables>
  readonly codec: OperationCodec
  /** Who is told of what happens. */
  readonly endpoints: Endpoints
  /** For migrations. */
  readonly types: ColumnTypes

  constructor(kind: DatabaseKind, codec: OperationCodec, endpoints: Endpoints = NO_ENDPOINTS) {
    compilers[kind] ??= compilerOf(kind)
    this.kind = kind
    this.db = compilers[kind]
    this.codec = codec
    this.endpoints = endpoints
    this.types = columnTypes(kind)
  }

  /** The rows that a query finds, or changes where it says `returning`. */
  *all<Row>(query: Compilable<Row>): Steps<readonly Row[]> {
    const { sql: text, parameters, query: node } = query.compile()
    const gives = node.kind === ORDINARY ? 'ROWS' : 'CHANGED_ROWS'
    const { rows } = yield { sql: text, parameters, gives }
    return rows as readonly Row[]
  }

  /** The first of these rows. */
  *first<Row>(query: Compilable<Row>): Steps<Row | undefined> {
    return (yield* this.all(query))[0]
  }

  /** How many rows a query changes. */
  *run(query: Compilable): Steps<number> {
    const { sql: text, parameters } = query.compile()
    const { count } = yield { sql: text, parameters, gives: 'COUNT' }
    return count
  }

  /** A flag of the table of operations: a boolean in PostgreSQL, a number in SQLite, whose indexes know it as that only. */
  flag(value: boolean): RawBuilder<never> {
    return this.kind === 'sqlite' ? sql`${sql.lit(value ? 1 : 0)}` : sql`${sql.lit(value)}`
  }

  /** What is unknown, in the words by which the index is found that it stands in. */
  get isUnknown(): RawBuilder<boolean> {
    return this.kind === 'sqlite'
      ? sql`state in ('IN_PROGRESS', 'UNKNOWN') and state = 'UNKNOWN'`
      : sql`state = 'UNKNOWN' and lease_until = ${sql.lit(UNKNOWN_LEASE)}`
  }

  /** What is set besides where an operation becomes unknown, or is so no longer: where it stands in that index. */
  unknownLease(isUnknown: boolean): { readonly lease_until?: number } {
    return this.kind === 'sqlite' ? {} : { lease_until: isUnknown ? UNKNOWN_LEASE : 0 }
  }

  /** Nobody else holds what is so named until this transaction ends. On SQLite one transaction follows the other anyway. */
  *lock(...name: readonly string[]): Steps<void> {
    if (this.kind === 'sqlite') return
    const text = 'select pg_advisory_xact_lock(hashtextextended($1, 0))'
    yield { sql: text, parameters: [JSON.stringify(name)], gives: 'ROWS' }
  }

  /** What the journal's own clock shows: rows that are kept for a while say from when by it. */
  *clock(): Steps<number> {
    return (yield* this.first(this.db.selectFrom('clock').select('shows')))?.shows ?? 0
  }

  /** The time in milliseconds since 1970, of one clock for all who share the journal. */
  *now(): Steps<number> {
    if (this.kind === 'sqlite') return Date.now()
    const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
    return (yield* this.first(this.db.selectNoFrom(now.as('now'))))?.now ?? 0
  }
}

/** The next statement of a procedure. Throws `ProcedureError` for what the procedure itself throws. */
export function nextStep<T>(steps: Steps<T>, answer: Rows): IteratorResult<Statement, T> {
  try {
    return steps.next(answer)
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error
    throw new ProcedureError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** What the first step is given. */
export const NOTHING: Rows = { rows: [], count: 0 }

/** What a procedure itself threw: it is undone, and nothing is wrong with the store. */
export class ProcedureError extends Error {
  override readonly name = 'ProcedureError'
}
