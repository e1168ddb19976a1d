import type pg from 'pg'
import { UnderWay } from '../../lib/concurrency.ts'
import { BackOff, deadline } from '../../lib/timeout.ts'
import { StoreUnavailableError } from '../store.ts'
import { loadPg, refusal } from './errors.ts'
import { Lease, type Query } from './lease.ts'

/** How the connections behave. */
interface PostgresConnectionsOptions<Prepared> {
  readonly url: string
  /** Makes the tables usable, before the first action; undefined where they have to be upgraded for that. */
  readonly prepare: (query: Query) => Promise<Prepared | undefined>
  /** Upgrades them. Nobody waits for it. */
  readonly upgrade: (query: Query) => Promise<void>
  /** How long an action may take, in milliseconds, the wait for a connection included. */
  readonly deadlineMs: number
  readonly maxConnections: number
}

// Both end before the caller's deadline, so that in most cases it is known what became of a statement.
const CONNECT_SHARE = 0.8
const STATEMENT_SHARE = 0.8

/** PostgreSQL's number of the type of 64-bit integers; the driver gives them as text unless told otherwise. */
const BIGINT = 20

/** PostgreSQL's own way to say that a time has no bound. */
const UNBOUNDED = 0

// For this transaction only. A pooler between may give the next transaction another connection, and this connection to
// another program: what is set for a session would be missing there and felt here. Durability weaker than 'on' would
// acknowledge what a crash or a change-over then loses; a stronger one stays.
const beginSql = (timeoutMs: number): string => `
  begin isolation level read committed;
  set local statement_timeout = ${timeoutMs};
  set local idle_in_transaction_session_timeout = ${timeoutMs};
  select set_config('synchronous_commit',
    case current_setting('synchronous_commit') when 'remote_apply' then 'remote_apply' else 'on' end, true)`

/** Connections to a PostgreSQL server that may come and go. */
export class PostgresConnections<Prepared> {
  readonly #pool: pg.Pool
  readonly #settings: pg.ClientConfig
  readonly #options: PostgresConnectionsOptions<Prepared>
  readonly #deadlineMs: number
  readonly #beginSql: string
  readonly #backOff = new BackOff<StoreUnavailableError>(50, 500)
  readonly #underWay = new UnderWay()
  #prepared: Prepared | undefined
  #upgrade: Promise<void> | undefined
  #upgradeFault: Error | undefined
  #closed: Promise<void> | undefined

  /** Connects to nothing yet. Throws, naming no part of the URL, where that is not one. */
  constructor(options: PostgresConnectionsOptions<Prepared>) {
    const { url, deadlineMs, maxConnections } = options
    this.#options = options
    const { Client, Pool, types } = loadPg()
    const settings: pg.PoolConfig = {
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: deadlineMs * CONNECT_SHARE,
      application_name: 'payapi-graphql journal',
      keepAlive: true,
      types: {
        getTypeParser: ((oid, format) =>
          oid === BIGINT ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
      },
      // An idle connection is no reason for a program to stay.
      allowExitOnIdle: true,
    }
    try {
      // The pool itself would parse it with the first connection only.
      new Client(settings)
    } catch {
      throw new Error('the store URL is no valid postgres:// URL')
    }
    this.#settings = settings
    this.#pool = new Pool(settings)
    this.#deadlineMs = deadlineMs
    this.#beginSql = beginSql(Math.round(deadlineMs * STATEMENT_SHARE))
    // A connection that is lost tells so in an event of its own, idle or in use; without listeners, that would end the
    // program.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => client.on('error', () => {}))
  }

  /**
   * Carries an action out in a transaction; resolves, once that is flushed, to what the action resolves to. Rejects with
   * `StoreUnavailableError` where the server cannot be used, or not within the deadline: the connection is then destroyed,
   * and whether the transaction stands is not known. Rejects with `Error` where a value itself was refused.
   */
  use<T>(action: (query: Query, prepared: Prepared) => Promise<T>): Promise<T> {
    return this.#underWay.add(this.#beforeDeadline(action))
  }

  /** A connection beside the pool, not connected yet: one that stays, and is no reason for a program to stay. */
  newClient(): pg.Client {
    const { Client } = loadPg()
    const client = new Client({ ...this.#settings, query_timeout: this.#deadlineMs })
    client.once('connect', () => (client as pg.Client & { unref(): void }).unref())
    return client
  }

  /** Resolves once what is under way now has ended. */
  settled(): Promise<void> {
    return this.#underWay.settled()
  }

  #beforeDeadline<T>(action: (query: Query, prepared: Prepared) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) throw new StoreUnavailableError('The journal is closed')
      const lease = new Lease()
      const callOff = deadline(this.#deadlineMs, () => {
        lease.destroy()
        reject(new StoreUnavailableError('The journal database does not answer in time'))
      })
      this.#run(lease, action).then(resolve, reject).finally(callOff)
    })
  }

  async #run<T>(lease: Lease, action: (query: Query, prepared: Prepared) => Promise<T>): Promise<T> {
    this.#backOff.check()
    try {
      lease.hold(await this.#connect())
      // Later, a table that is missing was dropped, and an empty one must not take its place: it knows of no charge.
      this.#prepared ??= await this.#transact(lease, this.#options.prepare)
      const prepared = this.#prepared
      if (prepared === undefined) throw this.#upgradeBehind()
      const result = await this.#transact(lease, (query) => action(query, prepared))
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
    const lease = new Lease()
    lease.hold(await this.#connect())
    try {
      await lease.query(beginSql(UNBOUNDED))
      await this.#options.upgrade(lease.query)
      await lease.query('commit')
      lease.giveBack()
    } catch (error) {
      await lease.rollBack()
      throw error
    }
  }

  async #transact<T>(lease: Lease, action: (query: Query) => Promise<T>): Promise<T> {
    await lease.query(this.#beginSql)
    const result = await action(lease.query)
    await lease.query('commit')
    return result
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      const client = await this.#pool.connect()
      this.#backOff.succeeded()
      return client
    } catch (error) {
      const crowded = error instanceof Error && error.message === 'timeout exceeded when trying to connect'
      const failure = crowded
        ? new StoreUnavailableError('All connections to the journal database are busy')
        : refusal(error)
      // With others still connected, it only was a crowd that waits for them.
      if (this.#pool.totalCount === 0) this.#backOff.failed(failure)
      throw failure
    }
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
