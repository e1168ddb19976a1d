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
    if (this.#used === this.#bytes.length) {
      randomFillSync(this.#bytes)
      this.#used = 0
    }
    this.#used += this.#size
    return this.#bytes.subarray(this.#used - this.#size, this.#used)
  }
}
