import { monotonicMs } from '../../../lib/timeout.ts'
import { StoreUnavailableError } from '../../store.ts'

/** For so long no more connections are made than the server had room for; others may end theirs meanwhile. */
const LIMITED_MS = 10_000

/**
 * More are not made at a time. To make one takes many times as long as a call: what waits for all of its own would rather have had
 * one that others gave back meanwhile.
 */
const MADE_AT_ONCE = 4

/** How many connections may be in use at once: as many as were asked for, or as the server has room for. */
export class ConnectionLimit {
  readonly #most: number
  readonly #patienceMs: number
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>()
  #limit: number
  #limitedUntil = 0
  #inUse = 0
  #connected = 0

  /** `patienceMs` is how long somebody waits for one. */
  constructor(most: number, patienceMs: number) {
    this.#most = most
    this.#limit = most
    this.#patienceMs = patienceMs
  }

  /** Resolves once one more may be used, which has to be released. */
  acquire(): Promise<void> {
    if (this.#limitedUntil > 0 && monotonicMs() >= this.#limitedUntil) this.#widen()
    if (this.#hasRoom) {
      this.#inUse++
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(admit)
        reject(new StoreUnavailableError('All connections to the journal database are busy'))
      }, this.#patienceMs)
      const admit = () => {
        clearTimeout(timer)
        this.#waiting.delete(admit)
        this.#inUse++
        resolve()
      }
      this.#waiting.add(admit)
    })
  }

  release(): void {
    this.#inUse--
    this.#admit()
  }

  /** How many there are, in use or idle. */
  get connected(): number {
    return this.#connected
  }

  /** So many more, or fewer, are there. */
  changed(by: 1 | -1): void {
    this.#connected += by
    this.#admit()
  }

  /** For a while, no more than there are; whether that is news. */
  hasNoRoom(): boolean {
    const isNews = this.#limitedUntil === 0
    this.#limit = Math.min(this.#most, Math.max(1, this.#connected))
    this.#limitedUntil = monotonicMs() + LIMITED_MS
    return isNews
  }

  #widen(): void {
    this.#limit = this.#most
    this.#limitedUntil = 0
    this.#admit()
  }

  get #hasRoom(): boolean {
    return this.#inUse < Math.min(this.#limit, this.#connected + MADE_AT_ONCE)
  }

  #admit(): void {
    for (const admit of this.#waiting) {
      if (!this.#hasRoom) return
      admit()
    }
  }
}
