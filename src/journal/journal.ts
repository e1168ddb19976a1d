import { monotonicMs } from '../lib/timeout.ts'
import {
  ALL_SERVICES,
  type AnyServiceName,
  type CallResult,
  type PayApiClient,
  type PreparedCall,
  type Service,
  type TransportError,
} from '../payapi/index.ts'
import { CallsUnderWay, type FinishEvent } from './claims/calls-under-way.ts'
import { type IdempotencyConflict, storeUnavailable } from './claims/conflict.ts'
import { Readiness } from './claims/readiness.ts'
import { Replay, type ReplayEvent } from './claims/replay.ts'
import { requestText } from './claims/request-text.ts'
import { Settlement, type SettlementEvent } from './claims/settlement.ts'
import { type ResolutionRecord, resolutionOf, resultOf } from './claims/stored-result.ts'
import { Upkeep, type UpkeepEvent } from './claims/upkeep.ts'
import type { Keyring } from './keys/keyring.ts'
import type { Guard, OperationStore, RefusedClaim } from './operation-store.ts'
import {
  type Claim,
  type NewOperation,
  type Operation,
  type StoreEvent,
  StoreRefusedError,
  StoreUnavailableError,
} from './store.ts'

/** How a journal works. Times are milliseconds. */
export interface JournalOptions {
  readonly store: OperationStore
  /** Makes the fingerprints of inputs. */
  readonly keyring: Pick<Keyring, 'fingerprint' | 'compare'>
  /** Names this start of the process; no other start of any process may have the same. */
  readonly owner: string
  /** The longest that a call can take, from its claim to its end. */
  readonly callTimeoutMs: number
  /** Whether a charge is refused for an order that was, or may have been, charged before. */
  readonly orderGuard: boolean
  /** How long a request waits for an earlier one with the same key that is under way. */
  readonly waitMs: number
  /** How long what succeeded or failed is kept. What is unknown is kept until it is resolved. */
  readonly retentionMs: number
  /** How long the sealed content of notices is kept; as long as the rest unless told otherwise. */
  readonly noticeRetentionMs?: number
  /** Whether what the dead have left is ended, and what is old deleted, as a server does it; true unless given. */
  readonly upkeep?: boolean
  /** Is told of everything that somebody should know of. */
  readonly onEvent?: (event: JournalEvent) => void
  /** Gives the time in milliseconds since 1970; the system's by default. It may be wrong, and jump. */
  readonly now?: () => number
  /** Gives the time that went by, in milliseconds since any moment; the system's monotonic clock by default. */
  readonly monotonicNow?: () => number
}

/** Something that somebody should know of. Holds nothing but ids, names and counts. */
export type JournalEvent =
  | { readonly kind: 'unavailable'; readonly service: string; readonly fault: unknown }
  | ReplayEvent
  | FinishEvent
  | SettlementEvent
  | UpkeepEvent
  | StoreEvent

/** What a caller says about repeating a request. */
interface RunOptions {
  /** Scopes the key: one caller's key neither replays nor reveals another's result. */
  readonly caller: string
  readonly idempotencyKey?: string | null | undefined
  /** What the key is compared by, where that is not the request itself. */
  readonly text?: string
  /** Whether whoever asks acts on the answer, so that what was recorded of it stands from then on; true unless given. */
  readonly actsOnAnswer?: boolean
  /** In the sandbox: a scenario was asked for, so it is played even for an order that was charged before. */
  readonly bypassOrderGuard?: boolean
}

/** What a call is sent with. */
type Sender = Pick<PayApiClient, 'preconnect' | 'send'>

/** How long after its claim a call may still begin; the lease is that much longer than the call's own deadline. */
const LEASE_MARGIN_MS = 30_000

/**
 * Remembers what was sent, so that nothing is sent twice. A call is on disk before its first byte leaves, and its end
 * is on disk before the caller hears of it.
 */
export class Journal {
  readonly #options: JournalOptions
  readonly #now: () => number
  readonly #monotonicNow: () => number
  readonly #readiness: Readiness
  readonly #underWay: CallsUnderWay
  readonly #replay: Replay
  readonly #upkeep: Upkeep
  /** What becomes of operations whose outcome is unknown. */
  readonly settlement: Settlement

  constructor(options: JournalOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#monotonicNow = options.monotonicNow ?? monotonicMs
    this.#readiness = new Readiness(() => options.store.ready())
    const shared = {
      store: options.store,
      now: this.#now,
      monotonicNow: this.#monotonicNow,
      onEvent: (event: JournalEvent) => this.#tell(event),
    }
    this.#underWay = new CallsUnderWay({ ...shared, callTimeoutMs: options.callTimeoutMs })
    this.#replay = new Replay({ ...shared, keyring: options.keyring, owner: options.owner, underWay: this.#underWay })
    this.settlement = new Settlement({
      ...shared,
      callTimeoutMs: options.callTimeoutMs,
      serviceOf: ({ service }) => serviceNamed(service),
    })
    this.#upkeep = new Upkeep({
      ...shared,
      retentionMs: options.retentionMs,
      noticeRetentionMs: options.noticeRetentionMs ?? options.retentionMs,
    })
    if (options.upkeep !== false) this.#upkeep.start()
  }

  /**
   * Carries a call out at most once: its connection is opened while it is claimed, and nothing sent before. Where the
   * key was used before, the answer is the earlier call's result or the conflict with it. Sends nothing where the
   * journal cannot be written.
   */
  run(call: PreparedCall, options: RunOptions, sender: Sender): Promise<CallResult | IdempotencyConflict> {
    return this.#run(call, options, sender) as Promise<CallResult | IdempotencyConflict>
  }

  /** The same, where the claim has to pass a guard besides: `GUARDED` where it does not, and nothing is sent. */
  runGuarded(
    call: PreparedCall,
    options: RunOptions,
    guard: Guard,
    sender: Sender,
  ): Promise<CallResult | IdempotencyConflict | 'GUARDED'> {
    return this.#run(call, options, sender, guard)
  }

  async #run(
    call: PreparedCall,
    options: RunOptions,
    sender: Sender,
    guard?: Guard,
  ): Promise<CallResult | IdempotencyConflict | 'GUARDED'> {
    const id = call.metadata.requestId
    const journaled: PreparedCall = { ...call, metadata: { ...call.metadata, operationId: id } }
    const begunAt = this.#monotonicNow()
    const giveUpAt = begunAt + this.#options.waitMs
    const operation = this.#newOperation(call, options)
    const preconnection = sender.preconnect(call)
    try {
      for (;;) {
        const claim = await this.#claim(operation, options.bypassOrderGuard === true, guard)
        if (claim.granted) break
        preconnection?.close()
        if (claim.by === 'GUARD') return 'GUARDED'
        const answer = await this.#replay.answer(claim, journaled, giveUpAt, options)
        if (answer !== 'FREE_AGAIN') return answer
      }
    } catch (fault) {
      preconnection?.close()
      if (!(fault instanceof StoreUnavailableError)) throw fault
      return this.unavailable(call, operation, fault)
    }
    const send = (each: PreparedCall) => sender.send(each, preconnection)
    const result = await this.#underWay.run(journaled, operation, begunAt + this.#leaseMs, send)
    // For what was never sent, whatever the reason.
    preconnection?.close()
    return result
  }

  /** What an operation that has the key of a request answers it with; `FREE_AGAIN` where it turned out not to have it. */
  replay(
    earlier: Operation,
    call: PreparedCall,
    text: string,
  ): Promise<CallResult | IdempotencyConflict | 'FREE_AGAIN'> {
    const giveUpAt = this.#monotonicNow() + this.#options.waitMs
    return this.#replay.answer({ granted: false, by: 'KEY', operation: earlier }, call, giveUpAt, { text })
  }

  /** The failure of a request for which the store cannot be used; nothing was sent for it. */
  unavailable(
    call: PreparedCall,
    claims: Pick<NewOperation, 'idempotencyKey' | 'claimsOrder'>,
    fault: StoreUnavailableError,
  ): TransportError {
    this.#tell({ kind: 'unavailable', service: call.service.name, fault })
    return storeUnavailable(call, claims)
  }

  get #leaseMs(): number {
    return this.#options.waitMs + this.#options.callTimeoutMs + LEASE_MARGIN_MS
  }

  #newOperation(call: PreparedCall, { caller, idempotencyKey = null, text }: RunOptions): NewOperation {
    const { service, metadata, merchant } = call
    const createdAt = this.#now()
    return {
      id: metadata.requestId,
      service: service.name,
      merchantId: merchant.mid,
      caller,
      idempotencyKey,
      // What is compared with nothing need not be kept, not even like this.
      fingerprint: idempotencyKey === null ? '' : this.#options.keyring.fingerprint(text ?? requestText(call)),
      orderId: metadata.orderId,
      transactionId: metadata.transactionId,
      amount: amountOf(call),
      request: keptRequest(call),
      claimsOrder: service.effect === 'charge' && this.#options.orderGuard,
      owner: this.#options.owner,
      createdAt,
      leaseMs: this.#leaseMs,
    }
  }

  async #claim(operation: NewOperation, bypassOrderGuard: boolean, guard?: Guard): Promise<Claim | RefusedClaim> {
    const claim = await this.#claimOnce(operation, guard)
    if (claim.granted || claim.by !== 'ORDER' || !bypassOrderGuard) return claim
    return this.#claimOnce({ ...operation, claimsOrder: false }, guard)
  }

  async #claimOnce(operation: NewOperation, guard: Guard | undefined): Promise<Claim | RefusedClaim> {
    const { store } = this.#options
    try {
      const claim = await (guard === undefined ? store.claim(operation) : store.claimGuarded(operation, guard))
      // A claim that is refused need not have written anything.
      if (claim.granted) this.#readiness.saw(true)
      return claim
    } catch (fault) {
      if (fault instanceof StoreUnavailableError) this.#readiness.saw(false)
      throw fault
    }
  }

  /** Resolves to why the store must not be used at all; undefined where it can be, or only cannot be now. */
  async refusal(): Promise<StoreRefusedError | undefined> {
    try {
      await this.#options.store.verify()
      return undefined
    } catch (fault) {
      return fault instanceof StoreRefusedError ? fault : undefined
    }
  }

  /** Whether operations can be claimed now. */
  isReady(): Promise<boolean> {
    return this.#readiness.isReady()
  }

  /** Undefined for a service that this version does not have: an operation may be older, or of a later one. */
  serviceOf(operation: Operation): Service | undefined {
    return serviceNamed(operation.service)
  }

  /** How an operation ended; undefined while it is in progress, or where no key opens its result. */
  result(operation: Operation): CallResult | undefined {
    const service = serviceNamed(operation.service)
    return operation.state === 'IN_PROGRESS' || service === undefined ? undefined : resultOf(operation, service)
  }

  /** What a person recorded of an operation, or null. */
  resolution(operation: Operation): ResolutionRecord | null {
    return resolutionOf(operation)
  }

  /** The store: queries and procedures; claims and finishes go through `run`. */
  get store(): Pick<OperationStore, 'get' | 'getByKey' | 'find' | 'count' | 'run' | 'watch'> {
    return this.#options.store
  }

  /**
   * Records what a person found out about an operation; resolves to the operation as it then stands, or to undefined
   * where it is not, or no longer, of unknown outcome, or is being settled. Rejects where the journal cannot be written.
   */
  resolve(id: string, record: ResolutionRecord): Promise<Operation | undefined> {
    return this.settlement.resolve(id, record)
  }

  /** A listener's fault must not become a call's: by now the request may have been processed. */
  #tell(event: JournalEvent): void {
    try {
      this.#options.onEvent?.(event)
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }

  /** Resolves once the results of the calls that are under way now are on disk, however long the store is away. */
  recorded(): Promise<void> {
    return this.#underWay.recorded()
  }

  /** Waits for the calls under way, then ends the store. What it does not take now either is lost. */
  async close(): Promise<void> {
    this.#upkeep.stop()
    await this.#underWay.finishAll()
    await this.#options.store.close()
  }
}

function amountOf({ service, form }: PreparedCall): string | null {
  const entry = service.request['amount']
  const value = entry === undefined || 'group' in entry ? undefined : form[entry.wire]
  return typeof value === 'string' ? value : null
}

/** Enough of a request to make it once more, or to compute with it; never what a card is known by. */
function keptRequest({ service, form }: PreparedCall): string | null {
  return service.keeps === undefined
    ? null
    : JSON.stringify(Object.fromEntries(service.keeps.map((name) => [name, form[name]])))
}

function serviceNamed(name: string): Service | undefined {
  return Object.hasOwn(ALL_SERVICES, name) ? ALL_SERVICES[name as AnyServiceName] : undefined
}
