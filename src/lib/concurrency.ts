/**
 * At most `atOnce` items, at least 1, are worked on at a time. What became of each is in the order of the items: a
 * fault of one is not its neighbours', it stands in its place.
 */
export async function mapWithConcurrency<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<(Result | Error)[]> {
  const results: (Result | Error)[] = new Array(items.length)
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) {
      results[index] = await work(item).catch((fault: unknown) =>
        fault instanceof Error ? fault : new Error(String(fault)),
      )
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}

/** Lets so many run at once, at least 1; the others wait in the order in which they came. */
export function limitConcurrency(atOnce: number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}

/** Knows what is under way, so that an end can wait for it. */
export class UnderWay {
  readonly #calls = new Set<Promise<unknown>>()

  /** The promise is under way until it settles. */
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
