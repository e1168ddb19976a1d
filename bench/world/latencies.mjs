import { percentile } from '../lib/statistics.mjs'

/** Collects times in milliseconds and tells percentiles. */
export class Latencies {
  #values = new Float64Array(1 << 16)
  #count = 0

  add(ms) {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#count * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count++] = ms
  }

  /** Takes whether all of them are wanted; returns count, median, 99th percentile and maximum, and then `all`. */
  summary(withAll = false) {
    const sorted = this.#values.subarray(0, this.#count).sort()
    const [p50, p99, max] = [0.5, 0.99, 1].map((share) => percentile(sorted, share))
    return { count: this.#count, p50, p99, max, ...(withAll ? { all: Array.from(sorted) } : {}) }
  }
}
