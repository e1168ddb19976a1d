import { monotonicMs } from '../../../lib/timeout.ts'
import type { JournalDatabase } from '../database.ts'

/** How often the file is asked whether another process has changed it. */
const ASK_EVERY_MS = 200

/** Finds what other processes write into the file, while somebody wants to know. */
export class ChangeWatch {
  readonly #journal: JournalDatabase
  readonly #tell: () => void
  #timer: NodeJS.Timeout | undefined
  #seen: unknown
  #written = 0

  constructor(journal: JournalDatabase, tell: () => void) {
    this.#journal = journal
    this.#tell = tell
  }

  start(): void {
    this.#seen = undefined
    this.#timer ??= setInterval(() => this.#ask(), ASK_EVERY_MS).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Tells what this process has written itself, which the file does not count as a change. */
  look(): void {
    if (this.#written === this.#journal.written) return
    this.#written = this.#journal.written
    if (this.#timer !== undefined) this.#tell()
  }

  #ask(): void {
    let version: unknown
    try {
      version = this.#journal.changesOfOthers(monotonicMs())
    } catch {
      // Whoever uses the file is told why it cannot be read. What changes meanwhile is found afterwards.
      version = undefined
    }
    if (version !== undefined && version !== this.#seen) this.#tell()
    this.#seen = version
  }
}
