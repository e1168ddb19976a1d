import { type Server as HttpServer, Server, type ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Logger } from 'pino'
import { withTimeout } from '../../lib/timeout.ts'
import type { PayApiClient } from '../../payapi/index.ts'

interface UnderWayOptions {
  readonly clients: readonly Pick<PayApiClient, 'stop' | 'close' | 'inFlight'>[]
  /** How long what is under way may take to end, milliseconds. */
  readonly drainMs: number
  readonly log: Logger
  /** Resolves once the results of the calls that are under way now are in the journal; none is kept where it is left out. */
  readonly recorded?: (() => Promise<void>) | undefined
}

interface DrainOptions extends UnderWayOptions {
  readonly server: HttpServer
  readonly connections: Connections
}

/** How long the answers to calls that were cut off may take to be recorded and written. */
const FAREWELL_MS = 5_000

/**
 * Sends nothing more to PayAPI and waits for what is under way: the calls, what `answered` waits for, and results that the
 * journal has not taken yet. What is not over in time is cut off: its calls end as unknown, which is what their callers are
 * told. Never rejects. `answers` is what `answered` gave, which may still not be over.
 */
export async function finishUnderWay(
  { clients, drainMs, log, recorded }: UnderWayOptions,
  answered: () => Promise<unknown>,
): Promise<{ readonly answers: Promise<unknown> }> {
  const lastCalls = Promise.all(clients.map((client) => client.stop()))
  // What has arrived on this machine but was not read yet is read now, so that it is answered and not cut off.
  await turnOfTheLoop()
  await turnOfTheLoop()
  const answers = answered()
  const over = Promise.all([answers, lastCalls]).then(recorded)
  if (await withTimeout(drainMs, over)) return { answers }
  const calls = clients.reduce((sum, { inFlight }) => sum + inFlight, 0)
  log.warn({ calls, drainMs }, 'not everything ended in time: what is still under way is cut off')
  await Promise.all(clients.map((client) => client.close()))
  await withTimeout(FAREWELL_MS, answers)
  return { answers }
}

/**
 * Ends a server so that every request gets its answer: stops listening, closes what is idle, and finishes what is
 * under way. Resolves once no connection is left; never rejects.
 */
export async function drain({ server, connections, ...underWay }: DrainOptions): Promise<void> {
  connections.end()
  const { answers } = await finishUnderWay(underWay, () => {
    const closed = stopListening(server)
    connections.closeQuiet()
    return closed
  })
  connections.destroy()
  await answers
  // Ends the check for slow requests.
  Server.prototype.close.call(server)
}

/** Resolves once the server has no connection left. Unlike with `server.close()`, slow requests are cut off meanwhile. */
function stopListening(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    NetServer.prototype.close.call(server, () => resolve())
  })
}

/** One connection: the answers that are due on it, in order, and how much had been received after the last one. */
interface Connection {
  readonly due: ServerResponse[]
  receivedAtRest: number
}

/**
 * Knows every connection of a server and what is due on it, so that stopping loses no answer. Node's own
 * `closeIdleConnections` spares connections on which nothing was ever sent, and those would hold up the end.
 */
export class Connections {
  readonly #connections = new Map<Socket, Connection>()
  #ending = false

  /** The server must not listen yet. */
  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#connections.set(socket, { due: [], receivedAtRest: 0 })
      socket.once('close', () => this.#connections.delete(socket))
    })
    server.prependListener('request', ({ socket }, response) => {
      const connection = this.#connections.get(socket)
      if (connection !== undefined) this.#begin(socket, connection, response)
    })
  }

  #begin(socket: Socket, connection: Connection, response: ServerResponse): void {
    const { due } = connection
    due.push(response)
    if (this.#ending) announceEnd(due)
    response.on('close', () => {
      if (due[0] === response) due.shift()
      else due.splice(due.indexOf(response), 1)
      connection.receivedAtRest = socket.bytesRead
      // Its headers may have promised to keep the connection, before it was known that it ends.
      if (this.#ending && due.length === 0) socket.destroySoon()
    })
  }

  /** From now on every connection ends with the answers that are due on it, and the caller is told so. */
  end(): void {
    this.#ending = true
    for (const { due } of this.#connections.values()) announceEnd(due)
  }

  /** Closes the connections on which no answer is due and no request has begun to arrive. */
  closeQuiet(): void {
    for (const [socket, { due, receivedAtRest }] of this.#connections) {
      if (due.length === 0 && socket.bytesRead === receivedAtRest) socket.destroy()
    }
  }

  destroy(): void {
    for (const socket of this.#connections.keys()) socket.destroy()
  }
}

/** Only with the last of the answers that are due: behind one that says `close`, Node writes no other. */
function announceEnd(due: readonly ServerResponse[]): void {
  for (const [index, response] of due.entries()) {
    if (response.headersSent) continue
    if (index === due.length - 1) response.setHeader('connection', 'close')
    else response.removeHeader('connection')
  }
}
