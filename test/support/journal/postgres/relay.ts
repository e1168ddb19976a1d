import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PostgresServer } from './server.ts'

const SOCKET = '.s.PGSQL.5432'

// BackendKeyData: which of its processes the server is.
const KEY_DATA = Buffer.from([0x4b, 0, 0, 0, 12])
const KEY_DATA_BYTES = 13

/** What a server says, without which of its processes it is. */
export function withoutKeyData(bytes: Buffer): Buffer {
  const at = bytes.indexOf(KEY_DATA)
  return at < 0 ? bytes : Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + KEY_DATA_BYTES)])
}

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
  readonly #clients = new Set<Socket>()
  #connections = 0
  #held: Promise<void> | undefined
  #isMute = false

  private constructor(folder: string, socket: string, change: (answered: Buffer) => Buffer) {
    this.#folder = folder
    this.#server = createServer(async (client) => {
      client.on('error', () => {})
      this.#connections++
      this.#clients.add(client)
      client.on('close', () => this.#clients.delete(client))
      await this.#held
      if (client.destroyed) return
      const onward = connect(socket)
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
        if (!this.#isMute) client.write(change(bytes))
      })
      client.on('close', () => onward.destroy())
      onward.on('close', () => client.destroy()).on('error', () => {})
    })
  }

  static start(server: PostgresServer): Promise<PostgresRelay> {
    return PostgresRelay.before(join(server.folder, SOCKET))
  }

  /** Before whatever listens at a socket; `change` is what becomes of its answers. */
  static async before(
    socket: string,
    change: (answered: Buffer) => Buffer = (answered) => answered,
  ): Promise<PostgresRelay> {
    const folder = mkdtempSync(join(tmpdir(), 'relay-'))
    const relay = new PostgresRelay(folder, socket, change)
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

  /** Hands on what is asked from now on, and no answer. */
  mute(): void {
    this.#isMute = true
  }

  /** Ends all connections and keeps new ones waiting, until they are let through and answered again. */
  cut(): () => void {
    const letThrough = this.hold()
    for (const client of this.#clients) client.destroy()
    return () => {
      this.#isMute = false
      letThrough()
    }
  }

  remove(): void {
    this.#server.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
