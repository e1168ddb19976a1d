import net from 'node:net'

/**
 * One kept HTTP/1.1 connection of the shop's: one request at a time, and as little of HTTP as that takes. Requests are
 * strings of single bytes, made beforehand.
 */
export class ShopConnection {
  /** What the request under way is about; belongs to whoever sent it. */
  about
  isBusy = false
  #socket
  #port
  #onAnswer
  #pending = ''
  #isConnected = false

  /** Takes the port, and what is told of every answer: this connection, the status (0 where it broke) and the body. */
  constructor(port, onAnswer) {
    this.#port = port
    this.#onAnswer = onAnswer
  }

  /** Resolves once it is connected. */
  open() {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ port: this.#port, host: '127.0.0.1', noDelay: true }, () => {
        this.#isConnected = true
        resolve()
      })
      this.#socket = socket
      socket.on('error', reject)
      socket.on('data', (chunk) => this.#read(chunk))
      socket.on('close', () => this.#lost(socket))
    })
  }

  send(request) {
    this.isBusy = true
    if (this.#socket.destroyed) setImmediate(() => this.#end(0, 'the server cannot be connected to'))
    else this.#socket.write(request, 'latin1')
  }

  close() {
    this.#isConnected = false
    this.#socket.destroy()
  }

  #read(chunk) {
    this.#pending = this.#pending === '' ? chunk.latin1Slice() : this.#pending + chunk.latin1Slice()
    const answer = readAnswer(this.#pending)
    if (answer === undefined) return
    this.#pending = ''
    this.#end(answer.status, answer.body)
  }

  #end(status, body) {
    this.isBusy = false
    this.#onAnswer(this, status, body)
  }

  // A server may end an idle connection; one that ends it in the middle of a request owes an answer.
  async #lost(socket) {
    if (!this.#isConnected || socket !== this.#socket) return
    this.#isConnected = false
    this.#pending = ''
    await this.open().catch(() => {})
    if (this.isBusy) this.#end(0, 'the connection ended without an answer')
  }
}

/** Takes what has arrived as a string of single bytes; returns status and body once the answer is whole. */
export function readAnswer(text) {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = text.slice(0, headEnd)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) {
    const body = text.slice(headEnd + 4)
    return body.length < Number(length) ? undefined : { status, body }
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, body: '' }
  const body = unchunked(text, headEnd + 4)
  return body === undefined ? undefined : { status, body }
}

function unchunked(text, start) {
  let body = ''
  for (let at = start; ; ) {
    const lineEnd = text.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(text.slice(at, lineEnd), 16)
    if (size === 0) return text.endsWith('\r\n\r\n') ? body : undefined
    at = lineEnd + 2 + size + 2
    if (at > text.length) return undefined
    body += text.slice(lineEnd + 2, at - 2)
  }
}
