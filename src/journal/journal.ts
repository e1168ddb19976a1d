import { setTimeout as delay } from 'node:timers/promises'
import { UnderWay } from '../lib/concurrency.ts'
import { monotonicMs } from '../lib/timeout.ts'
import {
  type CallResult,
  isFailure,
  type PreparedCall,
  SERVICES,
  type Service,
  type ServiceName,
} from '../payapi/index.ts'
import { transportError } from '../payapi/wire/classify.ts'
import { requestText } from '../payapi/wire/request-text.ts'
import { conflict, type IdempotencyConflict, storeUnavailable } from './conflict.ts'
import type { Keyring } from './keys/keyring.ts'
import { Readiness } from './readiness.ts'
import {
  type Claim,
  type Finish,
  type NewOperation,
  type Operation,
  type OperationStore,
  StoreRefusedError,
  StoreUnavailableError,
} from './store.ts'
import { endingOf, finishOf, type ResolutionRecord, resolutionOf, resolvedEnding } from './stored-result.ts'
import { Upkeep, type UpkeepEvent } from './upkeep.ts'

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
  /** Is told of everything that somebody should know of. */
  readonly onEvent?: (event: JournalEvent) => void
  /** Gives the time in milliseconds since 1970; the system's by default. It may be wrong, and jump. */
  readonly now?: () => number
  /** Gives the time that went by, in milliseconds since any moment; the system's monotonic clock by default. */
  readonly monotonicNow?: () => number
}

/** Something that somebody should know of. Holds nothing but ids, names and counts. */
export type JournalEvent =
  | { readonly kind: 'replayed'; readonly operationId: string; readonly service: string }
  | { readonly kind: 'conflict'; readonly operationId: string; readonly service: string; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly service: string; readonly fault: unknown }
  | { readonly kind: 'finish-delayed'; readonly operationId: string; readonly fault: unknown }
  | { readonly kind: 'finish-fenced'; readonly operationId: string }
  | UpkeepEvent

/** What a caller says about repeating a request. */
export interface RunOptions {
  /** Scopes the key: one caller's key neither replays nor reveals another's result. */
  readonly caller: string
  readonly idempotencyKey?: string | null | undefined
  /** In the sandbox: a scenario was asked for, so it is played even for an order that was charged before. */
  readonly bypassOrderGuard?: boolean
}

/** Sends a prepared call. */
export type Send = (call: PreparedCall) => Promise<CallResult>

/** Why an earlier operation gives no ending to answer with. */
type NoEnding = 'IN_PROGRESS' | 'FREE_AGAIN' | 'KEY_MISSING'

/** How long after its claim a call may still begin; the lease is that much longer than the call's own deadline. */
const LEASE_MARGIN_MS = 30_000
const POLL_MS = 50
const FIRST_FINISH_RETRY_MS = 50
const LAST_FINISH_RETRY_MS = 500

/**
 * Remembers what was sent, so that nothing is sent twice. A call is on disk before its first byte leaves, and its end
 * is on disk before the caller hears of it.
 */
export class Journal {
  readonly #options: JournalOptions
  readonly #now: () => number
  readonly #monotonicNow: () => number
  readonly #readiness: Readiness
  /** The calls of this process, by operation: each from its claim until its end is on disk. */
  readonly #underWay = new Map<string, Promise<CallResult>>()
  readonly #delayedFinishes = new UnderWay()
  readonly #stopping = new AbortController()
  readonly #upkeep: Upkeep

  constructor(options: JournalOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#monotonicNow = options.monotonicNow ?? monotonicMs
    this.#readiness = new Readiness(() => options.store.ready())
    this.#upkeep = new Upkeep({
      store: options.store,
      retentionMs: options.retentionMs,
      now: this.#now,
      monotonicNow: this.#monotonicNow,
      onEvent: (event) => this.#tell(event),
    })
    this.#upkeep.start()
  }

  /**
   * Carries a call out at most once.
   * Takes the prepared call, what the caller says about repeating it, and how it is sent; returns its ending, an earlier
   * one's where the key was used before, or the conflict with it. Sends nothing where the journal cannot be written.
   */
  async run(call: PreparedCall, options: RunOptions, send: Send): Promise<CallResult | IdempotencyConflict> {
    const id = call.metadata.requestId
    const journaled: PreparedCall = { ...call, metadata: { ...call.metadata, operationId: id } }
    const begunAt = this.#monotonicNow()
    const giveUpAt = begunAt + this.#options.waitMs
    const operation = this.#newOperation(call, options)
    try {
      for (;;) {
        const claim = await this.#claim(operation, options.bypassOrderGuard === true)
        if (claim.granted) break
        const answer = await this.#answerFor(claim, journaled, giveUpAt)
        if (answer !== 'FREE_AGAIN') return answer
      }
    } catch (fault) {
      if (!(fault instanceof StoreUnavailableError)) throw fault
      this.#tell({ kind: 'unavailable', service: call.service.name, fault })
      return storeUnavailable(call, operation)
    }
    const ended = this.#carryOut(journaled, operation, begunAt + this.#leaseMs, send)
    this.#underWay.set(id, ended)
    return await ended
  }

  get #leaseMs(): number {
    return this.#options.waitMs + this.#options.callTimeoutMs + LEASE_MARGIN_MS
  }

  #newOperation(call: PreparedCall, { caller, idempotencyKey = null }: RunOptions): NewOperation {
    const { service, metadata, merchant } = call
    const createdAt = this.#now()
    return {
      id: metadata.requestId,
      service: service.name,
      merchantId: merchant.mid,
      caller,
      idempotencyKey,
      // What is compared with nothing need not be kept, not even like this.
      fingerprint: idempotencyKey === null ? '' : this.#options.keyring.fingerprint(requestText(call)),
      orderId: metadata.orderId,
      transactionId: metadata.transactionId,
      amount: amountOf(call),
      claimsOrder: service.effect === 'charge' && this.#options.orderGuard,
      owner: this.#options.owner,
      createdAt,
      leaseMs: this.#leaseMs,
    }
  }

  async #claim(operation: NewOperation, bypassOrderGuard: boolean): Promise<Claim> {
    const claim = await this.#claimOnce(operation)
    if (claim.granted || claim.by === 'KEY' || !bypassOrderGuard) return claim
    return this.#claimOnce({ ...operation, claimsOrder: false })
  }

  async #claimOnce(operation: NewOperation): Promise<Claim> {
    try {
      const claim = await this.#options.store.claim(operation)
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

  /** What to answer beside an earlier operation; `FREE_AGAIN` where that one turned out never to have been sent. */
  async #answerFor(
    { by, operation: earlier }: Extract<Claim, { granted: false }>,
    call: PreparedCall,
    giveUpAt: number,
  ): Promise<CallResult | IdempotencyConflict | 'FREE_AGAIN'> {
    const { service, metadata } = call
    const refuse = (reason: IdempotencyConflict['reason']) => {
      this.#tell({ kind: 'conflict', operationId: earlier.id, service: service.name, reason })
      return conflict(metadata, earlier, reason)
    }
    if (by === 'ORDER') return refuse('SAME_ORDER')
    // What cannot be compared is not different: whoever takes a new key for it may charge twice.
    const likeness =
      earlier.fingerprint === '' ? 'SAME' : this.#options.keyring.compare(requestText(call), earlier.fingerprint)
    if (likeness === 'UNKNOWN_KEY') return refuse('CANNOT_BE_COMPARED')
    if (likeness === 'DIFFERENT') return refuse('DIFFERENT_INPUT')
    const ending = await this.#endingOf(earlier, service, giveUpAt)
    if (ending === 'IN_PROGRESS') return refuse('IN_PROGRESS')
    if (ending === 'FREE_AGAIN') return 'FREE_AGAIN'
    if (ending === 'KEY_MISSING') return refuse('CANNOT_BE_COMPARED')
    this.#tell({ kind: 'replayed', operationId: earlier.id, service: service.name })
    return ending
  }

  /** Waits until an operation has ended; `FREE_AGAIN` where it turned out never to have been sent, and there is time. */
  async #endingOf(operation: Operation, service: Service, giveUpAt: number): Promise<CallResult | NoEnding> {
    // What this process does itself it knows better, and earlier, than the store.
    const here = this.#underWay.get(operation.id)
    const ending = here ? await this.#inTime(here, giveUpAt) : await this.#endingElsewhere(operation, service, giveUpAt)
    if (typeof ending === 'string') return ending
    const keepsKey = this.#underWay.has(operation.id) || !(isFailure(ending) && ending.retryable)
    return keepsKey || this.#monotonicNow() >= giveUpAt ? ending : 'FREE_AGAIN'
  }

  async #inTime(ended: Promise<CallResult>, giveUpAt: number): Promise<CallResult | 'IN_PROGRESS'> {
    const timer = new AbortController()
    const over = delay(Math.max(0, giveUpAt - this.#monotonicNow()), 'IN_PROGRESS' as const, { signal: timer.signal })
    over.catch(() => {})
    try {
      return await Promise.race([ended, over])
    } finally {
      timer.abort()
    }
  }

  async #endingElsewhere(operation: Operation, service: Service, giveUpAt: number): Promise<CallResult | NoEnding> {
    const { store, owner } = this.#options
    // One of this process that is no longer under way has ended since it was seen.
    const first = operation.owner === owner ? await store.get(operation.id) : operation
    for (let seen = first; ; seen = await store.get(operation.id)) {
      if (seen === undefined) return 'FREE_AGAIN'
      if (seen.state !== 'IN_PROGRESS') return endingOf(seen, service) ?? whyUnreadable(seen)
      const left = giveUpAt - this.#monotonicNow()
      if (left <= 0) return 'IN_PROGRESS'
      await delay(Math.min(POLL_MS, left))
    }
  }

  async #carryOut(call: PreparedCall, operation: NewOperation, leaseEndsAt: number, send: Send): Promise<CallResult> {
    const ending = await this.#sendInTime(call, operation, leaseEndsAt, send)
    const answer: CallResult = { ...ending, operationId: operation.id } as CallResult
    const finish = finishOf(answer, this.#now())
    try {
      await this.#finish(operation, finish)
    } catch (fault) {
      // PayAPI has answered: the caller hears the truth, and the journal is told as soon as it listens again.
      this.#tell({ kind: 'finish-delayed', operationId: operation.id, fault })
      void this.#delayedFinishes.add(this.#finishLater(operation, finish))
    }
    return answer
  }

  async #finish({ id, owner }: NewOperation, finish: Finish): Promise<void> {
    const recorded = await this.#options.store.finish(id, owner, finish)
    this.#underWay.delete(id)
    if (!recorded) this.#tell({ kind: 'finish-fenced', operationId: id })
  }

  /** Sends, unless so much time went by since the claim that the lease could end before the call does. */
  async #sendInTime(call: PreparedCall, operation: NewOperation, leaseEndsAt: number, send: Send): Promise<CallResult> {
    if (this.#monotonicNow() + this.#options.callTimeoutMs >= leaseEndsAt) {
      return transportError(call, 'JOURNAL_UNAVAILABLE', false)
    }
    try {
      return await send(call)
    } catch (fault) {
      // `send` rejects only for a fault of ours before the request was begun, but who could swear to that?
      this.#tell({ kind: 'finish-delayed', operationId: operation.id, fault })
      return transportError(call, 'UNREADABLE_RESPONSE', true)
    }
  }

  /** Tries until it is recorded; where the process is about to end, once more. Until then its key is answered from here. */
  async #finishLater(operation: NewOperation, finish: Finish): Promise<void> {
    const { signal } = this.#stopping
    for (let pauseMs = FIRST_FINISH_RETRY_MS; ; pauseMs = Math.min(LAST_FINISH_RETRY_MS, pauseMs * 2)) {
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {})
      const isLastTry = signal.aborted
      try {
        return await this.#finish(operation, finish)
      } catch (fault) {
        this.#tell({ kind: 'finish-delayed', operationId: operation.id, fault })
        if (isLastTry) return
      }
    }
  }

  /** Takes an operation; returns how it ended, undefined while it is in progress. */
  ending(operation: Operation): CallResult | undefined {
    const service = serviceNamed(operation.service)
    return operation.state === 'IN_PROGRESS' || service === undefined ? undefined : endingOf(operation, service)
  }

  /** Takes an operation; returns what a person recorded of it, or null. */
  resolution(operation: Operation): ResolutionRecord | null {
    return resolutionOf(operation)
  }

  /** Reads operations: the store itself, for queries. */
  get operations(): Pick<OperationStore, 'get' | 'getByKey' | 'find' | 'count'> {
    return this.#options.store
  }

  /**
   * Records what a person found out about an operation. Takes its id and the record; returns the operation as it then
   * stands, or undefined where it is not, or no longer, of unknown outcome. Rejects where the journal cannot be written.
   */
  async resolve(id: string, record: ResolutionRecord): Promise<Operation | undefined> {
    const { store } = this.#options
    const operation = await store.get(id)
    const service = operation && serviceNamed(operation.service)
    if (operation?.state !== 'UNKNOWN' || service === undefined) return undefined
    return store.resolve(id, {
      state: record.processed ? 'SUCCEEDED' : 'FAILED',
      result: JSON.stringify(resolvedEnding(operation, service, record)),
      resolution: JSON.stringify(record),
      keepsOrder: record.processed,
    })
  }

  /** A listener's fault must not become a call's: by now the request may have been processed. */
  #tell(event: JournalEvent): void {
    try {
      this.#options.onEvent?.(event)
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }

  /** Waits for the calls under way, then ends the store. */
  async close(): Promise<void> {
    this.#upkeep.stop()
    await Promise.allSettled(this.#underWay.values())
    this.#stopping.abort()
    await this.#delayedFinishes.settled()
    await this.#options.store.close()
  }
}

function whyUnreadable({ id, unreadable }: Operation): NoEnding {
  if (unreadable === 'KEY_MISSING') return unreadable
  throw new StoreRefusedError(`The journal is damaged: the result of operation ${id} cannot be read`)
}

function amountOf({ service, form }: PreparedCall): string | null {
  const entry = service.request['amount']
  const value = entry === undefined || 'group' in entry ? undefined : form[entry.wire]
  return typeof value === 'string' ? value : null
}

function serviceNamed(name: string): Service | undefined {
  return Object.hasOwn(SERVICES, name) ? SERVICES[name as ServiceName] : undefined
}
