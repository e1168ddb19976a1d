import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import { type Duplex, duplexPair, pipeline, Readable } from 'node:stream'
import { BodyAlreadyReadError } from '../../lib/kept-body.ts'
import { alreadyRead } from './request/body.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Asks a handler; the address is that of whoever sent the request, undefined where nobody knows it. */
export type AskHandler = (request: Request, clientAddress: string | undefined) => Promise<Response>

/** What is about a connection, and the body's length, which somebody before may have changed. */
const NOT_PASSED_ON: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * Lets a handler for `node:http` be asked by a `Request` of the web. It goes through Node's own HTTP, over a pair of streams
 * in place of a socket, so that what is answered to one is answered to the other. The promise is rejected where the
 * connection ends without an answer.
 */
export function askable(handler: Handler): AskHandler {
  // It never listens: connections are brought to it.
  const server = createServer({ requireHostHeader: false, requestTimeout: 0, headersTimeout: 0 }, handler)
  return async (request, clientAddress) => {
    if (request.bodyUsed || request.body?.locked === true) return bodyAlreadyRead()
    const [near, far] = duplexPair()
    endTogether(near, far)
    server.emit('connection', Object.assign(far, { remoteAddress: clientAddress }))
    return exchange(request, near)
  }
}

function exchange(request: Request, connection: Duplex): Promise<Response> {
  const { method, url, headers, body, signal } = request
  const { host, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = send({
      createConnection: () => connection,
      method,
      path: `${pathname}${search}`,
      headers: { host, ...Object.fromEntries([...headers].filter(([name]) => !NOT_PASSED_ON.has(name))) },
      signal,
    })
    sent.on('response', (answer) => resolve(responseOf(answer)))
    // Also where the handler answers before it has read all, and what is left is taken by nobody.
    sent.on('error', reject)
    if (body === null) sent.end()
    else pipeline(Readable.fromWeb(body as never), sent, () => {})
  })
}

/** Those of answers that have no body, not even an empty one. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304])

function responseOf(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 500
  const headers = new Headers()
  for (let n = 0; n < answer.rawHeaders.length; n += 2) {
    const [name = '', value = ''] = answer.rawHeaders.slice(n, n + 2)
    if (!NOT_RETURNED.has(name.toLowerCase())) headers.append(name, value)
  }
  if (!WITHOUT_BODY.has(status)) return new Response(Readable.toWeb(answer) as never, { status, headers })
  answer.resume()
  return new Response(null, { status, headers })
}

const NOT_RETURNED: ReadonlySet<string> = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding'])

/** A socket that ends at one side ends at the other. */
function endTogether(one: Duplex, other: Duplex): void {
  one.once('close', () => other.destroy())
  other.once('close', () => one.destroy())
}

function bodyAlreadyRead(): Response {
  const { message, extensions } = alreadyRead(new BodyAlreadyReadError())
  return Response.json({ errors: [{ message, extensions: { code: extensions['code'] } }] }, { status: 500 })
}
