import type { IncomingMessage, ServerResponse } from 'node:http'
import type { NoticeKind } from '../../journal/records/notices.ts'
import { BodyAlreadyReadError } from '../../lib/kept-body.ts'
import type { AddressList } from '../../lib/network/addresses.ts'
import { type NoticeAddress, parseNoticePath } from '../../payments/notices/endpoints.ts'
import type { NoticeSource, SentNotice, TakenNotice } from '../../payments/notices/inbox.ts'
import type { NoticeAnswer } from '../../payments/notices/kinds.ts'
import { NOTICES_PATH } from '../../payments/sms-links.ts'
import { networkOf, sourceAddressOf } from '../http/client-address.ts'
import { urlOf } from '../http/request/target.ts'
import type { RateLimit } from '../security/rate-limit.ts'
import { readPgBody } from './body.ts'

/** Why a notice is not taken. What says no more than that to whoever sent it, stands in the log and is counted. */
export type NoticeRefusal =
  | 'NOT_POSTED'
  | 'UNKNOWN_ADDRESS'
  | 'TOO_MANY'
  | 'TOO_LARGE'
  | 'UNREADABLE'
  | 'BODY_ALREADY_READ'
  | 'JOURNAL_UNAVAILABLE'

interface NoticeHandlerOptions {
  /** Whose address a path is; undefined where it is nobody's. */
  readonly sourceOf: (address: NoticeAddress) => Promise<NoticeSource | undefined>
  readonly take: (source: NoticeSource, sent: SentNotice) => Promise<TakenNotice | undefined>
  /** Is told of a notice once its answer is out. */
  readonly onTaken: (notice: TakenNotice) => void
  /** The kind is that of the address; undefined where that is nobody's. */
  readonly onRefused: (refusal: NoticeRefusal, kind: NoticeKind | undefined, fault?: unknown) => void
  /** Undefined where nobody is counted. */
  readonly rateLimit: RateLimit | undefined
  /** From where the PG sends; undefined where nobody has told us. */
  readonly addresses: AddressList | undefined
  readonly trustedProxies: AddressList | undefined
}

const STATUSES: Readonly<Record<NoticeRefusal, number>> = {
  NOT_POSTED: 405,
  UNKNOWN_ADDRESS: 404,
  TOO_MANY: 429,
  TOO_LARGE: 413,
  UNREADABLE: 500,
  BODY_ALREADY_READ: 500,
  JOURNAL_UNAVAILABLE: 500,
}

/** Two bytes make the PG forget a notice; these make it send it again. */
const FAIL: NoticeAnswer = { contentType: 'text/plain', body: 'FAIL' }

/**
 * Takes notices of the PG. The handler says whether the request was for it. Who sends is known by the token in the path
 * alone: no credentials are asked for, and no redirect, charset or compression changes an answer that is read byte by byte.
 */
export function createNoticeHandler(
  options: NoticeHandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.url?.includes(NOTICES_PATH) !== true) return false
    const address = parseNoticePath(urlOf(request)?.pathname ?? '')
    if (address === undefined) return false
    void handle(options, address, request, response)
    return true
  }
}

async function handle(
  options: NoticeHandlerOptions,
  address: NoticeAddress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { onRefused, onTaken, rateLimit, addresses, trustedProxies } = options
  let source: NoticeSource | undefined
  const refuse = (refusal: NoticeRefusal, fault?: unknown) => {
    onRefused(refusal, source?.kind, fault)
    // Whatever is left of the request, nobody reads.
    response.setHeader('connection', 'close')
    if (refusal === 'NOT_POSTED') response.setHeader('allow', 'POST')
    answer(response, STATUSES[refusal], FAIL)
  }
  const isWithin = (counted: string): boolean => rateLimit?.allows(counted) ?? true
  try {
    const from = sourceAddressOf(request, trustedProxies)
    source = await options.sourceOf(address)
    // Whoever guesses tokens must not shut out the PG, which may come by the same proxy.
    if (source === undefined) return refuse(isWithin(networkOf(from)) ? 'UNKNOWN_ADDRESS' : 'TOO_MANY')
    if (!isWithin(`${source.kind} ${source.linkId ?? source.merchantId}`)) return refuse('TOO_MANY')
    if (request.method !== 'POST') return refuse('NOT_POSTED')
    // What a parser has read in another charset cannot be put right: such a notice has to come again.
    const body = await readPgBody(request)
    if (body === undefined) return void response.destroy()
    if (body === 'TOO_LARGE') return refuse('TOO_LARGE')
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return refuse('UNREADABLE')
    const contentType = request.headers['content-type'] ?? ''
    const taken = await options.take(source, { body, contentType, fromPg: addresses?.includes(from) ?? null })
    if (taken === undefined) return refuse('UNREADABLE')
    answer(response, 200, taken.answer)
    onTaken(taken)
  } catch (fault) {
    refuse(fault instanceof BodyAlreadyReadError ? 'BODY_ALREADY_READ' : 'JOURNAL_UNAVAILABLE', fault)
  }
}

function answer(response: ServerResponse, status: number, { contentType, body }: NoticeAnswer): void {
  if (response.headersSent) return
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(body)
}
