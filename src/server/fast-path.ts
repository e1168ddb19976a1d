import type { IncomingMessage, ServerResponse } from 'node:http'
import { takesJson } from './plugins/json-only.ts'

/**
 * A GraphQL engine behind plain `node:http`. What costs most in a request is neither parsing nor execution, but wrapping
 * it into the web's `Request` and `Response` and out of them again. So a plain POST of JSON is handed to the same engine,
 * with the same plugins, in objects that only have what the engine and its plugins look at. Everything else goes the
 * ordinary way.
 */

/** What the engine sees of a request. */
export interface LightRequest {
  readonly method: string
  readonly url: string
  readonly headers: { get(name: string): string | null; has(name: string): boolean }
  json(): unknown
}

/** What the engine makes of its answer. */
export class LightResponse {
  readonly body: string | null
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  /** As the web's `Response`, for a body of text and headers as a plain object. */
  constructor(body: string | null, init: { status?: number; headers?: Readonly<Record<string, string>> } = {}) {
    this.body = body
    this.status = init.status ?? 200
    this.headers = init.headers ?? {}
  }

  /** As the web's `Response.json`. */
  static json(value: unknown, init: { status?: number } = {}): LightResponse {
    return new LightResponse(JSON.stringify(value), { ...init, headers: { 'content-type': 'application/json' } })
  }
}

/** The engine: yoga's own, asked in light objects. */
export type LightHandler = (request: LightRequest, context: object) => PromiseLike<LightResponse> | LightResponse

/** What is true of every request and answer. */
export interface FastPathOptions {
  /** The largest body that is read, in bytes. */
  readonly maxBodyBytes: number
  /** The headers of every answer. */
  readonly headers: Readonly<Record<string, string>>
}

/** Takes the engine, its path and what is true of every request and answer; returns a handler that says whether it took the request. */
export function createFastPath(
  handle: LightHandler,
  endpoint: string,
  { maxBodyBytes, headers }: FastPathOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (!isPlainJsonPost(request, endpoint, maxBodyBytes)) return false
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
      void answer(
        handle,
        lightRequest(request, body?.toString('utf8') ?? ''),
        { req: request, res: response },
        response,
        headers,
      )
    })
    return true
  }
}

/** Whatever is out of the ordinary is left to the ordinary way, so that it is answered the same in both. */
function isPlainJsonPost({ method, url, headers }: IncomingMessage, endpoint: string, maxBodyBytes: number): boolean {
  if (method !== 'POST' || url !== endpoint || headers['content-encoding'] !== undefined) return false
  if (!/^application\/json(?:; ?charset=[Uu][Tt][Ff]-8)?$/.test(headers['content-type'] ?? '')) return false
  // Browsers of other sites are yoga's and CORS' business, and so are streamed answers.
  if (headers.origin !== undefined || !takesPlainJson(headers.accept)) return false
  // Who asks for a trace needs the hooks that only the ordinary way has.
  if (headers['apollo-federation-include-trace'] !== undefined) return false
  const length = headers['content-length']
  return length !== undefined && /^\d{1,9}$/.test(length) && Number(length) <= maxBodyBytes
}

function takesPlainJson(accept = '*/*'): boolean {
  if (accept === '*/*' || accept === 'application/json') return true
  return takesJson(accept) && !/event-stream|multipart/i.test(accept)
}

function lightRequest({ method = 'POST', url = '', headers }: IncomingMessage, body: string): LightRequest {
  const get = (name: string) => {
    const value = headers[name.toLowerCase()]
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method,
    url: `http://${headers.host ?? 'localhost'}${url}`,
    headers: { get, has: (name) => get(name) !== null },
    json: () => JSON.parse(body.startsWith('\uFEFF') ? body.slice(1) : body),
  }
}

async function answer(
  handle: LightHandler,
  request: LightRequest,
  context: object,
  response: ServerResponse,
  headersOfAll: Readonly<Record<string, string>>,
): Promise<void> {
  const { body, status, headers } = await handle(request, context)
  const text = body ?? ''
  response.writeHead(status, { ...headers, ...headersOfAll, 'content-length': Buffer.byteLength(text) }).end(text)
}
