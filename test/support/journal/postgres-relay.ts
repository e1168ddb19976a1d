import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PostgresServer } from './postgres-server.ts'

const SOCKET = '.s.PGSQL.5432'

/** What was said on a connection, and how often an answer was waited for. */
interface Said {
  readonly roundTrips: number
  readonly text: string
}

/** Stands before a PostgreSQL server, hands everything on, and knows how often who asks waited for an answer. */
export class PostgresRelay {
  readonly #folder: string
  readonly #server: Server
  readonly #said = new Map<object, Said>()
  #connections = 0
  #held: Promise<void> | undefined

  private constructor(folder: string, server: PostgresServer) {
    this.#folder = folder
    this.#server = createServer(async (client) => {
      client.on('error', () => {})
      this.#connections++
      await this.#held
      const onward = connect(join(server.folder, SOCKET))
      let isAnswered = true
      client.on('data', (bytes) => {
        const { roundTrips, text } = this.#said.get(client) ?? { roundTrips: 0, text: '' }
        this.#said.set(client, {
          roundTrips: roundTrips + (isAnswered ? 1 : 0),
          text: text + bytes.toString('latin1'),
        })
        isAnswered = false
        onward.write(bytes)
      })
      onward.on('data', (bytes) => {
        isAnswered = true
        client.write(bytes)
      })
      client.on('close', () => onward.destroy())
      onward.on('close', () => client.destroy()).on('error', () => {})
    })
  }

  static async start(server: PostgresServer): Promise<PostgresRelay> {
    const folder = mkdtempSync(join(tmpdir(), 'relay-'))
    const relay = new PostgresRelay(folder, server)
    relay.#server.listen(join(folder, SOCKET))
    await once(relay.#server, 'listening')
    return relay
  }

  url(database: string): string {
    return `postgres://postgres@/${database}?host=${encodeURIComponent(this.#folder)}`
  }

  /** What was said on each connection since this was asked last. */
  since(): readonly Said[] {
    const said = [...this.#said.values()]
    this.#said.clear()
    return said
  }

  /** Keeps new connections waiting from now on, until they are let through; resolves to how many came meanwhile. */
  hold(): () => number {
    let letThrough = (): void => {}
    this.#held = new Promise((resolve) => {
      letThrough = resolve
    })
    const before = this.#connections
    return () => {
      letThrough()
      return this.#connections - before
    }
  }

  remove(): void {
    this.#server.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
