/** Knows what is under way, so that an end can wait for it. */
export class UnderWay {
  readonly #calls = new Set<Promise<unknown>>()

  /** Takes a promise and returns it; it is under way until it settles. */
  add<T>(call: Promise<T>): Promise<T> {
    this.#calls.add(call)
    const done = (): boolean => this.#calls.delete(call)
    call.then(done, done)
    return call
  }

  /** Resolves once everything that is under way now has settled. Never rejects. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#calls)
  }
}
