import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { messageHead } from './message-head.ts'

/** An HTTP answer as it came off the wire. */
export interface RawAnswer {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One connection to a server, with nothing between the test and the bytes. */
export class RawClient {
  readonly socket: Socket
  /** Resolves once the connection is gone, however it ended. */
  readonly closed: Promise<void>
  #unparsed = Buffer.alloc(0)
  #isClosed = false
  #look = () => {}

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => {}) // How a connection ends is what the tests look at.
    socket.on('data', (chunk: Buffer) => {
      this.#unparsed = Buffer.concat([this.#unparsed, chunk])
      this.#look()
    })
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#isClosed = true
        this.#look()
        resolve()
      })
    })
  }

  /** Hands bytes to the kernel, at once where it takes them. */
  send(bytes: string): void {
    this.socket.write(bytes)
  }

  /** The next answer once it is there as a whole. Rejects where the connection ends before. */
  answer(): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#look = () => {
        const answer = this.#parse()
        if (answer !== undefined) resolve(answer)
        else if (this.#isClosed) reject(new Error(`closed after ${this.#unparsed.length} bytes of an answer`))
      }
      this.#look()
    })
  }

  #parse(): RawAnswer | undefined {
    const head = messageHead(this.#unparsed)
    if (head === undefined) return undefined
    const { first, headers } = head
    const isChunked = headers['transfer-encoding'] === 'chunked'
    const read = isChunked ? this.#chunks(head.end) : this.#bytes(head.end, Number(headers['content-length'] ?? 0))
    if (read === undefined) return undefined
    this.#unparsed = this.#unparsed.subarray(read.end)
    return { status: Number(first[1]), headers, body: read.body }
  }

  #bytes(start: number, length: number) {
    const end = start + length
    return this.#unparsed.length < end ? undefined : { body: this.#unparsed.toString('utf8', start, end), end }
  }

  #chunks(start: number) {
    let body = ''
    for (let at = start; ; ) {
      const lineEnd = this.#unparsed.indexOf('\r\n', at)
      if (lineEnd < 0) return undefined
      const chunk = this.#bytes(lineEnd + 2, Number.parseInt(this.#unparsed.toString('latin1', at, lineEnd), 16))
      if (chunk === undefined || this.#unparsed.length < chunk.end + 2) return undefined
      if (chunk.body === '') return { body, end: chunk.end + 2 }
      body += chunk.body
      at = chunk.end + 2
    }
  }
}

/** A connection to a server that ends with the test. */
export async function connectTo(url: string): Promise<RawClient> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => {
    socket.destroy()
  })
  const client = new RawClient(socket)
  await once(socket, 'connect')
  return client
}

/** A POST of JSON to GraphQL, as bytes. */
export function rawPost(body: object, headers: Readonly<Record<string, string>> = {}): string {
  const text = JSON.stringify(body)
  const lines = Object.entries({ ...POST_HEADERS, 'content-length': String(Buffer.byteLength(text)), ...headers })
  return `POST /graphql HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`
}

const POST_HEADERS = { host: 'localhost', 'content-type': 'application/json' }
