import { setTimeout as delay } from 'node:timers/promises'
import { UnderWay } from '../../lib/concurrency.ts'
import type { CallResult, PreparedCall } from '../../payapi/index.ts'
import { transportError } from '../../payapi/wire/classify.ts'
import type { OperationStore } from '../operation-store.ts'
import type { Finish, NewOperation } from '../store.ts'
import { finishOf } from './stored-result.ts'

type Send = (call: PreparedCall) => Promise<CallResult>

/** What somebody should know of. */
export type FinishEvent =
  | {
      readonly kind: 'send-failed' | 'finish-delayed' | 'finish-lost'
      readonly operationId: string
      readonly fault: unknown
    }
  | { readonly kind: 'finish-fenced'; readonly operationId: string }

interface CallsUnderWayOptions {
  readonly store: Pick<OperationStore, 'finish'>
  /** The longest that a call can take, in milliseconds. */
  readonly callTimeoutMs: number
  readonly now: () => number
  readonly monotonicNow: () => number
  readonly onEvent: (event: FinishEvent) => void
}

const FIRST_FINISH_RETRY_MS = 50
const LAST_FINISH_RETRY_MS = 500

/** The calls of this process, by operation: each from its claim until its result is on disk. */
export class CallsUnderWay {
  readonly #options: CallsUnderWayOptions
  readonly #results = new Map<string, Promise<CallResult>>()
  readonly #delayedFinishes = new UnderWay()
  readonly #stopping = new AbortController()

  constructor(options: CallsUnderWayOptions) {
    this.#options = options
  }

  /** Whether an operation's result is still to be recorded, or its call to end. */
  has(operationId: string): boolean {
    return this.#results.has(operationId)
  }

  /** The result of an operation of this process, which may have come already; undefined where it is on disk. */
  get(operationId: string): Promise<CallResult> | undefined {
    return this.#results.get(operationId)
  }

  /** Sends a claimed call. Its result is on disk before the caller hears of it, where the journal can be written. */
  run(call: PreparedCall, operation: NewOperation, leaseEndsAt: number, send: Send): Promise<CallResult> {
    const result = this.#sendAndFinish(call, operation, leaseEndsAt, send)
    this.#results.set(operation.id, result)
    return result
  }

  /** Resolves once the results of the calls that are under way now are on disk, however long the journal is away. */
  async recorded(): Promise<void> {
    await Promise.allSettled(this.#results.values())
    await this.#delayedFinishes.settled()
  }

  /** Waits for the calls under way, then tries for the last time to record what is not recorded yet. */
  async finishAll(): Promise<void> {
    await Promise.allSettled(this.#results.values())
    this.#stopping.abort()
    await this.#delayedFinishes.settled()
  }

  async #sendAndFinish(
    call: PreparedCall,
    operation: NewOperation,
    leaseEndsAt: number,
    send: Send,
  ): Promise<CallResult> {
    const sent = await this.#sendInTime(call, operation, leaseEndsAt, send)
    const result: CallResult = { ...sent, operationId: operation.id } as CallResult
    const finish = finishOf(result, this.#options.now(), operation)
    try {
      await this.#finish(operation, finish)
    } catch (fault) {
      // PayAPI has answered: the caller hears the truth, and the journal is told as soon as it listens again.
      this.#options.onEvent({ kind: 'finish-delayed', operationId: operation.id, fault })
      void this.#delayedFinishes.add(this.#finishLater(operation, finish))
    }
    return result
  }

  /** Sends, unless so much time went by since the claim that the lease could end before the call does. */
  async #sendInTime(call: PreparedCall, operation: NewOperation, leaseEndsAt: number, send: Send): Promise<CallResult> {
    if (this.#options.monotonicNow() + this.#options.callTimeoutMs >= leaseEndsAt) {
      return transportError(call, 'JOURNAL_UNAVAILABLE', false)
    }
    try {
      return await send(call)
    } catch (fault) {
      // `send` rejects only for a fault of ours before the request was begun, but who could swear to that?
      this.#options.onEvent({ kind: 'send-failed', operationId: operation.id, fault })
      return transportError(call, 'UNREADABLE_RESPONSE', true)
    }
  }

  async #finish({ id, owner }: NewOperation, finish: Finish): Promise<void> {
    const recorded = await this.#options.store.finish(id, owner, finish)
    this.#results.delete(id)
    if (!recorded) this.#options.onEvent({ kind: 'finish-fenced', operationId: id })
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
        this.#options.onEvent({ kind: isLastTry ? 'finish-lost' : 'finish-delayed', operationId: operation.id, fault })
        if (isLastTry) return
      }
    }
  }
}
