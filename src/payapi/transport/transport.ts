import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import { buildConnector, Client, type Dispatcher, errors, Pool } from 'undici'
import { decodeBody, joined } from '../wire/decode-body.ts'
import { passOverInterimResponses } from './interim-responses.ts'
import { SingleUseClients } from './single-use-clients.ts'

/** Why a request surely never left. */
export type NotSentReason =
  | 'NAME_NOT_FOUND'
  | 'CONNECTION_REFUSED'
  | 'CONNECT_TIMEOUT'
  | 'TLS_FAILURE'
  | 'OVERLOADED'
  | 'SHUTTING_DOWN'

/** Why nothing readable came back for a request of which at least the first byte may have left. */
export type LostReason = 'CONNECTION_LOST' | 'TIMEOUT' | 'UNREADABLE_RESPONSE'

/** How one form POST ended on the wire. */
export type Exchange =
  | { readonly sent: false; readonly reason: NotSentReason }
  | { readonly sent: true; readonly reason: LostReason }
  | { readonly sent: true; readonly status: number; readonly text: string }

/** Which connections a request takes: `fresh` ones, never used before nor again, or `kept` ones. */
export type Lane = 'fresh' | 'kept'

/** How the transport behaves. Times are milliseconds. */
export interface TransportOptions {
  /** Where PayAPI is, e.g. `https://payapi.paywelcome.co.kr`; a path in it stands before each service's. */
  readonly baseUrl: string
  /** The whole call, from the first attempt to connect to the last byte of the answer. */
  readonly timeoutMs: number
  readonly connectTimeoutMs: number
  /** How many requests may be under way in each lane; one more is refused at once. */
  readonly maxInFlight: number
  /** Certificates (PEM) to trust instead of the system's, for a PayAPI inside a test. */
  readonly ca?: string
}

/** The longest answer that is read, in bytes, also after decompression. */
export const MAX_RESPONSE_BYTES = 64 * 1024

/**
 * The one road to PayAPI: posts a form and tells how that ended. It never retries, never follows a redirect, never
 * throws, and knows for sure whether a request was begun.
 */
export class Transport {
  readonly #pathPrefix: string
  readonly #options: TransportOptions
  readonly #kept: Pool
  readonly #fresh: SingleUseClients
  readonly #inFlight: Record<Lane, number> = { fresh: 0, kept: 0 }
  #stopped: Promise<void> | undefined
  #lastEnded = () => {}

  /** Throws where the base URL is not one, or is plain HTTP to anywhere but loopback. */
  constructor(options: TransportOptions) {
    const base = parseBaseUrl(options.baseUrl)
    this.#pathPrefix = base.pathname.replace(/\/+$/, '')
    this.#options = options
    const { connectTimeoutMs, timeoutMs, ca } = options
    const shared = {
      // One connector for all, because it keeps the TLS sessions that fresh connections resume.
      connect: connectorPassingOverInterimResponses({
        timeout: Math.min(connectTimeoutMs, timeoutMs),
        rejectUnauthorized: true,
        // Made once: for each connection anew it would cost more than the handshake that resumes a session. And not at all
        // for a sandbox on loopback: it reads every certificate authority there is.
        ...(base.protocol === 'https:' && {
          secureContext: createSecureContext({ minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) }),
        }),
      }),
      // The call's own deadline covers both: undici's body timeout starts anew with every byte that drips in.
      headersTimeout: 0,
      bodyTimeout: 0,
    }
    // No more connections than calls: one that has just answered is waited for, a few microseconds, instead of one more.
    this.#kept = new Pool(base.origin, { ...shared, connections: options.maxInFlight })
    this.#fresh = new SingleUseClients(() => new Client(base.origin, { ...shared, pipelining: 0 }))
  }

  /** How many requests are under way. */
  get inFlight(): number {
    return this.#inFlight.fresh + this.#inFlight.kept
  }

  /** Takes a lane, a service's path, the encoded form and further headers; returns how the exchange ended. Never rejects. */
  post(lane: Lane, path: string, form: string, headers: Readonly<Record<string, string>> = {}): Promise<Exchange> {
    if (this.#stopped !== undefined) return Promise.resolve({ sent: false, reason: 'SHUTTING_DOWN' })
    if (this.#inFlight[lane] >= this.#options.maxInFlight) return Promise.resolve({ sent: false, reason: 'OVERLOADED' })
    const request = {
      method: 'POST',
      path: this.#pathPrefix + path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        accept: 'application/json',
        ...headers,
      },
      body: form,
    } as const
    return lane === 'kept' ? this.#exchange(lane, this.#kept, request) : this.#exchangeAfresh(lane, request)
  }

  async #exchangeAfresh(lane: Lane, request: Dispatcher.DispatchOptions): Promise<Exchange> {
    const client = this.#fresh.take()
    const ended = await this.#exchange(lane, client, request)
    this.#fresh.giveBack(client, 'status' in ended)
    return ended
  }

  #exchange(lane: Lane, dispatcher: Dispatcher, request: Dispatcher.DispatchOptions): Promise<Exchange> {
    return new Promise((resolve) => {
      this.#inFlight[lane]++
      const call = new Call(this.#options.timeoutMs, (exchange) => {
        this.#inFlight[lane]--
        if (this.#stopped !== undefined && this.inFlight === 0) this.#lastEnded()
        resolve(exchange)
      })
      try {
        dispatcher.dispatch(request, call)
      } catch (error) {
        call.fail(error)
      }
    })
  }

  /** Begins no further request: each ends as not sent, `SHUTTING_DOWN`. Resolves once none is under way. */
  stop(): Promise<void> {
    this.#stopped ??= new Promise((resolve) => {
      this.#lastEnded = resolve
    })
    if (this.inFlight === 0) this.#lastEnded()
    return this.#stopped
  }

  /** Ends all connections; requests under way end as lost, and none is begun any more. */
  async close(): Promise<void> {
    this.#stopped ??= Promise.resolve()
    await Promise.all([this.#kept.destroy(), this.#fresh.destroy()])
  }
}

/**
 * Takes a base URL; returns it parsed. Throws where it is not one, holds a user, a query or a fragment, or would send
 * payments over plain HTTP to anywhere but loopback. The message does not quote it.
 */
export function parseBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new Error('must be an http or https URL')
  if (url.username || url.password || url.search || url.hash) throw new Error('must be a host and a path only')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw new Error('must be https, except on loopback')
  return url
}

/** Takes a host's name or address, also as it stands in a URL; returns whether only this machine reaches it. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|::1|\[::1\])$/.test(hostname) || (isIP(hostname) === 4 && hostname.startsWith('127.'))
}

function connectorPassingOverInterimResponses(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options)
  return (target, callback) =>
    connect(target, (...result: Parameters<buildConnector.Callback>) => {
      // Without a socket there is only the error, whatever the types say.
      const [, socket] = result
      if (socket) passOverInterimResponses(socket)
      callback(...result)
    })
}

/** One request under way, and the one place that decides how it ended. */
class Call implements Dispatcher.DispatchHandler {
  readonly #settle: (exchange: Exchange) => void
  readonly #deadline: NodeJS.Timeout
  #settled = false
  #started = false
  #controller: Dispatcher.DispatchController | undefined
  #status = 0
  #headers: Readonly<Record<string, string | string[] | undefined>> = {}
  #chunks: Buffer[] = []
  #bytes = 0

  constructor(timeoutMs: number, settle: (exchange: Exchange) => void) {
    this.#settle = settle
    // undici reports an abort late while it queues or connects, so the deadline is raced here. What is there already, and
    // only waits because this thread was busy, comes before the end of the time.
    this.#deadline = setTimeout(() => {
      setImmediate(() => this.#end(this.#lost('TIMEOUT', 'CONNECT_TIMEOUT'), true))
    }, timeoutMs)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // undici is about to write. After the deadline 'not sent' was said already, so it must stay so.
    if (this.#settled) {
      controller.abort(new Error('deadline passed before the request began'))
      return
    }
    this.#started = true
    this.#controller = controller
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes > MAX_RESPONSE_BYTES) this.#end({ sent: true, reason: 'UNREADABLE_RESPONSE' }, true)
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const text = decodeBody(joined(this.#chunks), this.#headers, MAX_RESPONSE_BYTES)
    this.#end(
      text === undefined ? { sent: true, reason: 'UNREADABLE_RESPONSE' } : { sent: true, status: this.#status, text },
    )
  }

  onRequestUpgrade(controller: Dispatcher.DispatchController): void {
    this.#end({ sent: true, reason: 'UNREADABLE_RESPONSE' })
    controller.abort(new Error('unasked upgrade'))
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: unknown): void {
    this.fail(error)
  }

  /** Ends the call with an error of undici's; whether the request was begun decides, never the error's code. */
  fail(error: unknown): void {
    this.#end(this.#lost(lostReason(error), notSentReason(error)))
  }

  #lost(lost: LostReason, notSent: NotSentReason): Exchange {
    return this.#started ? { sent: true, reason: lost } : { sent: false, reason: notSent }
  }

  #end(exchange: Exchange, abort = false): void {
    if (this.#settled) return
    this.#settled = true
    clearTimeout(this.#deadline)
    this.#chunks = []
    this.#settle(exchange)
    if (abort) this.#controller?.abort(new Error('the call has ended'))
  }
}

function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

function lostReason(error: unknown): LostReason {
  const code = errorCode(error)
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return 'TIMEOUT'
  // What undici's parser refuses has no code of its own.
  if (error instanceof errors.HTTPParserError) return 'UNREADABLE_RESPONSE'
  const unreadable = code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'
  return unreadable ? 'UNREADABLE_RESPONSE' : 'CONNECTION_LOST'
}

function notSentReason(error: unknown): NotSentReason {
  const code = errorCode(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'NAME_NOT_FOUND'
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'CONNECT_TIMEOUT'
  return /CERT|^ERR_TLS_|^ERR_SSL_|^EPROTO$|^UNABLE_TO_/.test(code) ? 'TLS_FAILURE' : 'CONNECTION_REFUSED'
}
