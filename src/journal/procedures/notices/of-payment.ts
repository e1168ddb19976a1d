import { sql } from 'kysely'
import { type Notice, OF_ACCOUNTS } from '../../records/notices.ts'
import type { PaymentKey } from '../../records/payment-key.ts'
import type { OperationCursor, OperationRange } from '../../store.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { isTakenInSql, type NoticeRow, noticeOf } from './row.ts'

/**
 * What was told of each of some payments, in their order, oldest first. A virtual account's issue, deposit and withdrawal
 * have transaction ids of their own: they belong together where link, or order and account, are the same.
 */
export function* noticesOfPayments(
  tx: Transaction,
  { payments }: { readonly payments: readonly PaymentKey[] },
): Steps<readonly (readonly Notice[])[]> {
  const found = yield* noticeRowsOfPayments(tx, payments)
  return found.map((rows) => rows.map((row) => noticeOf(tx, row)))
}

/** The same as rows, nothing of which is opened. */
export function* noticeRowsOfPayments(
  tx: Transaction,
  payments: readonly PaymentKey[],
): Steps<readonly (readonly NoticeRow[])[]> {
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
    return rows.sort(byTime)
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

export interface PaymentsInput {
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

/** Those that fit of the next few of a range, and the range in which there may be more; undefined at the end. */
export interface FoundPayments {
  readonly found: readonly Notice[]
  readonly next: OperationRange | undefined
}

/** So many notices are looked at in one go, so that claims never wait for a search. */
const LOOKED_AT = 500

/**
 * The notice that stands for each payment that notices alone tell of: nobody here took it. Of several it is the deposit
 * rather than the issue, and the first rather than another. Newest first, or backwards.
 */
export function* paymentsOfNotices(tx: Transaction, input: PaymentsInput): Steps<FoundPayments> {
  const { merchantIds, orderId, approvals, limit, range } = input
  const { backwards = false } = range
  if (merchantIds?.length === 0) return { found: [], next: undefined }
  // An order has few.
  const end = orderId === undefined ? yield* endOfStep(tx, input) : undefined
  let query = inRange(tx, input)
    .selectAll('told')
    .where('told.transaction_id', 'is not', null)
    .where(isTakenInSql('told'))
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
              .where(isTakenInSql('deposit')),
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
            .where(isTakenInSql('first')),
        ),
      ),
    )
    // A link's one deposit, of which another kind of notice told before.
    .where(({ not, and, exists, eb, selectFrom }) =>
      not(
        and([
          eb('told.event', '=', 'DEPOSITED'),
          exists(
            selectFrom('notices as other')
              .select('other.id')
              .whereRef('other.link_id', '=', 'told.link_id')
              .where('other.event', '=', 'DEPOSITED')
              .whereRef('other.id', '<', 'told.id')
              .where(isTakenInSql('other')),
          ),
        ]),
      ),
    )
  if (tx.kind === 'postgres') query = query.where(({ not, exists }) => not(exists(answeredWith(tx, approvals))))
  if (merchantIds) query = query.where('told.merchant_id', 'in', merchantIds)
  if (orderId !== undefined) query = query.where('told.order_id', '=', orderId)
  if (end !== undefined)
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('told.received_at', 'told.id'), backwards ? '<=' : '>=', tuple(end.createdAt, end.id)),
    )
  // Not sorted by the database, which would walk all notices in the order of time to find an order's few.
  const inOrder = (yield* tx.all(query)).toSorted(byTime)
  const found = (backwards ? inOrder : inOrder.toReversed()).slice(0, limit).map((row) => noticeOf(tx, row))
  const last = found.length === limit ? found.at(-1) : undefined
  const reached = last === undefined ? end : { createdAt: last.receivedAt, id: last.id }
  return { found, next: reached && { ...range, [backwards ? 'before' : 'after']: reached } }
}

/** The payments that were taken here under an id that the answer brought: see `transactionIdOf`. */
const answeredWith = ({ db }: Transaction, approvals: readonly string[]) =>
  db
    .selectFrom('answered_transactions as answered')
    .innerJoin('operations as taken', 'taken.id', 'answered.operation_id')
    .select('taken.id')
    .where(sql<boolean>`answered.transaction_id = told.transaction_id and answered.merchant_id = told.merchant_id`)
    .where('taken.service', 'in', approvals)
    .where('taken.state', '=', 'SUCCEEDED')

/** Where a step ends that looks at no more than its rows; undefined where the range ends before. */
function* endOfStep(tx: Transaction, input: PaymentsInput): Steps<OperationCursor | undefined> {
  const direction = input.range.backwards ? 'asc' : 'desc'
  const row = yield* tx.first(
    inRange(tx, input)
      .select(['told.received_at', 'told.id'])
      .orderBy('told.received_at', direction)
      .orderBy('told.id', direction)
      .limit(1)
      .offset(LOOKED_AT - 1),
  )
  return row && { createdAt: row.received_at, id: row.id }
}

/** Notices of a time, between two positions. */
function inRange(tx: Transaction, { receivedFrom, receivedBefore, range: { after, before } }: PaymentsInput) {
  let query = tx.db.selectFrom('notices as told')
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
  return query
}
