import type { CallResult, Service } from '../../payapi/index.ts'
import { isoInstant } from '../../payapi/wire/korean-time.ts'
import type { OperationStore } from '../operation-store.ts'
import type { NotReopened } from '../procedures/settlement/reopening.ts'
import type { NoTry, SettleFinding } from '../procedures/settlement/settle-tries.ts'
import type { Operation } from '../store.ts'
import { StoreUnavailableError } from '../store.ts'
import { lostResult, type ResolutionRecord, resolvedResult } from './stored-result.ts'

/** What somebody should know of. */
export type SettlementEvent =
  | { readonly kind: 'resolved'; readonly operationId: string; readonly service: string }
  | { readonly kind: 'reopened'; readonly operationId: string; readonly service: string }
  | {
      /** Contradicted: somebody recorded something else meanwhile, which stands. */
      readonly kind: 'settle-tried' | 'settle-contradicted'
      readonly operationId: string
      readonly service: string
      readonly caller: string
      readonly state: Operation['state'] | undefined
      readonly answer: string | null
    }

interface SettlementOptions {
  readonly store: Pick<OperationStore, 'get' | 'run'>
  /** The longest that a call can take. */
  readonly callTimeoutMs: number
  readonly now: () => number
  readonly onEvent: (event: SettlementEvent) => void
  /** Undefined for a service that this version does not have. */
  readonly serviceOf: (operation: Operation) => Service | undefined
}

/** What was learned of an operation, and by whom. */
interface SettleEnd {
  readonly by: string
  readonly finding: SettleFinding
  /** PayAPI's own answer, where that is the operation's result. */
  readonly result?: CallResult | undefined
}

/** How much longer than its call a try may take before another one begins. */
const LEASE_MARGIN_MS = 30_000

/** What becomes of operations of unknown outcome, each recorded in one transaction and kept as a history. */
export class Settlement {
  readonly #options: SettlementOptions

  constructor(options: SettlementOptions) {
    this.#options = options
  }

  /**
   * Records what was found out about an operation; resolves to the operation as it then stands, or to undefined where it
   * is not, or no longer, of unknown outcome, or is being settled. Rejects where the journal cannot be written.
   */
  async resolve(id: string, record: ResolutionRecord): Promise<Operation | undefined> {
    const { store, onEvent } = this.#options
    const [operation, service] = await this.#find(id)
    if (operation?.state !== 'UNKNOWN' || service === undefined) return undefined
    const { processed, resolvedBy: recordedBy, resolvedAt } = record
    const resolution = {
      ...toResolution(operation, service, record, 'A person recorded from the merchant console'),
      transactionId: processed ? record.transactionId : null,
      recordedBy,
      recordedAt: Date.parse(resolvedAt),
    }
    const resolved = await store.run('resolveOperation', { id, resolution })
    if (resolved !== undefined) onEvent({ kind: 'resolved', operationId: id, service: service.name })
    return resolved
  }

  /** Takes back what was recorded of an operation, unless somebody has acted on it since. */
  async reopen(
    id: string,
    { reason, by }: { readonly reason: string; readonly by: string },
  ): Promise<{ readonly operation: Operation } | { readonly refused: NotReopened }> {
    const { store, now, onEvent } = this.#options
    const [operation, service] = await this.#find(id)
    if (operation === undefined || service === undefined) return { refused: 'NOT_RECORDED' }
    const reopening = {
      operationId: id,
      data: JSON.stringify({ note: reason }),
      by,
      at: now(),
      namesPayment: service.request['transactionId'] !== undefined,
      lostResult: lostResult(operation, service),
    }
    const reopened = await store.run('reopenOperation', reopening).catch((fault: unknown) => {
      if (fault instanceof StoreUnavailableError) throw fault
      // Another operation claimed the order in the same moment: a second look sees it.
      return store.run('reopenOperation', reopening)
    })
    if ('operation' in reopened) onEvent({ kind: 'reopened', operationId: id, service: service.name })
    return reopened
  }

  /** The operations of these services that are to be tried now. */
  due(services: readonly string[], schedule: readonly number[]): Promise<readonly string[]> {
    const { store, now } = this.#options
    return store.run('dueSettlings', { services, schedule, now: now() })
  }

  /** Begins a try to settle an operation: until it has ended, nobody else tries, and nobody resolves it. */
  begin(
    operation: Operation,
    service: Service,
    { by, schedule }: { readonly by: string; readonly schedule: readonly number[] | null },
  ): Promise<{ readonly seq: number } | { readonly refused: NoTry }> {
    const { store, now, callTimeoutMs } = this.#options
    return store.run('beginSettleTry', {
      operationId: operation.id,
      by,
      at: now(),
      leaseMs: callTimeoutMs + LEASE_MARGIN_MS,
      schedule,
      lostResult: lostResult(operation, service),
    })
  }

  /** Ends a try; resolves to the operation as it then stands. */
  async end(
    operation: Operation,
    service: Service,
    seq: number,
    { by, finding, result }: SettleEnd,
  ): Promise<Operation | undefined> {
    const { store, now, onEvent } = this.#options
    const { id: operationId } = operation
    const { processed, answer } = finding
    const record: ResolutionRecord | undefined =
      processed === null
        ? undefined
        : { processed, transactionId: null, note: null, resolvedBy: by, resolvedAt: isoInstant(now()) }
    const settled = record && {
      ...toResolution(operation, service, record, 'PayAPI showed, when it was asked again,'),
      ...(result && { result: JSON.stringify(result) }),
    }
    const ended = await store.run('endSettleTry', { operationId, seq, finding, settled: settled ?? null })
    const isContradicted = settled !== undefined && ended?.state !== settled.state
    const kind = isContradicted ? 'settle-contradicted' : 'settle-tried'
    onEvent({ kind, operationId, service: service.name, caller: by, state: ended?.state, answer })
    return ended
  }

  /** How long an operation's outcome has been unknown, in milliseconds. */
  unknownFor({ finishedAt, createdAt }: Operation): number {
    return this.#options.now() - (finishedAt ?? createdAt)
  }

  async #find(id: string): Promise<readonly [(Operation | undefined)?, (Service | undefined)?]> {
    const operation = await this.#options.store.get(id)
    return operation === undefined ? [] : [operation, this.#options.serviceOf(operation)]
  }
}

function toResolution(operation: Operation, service: Service, record: ResolutionRecord, whoSaysSo: string) {
  return {
    state: record.processed ? ('SUCCEEDED' as const) : ('FAILED' as const),
    result: JSON.stringify(resolvedResult(operation, service, record, whoSaysSo)),
    resolution: JSON.stringify(record),
    keepsOrder: record.processed,
  }
}
