import { randomFillSync } from 'node:crypto'

const AT_ONCE = 256

/** Random bytes in pieces of one size: a system call for each piece costs more than most of what a piece is for. */
export class RandomPool {
  readonly #size: number
  readonly #bytes: Buffer
  #used: number

  /** Takes the size of a piece, in bytes. */
  constructor(size: number) {
    this.#size = size
    this.#bytes = Buffer.alloc(size * AT_ONCE)
    this.#used = this.#bytes.length
  }

  /** Returns the next piece. It is good until the next is taken. */
  take(): Buffer {
    const start = this.#next()
    return this.#bytes.subarray(start, start + this.#size)
  }

  /** Returns the next piece as text (base64url). */
  takeText(): string {
    const start = this.#next()
    return this.#bytes.toString('base64url', start, start + this.#size)
  }

  #next(): number {
    if (this.#used === this.#bytes.length) {
      randomFillSync(this.#bytes)
      this.#used = 0
    }
    const start = this.#used
    this.#used += this.#size
    return start
  }
}
