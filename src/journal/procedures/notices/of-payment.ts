import type { Notice, NoticeEvent } from '../../notices.ts'
import type { OperationCursor } from '../../store.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { noticeOf } from './row.ts'

const OF_ACCOUNTS: readonly NoticeEvent[] = ['VIRTUAL_ACCOUNT_ISSUED', 'DEPOSITED', 'DEPOSIT_WITHDRAWN']

/**
 * What was told of a payment, oldest first. A virtual account's issue, deposit and withdrawal have transaction ids of their
 * own: they belong together where link, or order and account, are the same.
 */
export function* noticesOfPayment(
  tx: Transaction,
  { merchantId, transactionId }: { readonly merchantId: string; readonly transactionId: string },
): Steps<readonly Notice[]> {
  const all = tx.db.selectFrom('notices').selectAll().where('merchant_id', '=', merchantId)
  const named = yield* tx.all(all.where('transaction_id', '=', transactionId).limit(MOST))
  const found = new Map(named.map((row) => [row.id, row]))
  for (const { order_id, account_hash, link_id } of named) {
    if (order_id === null || (account_hash === null && link_id === null)) continue
    const together = yield* tx.all(
      all
        .where('order_id', '=', order_id)
        .where('event', 'in', OF_ACCOUNTS)
        .where(({ eb, or }) =>
          or([
            ...(account_hash === null ? [] : [eb('account_hash', '=', account_hash)]),
            ...(link_id === null ? [] : [eb('link_id', '=', link_id)]),
          ]),
        )
        .limit(MOST),
    )
    for (const row of together) found.set(row.id, row)
  }
  const oldestFirst = [...found.values()].sort((one, other) =>
    one.received_at === other.received_at ? (one.id < other.id ? -1 : 1) : one.received_at - other.received_at,
  )
  return oldestFirst.map((row) => noticeOf(tx, row))
}

const MOST = 1_000

interface PaymentsInput {
  readonly merchantIds?: readonly string[]
  readonly orderId?: string
  readonly receivedFrom?: number
  readonly receivedBefore?: number
  readonly limit: number
  /** The last one's `receivedAt` and id. */
  readonly after?: OperationCursor
}

/** The notice that stands for each payment that notices alone tell of: no operation here took it. Newest first. */
export function* paymentsOfNotices(tx: Transaction, input: PaymentsInput): Steps<readonly Notice[]> {
  const { merchantIds, orderId, receivedFrom, receivedBefore, limit, after } = input
  let query = tx.db
    .selectFrom('notices as told')
    .selectAll('told')
    .where('told.transaction_id', 'is not', null)
    .where('told.exception', 'is', null)
    .where('told.event', 'in', ['APPROVED', 'DEPOSITED', 'VIRTUAL_ACCOUNT_ISSUED'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('operations as taken')
            .select('taken.id')
            .whereRef('taken.transaction_id', '=', 'told.transaction_id')
            .whereRef('taken.merchant_id', '=', 'told.merchant_id'),
        ),
      ),
    )
    // Of several notices of one payment: the deposit rather than the issue, the first rather than another.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notices as better')
            .select('better.id')
            .whereRef('better.merchant_id', '=', 'told.merchant_id')
            .where('better.exception', 'is', null)
            .where(({ and, or, eb, ref }) =>
              or([
                and([
                  eb('told.event', '=', 'VIRTUAL_ACCOUNT_ISSUED'),
                  eb('better.event', '=', 'DEPOSITED'),
                  eb('better.order_id', '=', ref('told.order_id')),
                  eb('better.account_hash', '=', ref('told.account_hash')),
                ]),
                and([
                  eb('better.transaction_id', '=', ref('told.transaction_id')),
                  eb('better.event', '=', ref('told.event')),
                  eb('better.id', '<', ref('told.id')),
                ]),
              ]),
            ),
        ),
      ),
    )
  if (merchantIds) query = query.where('told.merchant_id', 'in', merchantIds)
  if (orderId !== undefined) query = query.where('told.order_id', '=', orderId)
  if (receivedFrom !== undefined) query = query.where('told.received_at', '>=', receivedFrom)
  if (receivedBefore !== undefined) query = query.where('told.received_at', '<', receivedBefore)
  if (after !== undefined)
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('told.received_at', 'told.id'), '<', tuple(after.createdAt, after.id)),
    )
  const rows = yield* tx.all(query.orderBy('told.received_at', 'desc').orderBy('told.id', 'desc').limit(limit))
  return rows.map((row) => noticeOf(tx, row))
}
