/** Things that arrive one by one, to be awaited in their order. */
export class Inbox<Item> {
  /** Everything that arrived so far, also what was taken. */
  readonly all: Item[] = []
  #taken = 0
  readonly #waiting: ((item: Item) => void)[] = []

  /** Hands what arrived to whoever waits longest. */
  put(item: Item): void {
    this.all.push(item)
    const waiting = this.#waiting.shift()
    if (waiting === undefined) return
    this.#taken++
    waiting(item)
  }

  /** The next thing that nobody took yet, once it is there. */
  next(): Promise<Item> {
    const item = this.all[this.#taken]
    if (item === undefined) return new Promise((resolve) => this.#waiting.push(resolve))
    this.#taken++
    return Promise.resolve(item)
  }
}
