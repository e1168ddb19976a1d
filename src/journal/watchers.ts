/** Changes that come close together are told as one. */
const PAUSE_MS = 200

/** What time alone changes, and what a process was killed before it could tell of, is told so often. */
const LOOK_AGAIN_MS = 10_000

/** What finds changes, while there is somebody to tell. */
interface ChangeSource {
  start(): void
  stop(): void
}

/** Those who are told that something in the journal may have changed. While there are none, nothing is done. */
export class Watchers {
  readonly #source: ChangeSource
  readonly #lookAgainMs: number
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #lookAgain: NodeJS.Timeout | undefined
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(source: ChangeSource, lookAgainMs: number = LOOK_AGAIN_MS) {
    this.#source = source
    this.#lookAgainMs = lookAgainMs
  }

  /** Adds a listener; what comes back removes it. */
  add(listener: () => void): () => void {
    // The same function may be given twice.
    const own = (): void => listener()
    this.#listeners.add(own)
    if (this.#listeners.size === 1) this.#start()
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.stop()
    }
  }

  get areThere(): boolean {
    return this.#listeners.size > 0
  }

  /** Something may have changed: all are told soon. */
  changed(): void {
    if (!this.areThere || this.#timer !== undefined) return
    const wait = Math.max(0, this.#toldAt + PAUSE_MS - performance.now())
    this.#timer = setTimeout(() => this.#tell(), wait).unref()
  }

  #start(): void {
    this.#lookAgain = setInterval(() => this.changed(), this.#lookAgainMs).unref()
    this.#source.start()
  }

  /** Tells nobody any more. */
  stop(): void {
    this.#listeners.clear()
    clearInterval(this.#lookAgain)
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#source.stop()
  }

  #tell(): void {
    this.#timer = undefined
    this.#toldAt = performance.now()
    for (const listener of this.#listeners) listener()
  }
}
