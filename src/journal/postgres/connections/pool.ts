import type pg from 'pg'
import { UnderWay } from '../../../lib/concurrency.ts'
import { BackOff, deadline, monotonicMs } from '../../../lib/timeout.ts'
import { StoreUnavailableError } from '../../store.ts'
import { loadPg, refusal } from './errors.ts'
import { Lease, type Query, type Session } from './lease.ts'
import { ConnectionLimit } from './limit.ts'
import { FLUSHED, NamedStatements } from './statement.ts'

/** How the connections behave. */
interface PostgresConnectionsOptions<Prepared> {
  readonly url: string
  /** Makes the tables usable, before the first action; undefined where they have to be upgraded for that. */
  readonly prepare: (query: Query) => Promise<Prepared | undefined>
  /** Upgrades them. Nobody waits for it. */
  readonly upgrade: (query: Query) => Promise<void>
  /** Is told once the tables can be used. */
  readonly onPrepared: () => void
  /** How long an action may take, in milliseconds, the wait for a connection included. */
  readonly deadlineMs: number
  /** How many there are at the most; there are as many as were needed at once of late. */
  readonly maxConnections: number
  /** Is told where the server has no room for one more, once until it has again. */
  readonly onLimited?: ((connections: number, fault: unknown) => void) | undefined
}

// Both end before the caller's deadline, so that in most cases it is known what became of a statement.
const CONNECT_SHARE = 0.8
const STATEMENT_SHARE = 0.8

/** PostgreSQL's number of the type of 64-bit integers; the driver gives them as text unless told otherwise. */
const BIGINT = 20

/** PostgreSQL's own way to say that a time has no bound. */
export const UNBOUNDED = 0

// For this transaction only. A pooler between may give the next transaction another connection, and this connection to
// another program: what is set for a session would be missing there and felt here.
const beginSql = (timeoutMs: number): string => `
  begin isolation level read committed;
  set local statement_timeout = ${timeoutMs};
  set local idle_in_transaction_session_timeout = ${timeoutMs};
  select ${FLUSHED}`

// The server says at the beginning which of its processes it is; a pooler says something of its own, or nothing. What is set
// here ends with this statement unless it is the server itself.
const INTRODUCE = `
  select is_direct, set_config('statement_timeout', $2, not is_direct),
    set_config('default_transaction_isolation', 'read committed', not is_direct)
  from (select coalesce(pg_backend_pid() = $1::integer, false) as is_direct) as found`

/** Whether a connection leads to the server itself; if so, its statements may take that long from now on. */
export async function introduce(client: pg.ClientBase, statementMs: number): Promise<boolean> {
  // The driver's types do not know it.
  const { processID = null } = client as { readonly processID?: number | null }
  const { rows } = await client.query(INTRODUCE, [processID, String(statementMs)])
  return (rows[0] as { readonly is_direct: boolean }).is_direct
}

/** Connections to a PostgreSQL server that may come and go. */
export class PostgresConnections<Prepared> {
  readonly #pool: pg.Pool
  readonly #settings: pg.ClientConfig
  readonly #options: PostgresConnectionsOptions<Prepared>
  readonly #deadlineMs: number
  readonly #statementMs: number
  readonly #lease: ConstructorParameters<typeof Lease>[0]
  readonly #limit: ConnectionLimit
  readonly #backOff = new BackOff<StoreUnavailableError>(50, 500)
  readonly #underWay = new UnderWay()
  /** By connection of the pool: whether it leads to the server itself. */
  readonly #isDirect = new WeakMap<pg.PoolClient, boolean>()
  #prepared: Prepared | undefined
  #upgrade: Promise<void> | undefined
  #upgradeFault: Error | undefined
  #closed: Promise<void> | undefined

  /** Connects to nothing yet. Throws, naming no part of the URL, where that is not one. */
  constructor(options: PostgresConnectionsOptions<Prepared>) {
    const { url, deadlineMs, maxConnections } = options
    this.#options = options
    const { Client, Pool, types } = loadPg()
    const settings: pg.ClientConfig = {
      connectionString: url,
      connectionTimeoutMillis: deadlineMs * CONNECT_SHARE,
      application_name: 'payapi-graphql journal',
      keepAlive: true,
      types: {
        getTypeParser: ((oid, format) =>
          oid === BIGINT ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
      },
    }
    try {
      // The pool itself would parse it with the first connection only.
      new Client(settings)
    } catch {
      throw new Error('the store URL is no valid postgres:// URL')
    }
    this.#settings = settings
    this.#pool = new Pool({
      ...settings,
      max: maxConnections,
      // What follows from nothing is sent without waiting: the beginning, the statement and the commit of a transaction.
      pipeline: true,
      // Ends the connection of an action that was given up: what is under way on it is not waited for.
      query_timeout: deadlineMs,
      // An idle connection is no reason for a program to stay.
      allowExitOnIdle: true,
    })
    this.#deadlineMs = deadlineMs
    this.#statementMs = Math.round(deadlineMs * STATEMENT_SHARE)
    this.#lease = { beginSql: beginSql(this.#statementMs), statements: new NamedStatements() }
    this.#limit = new ConnectionLimit(maxConnections, deadlineMs * CONNECT_SHARE)
    // A connection that is lost tells so in an event of its own, idle or in use; without listeners, that would end the
    // program.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => {
      this.#limit.changed(1)
      client.on('error', () => {})
    })
    this.#pool.on('remove', () => this.#limit.changed(-1))
  }

  /**
   * Carries an action out in a transaction; resolves, once that is flushed, to what the action resolves to. Rejects with
   * `StoreUnavailableError` where the server cannot be used, or not within the deadline: the connection is then destroyed,
   * and whether the transaction stands is not known. Rejects with `Error` where a value itself was refused.
   */
  use<T>(action: (query: Query, prepared: Prepared) => Promise<T>): Promise<T> {
    return this.run(({ transact }, prepared) => transact((query) => action(query, prepared)))
  }

  /** Runs one statement in a transaction of its own; rejects as `use` does. */
  one: Query = (sql, values) => this.run(({ one }) => one(sql, values))

  /**
   * Carries out an action of several transactions on one connection, until that time of the monotonic clock; rejects as
   * `use` does.
   */
  run<T>(
    action: (session: Session, prepared: Prepared) => Promise<T>,
    until = monotonicMs() + this.#deadlineMs,
  ): Promise<T> {
    return this.#underWay.add(this.#beforeDeadline(action, until))
  }

  /**
   * A connection beside the pool, not connected yet: one that stays, and is no reason for a program to stay. A statement
   * on it may take as long as any of the pool's unless told otherwise.
   */
  newClient(timeoutMs = this.#deadlineMs): pg.Client {
    const { Client } = loadPg()
    const client = new Client({ ...this.#settings, query_timeout: timeoutMs })
    client.once('connect', () => (client as pg.Client & { unref(): void }).unref())
    return client
  }

  /** Resolves once what is under way now has ended. */
  settled(): Promise<void> {
    return this.#underWay.settled()
  }

  #beforeDeadline<T>(action: (session: Session, prepared: Prepared) => Promise<T>, until: number): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) throw new StoreUnavailableError('The journal is closed')
      const lease = new Lease(this.#lease)
      const callOff = deadline(Math.max(0, until - monotonicMs()), () => {
        lease.destroy()
        reject(new StoreUnavailableError('The journal database does not answer in time'))
      })
      this.#run(lease, action).then(resolve, reject).finally(callOff)
    })
  }

  async #run<T>(lease: Lease, action: (session: Session, prepared: Prepared) => Promise<T>): Promise<T> {
    this.#backOff.check()
    for (;;) {
      await this.#limit.acquire()
      try {
        if (await this.#connect(lease)) return await this.#carryOut(lease, action)
      } finally {
        this.#limit.release()
      }
    }
  }

  async #carryOut<T>(lease: Lease, action: (session: Session, prepared: Prepared) => Promise<T>): Promise<T> {
    try {
      // Later, a table that is missing was dropped, and an empty one must not take its place: it knows of no charge.
      const prepared = this.#prepared ?? (await lease.transact(this.#options.prepare))
      if (prepared === undefined) throw this.#upgradeBehind()
      if (this.#prepared === undefined) {
        this.#prepared = prepared
        this.#options.onPrepared()
      }
      const result = await action(lease, prepared)
      lease.giveBack()
      return result
    } catch (error) {
      await lease.rollBack()
      throw refusal(error)
    }
  }

  /** Starts the upgrade of the tables; the error is what callers are told until it is done. */
  #upgradeBehind(): StoreUnavailableError {
    const fault = this.#upgradeFault
    this.#upgradeFault = undefined
    this.#upgrade ??= this.#runUpgrade()
      .catch((error: unknown) => {
        this.#upgradeFault = refusal(error)
      })
      .finally(() => {
        this.#upgrade = undefined
      })
    return new StoreUnavailableError(
      fault?.message ?? 'The journal database is being brought from an earlier version of this program to this one',
    )
  }

  async #runUpgrade(): Promise<void> {
    const client = this.newClient(UNBOUNDED)
    client.on('error', () => {})
    await client.connect()
    const query: Query = async (sql, values) => {
      const text = typeof sql === 'string' ? sql : sql.text
      const { rows, rowCount } = await client.query(text, values && [...values])
      return { rows: rows as readonly Readonly<Record<string, unknown>>[], count: rowCount ?? 0 }
    }
    try {
      await query(beginSql(UNBOUNDED))
      await this.#options.upgrade(query)
      await query('commit')
    } finally {
      await client.end()
    }
  }

  /** Gives an action a connection, idle or new; false where the server has room for no more, so that it waits for one of others. */
  async #connect(lease: Lease): Promise<boolean> {
    let client: pg.PoolClient
    try {
      client = await this.#pool.connect()
    } catch (error) {
      const failure = refusal(error)
      if (this.#limit.connected > 0 && !lease.isOver) {
        if (this.#limit.hasNoRoom()) this.#options.onLimited?.(this.#limit.connected, failure)
        return false
      }
      if (this.#limit.connected === 0) this.#backOff.failed(failure as StoreUnavailableError)
      throw failure
    }
    this.#backOff.succeeded()
    let isDirect = this.#isDirect.get(client)
    try {
      isDirect ??= await introduce(client, this.#statementMs)
      this.#isDirect.set(client, isDirect)
    } catch (error) {
      client.release(true)
      throw refusal(error)
    }
    lease.hold(client, isDirect)
    return true
  }

  /** Ends all connections, those in use once they are given back; resolves then, or after the time an action may take. */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    let callOff = (): void => {}
    const tooLong = new Promise<void>((resolve) => {
      callOff = deadline(this.#deadlineMs, resolve)
    })
    await Promise.race([this.#pool.end(), tooLong])
    callOff()
  }
}
