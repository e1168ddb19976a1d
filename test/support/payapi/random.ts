/** Random numbers that are the same in every run: a linear congruential generator (Numerical Recipes). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    // The low bits of such a generator repeat soon.
    return Math.floor((this.#state / 2 ** 32) * limit)
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0]
  }

  /** So many digits. */
  digits(length: number): string {
    return Array.from({ length }, () => this.below(10)).join('')
  }

  /** A number of so many digits that passes Luhn. */
  card(length: number): string {
    const start = this.digits(length - 1)
    const sum = [...start].toReversed().reduce((total, digit, place) => {
      const doubled = place % 2 === 0 ? Number(digit) * 2 : Number(digit)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
    return `${start}${(10 - (sum % 10)) % 10}`
  }
}
