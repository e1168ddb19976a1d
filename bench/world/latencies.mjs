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

  /** Returns count, median, 99th percentile and maximum, and all of them from the smallest on. */
  summary() {
    const sorted = this.#values.subarray(0, this.#count).sort()
    const at = (share) => sorted[Math.min(this.#count - 1, Math.floor(this.#count * share))] ?? null
    return { count: this.#count, p50: at(0.5), p99: at(0.99), max: at(1), sorted: Array.from(sorted) }
  }
}
