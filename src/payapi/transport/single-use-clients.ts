import type { Socket } from 'node:net'
import type { buildConnector, Client } from 'undici'
import type { Preconnection } from './preconnections.ts'

/** So many clients wait for their next use, each without a connection. */
const MAX_RESTING = 256

/**
 * Clients of which each makes one request at a time, on a connection that was never used before and never is again. An
 * HTTP/1.1 answer carries no id: on a connection used before, a stray response is read as the next one's. A pool would
 * open an idle connection in place of one whose request was given up, and the next request would not be on a fresh one;
 * so a client is used again only after an exchange that ended well and once its connection is gone. Any other ends with
 * its exchange.
 */
export class SingleUseClients {
  readonly #open: (connect: buildConnector.connector) => Client
  readonly #connect: buildConnector.connector
  /** Ready for their next use; the last that came is the next that goes. */
  readonly #resting: Client[] = []
  /** Their exchange has ended well, their connection not yet. */
  readonly #leaving = new Set<Client>()
  readonly #all = new Set<Client>()
  /** Of the connections that there are now. */
  readonly #sockets = new WeakMap<Client, Socket>()
  /** The last that each client was given; it can be used once. */
  readonly #preconnections = new WeakMap<Client, Preconnection>()

  /** `open` makes a client that keeps no connection (`pipelining: 0`) and connects as it is told. */
  constructor(connect: buildConnector.connector, open: (connect: buildConnector.connector) => Client) {
    this.#connect = connect
    this.#open = open
  }

  /** A client without a connection, or with the one that was opened ahead. Give it back after one exchange. */
  take(preconnection?: Preconnection): Client {
    const client = this.#resting.pop() ?? this.#opened()
    if (preconnection !== undefined) this.#preconnections.set(client, preconnection)
    return client
  }

  /**
   * Ends the connection of an exchange that has come to its regular end. undici would end it next, with an error for which
   * it has a stack trace written: a tenth of what a call costs.
   */
  disconnect(client: Client): void {
    this.#sockets.get(client)?.destroy()
  }

  /** `endedWell` is whether its exchange came to its regular end. */
  giveBack(client: Client, endedWell: boolean): void {
    if (!endedWell) this.#end(client)
    else if (client.stats.connected) this.#leaving.add(client)
    else this.#rest(client)
  }

  #opened(): Client {
    const client = this.#open(
      telling(
        (target, callback) => this.#connectFor(client, target, callback),
        (socket) => this.#sockets.set(client, socket),
      ),
    )
    this.#all.add(client)
    return client.on('disconnect', () => {
      this.#sockets.delete(client)
      if (this.#leaving.delete(client)) this.#rest(client)
    })
  }

  #connectFor(client: Client, ...[target, callback]: Parameters<buildConnector.connector>): void {
    const connect = (): void => this.#connect(target, callback)
    if (this.#preconnections.get(client)?.handOver(callback, connect) !== true) connect()
  }

  #rest(client: Client): void {
    if (this.#resting.length >= MAX_RESTING || client.stats.size > 0) this.#end(client)
    else this.#resting.push(client)
  }

  #end(client: Client): void {
    this.#all.delete(client)
    void client.destroy()
  }

  /** Ends all clients; exchanges under way fail. */
  async destroy(): Promise<void> {
    await Promise.all([...this.#all].map((client) => client.destroy()))
  }
}

/** The same connector, which also tells the socket of each connection. */
export function telling(
  connect: buildConnector.connector,
  connected: (socket: Socket) => void,
): buildConnector.connector {
  return (target, callback) =>
    connect(target, (...result: Parameters<buildConnector.Callback>) => {
      // Without a socket there is only the error, whatever the types say.
      const [, socket] = result
      if (socket) connected(socket)
      callback(...result)
    })
}
