import type { AttemptedClaim } from '../operation-store.ts'

const FIRST_RETRY_MS = 100
const LAST_RETRY_MS = 5_000
const MOST_WAITING = 10_000
const AT_ONCE = 64

/**
 * Claims whose callers were told that the store is unavailable, although they may have been granted: nothing is sent for
 * them, so each is taken back as soon as the store can be reached, and its key and order are free again. One that was taken
 * for interrupted meanwhile stays to be looked up, as failed: somebody may have been told its id. Should this
 * process end before, its claim becomes unknown like any other that died in progress: that blocks the key until a person
 * looks, which is a nuisance, where the opposite mistake would be a second charge.
 */
export class ClaimRollback {
  readonly #withdraw: (claim: AttemptedClaim) => Promise<void>
  readonly #waiting = new Set<AttemptedClaim>()
  #timer: NodeJS.Timeout | undefined
  #delayMs = FIRST_RETRY_MS
  #current: Promise<void> | undefined
  #closed = false

  /** `withdraw` rejects where it cannot record a withdrawal. */
  constructor(withdraw: (claim: AttemptedClaim) => Promise<void>) {
    this.#withdraw = withdraw
  }

  /** How many claims are still to be withdrawn. */
  get size(): number {
    return this.#waiting.size
  }

  /** Withdraws a claim that may stand but must not. */
  add(claim: AttemptedClaim): void {
    this.#waiting.add(claim)
    if (this.#waiting.size > MOST_WAITING) {
      const [oldest] = this.#waiting
      if (oldest !== undefined) this.#waiting.delete(oldest)
    }
    if (!this.#closed && this.#current === undefined && this.#timer === undefined) this.#schedule(0)
  }

  /** Tries once more for all that wait, and then no longer; resolves when that is over. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#current
    await this.#round()
    this.#waiting.clear()
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#current = this.#round().finally(() => {
        this.#current = undefined
        if (!this.#closed && this.#waiting.size > 0) this.#schedule(this.#delayMs)
      })
    }, ms)
    // What waits here is no reason for a program to stay.
    this.#timer.unref()
  }

  async #round(): Promise<void> {
    const claims = [...this.#waiting]
    for (let start = 0; start < claims.length; start += AT_ONCE) {
      const outcomes = await Promise.allSettled(claims.slice(start, start + AT_ONCE).map((claim) => this.#one(claim)))
      if (outcomes.some(({ status }) => status === 'rejected')) {
        this.#delayMs = Math.min(LAST_RETRY_MS, this.#delayMs * 2)
        return
      }
    }
    this.#delayMs = FIRST_RETRY_MS
  }

  async #one(claim: AttemptedClaim): Promise<void> {
    await this.#withdraw(claim)
    this.#waiting.delete(claim)
  }
}
