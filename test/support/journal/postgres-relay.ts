import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PostgresServer } from './postgres-server.ts'

const SOCKET = '.s.PGSQL.5432'

/** Stands before a PostgreSQL server, hands everything on, and knows how often who asks waited for an answer. */
export class PostgresRelay {
  readonly #folder: string
  readonly #server: Server
  #roundTrips = 0
  #said = ''

  private constructor(folder: string, server: PostgresServer) {
    this.#folder = folder
    this.#server = createServer((client) => {
      const onward = connect(join(server.folder, SOCKET))
      let isAnswered = true
      client.on('data', (bytes) => {
        if (isAnswered) this.#roundTrips++
        isAnswered = false
        this.#said += bytes.toString('latin1')
        onward.write(bytes)
      })
      onward.on('data', (bytes) => {
        isAnswered = true
        client.write(bytes)
      })
      client.on('close', () => onward.destroy()).on('error', () => {})
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

  /** What the clients have said, and how often they waited for an answer, since this was asked last. */
  since(): { readonly roundTrips: number; readonly said: string } {
    const seen = { roundTrips: this.#roundTrips, said: this.#said }
    this.#roundTrips = 0
    this.#said = ''
    return seen
  }

  remove(): void {
    this.#server.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
