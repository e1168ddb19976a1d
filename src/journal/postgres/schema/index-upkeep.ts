import type pg from 'pg'
import type { Query } from '../connections/lease.ts'
import { introduce, UNBOUNDED } from '../connections/pool.ts'
import { bringIndexesUpToDate } from './indexes.ts'

/** Until it is tried again, or looked whether another instance has done it. */
const NEXT_TRY_MS = 60_000

/** Brings the indexes up to date, behind everything else and on a connection of its own. */
export class IndexUpkeep {
  readonly #newClient: () => pg.Client
  #client: pg.Client | undefined
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  /** It makes connections without a time limit. */
  constructor(newClient: () => pg.Client) {
    this.#newClient = newClient
  }

  /** Until all is done. Never rejects. */
  async start(): Promise<void> {
    const isDone = await this.#try().catch(() => false)
    if (isDone || this.#isStopped) return
    this.#timer = setTimeout(() => void this.start(), NEXT_TRY_MS).unref()
  }

  async #try(): Promise<boolean> {
    const client = this.#newClient()
    this.#client = client
    client.on('error', () => {})
    try {
      await client.connect()
      // What a server bounds for everybody is less than an index takes.
      await introduce(client, UNBOUNDED)
      const query: Query = async (sql, values) => {
        const { rows, rowCount } = await client.query(typeof sql === 'string' ? sql : sql.text, values && [...values])
        return { rows: rows as Awaited<ReturnType<Query>>['rows'], count: rowCount ?? 0 }
      }
      return await bringIndexesUpToDate(query)
    } finally {
      this.#client = undefined
      await client.end()
    }
  }

  /** The server ends what it is at, and who comes next goes on. */
  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    void this.#client?.end().catch(() => {})
  }
}
