import { randomFillSync } from 'node:crypto'
import { memoizeOne } from './memoize.ts'

const AT_ONCE = 256

/** Random texts of one length, for ids only, never for keys or IVs. A system call for each would cost more than the id. */
class PooledRandom {
  readonly #size: number
  readonly #bytes: Buffer
  #used: number

  /** How many random bytes are in a text. */
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

// In the order of their codes. No digits: a time in digits would look like a card number.
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TIME_LETTERS = 8

const random = new PooledRandom(12)

/**
 * An id of 24 characters: the time in milliseconds as eight letters, then 96 random bits (base64url). Ids that were
 * made one after the other stand side by side in an index, so that the millionth costs a store what the first did. Not
 * a UUID: those may hold runs of digits that would be redacted as a card number.
 */
export function newId(): string {
  return inLetters(Date.now()) + random.text()
}

const inLetters = memoizeOne((ms: number): string => {
  let letters = ''
  for (let left = ms; letters.length < TIME_LETTERS; left = Math.floor(left / LETTERS.length)) {
    letters = LETTERS.charAt(left % LETTERS.length) + letters
  }
  return letters
})
