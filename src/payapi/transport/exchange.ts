import { type Dispatcher, errors } from 'undici'
import { PRIVATE_ADDRESS } from '../../lib/network/public-lookup.ts'
import { decodeBody, joined } from '../wire/decode-body.ts'

/** Why a request surely never left. */
export type NotSentReason =
  | 'NAME_NOT_FOUND'
  | 'CONNECTION_REFUSED'
  | 'CONNECT_TIMEOUT'
  | 'TLS_FAILURE'
  | 'ADDRESS_REFUSED'
  | 'OVERLOADED'
  | 'SHUTTING_DOWN'

/** Why nothing readable came back for a request of which at least the first byte may have left. */
export type LostReason = 'CONNECTION_LOST' | 'TIMEOUT' | 'UNREADABLE_RESPONSE'

/** How one form POST ended on the wire. */
export type Exchange =
  | { readonly sent: false; readonly reason: NotSentReason }
  | { readonly sent: true; readonly reason: LostReason }
  | { readonly sent: true; readonly status: number; readonly text: string }

/** The longest answer that is read, in bytes, also after decompression. */
const MAX_RESPONSE_BYTES = 64 * 1024

/** One request under way, and the one place that decides how it ended. */
export class PendingExchange implements Dispatcher.DispatchHandler {
  readonly #settle: (exchange: Exchange) => void
  readonly #charset: string
  readonly #deadline: NodeJS.Timeout
  #settled = false
  #started = false
  #controller: Dispatcher.DispatchController | undefined
  #status = 0
  #headers: Readonly<Record<string, string | string[] | undefined>> = {}
  #chunks: Buffer[] = []
  #bytes = 0

  /** `charset` is that of an answer that declares none. */
  constructor(timeoutMs: number, charset: string, settle: (exchange: Exchange) => void) {
    this.#settle = settle
    this.#charset = charset
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
    const text = decodeBody(joined(this.#chunks), this.#headers, this.#charset, MAX_RESPONSE_BYTES)
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
  if (code === PRIVATE_ADDRESS) return 'ADDRESS_REFUSED'
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'CONNECT_TIMEOUT'
  return /CERT|^ERR_TLS_|^ERR_SSL_|^EPROTO$|^UNABLE_TO_/.test(code) ? 'TLS_FAILURE' : 'CONNECTION_REFUSED'
}
