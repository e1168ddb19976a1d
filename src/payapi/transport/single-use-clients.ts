import type { Socket } from 'node:net'
import type { Client } from 'undici'

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
  readonly #open: (connected: (socket: Socket) => void) => Client
  /** Ready for their next use; the last that came is the next that goes. */
  readonly #resting: Client[] = []
  /** Their exchange has ended well, their connection not yet. */
  readonly #leaving = new Set<Client>()
  readonly #all = new Set<Client>()
  /** Of the connections that there are now. */
  readonly #sockets = new WeakMap<Client, Socket>()

  /** `open` makes a client that keeps no connection (`pipelining: 0`) and tells the socket of each. */
  constructor(open: (connected: (socket: Socket) => void) => Client) {
    this.#open = open
  }

  /** A client without a connection. Give it back after one exchange. */
  take(): Client {
    return this.#resting.pop() ?? this.#opened()
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
    const client = this.#open((socket) => this.#sockets.set(client, socket))
    this.#all.add(client)
    return client.on('disconnect', () => {
      this.#sockets.delete(client)
      if (this.#leaving.delete(client)) this.#rest(client)
    })
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
