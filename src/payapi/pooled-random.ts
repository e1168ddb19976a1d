import { randomFillSync } from 'node:crypto'

const AT_ONCE = 256

/** Random texts of one length, for ids only, never for keys or IVs. A system call for each would cost more than the id. */
export class PooledRandom {
  readonly #size: number
  readonly #bytes: Buffer
  #used: number

  /** Takes how many random bytes are in a text. */
  constructor(size: number) {
    this.#size = size
    this.#bytes = Buffer.alloc(size * AT_ONCE)
    this.#used = this.#bytes.length
  }

  /** The next text (base64url). */
  text(): string {
    if (this.#used === this.#bytes.length) {
      randomFillSync(this.#bytes)
      this.#used = 0
    }
    const start = this.#used
    this.#used += this.#size
    return this.#bytes.toString('base64url', start, this.#used)
  }
}
