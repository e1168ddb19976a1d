import { monotonicMs } from '../../lib/timeout.ts'
import { StoreUnavailableError } from '../store.ts'

/** For so long no more connections are made than the server had room for; others may end theirs meanwhile. */
const LIMITED_MS = 10_000

/** How many connections may be in use at once: as many as were asked for, or as the server has room for. */
export class ConnectionLimit {
  readonly #most: number
  readonly #patienceMs: number
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>()
  #limit: number
  #limitedUntil = 0
  #inUse = 0

  /** `patienceMs` is how long somebody waits for one. */
  constructor(most: number, patienceMs: number) {
    this.#most = most
    this.#limit = most
    this.#patienceMs = patienceMs
  }

  /** Resolves once one more may be used, which has to be released. */
  acquire(): Promise<void> {
    if (this.#limitedUntil > 0 && monotonicMs() >= this.#limitedUntil) this.#widen()
    if (this.#inUse < this.#limit) {
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

  /** For a while, no more than so many; whether that is news. */
  limitTo(connections: number): boolean {
    const isNews = this.#limitedUntil === 0
    this.#limit = Math.min(this.#most, Math.max(1, connections))
    this.#limitedUntil = monotonicMs() + LIMITED_MS
    return isNews
  }

  #widen(): void {
    this.#limit = this.#most
    this.#limitedUntil = 0
    this.#admit()
  }

  #admit(): void {
    for (const admit of this.#waiting) {
      if (this.#inUse >= this.#limit) return
      admit()
    }
  }
}
