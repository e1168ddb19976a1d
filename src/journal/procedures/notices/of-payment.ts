import type { Notice, NoticeEvent } from '../../notices.ts'
import type { OperationRange } from '../../store.ts'
import type { PaymentKey } from '../operations.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { type NoticeRow, noticeOf } from './row.ts'

const OF_ACCOUNTS: readonly NoticeEvent[] = ['VIRTUAL_ACCOUNT_ISSUED', 'DEPOSITED', 'DEPOSIT_WITHDRAWN']

/**
 * What was told of each of some payments, in their order, oldest first. A virtual account's issue, deposit and withdrawal
 * have transaction ids of their own: they belong together where link, or order and account, are the same.
 */
export function* noticesOfPayments(
  tx: Transaction,
  { payments }: { readonly payments: readonly PaymentKey[] },
): Steps<readonly (readonly Notice[])[]> {
  const all = tx.db.selectFrom('notices').selectAll()
  const ids = payments.map(({ transactionId }) => transactionId)
  const named = ids.length === 0 ? [] : yield* tx.all(all.where('transaction_id', 'in', ids).limit(MOST))
  const orders = named.flatMap(({ order_id, account_hash, link_id }) =>
    order_id === null || (account_hash ?? link_id) === null ? [] : [order_id],
  )
  const ofOrders =
    orders.length === 0
      ? []
      : yield* tx.all(all.where('order_id', 'in', orders).where('event', 'in', OF_ACCOUNTS).limit(MOST))
  return payments.map(({ merchantId, transactionId }) => {
    const own = named.filter((row) => row.merchant_id === merchantId && row.transaction_id === transactionId)
    const others = ofOrders.filter((row) => own.some((each) => isTogether(each, row)))
    const rows = [...new Map([...own, ...others].map((row) => [row.id, row])).values()]
    return rows.sort(byTime).map((row) => noticeOf(tx, row))
  })
}

const isTogether = (one: NoticeRow, other: NoticeRow): boolean =>
  one.merchant_id === other.merchant_id &&
  one.order_id === other.order_id &&
  ((one.account_hash !== null && one.account_hash === other.account_hash) ||
    (one.link_id !== null && one.link_id === other.link_id))

const byTime = (one: NoticeRow, other: NoticeRow): number =>
  one.received_at - other.received_at || (one.id < other.id ? -1 : 1)

/** More notices of a page of payments than this nobody reads. */
const MOST = 5_000

interface PaymentsInput {
  readonly merchantIds?: readonly string[] | undefined
  readonly orderId?: string | undefined
  readonly receivedFrom?: number | undefined
  readonly receivedBefore?: number | undefined
  /** The services that take payments. */
  readonly approvals: readonly string[]
  readonly limit: number
  /** By the time of the first arrival. */
  readonly range: OperationRange
}

/**
 * The notice that stands for each payment that notices alone tell of: nobody here took it. Of several it is the deposit
 * rather than the issue, and the first rather than another. Newest first, or backwards.
 */
export function* paymentsOfNotices(tx: Transaction, input: PaymentsInput): Steps<readonly Notice[]> {
  const { merchantIds, orderId, receivedFrom, receivedBefore, approvals, limit, range } = input
  const { after, before, backwards = false } = range
  if (merchantIds?.length === 0) return []
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
            .whereRef('taken.merchant_id', '=', 'told.merchant_id')
            .where('taken.service', 'in', approvals)
            .where('taken.state', '=', 'SUCCEEDED'),
        ),
      ),
    )
    .where(({ not, and, exists, eb, selectFrom }) =>
      not(
        and([
          eb('told.event', '=', 'VIRTUAL_ACCOUNT_ISSUED'),
          exists(
            selectFrom('notices as deposit')
              .select('deposit.id')
              .whereRef('deposit.order_id', '=', 'told.order_id')
              .whereRef('deposit.merchant_id', '=', 'told.merchant_id')
              .whereRef('deposit.account_hash', '=', 'told.account_hash')
              .where('deposit.event', '=', 'DEPOSITED')
              .where('deposit.exception', 'is', null),
          ),
        ]),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notices as first')
            .select('first.id')
            .whereRef('first.transaction_id', '=', 'told.transaction_id')
            .whereRef('first.merchant_id', '=', 'told.merchant_id')
            .whereRef('first.event', '=', 'told.event')
            .whereRef('first.id', '<', 'told.id')
            .where('first.exception', 'is', null),
        ),
      ),
    )
  if (merchantIds) query = query.where('told.merchant_id', 'in', merchantIds)
  if (orderId !== undefined) query = query.where('told.order_id', '=', orderId)
  if (receivedFrom !== undefined) query = query.where('told.received_at', '>=', receivedFrom)
  if (receivedBefore !== undefined) query = query.where('told.received_at', '<', receivedBefore)
  for (const [place, goesOn] of [
    [after, '<'],
    [before, '>'],
  ] as const) {
    if (place === undefined) continue
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('told.received_at', 'told.id'), goesOn, tuple(place.createdAt, place.id)),
    )
  }
  const direction = backwards ? 'asc' : 'desc'
  const rows = yield* tx.all(query.orderBy('told.received_at', direction).orderBy('told.id', direction).limit(limit))
  return rows.map((row) => noticeOf(tx, row))
}
