import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** How much one connection may have under way. */
interface QueueLimits {
  /** How many requests may wait behind the one that is under way. */
  readonly maxWaitingRequests: number
  /** Within this time an answer must be taken, milliseconds. */
  readonly responseTimeoutMs: number
}

/** Why a connection is cut off. */
type CutOffReason = 'too many requests without waiting for an answer' | 'answer not taken in time'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Answers that are not taken are looked for so often. */
const CHECK_EVERY_MS = 1_000

/**
 * Handles the requests of each connection one after the other, each once the answer before it was taken: whoever sends
 * a thousand at once, or takes no answers, has one under way, and as much memory as one answer takes. A connection on
 * which more requests wait than may, or whose answer is not taken, is cut off; what has not begun is never executed.
 */
export function serveInTurn(
  server: Server,
  handle: Handler,
  limits: QueueLimits,
  onCutOff: (reason: CutOffReason, socket: Socket) => void,
): void {
  const queues = new Map<Socket, RequestQueue>()
  const cutOff = (socket: Socket, reason: CutOffReason) => {
    onCutOff(reason, socket)
    socket.destroy()
  }
  server.on('connection', (socket) => {
    queues.set(socket, new RequestQueue(handle))
    socket.once('close', () => queues.delete(socket))
  })
  server.on('request', (request, response) => {
    const { socket } = request
    // Of a connection that was cut off, what had been read with the rest may still come.
    if (socket.destroyed) return
    const waiting = queues.get(socket)?.add(request, response) ?? 0
    if (waiting > limits.maxWaitingRequests) cutOff(socket, 'too many requests without waiting for an answer')
  })
  const check = setInterval(
    () => {
      const before = performance.now() - limits.responseTimeoutMs
      for (const [socket, queue] of queues) if (queue.isStuckSince(before)) cutOff(socket, 'answer not taken in time')
    },
    Math.ceil(Math.min(CHECK_EVERY_MS, limits.responseTimeoutMs / 2)),
  ).unref()
  server.once('close', () => clearInterval(check))
}

class RequestQueue {
  readonly #handle: Handler
  readonly #waiting: (readonly [IncomingMessage, ServerResponse])[] = []
  #current: ServerResponse | undefined
  /** When the current answer was first seen to be complete and not taken. */
  #stuckAt: number | undefined

  constructor(handle: Handler) {
    this.#handle = handle
  }

  /** Begins a request, or lets it wait for those before it; the result is how many wait. */
  add(request: IncomingMessage, response: ServerResponse): number {
    if (this.#current === undefined) this.#begin(request, response)
    else this.#waiting.push([request, response])
    return this.#waiting.length
  }

  isStuckSince(time: number): boolean {
    if (this.#current?.writableEnded !== true) return false
    this.#stuckAt ??= performance.now()
    return this.#stuckAt <= time
  }

  #begin(request: IncomingMessage, response: ServerResponse): void {
    this.#current = response
    this.#stuckAt = undefined
    response.on('close', () => {
      this.#current = undefined
      const next = this.#waiting.shift()
      // Behind an answer that ends the connection no other is written.
      if (next !== undefined && !request.socket.writableEnded) this.#begin(...next)
    })
    this.#handle(request, response)
  }
}
