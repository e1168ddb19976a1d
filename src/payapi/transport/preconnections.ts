import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'

/** One connection may be opened in vain for every so many requests, of which so many count. */
const REQUESTS_FOR_ONE = 10
const MOST_REQUESTS = 160

type Connect = (callback: buildConnector.Callback) => void

/**
 * A connection, TLS included, that is opened ahead of the one request that it is for, while that is still waited for.
 * No byte of a request is written to it before it is handed over.
 */
export class Preconnection {
  readonly #ended: (inVain: boolean) => void
  #state: 'WAITING' | 'HANDED_OVER' | 'CLOSED' = 'WAITING'
  /** What came of connecting, until somebody wants it. */
  #result: Parameters<buildConnector.Callback> | undefined
  #receive: buildConnector.Callback | undefined

  constructor(connect: Connect, ended: (inVain: boolean) => void) {
    this.#ended = ended
    // What the request waits for goes first: to connect takes longer than to tell a thread.
    setImmediate(() => {
      if (this.#state !== 'CLOSED') connect((...result) => this.#connected(result))
    })
  }

  #connected(result: Parameters<buildConnector.Callback>): void {
    if (this.#state === 'CLOSED') result[1]?.destroy()
    else if (this.#receive !== undefined) this.#receive(...result)
    else this.#result = result
  }

  /**
   * Hands over what came, or is yet to come, of connecting: the connection or the error. One that the server has ended
   * or written to before it was asked anything is of no use; `connectAnew` then. False where it is closed.
   */
  handOver(callback: buildConnector.Callback, connectAnew: () => void): boolean {
    if (this.#state !== 'WAITING') return false
    this.#state = 'HANDED_OVER'
    this.#ended(false)
    const result = this.#result
    this.#result = undefined
    this.#receive = callback
    if (result === undefined) return true
    // undici expects that to connect takes a while.
    queueMicrotask(() => {
      const [, socket] = result
      if (!socket || isUntouched(socket)) return callback(...result)
      socket.destroy()
      connectAnew()
    })
    return true
  }

  /** Ends a connection that is not needed, unless it was handed over. */
  close(): void {
    if (this.#state !== 'WAITING') return
    this.#state = 'CLOSED'
    this.#result?.[1]?.destroy()
    this.#result = undefined
    this.#ended(true)
  }
}

const isUntouched = (socket: Socket): boolean => socket.readable && socket.writable && socket.readableLength === 0

/**
 * The connections that are opened ahead. Where many requests turn out to be none, such as repetitions that are answered
 * with what an earlier one brought, none is opened ahead: in the long run, those in vain are a few, and one for every ten
 * requests. So nobody who repeats himself makes this a storm of connections.
 */
export class Preconnections {
  readonly #connect: Connect
  readonly #open = new Set<Preconnection>()
  /** How many requests there were for those that may still be opened in vain; those that are open now may exceed them. */
  #requests = MOST_REQUESTS

  constructor(connect: Connect) {
    this.#connect = connect
  }

  /** How many are neither used nor closed. */
  get size(): number {
    return this.#open.size
  }

  /** Undefined where it would most likely be in vain. */
  open(): Preconnection | undefined {
    if (this.#requests < REQUESTS_FOR_ONE) return undefined
    const preconnection = new Preconnection(this.#connect, (inVain) => {
      this.#open.delete(preconnection)
      if (inVain) this.#requests -= REQUESTS_FOR_ONE
    })
    this.#open.add(preconnection)
    return preconnection
  }

  /** Takes note of a request, for which one may have been opened or not. */
  requested(): void {
    this.#requests = Math.min(MOST_REQUESTS, this.#requests + 1)
  }

  /** Closes all of them. */
  close(): void {
    for (const preconnection of this.#open) preconnection.close()
  }
}
