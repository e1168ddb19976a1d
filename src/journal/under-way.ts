import { Roster } from '../payapi/roster.ts'

/** Knows what is under way, so that an end can wait for it. */
export class UnderWay {
  readonly #calls = new Roster<Promise<unknown>>()

  /** Takes a promise and returns it; it is under way until it settles. */
  add<T>(call: Promise<T>): Promise<T> {
    const slot = this.#calls.add(call)
    const done = (): void => this.#calls.remove(slot)
    call.then(done, done)
    return call
  }

  /** Resolves once everything that is under way now has settled. Never rejects. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#calls.all())
  }
}
