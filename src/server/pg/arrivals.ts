import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SmsLink } from '../../journal/records/sms-link.ts'
import { StoreUnavailableError } from '../../journal/store.ts'
import { rewrittenForm } from '../../lib/kept-body.ts'
import type { AddressList } from '../../lib/network/addresses.ts'
import { type Charset, charsetOfType } from '../../payapi/wire/charset.ts'
import { readForm } from '../../payments/notices/read-fields.ts'
import { ARRIVAL_FIELDS, type ArrivalFields, type SmsArrivals } from '../../payments/sms-arrivals.ts'
import { isToken, NEXT_PATH, RETURN_PATH } from '../../payments/sms-links.ts'
import { networkOf, sourceAddressOf } from '../http/client-address.ts'
import { urlOf } from '../http/request/target.ts'
import { answerHeaders, type Headers } from '../http/response-headers.ts'
import { createRateLimit, type RateLimit } from '../security/rate-limit.ts'
import { readPgBody } from './body.ts'
import { PAGE_POLICY, type PageName, pageOf } from './page.ts'

interface ArrivalHandlerOptions {
  readonly arrivals: SmsArrivals
  readonly trustedProxies: AddressList | undefined
  /** Whether the facade is reached over TLS only. */
  readonly behindTls: boolean
  readonly onFault: (fault: unknown) => void
}

// Wrong tokens of one network, and requests to one link, in a minute.
const GUESSES_PER_MINUTE = 300
const ARRIVALS_PER_MINUTE = 120

/**
 * Where buyers come back to from the PG's page. Who comes is known by the token in the path alone: nobody signs in. The
 * handler says whether the request was for it.
 */
export function createArrivalHandler(
  options: ArrivalHandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const guesses = createRateLimit(GUESSES_PER_MINUTE)
  const visits = createRateLimit(ARRIVALS_PER_MINUTE)
  return (request, response) => {
    const { url = '' } = request
    const path = [NEXT_PATH, RETURN_PATH].find((each) => url.startsWith(each))
    if (path === undefined) return false
    const answer = new PageAnswer(request, response, options.behindTls)
    handle(options, { guesses, visits }, path, request, answer).catch((fault: unknown) => {
      options.onFault(fault)
      answer.page('NOT_NOW', 503)
    })
    return true
  }
}

async function handle(
  { arrivals, trustedProxies }: ArrivalHandlerOptions,
  { guesses, visits }: Readonly<Record<'guesses' | 'visits', RateLimit>>,
  path: string,
  request: IncomingMessage,
  answer: PageAnswer,
): Promise<void> {
  const url = urlOf(request)
  const token = url?.pathname.slice(path.length) ?? ''
  if (request.method !== 'GET' && request.method !== 'POST') return answer.page('NOT_UNDERSTOOD', 405)
  try {
    const link = isToken(token) ? await arrivals.find(token) : undefined
    if (url === undefined || link === undefined) {
      const isTooMuch = !guesses.allows(networkOf(sourceAddressOf(request, trustedProxies)))
      return isTooMuch ? answer.page('NOT_NOW', 429) : answer.page('NOT_FOUND', 404)
    }
    if (!visits.allows(link.id)) return answer.page('NOT_NOW', 429)
    if (path === RETURN_PATH) return answer.link(link)
    const fields = await fieldsOf(request, url, link.charset)
    if (typeof fields === 'number') return answer.page('NOT_UNDERSTOOD', fields)
    if (fields !== undefined) answer.link(await arrivals.arrive(link, fields))
  } catch (fault) {
    if (!(fault instanceof StoreUnavailableError)) throw fault
    answer.page('NOT_NOW', 503)
  }
}

/**
 * What the browser brought, in its body or else in its URL; a status where that cannot be read, undefined where it hung
 * up. It comes in the charset that was asked for with the link, unless it says another.
 */
async function fieldsOf(
  request: IncomingMessage,
  url: URL,
  charset: Charset,
): Promise<ArrivalFields | number | undefined> {
  if (request.method === 'GET') return fieldsIn(Buffer.from(url.search.slice(1)), charset) ?? 400
  const { 'content-type': contentType = '' } = request.headers
  const type = /^[^;\s]*/.exec(contentType)?.[0].toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') return 415
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return 415
  const body = await readPgBody(request, rewrittenForm)
  if (body === 'TOO_LARGE') return 413
  return body && (fieldsIn(body, charsetOfType(contentType) ?? charset) ?? 400)
}

/** Undefined where a field that counts comes twice with two values: two who read it may read two payments. */
function fieldsIn(form: Buffer, charset: Charset): ArrivalFields | undefined {
  const fields = new Map<string, string>()
  for (const { name, value } of readForm(form, charset).fields) {
    if (!ARRIVAL_FIELDS.has(name)) continue
    if ((fields.get(name) ?? value) !== value) return undefined
    fields.set(name, value)
  }
  return fields
}

/** How soon a page is loaded anew whose payment is still being processed, in seconds. */
const RELOAD_S = 3

class PageAnswer {
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #headers: Headers

  constructor(request: IncomingMessage, response: ServerResponse, behindTls: boolean) {
    this.#request = request
    this.#response = response
    this.#headers = { ...answerHeaders({ behindTls, crossOrigin: false }), 'content-security-policy': PAGE_POLICY }
  }

  /** Sends the buyer where the shop wants them once all is said, else shows how the payment stands. */
  link(link: SmsLink): void {
    const { status, redirectUrl, orderId } = link
    if (redirectUrl === null || status === 'AUTHENTICATED') {
      this.page(status, status === 'EXPIRED' ? 410 : 200)
      return
    }
    const location = new URL(redirectUrl)
    location.searchParams.set('orderId', orderId)
    location.searchParams.set('status', status)
    this.#send(303, '', { location: location.href })
  }

  page(name: PageName, status: number): void {
    this.#send(status, pageOf(name), {
      'content-type': 'text/html; charset=utf-8',
      ...(name === 'AUTHENTICATED' ? { refresh: String(RELOAD_S) } : {}),
      ...(status === 405 ? { allow: 'GET, POST' } : {}),
    })
  }

  #send(status: number, body: string, headers: Headers): void {
    const response = this.#response
    if (response.headersSent) return
    response.writeHead(status, {
      ...this.#headers,
      ...headers,
      'content-length': Buffer.byteLength(body),
      // Whatever is left of the request, nobody reads.
      ...(this.#request.readableEnded || this.#request.method === 'GET' ? {} : { connection: 'close' }),
    })
    response.end(this.#request.method === 'HEAD' ? '' : body)
  }
}
