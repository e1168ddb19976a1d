/**
 * What is under way, a few things that come and go all the time. A `Map` or a `Set` makes itself a new table every hundred
 * changes, and each table leads to the next: once one has grown old, all that ever stood in its successors lives until
 * the next large collection.
 */
export class Roster<T extends object> {
  readonly #slots: (T | undefined)[] = []
  readonly #free: number[] = []

  /** How many things are in it. */
  get size(): number {
    return this.#slots.length - this.#free.length
  }

  /** Takes a thing; returns its slot, which is another thing's once this one has been removed. */
  add(thing: T): number {
    const slot = this.#free.pop() ?? this.#slots.length
    this.#slots[slot] = thing
    return slot
  }

  /** Takes a slot; returns what is in it. */
  at(slot: number): T | undefined {
    return this.#slots[slot]
  }

  /** Takes a slot that is in use, and empties it. */
  remove(slot: number): void {
    this.#slots[slot] = undefined
    this.#free.push(slot)
  }

  /** Returns all that is in it. */
  all(): readonly T[] {
    return this.#slots.filter((thing) => thing !== undefined)
  }
}
