import type { IncomingMessage, ServerResponse } from 'node:http'
import { execute, type OperationTypeNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { GraphContext } from '../graphql/context.ts'
import { joined } from '../payapi/body.ts'
import { type Admit, LET_IN, type Sender } from './admission.ts'
import type { Executed, KnownDocuments, Params } from './known-documents.ts'
import { takesJson } from './plugins/json-only.ts'

/**
 * The fast way of a plain POST of JSON, behind plain `node:http`. Most of what a GraphQL server does for a request it did
 * for the one before: a document that the engine has let through once is executed right away. Whatever is new, wrong or
 * out of the ordinary goes through the engine, so that it is answered the same in both ways: a document not seen before,
 * a caller who is not let in, variables that do not fit, a result with errors. The engine has yoga's pipeline with all
 * its plugins, asked in objects that only have what those look at: wrapping a request into the web's `Request` and
 * `Response` and out of them again would cost more than everything else.
 */

/** What the engine sees of a request. */
export class LightRequest {
  readonly #request: IncomingMessage
  readonly #text: string

  /** Takes a request and its body. */
  constructor(request: IncomingMessage, text: string) {
    this.#request = request
    this.#text = text
  }

  get method(): string {
    return this.#request.method ?? 'POST'
  }

  get url(): string {
    return `http://${this.#request.headers.host ?? 'localhost'}${this.#request.url}`
  }

  get headers(): LightHeaders {
    return new LightHeaders(this.#request)
  }

  json(): unknown {
    return JSON.parse(this.#text.startsWith('\uFEFF') ? this.#text.slice(1) : this.#text)
  }
}

class LightHeaders {
  readonly #request: IncomingMessage

  constructor(request: IncomingMessage) {
    this.#request = request
  }

  get(name: string): string | null {
    const value = this.#request.headers[name.toLowerCase()]
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
  }

  has(name: string): boolean {
    return this.get(name) !== null
  }
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

/** What belongs to a request, whichever way it goes. */
export type RequestContext = Sender & Executed & { readonly req: IncomingMessage; readonly res: ServerResponse }

/** What the fast way is made of. */
export interface FastPathOptions {
  readonly engine: LightHandler
  /** The path of GraphQL. */
  readonly endpoint: string
  /** The largest body that is read, in bytes. */
  readonly maxBodyBytes: number
  /** The headers of every answer. */
  readonly headers: Readonly<Record<string, string>>
  readonly documents: KnownDocuments
  readonly admit: Admit
  /** Takes a request that was let in and what belongs to it; returns what resolvers are given. */
  contextOf(request: LightRequest, context: RequestContext): GraphContext
  /** Is told of a fault of our own; the caller sees the connection end. */
  onFault(fault: unknown): void
  /** Is told which kind of operation a request executes, where the engine is not asked. */
  onExecute?(request: IncomingMessage, kind: `${OperationTypeNode}`): void
}

/** So many spellings of `Accept` are remembered. */
const MAX_ACCEPTS = 100

/** Takes what it is made of; returns a handler that says whether it took the request. */
export function createFastPath(
  options: FastPathOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { endpoint, maxBodyBytes } = options
  const fastPath = new FastPath(options)
  return (request, response) => {
    if (!isPlainJsonPost(request, endpoint, maxBodyBytes)) return false
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      fastPath.answer(request, response, joined(chunks).toString('utf8')).catch((fault: unknown) => {
        options.onFault(fault)
        // Nobody may take silence for 'not processed'.
        response.destroy()
      })
    })
    return true
  }
}

/** Whatever is out of the ordinary is left to the ordinary way, so that it is answered the same in both. */
function isPlainJsonPost({ method, url, headers }: IncomingMessage, endpoint: string, maxBodyBytes: number): boolean {
  if (method !== 'POST' || url !== endpoint || headers['content-encoding'] !== undefined) return false
  const contentType = headers['content-type']
  if (contentType !== 'application/json' && !/^application\/json; ?charset=utf-8$/i.test(contentType ?? ''))
    return false
  // Browsers of other sites are yoga's and CORS' business, and so is whoever takes no JSON.
  if (headers.origin !== undefined || !takesJson(headers.accept)) return false
  // Who asks for a trace needs the hooks that only the ordinary way has.
  if (headers['apollo-federation-include-trace'] !== undefined) return false
  const length = headers['content-length']
  return length !== undefined && /^\d{1,9}$/.test(length) && Number(length) <= maxBodyBytes
}

class FastPath {
  readonly #options: FastPathOptions
  /** Names and values in turn, as Node takes them fastest. */
  readonly #headers: readonly string[]
  /** How the engine answers a success, by what the request accepts. */
  readonly #mediaTypes = new LRUCache<string, string>({ max: MAX_ACCEPTS })

  constructor(options: FastPathOptions) {
    this.#options = options
    this.#headers = Object.entries(options.headers).flat()
  }

  async answer(req: IncomingMessage, res: ServerResponse, text: string): Promise<void> {
    const { engine, admit, onExecute, contextOf } = this.#options
    const request = new LightRequest(req, text)
    const context: RequestContext = { req, res }
    const known = this.#find(req, text)
    if (known !== undefined) {
      const { schema, document, kind, params, mediaType } = known
      const admission = admit(context, request.headers)
      if (admission === LET_IN || (await isLetIn(admission))) {
        onExecute?.(req, kind)
        const result = await execute({
          schema,
          document,
          operationName: params.operationName,
          variableValues: params.variables,
          contextValue: contextOf(request, context),
        })
        if (result.errors === undefined) {
          this.#send(res, 200, ['Content-Type', mediaType], JSON.stringify(result))
          return
        }
        // The engine knows how to say it, and executes nothing again.
        context.executed = result
      }
    }
    const { body, status, headers } = await engine(request, context)
    // The media type of an answer follows from what is accepted, and from nothing else.
    if (status === 200) this.#mediaTypes.set(req.headers.accept ?? '', headers['Content-Type'] ?? '')
    this.#send(res, status, Object.entries(headers).flat(), body ?? '')
  }

  /** Takes a request and its body; returns what it asks for, undefined where that is the engine's business. */
  #find(req: IncomingMessage, text: string) {
    const params = parseParams(text)
    const known = params && this.#options.documents.find(params)
    const mediaType = known && this.#mediaTypes.get(req.headers.accept ?? '')
    return mediaType ? { ...known, params, mediaType } : undefined
  }

  #send(response: ServerResponse, status: number, headers: readonly string[], text: string): void {
    const length = Buffer.byteLength(text)
    response
      .writeHead(status, [...headers, ...this.#headers, 'content-length', String(length)])
      // Nothing but ASCII is as long in bytes as in characters, and written fastest as what it is.
      .end(text, length === text.length ? 'latin1' : 'utf8')
  }
}

async function isLetIn(admission: Promise<void> | undefined): Promise<boolean> {
  try {
    await admission
    return true
  } catch {
    // The engine is told the same, and knows how to say it.
    return false
  }
}

/** What a request for GraphQL may hold, as far as it is executed here. */
interface Body {
  readonly query?: unknown
  readonly operationName?: unknown
  readonly variables?: unknown
  readonly extensions?: unknown
}

const FIELDS: ReadonlySet<string> = new Set<keyof Body>(['query', 'operationName', 'variables', 'extensions'])

/** Takes a body; returns what it asks for, undefined where only the engine knows what to make of it. */
function parseParams(text: string): Params | undefined {
  const body = parseObject(text)
  if (body === undefined) return undefined
  for (const name of Object.keys(body)) if (!FIELDS.has(name)) return undefined
  const { query, operationName, variables, extensions } = body as Body
  if (typeof query !== 'string' || query === '') return undefined
  if (operationName != null && (typeof operationName !== 'string' || operationName === '')) return undefined
  if (variables != null && !isObject(variables)) return undefined
  // A persisted query is named there.
  if (extensions != null && (!isObject(extensions) || 'persistedQuery' in extensions)) return undefined
  return { query, operationName, variables }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
