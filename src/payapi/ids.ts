import { memoizeOne } from './memoize-one.ts'
import { PooledRandom } from './pooled-random.ts'

// In the order of their codes. No digits: a time in digits would look like a card number.
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TIME_LETTERS = 8

const random = new PooledRandom(12)

/**
 * Returns a new id of 24 characters: the time in milliseconds as eight letters, then 96 random bits (base64url). Ids that
 * were made one after the other stand side by side in an index, so that the millionth costs a store what the first did.
 * Not a UUID: those may hold runs of digits that the scrubbing of card numbers would take for one.
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
