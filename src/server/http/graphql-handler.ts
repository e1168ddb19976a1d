import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { execute, type OperationTypeNode } from 'graphql'
import type { YogaServerInstance } from 'graphql-yoga'
import type { GraphContext } from '../../graphql/context.ts'
import { BodyAlreadyReadError, rewrittenJson } from '../../lib/kept-body.ts'
import type { Authenticate, Sender } from '../security/authenticate.ts'
import type { ExecutionLimits } from '../security/error-limits.ts'
import { sendStream } from '../streams/send-stream.ts'
import type { DocumentCache, Executed, Params } from './document-cache.ts'
import { negotiateAnswerType, unreadableBody } from './media-types.ts'
import { type LostBody, parseBody, type RequestBody, readBody } from './request/body.ts'
import { IDEMPOTENCY_HEADER } from './request/rules.ts'
import { isHost, urlOf } from './request/target.ts'

// GraphQL behind plain `node:http`. A request goes through yoga and its plugins, or a short way that costs a quarter of
// that: a plain POST of JSON with a document that yoga has let through before is executed at once. The short way refuses
// nothing and says of nothing what is wrong with it: whatever is new, wrong or out of the ordinary goes through yoga.

/** What belongs to a request, whichever way it goes. */
type RequestContext = Sender & Executed & LostBody & { readonly req: IncomingMessage; readonly res: ServerResponse }

interface HandlerOptions {
  readonly yoga: YogaServerInstance<object, GraphContext>
  readonly endpoint: string
  /** The largest body that is read, in bytes. */
  readonly maxBodyBytes: number
  readonly headers: Readonly<Record<string, string>>
  readonly documents: DocumentCache
  readonly authenticate: Authenticate
  /** Arguments of the execution beside those that a request names. */
  readonly executionLimits: ExecutionLimits
  /** What resolvers are given for a request that was let in. */
  contextOf(request: { readonly headers: HeaderReader }, context: RequestContext): GraphContext
  /** Within this time whoever has a stream open must take its events, milliseconds. */
  readonly responseTimeoutMs: number
  /** Is told of who did not. */
  onCutOff(socket: Socket): void
  /** Is told of a fault of our own. */
  onFault(fault: unknown): void
  /** Is told which kind of operation a request executes, where yoga is not asked. */
  onExecute?(request: IncomingMessage, kind: `${OperationTypeNode}`): void
}

interface HeaderReader {
  get(name: string): string | null
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const UNEXPECTED = JSON.stringify({ errors: [{ message: 'Unexpected error.' }] })

export function createGraphqlHandler(
  options: HandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const handler = new GraphqlHandler(options)
  return (request, response) => {
    handler
      .handle(request, response)
      .catch((fault: unknown) => {
        options.onFault(fault)
        return send(request, response, { status: 500, headers: { ...JSON_TYPE, ...options.headers }, body: UNEXPECTED })
      })
      // Where an answer was begun it cannot be another; nobody may take silence for 'not processed'.
      .catch(() => response.destroy())
  }
}

class GraphqlHandler {
  readonly #options: HandlerOptions

  constructor(options: HandlerOptions) {
    this.#options = options
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const context: RequestContext = { req, res }
    const body = await this.#bodyOf(context)
    // Whoever hung up waits for nothing.
    if (body === undefined) return void res.destroy()
    const answer = await this.#shortWay(context, body)
    if (answer !== undefined) return await send(req, res, answer)
    const response = await this.#throughYoga(context, body)
    if (response.headers.get('content-type')?.startsWith('text/event-stream') === true)
      return sendStream(res, response, this.#options.responseTimeoutMs, () => this.#options.onCutOff(req.socket))
    const { status, headers } = response
    // What is compressed is no text.
    const isText = headers.get('content-encoding') === null
    const content = isText ? await response.text() : Buffer.from(await response.arrayBuffer())
    await send(req, res, { status, headers: Object.fromEntries(headers), body: content })
  }

  async #bodyOf(context: RequestContext): Promise<Buffer | undefined> {
    try {
      return await readBody(context.req, this.#options.maxBodyBytes, rewrittenJson)
    } catch (fault) {
      if (!(fault instanceof BodyAlreadyReadError)) throw fault
      context.lostBody = fault
      return Buffer.alloc(0)
    }
  }

  /** The answer to an operation that is known and had no error; undefined for all else. */
  async #shortWay(context: RequestContext, bytes: Buffer): Promise<Answer | undefined> {
    const { documents, authenticate, onExecute, contextOf, executionLimits, headers, endpoint, maxBodyBytes } =
      this.#options
    const { req } = context
    if (!isPlainPost(req, endpoint) || bytes.length > maxBodyBytes) return undefined
    const type = negotiateAnswerType(req.headers.accept)
    const params = paramsOf(bytes)
    const known = params && documents.find(params)
    if (known === undefined || type === undefined) return undefined
    const request = { headers: { get: (name: string) => header(req, name) } }
    try {
      await authenticate(context, request.headers)
    } catch {
      return undefined
    }
    const { schema, document, kind } = known
    onExecute?.(req, kind)
    const result = await execute({
      schema,
      document,
      operationName: params?.operationName,
      variableValues: params?.variables,
      contextValue: contextOf(request, context),
      ...executionLimits,
    })
    if (result.errors === undefined) {
      return {
        status: 200,
        headers: { 'content-type': `${type}; charset=utf-8`, ...headers },
        body: JSON.stringify(result),
      }
    }
    // Yoga knows how to say it, and executes nothing again.
    context.executed = result
    return undefined
  }

  async #throughYoga(context: RequestContext, bytes: Buffer): Promise<Response> {
    const { yoga } = this.#options
    const { req } = context
    const method = req.method ?? 'GET'
    // A plugin refuses what has no URL, and knows it by `req`.
    const request = new yoga.fetchAPI.Request(urlOf(req) ?? 'http://localhost/', {
      method,
      headers: headersOf(req),
      ...(bytes.length > 0 && method !== 'GET' && method !== 'HEAD' ? { body: bytes as Uint8Array<ArrayBuffer> } : {}),
    })
    return await yoga.fetch(request, context)
  }
}

/** Whether all but the body of a request is as yoga's plugins would let it pass. */
function isPlainPost(request: IncomingMessage, endpoint: string): boolean {
  const { method, url, headers, rawHeaders } = request
  if (method !== 'POST' || url !== endpoint) return false
  // Of what comes twice Node may have kept the first only.
  if (rawHeaders.length !== 2 * Object.keys(headers).length || !isHost(headers.host ?? '')) return false
  // Pages of other sites are CORS' business, and who asks for a trace needs the hooks that only yoga has.
  if (headers.origin !== undefined || headers['apollo-federation-include-trace'] !== undefined) return false
  if (headers[IDEMPOTENCY_HEADER] !== undefined) return false
  return unreadableBody(header(request, 'content-type'), header(request, 'content-encoding')) === undefined
}

function header({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return value === undefined ? null : String(value)
}

/** All headers as they came: of two with one name both count. */
function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = []
  for (let n = 0; n < rawHeaders.length; n += 2) pairs.push([rawHeaders[n] ?? '', rawHeaders[n + 1] ?? ''])
  return pairs
}

const FIELDS: ReadonlySet<string> = new Set<keyof RequestBody>(['query', 'operationName', 'variables', 'extensions'])

/** What a body asks for; undefined where only yoga knows what to make of it. */
function paramsOf(bytes: Buffer): Params | undefined {
  const body = parsedOrUndefined(bytes)
  if (body === undefined || Object.keys(body).some((name) => !FIELDS.has(name))) return undefined
  const { query, operationName, variables, extensions } = body
  if (typeof query !== 'string' || query === '') return undefined
  if (operationName != null && typeof operationName !== 'string') return undefined
  if (variables != null && !isObject(variables)) return undefined
  // A persisted query is named there.
  if (extensions != null && (!isObject(extensions) || 'persistedQuery' in extensions)) return undefined
  return { query, operationName, variables }
}

function parsedOrUndefined(bytes: Buffer): RequestBody | undefined {
  try {
    return parseBody(bytes)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** How long what is left of a body may come behind its answer. */
const LINGER_MS = 1_000

async function send(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { status, headers, body } = answer
  const bytes = Buffer.byteLength(body)
  const isAscii = bytes === body.length
  const length = status === 204 ? {} : { 'content-length': bytes }
  if (request.readableEnded) {
    // What is as long in bytes as in characters is ASCII, and written at less cost as what it is.
    response.writeHead(status, { ...headers, ...length }).end(body, isAscii ? 'latin1' : 'utf8')
    return
  }
  // What is left of the body would be taken for the next request. The connection ends, but not at once: a caller who is
  // still sending would be cut off before the answer is read.
  response.writeHead(status, { ...headers, ...length, connection: 'close' }).write(body)
  request.resume()
  await Promise.race([once(request, 'close'), delay(LINGER_MS, undefined, { ref: false })])
  response.end()
}
