import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { Watchers } from '../watchers.ts'
import type { Query } from './connections/lease.ts'
import { announce, Listener } from './connections/listener.ts'

/** What of the store the changes need. */
interface ChangesOptions {
  /** Makes a connection that is not of the pool, not connected yet. */
  readonly newClient: () => pg.Client
  readonly lookAgainMs: number | undefined
  /** Runs a statement on a connection of the pool. */
  readonly query: Query
}

/** What this process writes is announced so often at the most: to announce is a transaction, too. */
const ANNOUNCE_EVERY_MS = 200

/** Where nothing is heard, the server is asked so often. */
const ASK_EVERY_MS = 500

/** The listener has to hear something so often, in these rounds of asking; a connection may end without a word. */
const ROUNDS_PER_PROOF = 20

/** Until a lost connection is tried again, in rounds of asking. */
const ROUNDS_UNTIL_NEXT_TRY = 4

/** A pooler that forwards nothing now will not soon: in rounds of asking, five minutes. */
const ROUNDS_WITHOUT_LISTENER = 600

/**
 * What others change in PostgreSQL, for those who watch. Each process announces what it has written, behind its commit and
 * never within a call's transaction: PostgreSQL lets transactions that announce something commit one by one only. Where
 * a pooler forwards no announcements, or the connection is lost, the server is asked.
 */
export class PostgresChanges {
  readonly #options: ChangesOptions
  readonly #watchers: Watchers
  /** By this it knows its own announcements: of what it wrote itself, its watchers know already. */
  readonly #name = randomUUID()
  #announcing: NodeJS.Timeout | undefined
  #announcedAt = Number.NEGATIVE_INFINITY
  #rounds: NodeJS.Timeout | undefined
  #listener: Listener | undefined
  /** How many rounds until the listener is to prove itself, or another one is tried. */
  #wait = 0
  #progress: unknown
  #isAsking = false
  #closed = false

  constructor(options: ChangesOptions) {
    this.#options = options
    this.#watchers = new Watchers({ start: () => this.#start(), stop: () => this.#stop() }, options.lookAgainMs)
  }

  watch(listener: () => void): () => void {
    return this.#watchers.add(listener)
  }

  /** This process may have written something. */
  wrote(): void {
    this.#watchers.changed()
    if (this.#closed || this.#announcing !== undefined) return
    const wait = Math.max(0, this.#announcedAt + ANNOUNCE_EVERY_MS - performance.now())
    this.#announcing = setTimeout(() => this.#announceWritten(), wait).unref()
  }

  /** Announces what was not announced yet, and ends. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true
    this.#watchers.stop()
    if (this.#announcing !== undefined) await this.#announceWritten()
  }

  async #announceWritten(): Promise<void> {
    clearTimeout(this.#announcing)
    this.#announcing = undefined
    this.#announcedAt = performance.now()
    // What cannot be announced is found by those who look again.
    await announce(this.#options.query, this.#name).catch(() => {})
  }

  #start(): void {
    this.#wait = 0
    this.#progress = undefined
    this.#rounds = setInterval(() => this.#round(), ASK_EVERY_MS).unref()
    this.#round()
  }

  #stop(): void {
    clearInterval(this.#rounds)
    this.#listener?.close()
    this.#listener = undefined
  }

  #round(): void {
    if (this.#listener?.isLost) this.#doWithoutListener(ROUNDS_UNTIL_NEXT_TRY)
    if (--this.#wait <= 0) {
      this.#wait = ROUNDS_PER_PROOF
      if (this.#listener === undefined) void this.#listen()
      else this.#prove(this.#listener)
    }
    if (!this.#listener?.hears) void this.#ask()
  }

  async #listen(): Promise<void> {
    const changed = () => this.#watchers.changed()
    const listener = new Listener(this.#options.newClient(), (who) => who !== this.#name && changed(), changed)
    this.#listener = listener
    await listener.open()
    if (!listener.isLost) this.#prove(listener)
  }

  #prove(listener: Listener): void {
    const proof = listener.newProof()
    if (proof === undefined) this.#doWithoutListener(ROUNDS_WITHOUT_LISTENER)
    else announce(this.#options.query, proof).catch(() => listener.close())
  }

  #doWithoutListener(rounds: number): void {
    this.#listener?.close()
    this.#listener = undefined
    this.#wait = rounds
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    const progress = await progressOf(this.#options.query).catch(() => undefined)
    this.#isAsking = false
    if (progress !== undefined && progress !== this.#progress) this.#watchers.changed()
    this.#progress = progress
  }
}

/** Another text once any transaction that wrote something has ended, of whichever program: cheap to ask for. */
async function progressOf(query: Query): Promise<unknown> {
  const { rows } = await query('select pg_current_snapshot()::text as progress')
  return rows[0]?.['progress']
}
