import { monotonicMs, sleepAWhile } from '../../../lib/timeout.ts'
import { SQLITE, SqliteError } from '../driver.ts'

// A transaction takes a millisecond: who waits for others' asks often at first, and more rarely where one hangs.
const FIRST_POLLS = 200
const FIRST_POLL_MS = 0.2

/** Tries again while others hold the lock, until that time of the monotonic clock. */
export function whileBusy<T>(until: number, action: () => T): T {
  for (let tries = 0; ; tries++) {
    try {
      return action()
    } catch (error) {
      if (!(error instanceof SqliteError) || error.code !== SQLITE.BUSY || monotonicMs() >= until) throw error
      sleepAWhile(tries < FIRST_POLLS ? FIRST_POLL_MS : undefined)
    }
  }
}

/** Sees to it that of several busy processes each comes to its turn: whoever has written lets those go first that wait. */
export class Turns {
  #last = 0
  #wroteAt = 0
  #isContended = false

  /** Notes the number of the transaction that was just committed. */
  wrote(transaction: number): void {
    this.#isContended = transaction !== this.#last + 1
    this.#last = transaction
    this.#wroteAt = monotonicMs()
  }

  /** Waits where others have written since this process did before, and it has only just written again. */
  giveWay(): void {
    if (this.#isContended && monotonicMs() < this.#wroteAt + FIRST_POLL_MS) sleepAWhile(2 * FIRST_POLL_MS)
  }
}
