import { sql } from 'kysely'
import type { SmsLink, SmsLinkStatus } from '../../records/sms-link.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { linkById, linkOf, selectLinks, statusNow } from './rows.ts'

/** Times are milliseconds since 1970. */
export interface Moment {
  readonly now: number
}

/** The link to whose address a buyer's browser came. */
export function* smsLinkOfToken(
  tx: Transaction,
  { token, now }: Moment & { readonly token: string },
): Steps<SmsLink | undefined> {
  const row = yield* tx.first(selectLinks(tx, now).where('sms_links.token_hash', '=', tx.codec.hash(token)))
  return row && linkOf(tx, row)
}

export function* smsLink(
  tx: Transaction,
  { linkId, now }: Moment & { readonly linkId: string },
): Steps<SmsLink | undefined> {
  return yield* linkById(tx, linkId, now)
}

/** The link to whose address a notice came. */
export function* linkOfNoticeToken(tx: Transaction, token: string): Steps<SmsLink | undefined> {
  const now = yield* tx.now()
  const row = yield* tx.first(selectLinks(tx, now).where('sms_links.notice_token_hash', '=', tx.codec.hash(token)))
  return row && linkOf(tx, row)
}

/** The links of an order, newest first: a shop may have asked for another one. */
export function* linksOfOrder(tx: Transaction, merchantId: string, orderId: string): Steps<readonly SmsLink[]> {
  return yield* smsLinksOfOrder(tx, { merchantId, orderId, now: yield* tx.now() })
}

export function* smsLinksOfOrder(
  tx: Transaction,
  { merchantId, orderId, now }: Moment & { readonly merchantId: string; readonly orderId: string },
): Steps<readonly SmsLink[]> {
  return yield* findSmsLinks(tx, { filter: { merchantIds: [merchantId], orderId }, limit: LINKS_OF_ORDER, now })
}

/** More of one order nobody looks at. */
const LINKS_OF_ORDER = 100

/** Which links; what is left out does not restrict. */
export interface SmsLinkFilter {
  readonly merchantIds?: readonly string[]
  readonly orderId?: string
  readonly statuses?: readonly SmsLinkStatus[]
  readonly createdFrom?: number
  readonly createdBefore?: number
}

export interface Place {
  readonly createdAt: number
  readonly id: string
}

/** Links, newest first, or backwards from the end of the range. */
export function* findSmsLinks(
  tx: Transaction,
  {
    filter,
    limit,
    after,
    before,
    backwards = false,
    now,
  }: Moment & {
    readonly filter: SmsLinkFilter
    readonly limit: number
    readonly after?: Place | undefined
    readonly before?: Place | undefined
    readonly backwards?: boolean
  },
): Steps<readonly SmsLink[]> {
  const { merchantIds, orderId, statuses, createdFrom, createdBefore } = filter
  if (merchantIds?.length === 0 || statuses?.length === 0) return []
  const direction = backwards ? 'asc' : 'desc'
  const rows = yield* tx.all(
    selectLinks(tx, now)
      .$if(merchantIds !== undefined, (query) => query.where('sms_links.merchant_id', 'in', [...(merchantIds ?? [])]))
      .$if(orderId !== undefined, (query) => query.where('sms_links.order_id', '=', orderId ?? ''))
      .$if(createdFrom !== undefined, (query) => query.where('sms_links.created_at', '>=', createdFrom ?? 0))
      .$if(createdBefore !== undefined, (query) => query.where('sms_links.created_at', '<', createdBefore ?? 0))
      .$if(statuses !== undefined, (query) =>
        query.where((eb) => eb(statusNow({ eb: eb as never }, now) as never, 'in', [...(statuses ?? [])] as never)),
      )
      .$if(after !== undefined, (query) => query.where(PLACE, '<', placeOf(after)))
      .$if(before !== undefined, (query) => query.where(PLACE, '>', placeOf(before)))
      .orderBy('sms_links.created_at', direction)
      .orderBy('sms_links.id', direction)
      .limit(limit),
  )
  return rows.map((row) => linkOf(tx, row))
}

// Both databases compare rows.
const PLACE = sql<boolean>`(sms_links.created_at, sms_links.id)`
const placeOf = (place: Place | undefined) => sql<boolean>`(${place?.createdAt}, ${place?.id})`
