import { ClaimRollback } from '../claims/claim-rollback.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { ProcedureCall, ProcedureInput, ProcedureName, ProcedureOutput } from '../procedures/index.ts'
import { Endpoints, type Told } from '../procedures/webhooks/endpoints.ts'
import type { OperationCodec } from '../schema/row.ts'
import type { AttemptedClaim } from '../store.ts'
import {
  type Claim,
  type Finish,
  type Guard,
  type HeldKey,
  METHOD_DEADLINE_MS,
  type NewOperation,
  type OpenState,
  type Operation,
  type OperationFilter,
  type OperationRange,
  type OperationStore,
  type RefusedClaim,
  type Resolution,
  type StoreEvent,
  StoreUnavailableError,
  type SweepLimits,
} from '../store.ts'
import { PostgresChanges } from './changes.ts'
import {
  advanceClock,
  claimOperation,
  expireLeases,
  finishOperation,
  probe,
  SWEEP_START,
  type SweepPosition,
  sweepOperations,
  withdrawClaim,
} from './operations.ts'
import { PostgresConnections } from './pool.ts'
import { runProcedure } from './procedures.ts'
import { IndexUpkeep } from './schema/index-upkeep.ts'
import { preparePostgres, upgradeTables } from './schema/preparation.ts'
import { countOpen, findOperations, getOperation, getOperationByKey } from './search.ts'

/** How a journal in PostgreSQL is used. */
interface PostgresStoreOptions {
  /** A `postgres://` URL, as `pg` reads it. */
  readonly url: string
  /** Seals what is worth money. */
  readonly keyring: Keyring
  /** Whether a journal is neither made nor upgraded. */
  readonly existing?: boolean | undefined
  /** Who is told of what happens. */
  readonly webhooks?: Told
  /** How long a method may take, in milliseconds; below two seconds unless set otherwise. */
  readonly deadlineMs?: number | undefined
  /** How many connections there are at the most; as many as calls need at once, unless there are more. */
  readonly maxConnections?: number | undefined
  readonly onEvent?: ((event: StoreEvent) => void) | undefined
  /** How often those who watch are told without a change that is known; replaced in tests only. */
  readonly lookAgainMs?: number | undefined
}

/**
 * As many as two thousand calls a second need at a server that is 5 ms away, with some to spare; two processes are within what
 * PostgreSQL has room for as it is shipped.
 */
const MOST_CONNECTIONS = 40

/** Operations in PostgreSQL, which several machines share. Who died there is known only once his leases have run out. */
export class PostgresStore implements OperationStore {
  readonly #connections: PostgresConnections<OperationCodec>
  readonly #endpoints: Endpoints
  readonly #withdrawals: ClaimRollback
  readonly #changes: PostgresChanges
  readonly #indexUpkeep: IndexUpkeep
  #attempts = 0

  /** Connects to nothing yet. Throws, naming no part of the URL, where that is not one. */
  constructor(options: PostgresStoreOptions) {
    const { url, keyring, existing = false, webhooks, lookAgainMs, onEvent } = options
    const { deadlineMs = METHOD_DEADLINE_MS } = options
    this.#endpoints = new Endpoints(webhooks)
    this.#connections = new PostgresConnections({
      url,
      prepare: (query) => preparePostgres(query, keyring, existing),
      upgrade: (query) => upgradeTables(query, keyring),
      onPrepared: () => void this.#indexUpkeep.start(),
      deadlineMs,
      maxConnections: options.maxConnections ?? MOST_CONNECTIONS,
      onLimited: (connections, fault) => onEvent?.({ kind: 'store-crowded', connections, fault }),
    })
    this.#indexUpkeep = new IndexUpkeep(() => this.#connections.newClient(0))
    this.#changes = new PostgresChanges({
      newClient: () => this.#connections.newClient(),
      lookAgainMs,
      query: this.#connections.one,
    })
    this.#withdrawals = new ClaimRollback((claim) =>
      this.#connections.use((query, codec) => withdrawClaim(query, codec, claim, this.#endpoints)),
    )
  }

  claim(operation: NewOperation): Promise<Claim> {
    // Without a guard there is none to refuse it.
    return this.#claim(operation) as Promise<Claim>
  }

  claimGuarded(operation: NewOperation, guard: Guard): Promise<Claim | RefusedClaim> {
    return this.#claim(operation, guard)
  }

  async #claim(operation: NewOperation, guard?: Guard): Promise<Claim | RefusedClaim> {
    const claim: AttemptedClaim = { operation, attempt: ++this.#attempts, guard }
    let sent = false
    try {
      return await this.#connections.run((session, codec) => {
        sent = true
        return claimOperation(session, codec, claim, this.#endpoints)
      })
    } catch (error) {
      // The server may have granted it, or still do so; the caller is told that it did not, and acts on that.
      if (sent && error instanceof StoreUnavailableError) this.#withdrawals.add(claim)
      throw error
    } finally {
      this.#changes.wrote()
    }
  }

  async finish(id: string, owner: string, finish: Finish): Promise<boolean> {
    try {
      return await this.#connections.run((session, codec) =>
        finishOperation(session, codec, id, owner, finish, this.#endpoints),
      )
    } finally {
      // What failed may stand nevertheless.
      this.#changes.wrote()
    }
  }

  resolve(id: string, resolution: Resolution): Promise<Operation | undefined> {
    return this.run('resolveOperation', { id, resolution })
  }

  async expire(finishedAt: number): Promise<number> {
    const expired = await this.#connections.use((query, codec) =>
      expireLeases(query, codec, finishedAt, this.#endpoints),
    )
    if (expired > 0) this.#changes.wrote()
    return expired
  }

  advanceClock(to: number): Promise<number> {
    return this.#connections.use((query) => advanceClock(query, to))
  }

  async sweep(limits: SweepLimits): Promise<number> {
    let swept = 0
    for (let after: SweepPosition | undefined = SWEEP_START; after !== undefined; ) {
      const from: SweepPosition = after
      const { deleted, next } = await this.#connections.use((query) => sweepOperations(query, limits, from))
      swept += deleted
      after = next
    }
    return swept
  }

  get(id: string): Promise<Operation | undefined> {
    return this.#connections.run(({ one }, codec) => getOperation(one, codec, id))
  }

  getByKey(key: HeldKey): Promise<Operation | undefined> {
    return this.#connections.run(({ one }, codec) => getOperationByKey(one, codec, key))
  }

  find(filter: OperationFilter, limit: number, range: OperationRange = {}): Promise<readonly Operation[]> {
    return this.#connections.run(({ one }, codec) => findOperations(one, codec, filter, limit, range))
  }

  count(state: OpenState): Promise<number> {
    return this.#connections.run(({ one }) => countOpen(one, state))
  }

  async run<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>): Promise<ProcedureOutput<Name>> {
    const call = { name, input } as ProcedureCall
    let changed = false
    const onChange = (): void => {
      changed = true
    }
    try {
      return (await this.#connections.use((query, codec) =>
        runProcedure(query, codec, call, this.#endpoints, onChange),
      )) as ProcedureOutput<Name>
    } finally {
      if (changed) this.#changes.wrote()
    }
  }

  watch(listener: () => void): () => void {
    return this.#changes.watch(listener)
  }

  ready(): Promise<void> {
    return this.#connections.use(probe)
  }

  verify(): Promise<void> {
    return this.ready()
  }

  async close(): Promise<void> {
    this.#indexUpkeep.stop()
    await this.#connections.settled()
    await this.#withdrawals.close()
    await this.#changes.close()
    await this.#connections.close()
  }
}
