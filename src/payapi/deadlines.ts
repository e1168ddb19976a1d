import { Roster } from './roster.ts'

/** Somebody whose time runs. */
interface Pending {
  readonly at: number
  readonly expired: () => void
  slot: number
}

/**
 * Many deadlines of one length on one timer: Node's own costs a call more than all else that is done about its time. The
 * timer goes off for the one who waits longest, and keeps the program running only while somebody waits.
 */
export class Deadlines {
  readonly #ms: number
  readonly #pending = new Roster<Pending>()
  #timer: NodeJS.Timeout | undefined

  /** Takes how long each may wait, in milliseconds. */
  constructor(ms: number) {
    this.#ms = ms
  }

  /** Takes what to do when the time is over, `remove` among it; returns what `remove` takes. */
  add(expired: () => void): number {
    const pending = { at: performance.now() + this.#ms, expired, slot: 0 }
    pending.slot = this.#pending.add(pending)
    if (this.#timer === undefined) this.#set(this.#ms)
    else if (this.#pending.size === 1) this.#timer.ref()
    return pending.slot
  }

  /** Takes what `add` returned, once: that one waits no longer. */
  remove(slot: number): void {
    this.#pending.remove(slot)
    if (this.#pending.size === 0) this.#timer?.unref()
  }

  #set(ms: number): void {
    // What is there already, and only waits because this thread was busy, comes before the end of the time.
    this.#timer = setTimeout(() => setImmediate(() => this.#expire()), ms)
  }

  #expire(): void {
    const now = performance.now()
    for (const pending of this.#pending.all()) {
      // The one before may have ended others.
      if (pending.at <= now && this.#pending.at(pending.slot) === pending) pending.expired()
    }
    let next = Number.POSITIVE_INFINITY
    for (const { at } of this.#pending.all()) next = Math.min(next, at)
    this.#timer = undefined
    if (next < Number.POSITIVE_INFINITY) this.#set(Math.max(1, Math.ceil(next - now)))
  }
}
