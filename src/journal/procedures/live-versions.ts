import { hash } from 'node:crypto'
import type { PaymentKey } from '../records/payment-key.ts'
import { noticeRowsOfPayments } from './notices/of-payment.ts'
import type { NoticeRow } from './notices/row.ts'
import { operationsAbout, transactionIdIn } from './operations/transaction-ids.ts'
import { selectLinks } from './sms-links/rows.ts'
import type { Steps, Transaction } from './transaction.ts'
import { type MerchantWork, openWork } from './work.ts'

/** An order that is paid by the link of an SMS. */
export interface LinkedOrder {
  readonly merchantId: string
  readonly orderId: string
}

export interface VersionsInput {
  readonly operations: readonly string[]
  readonly payments: readonly PaymentKey[]
  readonly orders: readonly LinkedOrder[]
  /** Whether what waits for a person is asked for, too. */
  readonly work: boolean
  readonly now: number
}

/** A text for each, in their order, that is another one whenever what can be read of it is. */
export interface Versions {
  readonly operations: readonly string[]
  readonly payments: readonly string[]
  readonly orders: readonly string[]
  /** As it stands; nothing where it was not asked for. */
  readonly work: readonly MerchantWork[]
}

/** Tells many things that somebody follows from what they were, without opening anything that is sealed. */
export function* liveVersions(tx: Transaction, input: VersionsInput): Steps<Versions> {
  return {
    operations: yield* ofOperations(tx, input.operations),
    payments: yield* ofPayments(tx, input.payments),
    orders: yield* ofOrders(tx, input.orders, input.now),
    work: input.work ? yield* openWork(tx) : [],
  }
}

const versionOf = (parts: unknown): string => hash('sha256', JSON.stringify(parts), 'base64')

function* ofOperations(tx: Transaction, ids: readonly string[]): Steps<readonly string[]> {
  if (ids.length === 0) return []
  const rows = yield* tx.all(selectOperations(tx).where('id', 'in', ids))
  const events = yield* countEvents(tx, ids)
  const notices = yield* tx.all(tx.db.selectFrom('notices').select(NOTICE_COLUMNS).where('operation_id', 'in', ids))
  return ids.map((id) =>
    versionOf([
      rows.find((row) => row.id === id),
      events.get(id),
      notices.filter(({ operation_id }) => operation_id === id).map(noticeParts),
    ]),
  )
}

function* ofPayments(tx: Transaction, payments: readonly PaymentKey[]): Steps<readonly string[]> {
  if (payments.length === 0) return []
  const told = yield* noticeRowsOfPayments(tx, payments)
  // A virtual account's payment goes under several ids.
  const idsOf = payments.map(({ transactionId }, index) => [
    ...new Set([transactionId, ...(told[index] ?? []).flatMap(({ transaction_id }) => transaction_id ?? [])]),
  ])
  const rows = yield* tx.all(
    selectOperations(tx).where(
      'id',
      'in',
      operationsAbout(tx, [...new Set(idsOf.flat())], [...new Set(payments.map(({ merchantId }) => merchantId))]),
    ),
  )
  const events = yield* countEvents(
    tx,
    rows.map(({ id }) => id),
  )
  return payments.map(({ merchantId }, index) => {
    const own = rows.filter(
      (row) => row.merchant_id === merchantId && idsOf[index]?.includes(row.transaction_id ?? '') === true,
    )
    return versionOf([own.map((row) => [row, events.get(row.id)]), told[index]?.map(noticeParts)])
  })
}

function* ofOrders(tx: Transaction, orders: readonly LinkedOrder[], now: number): Steps<readonly string[]> {
  if (orders.length === 0) return []
  const links = yield* tx.all(
    selectLinks(tx, now)
      .where('sms_links.order_id', 'in', [...new Set(orders.map(({ orderId }) => orderId))])
      .where('sms_links.merchant_id', 'in', [...new Set(orders.map(({ merchantId }) => merchantId))])
      .orderBy('sms_links.id'),
  )
  const ids = links.map(({ id }) => id)
  const notices =
    ids.length === 0
      ? []
      : yield* tx.all(tx.db.selectFrom('notices').select(NOTICE_COLUMNS).where('link_id', 'in', ids))
  return orders.map(({ merchantId, orderId }) => {
    const own = links.filter((link) => link.merchant_id === merchantId && link.order_id === orderId)
    return versionOf(
      own.map(({ kept_from, ...link }) => [
        link,
        notices.filter(({ link_id }) => link_id === link.id).map(noticeParts),
      ]),
    )
  })
}

function selectOperations(tx: Transaction) {
  return tx.db
    .selectFrom('operations')
    .select(['id', 'merchant_id', 'state', transactionIdIn(tx).as('transaction_id'), 'finished_at', 'settled_at'])
    .where('state', '<>', 'WITHDRAWN')
    .orderBy('id')
}

/** How many events each operation has that has any. */
function* countEvents(tx: Transaction, ids: readonly string[]): Steps<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = yield* tx.all(
    tx.db
      .selectFrom('operation_events')
      .select((eb) => ['operation_id', eb.fn.max('seq').as('count')])
      .where('operation_id', 'in', ids)
      .groupBy('operation_id'),
  )
  return new Map(rows.map(({ operation_id, count }) => [operation_id, Number(count)]))
}

const NOTICE_COLUMNS = [
  'id',
  'operation_id',
  'link_id',
  'last_received_at',
  'state',
  'applied_at',
  'exception',
  'acknowledged_at',
  'trust_matches',
  'escrow_answer',
] as const

/** What of a notice changes after it came. */
const noticeParts = (row: Pick<NoticeRow, (typeof NOTICE_COLUMNS)[number]>): unknown =>
  NOTICE_COLUMNS.map((column) => row[column])
