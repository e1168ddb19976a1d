import type { IncomingMessage } from 'node:http'
import { SafeError } from '../../../auth/errors.ts'
import { type BodyAlreadyReadError, isUnread, keptBody, type Rewrite } from '../../../lib/kept-body.ts'

/**
 * Reads a request's body, or takes it from whoever has read it before. Of one that is longer than it may be no more is
 * read than shows it: nothing where its header says so, else one byte too many. Resolves to undefined where the caller
 * hangs up before. Rejects with BodyAlreadyReadError where it cannot be had any more.
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  rewrite?: Rewrite,
): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Buffer.alloc(0)
  if (request.destroyed && !request.readableEnded) return undefined
  if (!isUnread(request)) return keptBody(request, rewrite)
  return await new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    const end = () => resolve(Buffer.concat(chunks).subarray(0, maxBytes + 1))
    const take = (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (length <= maxBytes) return
      request.off('data', take).pause()
      end()
    }
    request.on('data', take)
    request.on('end', end)
    request.on('close', () => resolve(undefined))
    // Somebody may have paused it.
    request.resume()
  })
}

/** The context of a request whose body cannot be had. */
export interface LostBody {
  lostBody?: BodyAlreadyReadError
}

/** What a caller is told of that: the server that this one is mounted in has to be put right. */
export const alreadyRead = ({ message }: BodyAlreadyReadError): SafeError =>
  new SafeError(`${message} Nothing was sent.`, { extensions: { code: 'BODY_ALREADY_READ', http: { status: 500 } } })

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The text of a body, without a byte order mark; undefined where it is not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** What a request for GraphQL may hold; what of it is as it should be, is for others to say. */
export interface RequestBody {
  readonly query?: unknown
  readonly operationName?: unknown
  readonly variables?: unknown
  readonly extensions?: unknown
}

/** What a body holds. Throws an error for the caller where that is not JSON in UTF-8. */
export function parseBody(bytes: Uint8Array): RequestBody {
  const text = decodeUtf8(bytes)
  if (text === undefined) throw badRequest('POST body is not UTF-8.')
  const body = parseJson(text)
  if (typeof body !== 'object' || body === null) throw badRequest('POST body is expected to be a JSON object.')
  // As in a URL, an empty name is none.
  return 'operationName' in body && body.operationName === '' ? { ...body, operationName: undefined } : body
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('POST body sent invalid JSON.')
  }
}

const badRequest = (message: string) =>
  new SafeError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } })
