import { UnderWay } from '../../lib/concurrency.ts'

interface Waiting<Item> {
  readonly item: Item
  resolve(isDone: boolean): void
  reject(error: unknown): void
}

/** How work is done together. */
interface BatchesOptions<Item> {
  /** How many batches are under way at once: what is asked for meanwhile waits, and goes together. */
  readonly atOnce: number
  /** How many items a batch has at the most. */
  readonly most: number
  /** Resolves to whether each was done. */
  readonly carryOut: (items: readonly Item[]) => Promise<readonly boolean[]>
}

/** Does together what is asked for in one turn of the event loop, or while as much as may be is under way. */
export class Batches<Item> {
  readonly #options: BatchesOptions<Item>
  readonly #underWay = new UnderWay()
  #waiting: Waiting<Item>[] = []
  #running = 0
  #isDue = false

  constructor(options: BatchesOptions<Item>) {
    this.#options = options
  }

  /** Resolves to whether it was done; rejects with what its batch rejects with. */
  add(item: Item): Promise<boolean> {
    return this.#underWay.add(
      new Promise((resolve, reject) => {
        this.#waiting.push({ item, resolve, reject })
        if (this.#isDue || this.#running >= this.#options.atOnce) return
        this.#isDue = true
        setImmediate(() => {
          this.#isDue = false
          this.#begin()
        })
      }),
    )
  }

  /** Resolves once nothing that was asked for is left to do. */
  settled(): Promise<void> {
    return this.#underWay.settled()
  }

  #begin(): void {
    const { atOnce, most } = this.#options
    while (this.#waiting.length > 0 && this.#running < atOnce) void this.#run(this.#waiting.splice(0, most))
  }

  async #run(together: readonly Waiting<Item>[]): Promise<void> {
    this.#running++
    try {
      const done = await this.#options.carryOut(together.map(({ item }) => item))
      for (const [index, { resolve }] of together.entries()) resolve(done[index] ?? false)
    } catch (error) {
      for (const { reject } of together) reject(error)
    }
    this.#running--
    this.#begin()
  }
}
