import { monotonicMs } from '../../lib/timeout.ts'
import { ClaimRollback } from '../claims/claim-rollback.ts'
import type { AttemptedClaim, Guard, OperationStore, RefusedClaim } from '../operation-store.ts'
import {
  PROCEDURES,
  type ProcedureCall,
  type ProcedureInput,
  type ProcedureName,
  type ProcedureOutput,
} from '../procedures/index.ts'
import {
  type Claim,
  type Finish,
  type HeldKey,
  METHOD_DEADLINE_MS,
  type NewOperation,
  type OpenState,
  type Operation,
  type OperationCursor,
  type OperationFilter,
  type OperationRange,
  StoreUnavailableError,
  type SweepLimits,
} from '../store.ts'
import { Watchers } from '../watchers.ts'
import { isNewer, isOlder, merge, type ScanFilter, walksOf } from './search.ts'
import { type Aftermath, SqliteClient } from './worker/client.ts'
import type { SqliteThreadData } from './worker/protocol.ts'
import { type SqliteThread, startSqliteThread } from './worker/thread.ts'

/** The thread has to start first, and an earlier version's file takes its time. */
const VERIFY_MS = 30_000

/** How a journal in an SQLite file is used. */
interface SqliteStoreOptions extends Omit<SqliteThreadData, 'init'> {
  /** How long a method may take, in milliseconds; below two seconds unless set otherwise. */
  readonly deadlineMs?: number | undefined
  readonly init?: SqliteThreadData['init']
  /** How often those who watch are told without a change that is known; replaced in tests only. */
  readonly lookAgainMs?: number | undefined
  /** Starts the thread that works on the file; replaced in tests only. */
  readonly startThread?: () => SqliteThread
}

/** Operations in an SQLite file, written by a thread of their own. */
export class SqliteStore implements OperationStore {
  readonly #client: SqliteClient
  readonly #withdrawals: ClaimRollback
  readonly #deadlineMs: number
  readonly #watchers: Watchers
  #attempts = 0

  /** Never throws for a file that cannot be used: every method says so by itself. */
  constructor(options: SqliteStoreOptions) {
    const {
      path,
      mode,
      owner,
      keys,
      deadlineMs = METHOD_DEADLINE_MS,
      init = false,
      existing,
      startThread,
      webhooks,
      lookAgainMs,
    } = options
    this.#deadlineMs = deadlineMs
    this.#client = new SqliteClient(
      startThread ??
        (() => startSqliteThread({ path, mode, owner, keys, init, existing, ...(webhooks && { webhooks }) })),
      deadlineMs,
    )
    this.#watchers = new Watchers(
      {
        start: () => this.#client.watch(() => this.#watchers.changed()),
        stop: () => this.#client.unwatch(),
      },
      lookAgainMs,
    )
    this.#withdrawals = new ClaimRollback(async (claim) => {
      await this.#client.call('withdraw', claim)
    })
  }

  claim(operation: NewOperation): Promise<Claim> {
    // Without a guard there is none to refuse it.
    return this.#claim(operation) as Promise<Claim>
  }

  claimGuarded(operation: NewOperation, guard: Guard): Promise<Claim | RefusedClaim> {
    return this.#claim(operation, guard)
  }

  #claim(operation: NewOperation, guard?: Guard): Promise<Claim | RefusedClaim> {
    const claim: AttemptedClaim = { operation, attempt: ++this.#attempts, guard }
    return this.#client.call('claim', claim, (what: Aftermath, value) => {
      // The caller was told that nothing was recorded, and has acted on it.
      if (what === 'UNDECIDED' || (what === 'RECORDED' && (value as Claim | RefusedClaim).granted))
        this.#withdrawals.add(claim)
    })
  }

  finish(id: string, owner: string, finish: Finish): Promise<boolean> {
    return this.#client.call('finish', { id, owner, finish })
  }

  expire(finishedAt: number): Promise<number> {
    return this.#client.call('expire', { finishedAt })
  }

  advanceClock(to: number): Promise<number> {
    return this.#client.call('advanceClock', { to })
  }

  async sweep(limits: SweepLimits): Promise<number> {
    let swept = 0
    for (let after: OperationCursor | undefined; ; ) {
      const { deleted, next } = await this.#client.call('sweep', { limits, after })
      swept += deleted
      if (next === undefined) return swept
      after = next
    }
  }

  get(id: string): Promise<Operation | undefined> {
    return this.#client.call('get', { id })
  }

  getByKey(key: HeldKey): Promise<Operation | undefined> {
    return this.#client.call('getByKey', key)
  }

  find(filter: OperationFilter, limit: number, range: OperationRange = {}): Promise<readonly Operation[]> {
    const until = monotonicMs() + this.#deadlineMs
    const walks = walksOf(filter).map((each) => this.#walk(each, limit, range, until))
    return merge(walks, limit, range.backwards === true ? isOlder : isNewer)
  }

  async *#walk(
    filter: ScanFilter,
    limit: number,
    start: OperationRange,
    until: number,
  ): AsyncGenerator<Operation, undefined> {
    for (let range = start; ; ) {
      const { found, next } = await this.#client.call('scan', { filter, limit, range })
      yield* found
      if (next === undefined) return
      if (monotonicMs() > until) throw new StoreUnavailableError('The search takes too long; a shorter time helps')
      range = next
    }
  }

  count(state: OpenState): Promise<number> {
    return this.#client.call('count', { state })
  }

  run<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>): Promise<ProcedureOutput<Name>> {
    const call = { name, input } as ProcedureCall
    const result = PROCEDURES[name].writes ? this.#client.call('write', call) : this.#client.call('read', call)
    return result as Promise<ProcedureOutput<Name>>
  }

  watch(listener: () => void): () => void {
    return this.#watchers.add(listener)
  }

  async ready(): Promise<void> {
    await this.#client.call('probe', null)
  }

  async verify(): Promise<void> {
    await this.#client.call('probe', null, undefined, VERIFY_MS)
  }

  async close(): Promise<void> {
    this.#watchers.stop()
    await this.#client.settled()
    await this.#withdrawals.close()
    await this.#client.close()
  }
}
