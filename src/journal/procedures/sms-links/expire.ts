import { sql } from 'kysely'
import type { Steps, Transaction } from '../transaction.ts'
import { emit, type News } from '../webhooks/emit.ts'

const AT_ONCE = 200

/** Tells, once, of links whose time ran out before anybody had used them; how many, of which there may be more. */
export function* expireLinks(tx: Transaction, _: null): Steps<{ readonly expired: number; readonly more: boolean }> {
  const now = yield* tx.now()
  const due = tx.db
    .selectFrom('sms_links')
    .select('id')
    // The condition is the index's, word for word.
    .where('status', '=', sql.lit('LINK_CREATED'))
    .where('expires_at', '<=', now)
    .limit(AT_ONCE)
  const rows = yield* tx.all(
    tx.db
      .updateTable('sms_links')
      .set({ status: 'EXPIRED' })
      .where('id', 'in', due)
      .where('status', '=', 'LINK_CREATED')
      .returning(['id', 'merchant_id', 'order_id']),
  )
  const news: News[] = []
  for (const { id, merchant_id: merchantId, order_id: orderId } of rows) {
    if (tx.endpoints.of('sms_payment.expired', merchantId).length === 0) continue
    const creation = yield* tx.first(tx.db.selectFrom('operations').select('state').where('id', '=', id))
    // What surely was not made is none.
    if (creation === undefined || creation.state === 'FAILED' || creation.state === 'WITHDRAWN') continue
    news.push({ type: 'sms_payment.expired', merchantId, orderId, transactionId: null, operationId: id })
  }
  yield* emit(tx, ...news)
  return { expired: rows.length, more: rows.length === AT_ONCE }
}
