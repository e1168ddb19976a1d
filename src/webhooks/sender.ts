import { isIP, type LookupFunction } from 'node:net'
import { createSecureContext } from 'node:tls'
import { buildConnector, Client } from 'undici'
import { isPublicAddress, PRIVATE_ADDRESS, publicLookup } from '../lib/network/public-lookup.ts'
import type { WebhookMessage } from './message.ts'

/** Why there was no answer. */
export const NO_ANSWER_REASONS = [
  'ADDRESS_REFUSED',
  'NAME_NOT_FOUND',
  'CONNECTION_REFUSED',
  'TLS_FAILURE',
  'CONNECTION_LOST',
  'TIMEOUT',
  'SHUTTING_DOWN',
] as const
export type NoAnswerReason = (typeof NO_ANSWER_REASONS)[number]

/** What came back for a webhook. */
export type WebhookAnswer =
  | { readonly status: number; readonly retryAfter: string | undefined }
  | { readonly reason: NoAnswerReason }

/** The longest answer that is read, in bytes. Nothing of it is kept: its status says all. */
const MAX_ANSWER_BYTES = 4 * 1024

export interface SenderOptions {
  /** The whole attempt, from looking the name up to the last byte that is read, milliseconds. */
  readonly timeoutMs: number
  /** Whether endpoints may be in a private network, as they are in front of a sandbox. */
  readonly privateAddresses: boolean
  /** Certificates (PEM) to trust instead of the system's, for an endpoint inside a test. */
  readonly ca?: string
  /** Looks names up; the system by default. */
  readonly lookup?: LookupFunction
}

/**
 * Posts to one endpoint. Each message goes over a connection of its own: on one that was used before, a stray answer could
 * be taken for that to the next message. It never follows a redirect, never rejects, and never says what an answer held.
 */
export class WebhookSender {
  readonly #url: URL
  readonly #options: SenderOptions
  readonly #connect: buildConnector.connector
  readonly #ends = new Set<(answer: WebhookAnswer) => void>()

  constructor(url: URL, options: SenderOptions) {
    const { privateAddresses, ca, lookup, timeoutMs } = options
    this.#url = url
    this.#options = options
    this.#connect = buildConnector({
      timeout: timeoutMs,
      rejectUnauthorized: true,
      ...(url.protocol === 'https:' && {
        secureContext: createSecureContext({ minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) }),
      }),
      // Looked at when it connects: a name that was public at the start may lead elsewhere later.
      ...(privateAddresses ? lookup && { lookup } : { lookup: publicLookup(lookup) }),
    })
  }

  async send(message: WebhookMessage): Promise<WebhookAnswer> {
    if (this.#isForbidden()) return { reason: 'ADDRESS_REFUSED' }
    const client = new Client(this.#url.origin, {
      connect: this.#connect,
      pipelining: 0,
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    let timer: NodeJS.Timeout | undefined
    let end: (answer: WebhookAnswer) => void = () => {}
    const over = new Promise<WebhookAnswer>((resolve) => {
      end = resolve
      // undici tells of an end late while it connects, so it is raced here.
      timer = setTimeout(resolve, this.#options.timeoutMs, { reason: 'TIMEOUT' })
    })
    this.#ends.add(end)
    try {
      return await Promise.race([exchange(client, this.#url, message), over])
    } finally {
      this.#ends.delete(end)
      clearTimeout(timer)
      void client.destroy()
    }
  }

  /** An address in the place of a name is looked up by nobody. */
  #isForbidden(): boolean {
    const host = this.#url.hostname.replace(/^\[|\]$/g, '')
    return !this.#options.privateAddresses && isIP(host) > 0 && !isPublicAddress(host)
  }

  /** Ends what is under way. */
  abort(): void {
    for (const end of this.#ends) end({ reason: 'SHUTTING_DOWN' })
  }
}

async function exchange(client: Client, url: URL, { headers, body }: WebhookMessage): Promise<WebhookAnswer> {
  try {
    const path = `${url.pathname}${url.search}`
    const response = await client.request({ method: 'POST', path, headers, body })
    await passOver(response.body)
    const retryAfter = response.headers['retry-after']
    return { status: response.statusCode, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter }
  } catch (error) {
    return { reason: reasonOf(error) }
  }
}

/** Lets an endpoint write its answer to the end, unless that is long. However it ends, the status was there. */
async function passOver(body: AsyncIterable<Buffer>): Promise<void> {
  let bytes = 0
  try {
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > MAX_ANSWER_BYTES) return
    }
  } catch {}
}

function reasonOf(error: unknown): NoAnswerReason {
  const { code } = error as { readonly code?: unknown }
  const text = typeof code === 'string' ? code : ''
  if (text === PRIVATE_ADDRESS) return 'ADDRESS_REFUSED'
  if (text === 'ENOTFOUND' || text === 'EAI_AGAIN') return 'NAME_NOT_FOUND'
  if (/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(text)) return 'CONNECTION_REFUSED'
  if (text === 'UND_ERR_CONNECT_TIMEOUT' || text === 'ETIMEDOUT') return 'TIMEOUT'
  return /CERT|^ERR_TLS_|^ERR_SSL_|^EPROTO$|^UNABLE_TO_/.test(text) ? 'TLS_FAILURE' : 'CONNECTION_LOST'
}
