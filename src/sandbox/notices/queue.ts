import type { NoticeAttempt, NoticeEntry } from '../state/types.ts'
import { NOTICE_RULES } from './kinds.ts'
import { type NoticeGuard, sendNotice } from './send.ts'

/** What shall become of a notice on its way: sent once, twice, ten minutes late (so that others overtake it), or never. */
export type NoticeDelivery = 'once' | 'twice' | 'late' | 'never'

const LATE_MS = 10 * 60_000
const SHOWN_CHARACTERS = 80

/** A notice to be sent. */
export interface Notice extends Pick<NoticeEntry, 'kind' | 'mid' | 'oid' | 'tid' | 'event'> {
  readonly url: URL
  readonly body: Buffer
  /** A form otherwise. */
  readonly isJson: boolean
}

/** A notice in the books, which is sent until it is answered as it should be. */
class QueuedNotice implements NoticeEntry {
  readonly attempts: NoticeAttempt[] = []
  state: NoticeEntry['state'] = 'waiting'
  dueAt: number | null
  isUnderWay = false
  readonly #notice: Notice

  constructor(notice: Notice, dueAt: number) {
    this.#notice = notice
    this.dueAt = dueAt
  }

  get kind() {
    return this.#notice.kind
  }

  get mid() {
    return this.#notice.mid
  }

  get oid() {
    return this.#notice.oid
  }

  get tid() {
    return this.#notice.tid
  }

  get event() {
    return this.#notice.event
  }

  end(state: NoticeEntry['state']): void {
    this.state = state
    this.dueAt = null
  }

  async attempt(clock: () => number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const { url, body, kind, isJson } = this.#notice
    const { retryAfterMs, accepts } = NOTICE_RULES[kind]
    this.isUnderWay = true
    const answer = await sendNotice({ url, body, isJson, timeoutMs, signal })
    this.isUnderWay = false
    if (signal.aborted) return
    const at = clock()
    const accepted = answer.status === 200 && accepts(answer.body)
    const retryAfter = retryAfterMs[this.attempts.length]
    this.attempts.push({ at, status: answer.status, answer: answer.body.slice(0, SHOWN_CHARACTERS), accepted })
    // A copy that came before was accepted, and this one was not: what is answered once is over.
    if (accepted) this.end('accepted')
    else if (this.state !== 'waiting') return
    else if (retryAfter === undefined) this.end('given-up')
    else this.dueAt = at + retryAfter
  }

  /** What the books show. */
  toJSON(): NoticeEntry {
    const { kind, mid, oid, tid, event, state, attempts, dueAt } = this
    return { kind, mid, oid, tid, event, state, attempts, dueAt }
  }
}

/** What the sending of notices depends on. */
export interface NoticeQueueOptions {
  /** Where the books keep them. */
  readonly entries: NoticeEntry[]
  /** Epoch milliseconds; moved ahead by `advance`. */
  readonly clock: () => number
  readonly guard: NoticeGuard
  readonly timeoutMs: number
  /** What becomes of a notice for which nobody has chosen anything. */
  readonly drawDelivery: () => NoticeDelivery | undefined
}

/** Sends notices at once and, where they are not answered as they should be, again on the PG's schedule. */
export class NoticeQueue {
  readonly #options: NoticeQueueOptions
  readonly #waiting = new Set<QueuedNotice>()
  readonly #closing = new AbortController()
  readonly #underWay = new Set<Promise<void>>()
  #aheadMs = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: NoticeQueueOptions) {
    this.#options = options
  }

  get guard(): NoticeGuard {
    return this.#options.guard
  }

  /** The time by which notices are sent and links expire. */
  now(): number {
    return this.#options.clock() + this.#aheadMs
  }

  /** Enters a notice; resolves when what is to be sent of it at once was answered, or not. */
  async add(notice: Notice, delivery = this.#options.drawDelivery()): Promise<void> {
    const queued = new QueuedNotice(notice, this.now() + (delivery === 'late' ? LATE_MS : 0))
    this.#options.entries.push(queued)
    if (!this.#options.guard.isAllowed(notice.url)) return queued.end('forbidden')
    if (delivery === 'never') return queued.end('never')
    this.#waiting.add(queued)
    if (delivery !== 'late') await this.#attempt(queued)
    if (delivery === 'twice') await this.#attempt(queued)
    this.#setTimer()
  }

  /** Moves the clock of notices and links ahead, and sends what falls due on the way, in its order. */
  async advance(ms: number): Promise<void> {
    await this.idle()
    await this.#sendUntil(this.#aheadMs + ms)
  }

  async #sendUntil(end: number): Promise<void> {
    for (;;) {
      const next = this.#nextDue()
      const wait = (next?.dueAt ?? Number.POSITIVE_INFINITY) - this.now()
      if (next === undefined || this.#aheadMs + wait > end) break
      this.#aheadMs += Math.max(wait, 0)
      await this.#attempt(next)
    }
    this.#aheadMs = Math.max(this.#aheadMs, end)
    this.#setTimer()
  }

  /** Sends the notices of an order that still wait, whenever they are due. */
  async sendWaiting(mid: string, oid: string): Promise<void> {
    for (const queued of this.#waiting)
      if (queued.mid === mid && queued.oid === oid && !queued.isUnderWay) await this.#attempt(queued)
    this.#setTimer()
  }

  /** Resolves when none is on its way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  /** Sends nothing more, and lets go of what is under way. */
  close(): void {
    clearTimeout(this.#timer)
    this.#closing.abort()
  }

  async #attempt(queued: QueuedNotice): Promise<void> {
    const attempt = queued.attempt(() => this.now(), this.#options.timeoutMs, this.#closing.signal)
    this.#underWay.add(attempt)
    await attempt
    this.#underWay.delete(attempt)
    if (queued.state !== 'waiting') this.#waiting.delete(queued)
  }

  #nextDue(): QueuedNotice | undefined {
    let next: QueuedNotice | undefined
    for (const queued of this.#waiting)
      if (queued.dueAt !== null && !queued.isUnderWay && queued.dueAt < (next?.dueAt ?? Number.POSITIVE_INFINITY))
        next = queued
    return next
  }

  #setTimer(): void {
    clearTimeout(this.#timer)
    const { dueAt } = this.#nextDue() ?? {}
    if (dueAt === undefined || dueAt === null || this.#closing.signal.aborted) return
    this.#timer = setTimeout(() => void this.#sendUntil(this.#aheadMs), Math.max(dueAt - this.now(), 0)).unref()
  }
}
