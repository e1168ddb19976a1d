import { writeSync } from 'node:fs'
import type { DestinationStream } from 'pino'
import { redactCardNumbers } from '../../lib/redact.ts'
import { sleepAWhile } from '../../lib/timeout.ts'
import { isoInstant } from '../../payapi/wire/korean-time.ts'

/** So many lines may wait for the end of a turn. */
const MAX_WAITING_LINES = 64

/** What may wait for a disk that is full, or for a reader who does not read; of more, lines are lost. */
const MAX_KEPT_BYTES = 1024 * 1024

/** As long as something is kept, it is tried again so often. */
const RETRY_MS = 100

/** And so often before the process ends, with pauses of at most so long. */
const LAST_TRIES = 20
const LAST_PAUSE_MS = 50

let opened: DestinationStream | undefined

/** One for all loggers of the process. */
export function standardOutput(): DestinationStream {
  opened ??= new StandardOutput()
  return opened
}

/**
 * Standard output, written to once in each turn of the event loop and before the process ends: under load a line costs
 * less than a tenth of a system call, and only a process that is killed from outside loses the lines of its last turn.
 * Calls do not wait for lines: where they cannot be written they are kept, and at last lost, which a line tells.
 */
class StandardOutput implements DestinationStream {
  #waiting: string[] = []
  /** What could not be written yet. */
  #kept: Buffer = Buffer.alloc(0)
  #lost = 0
  #retry: NodeJS.Timeout | undefined

  constructor() {
    // Only what listens lives on. And once Node has looked at it, a pipe refuses what it has no room for: else a write
    // would wait for its reader.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
    process.on('exit', () => this.#end())
  }

  write(line: string): void {
    const count = this.#waiting.push(line)
    if (count === 1) setImmediate(() => this.#flush())
    if (count === MAX_WAITING_LINES) this.#flush()
  }

  #flush(): void {
    if (this.#kept.length > 0) this.#writeKept()
    const lines = this.#waiting
    this.#waiting = []
    if (lines.length > 0) {
      if (this.#kept.length > MAX_KEPT_BYTES) this.#lost += lines.length
      else this.#writeLines(this.#lost === 0 ? lines : [this.#tellOfLost(), ...lines])
    }
    if (this.#kept.length > 0) this.#retry ??= setTimeout(() => this.#tryAgain(), RETRY_MS).unref()
  }

  #writeLines(lines: readonly string[]): void {
    // No number reaches over the end of a line, so all are searched at once.
    const bytes = Buffer.from(redactCardNumbers(lines.join('')))
    this.#kept = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes])
    this.#writeKept()
  }

  #writeKept(): void {
    try {
      while (this.#kept.length > 0) this.#kept = this.#kept.subarray(writeSync(1, this.#kept))
    } catch {
      // It is tried again.
    }
  }

  #tellOfLost(): string {
    const line = { level: 'warn', time: isoInstant(Date.now()), lines: this.#lost, msg: 'log lines lost' }
    this.#lost = 0
    return `${JSON.stringify(line)}\n`
  }

  #tryAgain(): void {
    this.#retry = undefined
    this.#flush()
  }

  #end(): void {
    this.#flush()
    for (let tries = 0; this.#kept.length > 0 && tries < LAST_TRIES; tries++) {
      sleepAWhile(LAST_PAUSE_MS)
      this.#writeKept()
    }
  }
}
