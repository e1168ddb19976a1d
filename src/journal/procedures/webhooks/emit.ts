import { newId } from '../../../lib/ids.ts'
import { type EventType, TEST_EVENT, type WebhookEvent } from '../../records/events.ts'
import { operationsAbout } from '../operations/transaction-ids.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { AT_ONCE, deliveryId } from './rows.ts'

/** Something that happened in the transaction in which it is told. Ids alone: no names, accounts or card data. */
export interface News {
  readonly type: EventType
  readonly merchantId: string
  readonly orderId: string | null
  readonly transactionId: string | null
  readonly operationId: string | null
  readonly noticeId?: string | null
  /** In milliseconds since 1970; left out for now. */
  readonly at?: number
}

/** Writes down what happened, for each endpoint that wants to know it. Nothing is executed where none does. */
export function* emit(tx: Transaction, ...news: readonly News[]): Steps<void> {
  const wanted: (readonly [News, readonly string[]])[] = []
  for (const each of news) {
    const endpoints = tx.endpoints.of(each.type, each.merchantId)
    if (endpoints.length > 0) wanted.push([each, endpoints])
  }
  if (wanted.length === 0) return
  const ended = new Set((yield* tx.all(tx.db.selectFrom('webhook_endpoints').select('id'))).map(({ id }) => id))
  const events: (readonly [Omit<WebhookEvent, 'sequence'>, readonly string[]])[] = []
  for (const [each, asking] of wanted) {
    const endpoints = asking.filter((id) => !ended.has(id))
    if (endpoints.length === 0) continue
    const { at, noticeId = null, ...facts } = each
    const createdAt = at ?? (yield* tx.now())
    const orderId = each.orderId ?? (yield* orderOf(tx, each))
    events.push([{ ...facts, id: newId(), subject: subjectOf(each, orderId), orderId, noticeId, createdAt }, endpoints])
  }
  // Whoever tells of several things takes their locks in one order.
  events.sort(([one], [other]) => (one.subject < other.subject ? -1 : one.subject > other.subject ? 1 : 0))
  for (const [event, endpoints] of events) yield* write(tx, event, endpoints)
}

/** Writes an event that only tries an endpoint out; its id. */
export function* emitTest(tx: Transaction, endpointId: string, at: number): Steps<string> {
  const nothing = { merchantId: null, orderId: null, transactionId: null, operationId: null, noticeId: null }
  const subject = JSON.stringify(['test', endpointId])
  const event = { id: newId(), type: TEST_EVENT, subject, ...nothing, createdAt: at } as const
  yield* write(tx, event, [endpointId])
  return event.id
}

/** The order of a payment, where something that is known here names both. */
function* orderOf(tx: Transaction, { merchantId, transactionId }: News): Steps<string | null> {
  if (transactionId === null) return null
  const { db } = tx
  const about = operationsAbout(tx, [transactionId], [merchantId])
  const operations = db.selectFrom('operations').select('order_id').where('id', 'in', about)
  const notices = db
    .selectFrom('notices')
    .select('order_id')
    .where('transaction_id', '=', transactionId)
    .where('merchant_id', '=', merchantId)
  for (const source of [operations, notices] as (typeof notices)[]) {
    const row = yield* tx.first(source.where('order_id', 'is not', null).limit(1))
    if (row !== undefined) return row.order_id
  }
  return null
}

function subjectOf({ merchantId, transactionId, operationId, noticeId = null }: News, orderId: string | null): string {
  if (orderId !== null) return JSON.stringify(['order', merchantId, orderId])
  if (transactionId !== null) return JSON.stringify(['payment', merchantId, transactionId])
  return JSON.stringify(operationId === null ? ['notice', noticeId] : ['operation', operationId])
}

function* write(tx: Transaction, event: Omit<WebhookEvent, 'sequence'>, endpoints: readonly string[]): Steps<void> {
  const { id, type, subject, merchantId, orderId, transactionId, operationId, noticeId, createdAt } = event
  yield* tx.lock('webhook', subject)
  const last = yield* tx.first(
    tx.db
      .selectFrom('webhook_events')
      .select('sequence')
      .where('subject', '=', subject)
      .orderBy('sequence', 'desc')
      .limit(1),
  )
  const sequence = (last?.sequence ?? 0) + 1
  const kept = { created_at: createdAt, kept_from: yield* tx.clock() }
  const ids = { merchant_id: merchantId, order_id: orderId, transaction_id: transactionId, notice_id: noticeId }
  yield* tx.run(
    tx.db
      .insertInto('webhook_events')
      .values({ id, type, subject, sequence, ...ids, operation_id: operationId, ...kept }),
  )
  const pending = { state: 'PENDING', attempts: 0, pending_since: createdAt, next_at: AT_ONCE } as const
  yield* tx.run(
    tx.db.insertInto('webhook_deliveries').values(
      endpoints.map((endpointId) => ({
        id: deliveryId(id, endpointId),
        event_id: id,
        endpoint_id: endpointId,
        subject,
        sequence,
        ...pending,
        lease_owner: null,
        lease_until: null,
        last_at: null,
        last_answer: null,
        ...kept,
      })),
    ),
  )
}
