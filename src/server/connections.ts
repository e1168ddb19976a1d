import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

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

  /** Takes a server that does not listen yet, and watches it. */
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

  /** Cuts all connections. */
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
