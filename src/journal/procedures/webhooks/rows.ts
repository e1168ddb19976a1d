import type { Selectable } from 'kysely'
import type { DeliveryState, WebhookDelivery, WebhookEvent } from '../../records/events.ts'
import type { WebhookDeliveriesTable, WebhookEventsTable } from '../../schema/tables.ts'
import type { Transaction } from '../transaction.ts'

/** What was never tried is due whatever a clock shows. */
export const AT_ONCE = 0

export const deliveryId = (eventId: string, endpointId: string): string => `${eventId}.${endpointId}`

/** Deliveries, each with its event. */
export const selectDeliveries = (tx: Transaction) =>
  tx.db
    .selectFrom('webhook_deliveries')
    .innerJoin('webhook_events', 'webhook_events.id', 'webhook_deliveries.event_id')
    .selectAll('webhook_deliveries')
    .select([
      'webhook_events.type',
      'webhook_events.merchant_id',
      'webhook_events.order_id',
      'webhook_events.transaction_id',
      'webhook_events.operation_id',
      'webhook_events.notice_id',
    ])

type EventColumn = 'type' | 'merchant_id' | 'order_id' | 'transaction_id' | 'operation_id' | 'notice_id'

type DeliveryRow = Selectable<WebhookDeliveriesTable> & Pick<Selectable<WebhookEventsTable>, EventColumn>

export function deliveryOf(row: DeliveryRow): WebhookDelivery {
  const state = row.state as DeliveryState
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    event: {
      id: row.event_id,
      type: row.type as WebhookEvent['type'],
      subject: row.subject,
      sequence: row.sequence,
      merchantId: row.merchant_id,
      orderId: row.order_id,
      transactionId: row.transaction_id,
      operationId: row.operation_id,
      noticeId: row.notice_id,
      createdAt: row.created_at,
    },
    state,
    attempts: row.attempts,
    pendingSince: row.pending_since,
    nextAt: state === 'PENDING' ? Math.max(row.next_at, row.pending_since) : null,
    createdAt: row.created_at,
    lastAt: row.last_at,
    lastAnswer: row.last_answer,
  }
}
