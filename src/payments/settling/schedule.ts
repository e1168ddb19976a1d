import { type SettleContext, settleOperation } from './settling.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** When an operation is tried by itself, counted from when its outcome became unknown. */
const SCHEDULE: readonly number[] = [5 * MINUTE_MS, HOUR_MS, ...[1, 2, 3, 4, 5].map((days) => days * DAY_MS)]

/** How often it is looked whether something is to be tried. */
const LOOK_EVERY_MS = MINUTE_MS

/** Who is recorded where nobody asked. */
const BY = 'settling'

interface SettleScheduleOptions extends SettleContext {
  /** The services whose operations are tried by themselves. */
  readonly services: readonly string[]
  /** Is told what went wrong, for want of a caller. */
  readonly onFault: (fault: unknown) => void
}

/** Settles operations of unknown outcome when it is time for that. Several processes may do so for one journal. */
export class SettleSchedule {
  readonly #options: SettleScheduleOptions
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined
  #isClosed = false

  constructor(options: SettleScheduleOptions) {
    this.#options = options
  }

  /** At once, and from time to time from then on. */
  start(): void {
    if (this.#options.services.length === 0) return
    this.#timer = setInterval(() => void this.run(), LOOK_EVERY_MS).unref()
    void this.run()
  }

  /** Tries what is due, one after the other. Never rejects. */
  run(): Promise<void> {
    this.#round ??= this.#tryAll().finally(() => {
      this.#round = undefined
    })
    return this.#round
  }

  async #tryAll(): Promise<void> {
    const { services, journal, onFault } = this.#options
    try {
      for (const operationId of await journal.settlement.due(services, SCHEDULE)) {
        if (this.#isClosed) return
        await settleOperation(this.#options, { operationId, by: BY, schedule: SCHEDULE })
      }
    } catch (fault) {
      onFault(fault)
    }
  }

  /** Begins nothing more; resolves once what is under way has ended. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    await this.#round
  }
}
