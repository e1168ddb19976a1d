import { setTimeout as delay } from 'node:timers/promises'
import { type CallResult, isFailure, type PreparedCall, type Service } from '../../payapi/index.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { OperationStore } from '../operation-store.ts'
import { type Claim, type Operation, StoreRefusedError, StoreUnavailableError } from '../store.ts'
import type { CallsUnderWay } from './calls-under-way.ts'
import { type ConflictReason, conflict, type IdempotencyConflict } from './conflict.ts'
import { requestText } from './request-text.ts'
import { resultOf } from './stored-result.ts'

/** What somebody should know of. */
export type ReplayEvent =
  | { readonly kind: 'replayed'; readonly operationId: string; readonly service: string }
  | { readonly kind: 'conflict'; readonly operationId: string; readonly service: string; readonly reason: string }

interface ReplayOptions {
  readonly store: Pick<OperationStore, 'get' | 'run'>
  readonly keyring: Pick<Keyring, 'compare'>
  /** This start of the process. */
  readonly owner: string
  readonly underWay: CallsUnderWay
  readonly now: () => number
  readonly monotonicNow: () => number
  readonly onEvent: (event: ReplayEvent) => void
}

/** What matters of a request beside its call. */
interface Asked {
  /** What it is compared by, where that is not the request itself. */
  readonly text?: string | undefined
  /** Whether whoever asks acts on the answer; true unless told otherwise. */
  readonly actsOnAnswer?: boolean | undefined
}

/** Why an earlier operation gives no result to answer with. */
type NoResult = 'IN_PROGRESS' | 'FREE_AGAIN' | 'KEY_MISSING'

const POLL_MS = 50

/** Answers a request whose key or order an earlier operation has. */
export class Replay {
  readonly #options: ReplayOptions

  constructor(options: ReplayOptions) {
    this.#options = options
  }

  /**
   * The earlier operation's result, for which it waits until that time of the monotonic clock, or the conflict with it.
   * `FREE_AGAIN` where the earlier one turned out never to have been sent.
   */
  async answer(
    { by, operation: earlier }: Extract<Claim, { granted: false }>,
    call: PreparedCall,
    giveUpAt: number,
    { text, actsOnAnswer = true }: Asked = {},
  ): Promise<CallResult | IdempotencyConflict | 'FREE_AGAIN'> {
    const { keyring, onEvent } = this.#options
    const { service, metadata } = call
    const refuse = (reason: ConflictReason) => {
      onEvent({ kind: 'conflict', operationId: earlier.id, service: service.name, reason })
      return conflict(metadata, earlier, reason)
    }
    if (by === 'ORDER') return refuse('SAME_ORDER')
    // What cannot be compared is not different: whoever takes a new key for it may charge twice.
    const likeness =
      earlier.fingerprint === '' ? 'SAME' : keyring.compare(text ?? requestText(call), earlier.fingerprint)
    if (likeness === 'UNKNOWN_KEY') return refuse('CANNOT_BE_COMPARED')
    if (likeness === 'DIFFERENT') return refuse('DIFFERENT_INPUT')
    const result = await this.#resultOf(earlier, service, giveUpAt)
    if (result === 'IN_PROGRESS') return refuse('IN_PROGRESS')
    if (result === 'FREE_AGAIN') return 'FREE_AGAIN'
    if (result === 'KEY_MISSING') return refuse('CANNOT_BE_COMPARED')
    // Whoever acts on what was recorded relies on it: from now on it stands.
    if (earlier.resolution !== null && actsOnAnswer) {
      const noted = { operationId: earlier.id, by: earlier.caller, at: this.#options.now() }
      if (!(await this.#options.store.run('noteAnswered', noted))) return 'FREE_AGAIN'
    }
    onEvent({ kind: 'replayed', operationId: earlier.id, service: service.name })
    return result
  }

  /** Waits until an operation has ended; `FREE_AGAIN` where it turned out never to have been sent, and there is time. */
  async #resultOf(operation: Operation, service: Service, giveUpAt: number): Promise<CallResult | NoResult> {
    const { underWay, monotonicNow } = this.#options
    // What this process does itself it knows better, and earlier, than the store.
    const here = underWay.get(operation.id)
    const result = here ? await this.#inTime(here, giveUpAt) : await this.#resultElsewhere(operation, service, giveUpAt)
    if (typeof result === 'string') return result
    const keepsKey = underWay.has(operation.id) || !(isFailure(result) && result.retryable)
    return keepsKey || monotonicNow() >= giveUpAt ? result : 'FREE_AGAIN'
  }

  async #inTime(result: Promise<CallResult>, giveUpAt: number): Promise<CallResult | 'IN_PROGRESS'> {
    const timer = new AbortController()
    const left = Math.max(0, giveUpAt - this.#options.monotonicNow())
    const over = delay(left, 'IN_PROGRESS' as const, { signal: timer.signal })
    over.catch(() => {})
    try {
      return await Promise.race([result, over])
    } finally {
      timer.abort()
    }
  }

  async #resultElsewhere(operation: Operation, service: Service, giveUpAt: number): Promise<CallResult | NoResult> {
    const { store, owner, monotonicNow } = this.#options
    // One of this process that is no longer under way has ended since it was seen.
    const first = operation.owner === owner ? await store.get(operation.id) : operation
    for (let seen = first; ; seen = await store.get(operation.id)) {
      if (seen === undefined) return 'FREE_AGAIN'
      if (isToBeTakenBack(seen, owner))
        throw new StoreUnavailableError(`Operation ${seen.id} is still to be taken back`)
      if (seen.state !== 'IN_PROGRESS') return resultOf(seen, service) ?? whyUnreadable(seen)
      const left = giveUpAt - monotonicNow()
      if (left <= 0) return 'IN_PROGRESS'
      await delay(Math.min(POLL_MS, left))
    }
  }
}

/**
 * Whether it is a claim of this process that stands although its caller was told that the store is unavailable: nobody was
 * interrupted here, and nothing was sent.
 */
const isToBeTakenBack = ({ state, owner, result, unreadable }: Operation, self: string): boolean =>
  state === 'UNKNOWN' && owner === self && result === null && unreadable === null

function whyUnreadable({ id, unreadable }: Operation): NoResult {
  if (unreadable === 'KEY_MISSING') return unreadable
  throw new StoreRefusedError(`The journal is damaged: the result of operation ${id} cannot be read`)
}
