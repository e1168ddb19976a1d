import { monotonicMs } from '../../lib/timeout.ts'
import { ClaimRollback } from '../claims/claim-rollback.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { AttemptedClaim, Guard, OperationStore, RefusedClaim } from '../operation-store.ts'
import type { ProcedureCall, ProcedureInput, ProcedureName, ProcedureOutput } from '../procedures/index.ts'
import { Endpoints, type Told } from '../procedures/webhooks/endpoints.ts'
import { isOperationTold } from '../procedures/webhooks/tell-operation.ts'
import type { OperationCodec } from '../schema/row.ts'
import {
  type Claim,
  type Finish,
  type HeldKey,
  METHOD_DEADLINE_MS,
  type NewOperation,
  type OpenState,
  type Operation,
  type OperationFilter,
  type OperationRange,
  type StoreEvent,
  StoreUnavailableError,
  type SweepLimits,
} from '../store.ts'
import { Batches } from './batches.ts'
import { PostgresChanges } from './changes.ts'
import { isRefusedStatement } from './connections/errors.ts'
import type { Session } from './connections/lease.ts'
import { PostgresConnections } from './connections/pool.ts'
import { claimOperation, claimTogether, probe } from './operations/claim.ts'
import { type FinishedOperation, finishOperation, finishTogether } from './operations/finish.ts'
import { expireLeases } from './operations/lapse.ts'
import { advanceClock, SWEEP_START, type SweepPosition, sweepOperations } from './operations/sweep.ts'
import { withdrawClaim } from './operations/withdraw.ts'
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
 * So many statements with claims, and as many with results, are under way at once. With fewer a lone call would wait for
 * others where the server is away; with more, calls would go one by one as long as there is time for that.
 */
const BATCHES_AT_ONCE = 5

const MOST_IN_A_BATCH = 64

/** What is to be done, and until which time of the monotonic clock. */
interface Given<What> {
  readonly what: What
  readonly until: number
}

/** A claim of which the server may have heard. */
interface SendableClaim extends AttemptedClaim {
  isSent: boolean
}

/** More than calls need at once that share statements with others; two processes are within what PostgreSQL has room for as shipped. */
const MOST_CONNECTIONS = 40

/** Operations in PostgreSQL, which several machines share. Who died there is known only once his leases have run out. */
export class PostgresStore implements OperationStore {
  readonly #connections: PostgresConnections<OperationCodec>
  readonly #endpoints: Endpoints
  readonly #withdrawals: ClaimRollback
  readonly #changes: PostgresChanges
  readonly #indexUpkeep: IndexUpkeep
  readonly #claims = this.#together<SendableClaim>((session, codec, claims) => {
    for (const claim of claims) claim.isSent = true
    return claimTogether(session, codec, claims)
  })
  readonly #finishes = this.#together<FinishedOperation>(finishTogether)
  readonly #deadlineMs: number
  #attempts = 0

  /** Connects to nothing yet. Throws, naming no part of the URL, where that is not one. */
  constructor(options: PostgresStoreOptions) {
    const { url, keyring, existing = false, webhooks, lookAgainMs, onEvent } = options
    const { deadlineMs = METHOD_DEADLINE_MS } = options
    this.#deadlineMs = deadlineMs
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
    const claim: SendableClaim = { operation, attempt: ++this.#attempts, guard, isSent: false }
    const given = this.#given(claim)
    try {
      if (guard === undefined && (await this.#claims.add(given))) return { granted: true }
      return await this.#connections.run((session, codec) => {
        claim.isSent = true
        return session.transact((query) => claimOperation(query, codec, claim, this.#endpoints))
      }, given.until)
    } catch (error) {
      // The server may have granted it, or still do so; the caller is told that it did not, and acts on that.
      if (claim.isSent && error instanceof StoreUnavailableError) this.#withdrawals.add(claim)
      throw error
    } finally {
      this.#changes.wrote()
    }
  }

  async finish(id: string, owner: string, finish: Finish): Promise<boolean> {
    const finished = { id, owner, finish }
    const given = this.#given(finished)
    try {
      if (!isOperationTold({ endpoints: this.#endpoints }, finish.state) && (await this.#finishes.add(given)))
        return true
      return await this.#connections.run(
        (session, codec) => finishOperation(session, codec, finished, this.#endpoints),
        given.until,
      )
    } finally {
      // What failed may stand nevertheless.
      this.#changes.wrote()
    }
  }

  #given<What>(what: What): Given<What> {
    return { what, until: monotonicMs() + this.#deadlineMs }
  }

  /**
   * Where the server refuses what was to be done together, it may have refused it for one of them: none is done, and each
   * goes on alone.
   */
  #together<What>(
    carryOut: (session: Session, codec: OperationCodec, items: readonly What[]) => Promise<readonly boolean[]>,
  ): Batches<Given<What>> {
    return new Batches({
      atOnce: BATCHES_AT_ONCE,
      most: MOST_IN_A_BATCH,
      carryOut: (batch) =>
        this.#connections
          .run(
            (session, codec) =>
              carryOut(
                session,
                codec,
                batch.map(({ what }) => what),
              ),
            Math.min(...batch.map(({ until }) => until)),
          )
          .catch((error: Error) => {
            if (isRefusedStatement(error.cause)) return batch.map(() => false)
            throw error
          }),
    })
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
    await Promise.all([this.#claims.settled(), this.#finishes.settled()])
    await this.#connections.settled()
    await this.#withdrawals.close()
    await this.#changes.close()
    await this.#connections.close()
  }
}
