import type { OperationStore } from '../operation-store.ts'

/** How the upkeep works. Times are milliseconds. */
interface UpkeepOptions {
  readonly store: Pick<OperationStore, 'expire' | 'advanceClock' | 'sweep' | 'find' | 'run'>
  readonly retentionMs: number
  /** How long the sealed content of notices is kept. */
  readonly noticeRetentionMs: number
  /** The time since 1970. It may be wrong, and jump. */
  readonly now: () => number
  /** The time that went by since any moment. */
  readonly monotonicNow: () => number
  readonly onEvent: (event: UpkeepEvent) => void
}

/** What somebody should know of. */
export type UpkeepEvent =
  | { readonly kind: 'interrupted'; readonly count: number }
  /** This machine's clock and what the journal has seen are that far apart; below zero where the clock is behind. */
  | { readonly kind: 'clock-doubt'; readonly aheadMs: number }
  | { readonly kind: 'upkeep-failed'; readonly fault: unknown }

const EXPIRE_EVERY_MS = 10_000
const SWEEP_EVERY_MS = 10 * 60_000

// A monotonic clock that made more than this of the time between two sweeps is not believed either.
const LONGEST_STEP_MS = 2 * SWEEP_EVERY_MS

/** By how much a clock may be off before somebody is told: of a journal that lay still for a while, nothing can be said. */
const JUMP_MS = 60_000
const LONG_STILL_MS = 24 * 60 * 60_000

/**
 * Ends what the dead have left in progress, and deletes what was kept long enough. How long that is, the journal counts
 * itself: in time that went by while somebody used it, never by a clock that tells the date. Such a clock may be days
 * ahead, on one machine of many, and what is deleted for that can be charged again.
 */
export class Upkeep {
  readonly #options: UpkeepOptions
  readonly #startedAt: number
  #timers: readonly NodeJS.Timeout[] = []
  #isStopped = false
  #last: { readonly journal: number; readonly now: number; readonly monotonic: number } | undefined

  constructor(options: UpkeepOptions) {
    this.#options = options
    this.#startedAt = options.now()
  }

  /** At once, and from time to time from then on. */
  start(): void {
    const every = (ms: number, task: () => Promise<void>) => setInterval(() => void task(), ms).unref()
    this.#timers = [every(EXPIRE_EVERY_MS, () => this.expire()), every(SWEEP_EVERY_MS, () => this.sweep())]
    void this.expire().then(() => this.sweep())
  }

  /** Never rejects. */
  expire(): Promise<void> {
    return this.#attempt(async ({ store, now, onEvent }) => {
      const count = await store.expire(now())
      if (count > 0) onEvent({ kind: 'interrupted', count })
      while ((await store.run('expireLinks', null)).more);
    })
  }

  /** Never rejects. */
  sweep(): Promise<void> {
    return this.#attempt(async ({ store, retentionMs, noticeRetentionMs, now }) => {
      // What was settled since the clock was last moved on is that much younger than it seems.
      const journal = (await this.#advance()) - LONGEST_STEP_MS
      const settledBefore = journal - retentionMs
      const limits = { keptBefore: settledBefore, contentKeptBefore: journal - noticeRetentionMs }
      while ((await store.run('sweepRecords', limits)).more);
      // After the links, which keep the operations that they name.
      await store.sweep({ settledBefore, createdBefore: now() - retentionMs })
    })
  }

  /** What is under way may find the store closed; that is no news. */
  stop(): void {
    this.#isStopped = true
    for (const timer of this.#timers) clearInterval(timer)
  }

  async #attempt(task: (options: UpkeepOptions) => Promise<void>): Promise<void> {
    try {
      await task(this.#options)
    } catch (fault) {
      if (!this.#isStopped) this.#options.onEvent({ kind: 'upkeep-failed', fault })
    }
  }

  /** Moves the journal's clock on by what went by since this process last looked; resolves to what it shows. */
  async #advance(): Promise<number> {
    const { store, onEvent } = this.#options
    const [now, monotonic] = [this.#options.now(), this.#options.monotonicNow()]
    const last = this.#last
    const passed = last === undefined ? 0 : Math.min(Math.max(0, monotonic - last.monotonic), LONGEST_STEP_MS)
    const aheadMs = last === undefined ? await this.#aheadOfNewest(now) : now - last.now - (monotonic - last.monotonic)
    const journal = await store.advanceClock((last?.journal ?? 0) + passed)
    this.#last = { journal, now, monotonic }
    if (aheadMs < -JUMP_MS || aheadMs > (last === undefined ? LONG_STILL_MS : JUMP_MS))
      onEvent({ kind: 'clock-doubt', aheadMs })
    return journal
  }

  async #aheadOfNewest(now: number): Promise<number> {
    const { store } = this.#options
    const [newest] = await store.find({}, 1)
    if (newest === undefined) return 0
    const aheadMs = now - newest.createdAt
    if (newest.createdAt < this.#startedAt || aheadMs < -JUMP_MS) return aheadMs
    // What came since the start may be stamped by this very clock, and says nothing of it.
    const [earlier] = await store.find({ createdBefore: this.#startedAt }, 1)
    return earlier === undefined ? 0 : now - earlier.createdAt
  }
}
