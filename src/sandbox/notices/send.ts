import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'

/** More of an answer than this is not read. */
const ANSWER_LIMIT_BYTES = 1024

/** What came back. */
export interface NoticeAnswer {
  /** Null where nothing came. */
  readonly status: number | null
  /** The body as Latin-1 or, where nothing came, why. */
  readonly body: string
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/**
 * Says whether notices may be sent to a URL: to the origins named, and to the machine itself while the sandbox serves
 * nobody else. A sandbox that others reach would otherwise send requests for them to wherever they like.
 */
export class NoticeGuard {
  readonly #origins: Set<string>
  readonly #isPrivate: boolean

  /** `host` is the address on which the sandbox listens. */
  constructor(host: string, origins: readonly string[]) {
    this.#isPrivate = isLoopback(host)
    this.#origins = new Set(origins.map((origin) => new URL(origin).origin))
  }

  /** Allows the origin of an address that whoever runs the sandbox has named. */
  allow(url: string): void {
    this.#origins.add(new URL(url).origin)
  }

  isAllowed({ protocol, hostname, origin }: URL): boolean {
    return /^https?:$/.test(protocol) && (this.#origins.has(origin) || (this.#isPrivate && isLoopback(hostname)))
  }
}

/** What is sent, and how long its answer is waited for. */
interface NoticeRequest {
  readonly url: URL
  readonly body: Buffer
  readonly isJson: boolean
  readonly timeoutMs: number
  /** Ends it before. */
  readonly signal: AbortSignal
}

/** Posts over a connection of its own, follows no redirect, and never rejects. */
export function sendNotice({ url, body, isJson, timeoutMs, signal }: NoticeRequest): Promise<NoticeAnswer> {
  return new Promise((resolve) => {
    const failed = (error: unknown) => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'FAILED'
      resolve({ status: null, body: code })
    }
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      headers: {
        'Content-Type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
        'Content-Length': body.length,
      },
    })
    request.once('error', failed)
    request.once('response', (response) => readAnswer(response).then(resolve, failed))
    request.end(body)
  })
}

async function readAnswer(response: IncomingMessage): Promise<NoticeAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > ANSWER_LIMIT_BYTES) break
  }
  return { status: response.statusCode ?? null, body: Buffer.concat(chunks).toString('latin1') }
}
