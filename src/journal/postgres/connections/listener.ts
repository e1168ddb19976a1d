import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Query } from './lease.ts'

const CHANNEL = 'payapi_journal'

const PROOF = 'proof '

/** Says something to all who listen. */
export const announce = async (query: Query, what: string): Promise<void> => {
  await query(`select pg_notify('${CHANNEL}', $1)`, [what])
}

/** A connection of its own that hears what is announced, once it is proved that nothing between keeps that back. */
export class Listener {
  readonly #client: pg.Client
  /** What it has to hear to be believed. */
  #proof: string | undefined
  #hears = false
  #isLost = false

  /** Not connected yet. */
  constructor(client: pg.Client, onAnnounced: (what: string) => void, onProved: () => void) {
    this.#client = client
    client.on('notification', ({ payload = '' }) => {
      if (!payload.startsWith(PROOF)) return onAnnounced(payload)
      if (payload !== this.#proof) return
      this.#proof = undefined
      const isNews = !this.#hears
      this.#hears = true
      if (isNews) onProved()
    })
    client.on('error', () => this.#lose())
    client.on('end', () => this.#lose())
  }

  /** Whether it hears what is announced; others have to be asked. */
  get hears(): boolean {
    return this.#hears
  }

  /** Whether the connection is gone. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** Connects; a connection that cannot be made is a lost one. */
  async open(): Promise<void> {
    try {
      await this.#client.connect()
      await this.#client.query(`listen ${CHANNEL}`)
    } catch {
      this.close()
    }
  }

  /** What somebody has to announce for it to be believed; undefined where what it was to hear last never came. */
  newProof(): string | undefined {
    if (this.#proof !== undefined) return undefined
    this.#proof = PROOF + randomUUID()
    return this.#proof
  }

  /** Ends the connection; behind a pooler, the one to the server may go to another program, and listens no more. */
  close(): void {
    const wasThere = !this.#isLost
    this.#lose()
    const unlistened = wasThere ? this.#client.query('unlisten *') : Promise.resolve()
    unlistened.finally(() => this.#client.end()).catch(() => {})
  }

  #lose(): void {
    this.#isLost = true
    this.#hears = false
  }
}
