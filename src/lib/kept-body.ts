import type { IncomingMessage } from 'node:http'

/**
 * The body of a request cannot be had as it was sent: it was read before, and not kept so that it could be told from
 * what a parser made of it.
 */
export class BodyAlreadyReadError extends Error {
  override readonly name = 'BodyAlreadyReadError'

  constructor() {
    super(
      'The body of the request was read before it came here. Mount payapi-graphql before anything that reads bodies.',
    )
  }
}

/** Writes what a parser made of a body as it may have been sent; undefined where that cannot be told. */
export type Rewrite = (parsed: unknown) => Buffer | undefined

/** Whether all of a request's body is still there to be read. */
export function isUnread(request: IncomingMessage): boolean {
  if (request.readableDidRead || request.readableEnded) return false
  // Who waits for `readable` takes the bytes from all others, and who sets an encoding takes them apart.
  return request.readableEncoding === null && request.listenerCount('readable') === 0
}

/**
 * The body of a request that somebody has read, who left it at the request as body parsers do: its bytes or text in
 * `rawBody` or `body`, or what they made of it. Throws BodyAlreadyReadError where it is not there as it was sent.
 */
export function keptBody(request: IncomingMessage, rewrite: Rewrite = () => undefined): Buffer {
  const bytes = bytesIn(read(request, 'rawBody')) ?? bytesOf(read(request, 'body'), request, rewrite)
  if (bytes !== undefined) return bytes
  if (wasEmpty(request)) return Buffer.alloc(0)
  throw new BodyAlreadyReadError()
}

const wasEmpty = ({ readableEnded, readableDidRead, headers }: IncomingMessage): boolean =>
  readableEnded && !readableDidRead && Number(headers['content-length'] ?? 0) === 0

/** Where a body is parsed only once it is looked at, that may fail. */
function read(request: IncomingMessage, name: 'body' | 'rawBody'): unknown {
  try {
    return (request as { readonly body?: unknown; readonly rawBody?: unknown })[name]
  } catch {
    return undefined
  }
}

function bytesOf(body: unknown, request: IncomingMessage, rewrite: Rewrite): Buffer | undefined {
  if (typeof body === 'string') return sentBytes(body, request)
  return bytesIn(body) ?? rewrite(body)
}

const bytesIn = (value: unknown): Buffer | undefined =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : undefined

/** The bytes that a text was decoded from, where it was UTF-8 and no byte of it was lost. */
function sentBytes(text: string, { headers, readableEncoding }: IncomingMessage): Buffer | undefined {
  // Read as ASCII, every byte has become one that is.
  if (readableEncoding === 'ascii') return undefined
  const bytes = Buffer.from(text)
  const length = Number(headers['content-length'] ?? text.length)
  return bytes.length === length && !text.includes(REPLACEMENT) ? bytes : undefined
}

/** What a decoder writes for bytes that are none of its charset. */
const REPLACEMENT = '\ufffd'

const NOT_UTF8 = Buffer.of(0xff)

/** What was parsed as JSON. Where bytes were lost that are no UTF-8, it is none either. */
export function rewrittenJson(parsed: unknown): Buffer | undefined {
  try {
    const text = JSON.stringify(parsed, (_, value) => {
      if (!isJson(value)) throw new TypeError('not JSON')
      return value
    })
    return text.includes(REPLACEMENT) ? NOT_UTF8 : Buffer.from(text)
  } catch {
    return undefined
  }
}

/** Too large a number is parsed as one that JSON does not have. */
const isJson = (value: unknown): boolean =>
  typeof value === 'number' ? Number.isFinite(value) : ['string', 'boolean', 'object'].includes(typeof value)

/** What was parsed as a form of which only values in ASCII can be told: of others the parser may have lost bytes. */
export function rewrittenForm(parsed: unknown): Buffer | undefined {
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const pairs = Object.entries(parsed).flatMap(([name, values]) => [values].flat().map((value) => [name, value]))
  return pairs.every(([, value]) => typeof value === 'string')
    ? Buffer.from(String(new URLSearchParams(pairs)))
    : undefined
}
