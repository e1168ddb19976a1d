/**
 * Whether a promise is kept within a time in milliseconds. Rejects with what it rejects with in that time; what comes
 * of it later is nobody's business.
 */
export async function withTimeout(ms: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false)
  })
  try {
    return await Promise.race([promise.then(() => true), over])
  } finally {
    clearTimeout(timer)
    promise.catch(() => {})
  }
}

/** Whether something is said to be so within a time in milliseconds. Rejects as `withTimeout` does. */
export async function isTrueInTime(ms: number, said: Promise<boolean>): Promise<boolean> {
  return (await withTimeout(ms, said)) && (await said)
}

// `performance.now()` is the same clock, but begins with its thread.
const THREAD_BEGAN_MS = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** The monotonic clock in milliseconds, the same in every thread. */
export const monotonicMs = (): number => THREAD_BEGAN_MS + performance.now()

const sleeper = new Int32Array(new SharedArrayBuffer(4))

/**
 * Stops this thread for some milliseconds, from a fifth of that to all of it at odds: or two that wait for each other's
 * gaps miss them together.
 */
export const sleepAWhile = (mostMs = 5): void => void Atomics.wait(sleeper, 0, 0, mostMs * (0.2 + Math.random() * 0.8))

/**
 * Calls back after a time in milliseconds, unless it is called off with the function that comes back. An answer that is
 * there already, and only waits because this thread was busy, comes before the end of the time.
 */
export function deadline(ms: number, expired: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined
  const timer = setTimeout(() => {
    immediate = setImmediate(expired)
  }, ms)
  return () => {
    clearTimeout(timer)
    if (immediate !== undefined) clearImmediate(immediate)
  }
}

/** Grows the time between two attempts from one failure to the next, and forbids attempts in between. */
export class BackOff<Failure extends Error> {
  readonly #firstMs: number
  readonly #lastMs: number
  #delayMs = 0
  #until = 0
  #failure: Failure | undefined

  /** The first and the longest pause, in milliseconds. */
  constructor(firstMs: number, lastMs: number) {
    this.#firstMs = firstMs
    this.#lastMs = lastMs
  }

  /** Throws the last failure until the pause is over. */
  check(): void {
    if (monotonicMs() < this.#until) throw this.#failure
  }

  /** Begins a pause after a failure. */
  failed(failure: Failure): void {
    this.#delayMs = Math.min(this.#lastMs, Math.max(this.#firstMs, this.#delayMs * 2))
    this.#until = monotonicMs() + this.#delayMs
    this.#failure = failure
  }

  /** Ends the pauses. */
  succeeded(): void {
    this.#delayMs = 0
    this.#until = 0
  }
}
