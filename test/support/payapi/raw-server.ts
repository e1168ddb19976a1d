import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls'
import { onTestFinished } from 'vitest'
import { messageHead } from '../server/message-head.ts'
import { Inbox } from './inbox.ts'

/** A request as it came off the wire. */
export interface RawRequest {
  readonly method: string
  readonly path: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How a connection is served. What it throws fails the test. */
export type Serve = (connection: RawConnection) => unknown

interface RawServerOptions {
  /** Serves TLS with these instead of plain TCP. */
  readonly tls?: TlsOptions
  /** Leaves what arrives in the kernel, unread. */
  readonly pauseOnConnect?: boolean
}

/** One accepted connection, with nothing between the test and the bytes. */
export class RawConnection {
  readonly socket: Socket
  /** Resolves once the connection is gone. */
  readonly closed: Promise<unknown>
  readonly #tcp: Socket
  readonly #requests = new Inbox<RawRequest>()
  #unparsed: Buffer = Buffer.alloc(0)

  /** `tcp` is what lies under `socket`: the same, or another where `socket` is TLS. */
  constructor(socket: Socket, tcp: Socket, paused: boolean, onRequest: (request: RawRequest) => void) {
    this.socket = socket
    this.#tcp = tcp
    this.closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {}) // A client that resets the connection is no fault of the test.
    if (paused) return
    socket.on('data', (chunk: Buffer) => {
      this.#unparsed = Buffer.concat([this.#unparsed, chunk])
      for (let request = this.#parse(); request !== undefined; request = this.#parse()) {
        onRequest(request)
        this.#requests.put(request)
      }
    })
  }

  /** The next request on this connection, once it is there as a whole. */
  request(): Promise<RawRequest> {
    return this.#requests.next()
  }

  /** Writes bytes; resolves once the kernel took them. */
  async send(bytes: string | Buffer): Promise<void> {
    await new Promise<void>((resolve) => this.socket.write(bytes, () => resolve()))
  }

  /** Ends our side: a FIN. */
  fin(): void {
    this.socket.end()
  }

  /** Cuts the connection: an RST. */
  reset(): void {
    this.#tcp.resetAndDestroy()
  }

  #parse(): RawRequest | undefined {
    const head = messageHead(this.#unparsed)
    if (head === undefined) return undefined
    const { first, headers } = head
    const [method = '', path = ''] = first
    const end = head.end + Number(headers['content-length'] ?? 0)
    if (this.#unparsed.length < end) return undefined
    const body = this.#unparsed.toString('utf8', head.end, end)
    this.#unparsed = this.#unparsed.subarray(end)
    return { method, path, headers, body }
  }
}

/** A server on loopback that does to each connection what the test says. */
export class RawServer {
  readonly connections = new Inbox<RawConnection>()
  readonly requests = new Inbox<RawRequest>()
  readonly errors: unknown[] = []
  readonly #server: Server
  readonly #scheme: string
  /** TCP sockets by the port at their other end, also those that never became a connection because their TLS handshake failed. */
  readonly #sockets = new Map<number | undefined, Socket>()

  constructor(serve: Serve, options: RawServerOptions) {
    const paused = options.pauseOnConnect ?? false
    const accept = (socket: Socket | TLSSocket) => {
      const tcp = this.#sockets.get(socket.remotePort) ?? socket
      const connection = new RawConnection(socket, tcp, paused, (request) => this.requests.put(request))
      this.connections.put(connection)
      Promise.resolve(connection)
        .then(serve)
        .catch((error: unknown) => {
          this.errors.push(error)
          socket.destroy()
        })
    }
    this.#scheme = options.tls ? 'https' : 'http'
    this.#server = options.tls
      ? createTlsServer(options.tls, accept)
      : createServer({ pauseOnConnect: paused, noDelay: true }, accept)
    this.#server.on('tlsClientError', () => {})
    this.#server.prependListener('connection', (socket: Socket) => {
      const { remotePort } = socket
      this.#sockets.set(remotePort, socket)
      socket.once('close', () => this.#sockets.delete(remotePort))
    })
  }

  async listen(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** The base URL for a client. */
  get url(): string {
    return this.urlAs(this.#scheme)
  }

  /** The same with another scheme. */
  urlAs(scheme: string): string {
    return `${scheme}://127.0.0.1:${this.port}`
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.values()) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** Starts a server for the test that runs. It ends with the test, which fails if serving threw. */
export async function startRawServer(serve: Serve, options: RawServerOptions = {}): Promise<RawServer> {
  const server = new RawServer(serve, options)
  await server.listen()
  onTestFinished(async () => {
    await server.close()
    if (server.errors.length > 0) throw server.errors[0]
  })
  return server
}

/** An HTTP answer as bytes, with a content-length unless the headers say how the body ends. */
export function httpAnswer(
  status: number,
  body: string | Buffer = '',
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const bytes = Buffer.from(body)
  const all: Record<string, string> = { 'content-type': 'application/json; charset=utf-8', ...headers }
  if (!('content-length' in all || 'transfer-encoding' in all)) all['content-length'] = String(bytes.length)
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Because\r\n${lines.join('')}\r\n`), bytes])
}

/** Serves every request of a connection, one after the other, with what `answer` makes of it. */
export function answering(answer: (request: RawRequest) => string | Buffer): Serve {
  return async (connection) => {
    for (;;) await connection.send(answer(await connection.request()))
  }
}
