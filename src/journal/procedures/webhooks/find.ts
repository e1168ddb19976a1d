import type { DeliveryState, WebhookDelivery, WebhookEvent } from '../../records/events.ts'
import type { OperationCursor } from '../../store.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { deliveryOf, selectDeliveries } from './rows.ts'

/** Which deliveries are looked for; what is left out does not restrict. */
export interface DeliveryFilter {
  readonly endpointIds?: readonly string[]
  readonly eventTypes?: readonly WebhookEvent['type'][]
  readonly states?: readonly DeliveryState[]
  /** Only of events of these merchants: a test is of none. */
  readonly merchantIds?: readonly string[]
  readonly createdFrom?: number
  readonly createdBefore?: number
}

export interface FindInput {
  readonly filter: DeliveryFilter
  readonly limit: number
  readonly after?: OperationCursor | undefined
  readonly before?: OperationCursor | undefined
  readonly backwards?: boolean
}

/** Deliveries, newest first, or backwards from the end of the range. */
export function* findWebhookDeliveries(
  tx: Transaction,
  { filter, limit, after, before, backwards = false }: FindInput,
): Steps<readonly WebhookDelivery[]> {
  const { endpointIds, eventTypes, states, merchantIds, createdFrom, createdBefore } = filter
  if ([endpointIds, eventTypes, states, merchantIds].some((list) => list?.length === 0)) return []
  const direction = backwards ? 'asc' : 'desc'
  let query = selectDeliveries(tx)
  if (endpointIds) query = query.where('webhook_deliveries.endpoint_id', 'in', [...endpointIds])
  if (eventTypes) query = query.where('webhook_events.type', 'in', [...eventTypes])
  if (states) query = query.where('webhook_deliveries.state', 'in', [...states])
  if (merchantIds) query = query.where('webhook_events.merchant_id', 'in', [...merchantIds])
  if (createdFrom !== undefined) query = query.where('webhook_deliveries.created_at', '>=', createdFrom)
  if (createdBefore !== undefined) query = query.where('webhook_deliveries.created_at', '<', createdBefore)
  for (const [place, side] of [
    [after, '<'],
    [before, '>'],
  ] as const) {
    if (place === undefined) continue
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('webhook_deliveries.created_at', 'webhook_deliveries.id'), side, tuple(place.createdAt, place.id)),
    )
  }
  const rows = yield* tx.all(
    query.orderBy('webhook_deliveries.created_at', direction).orderBy('webhook_deliveries.id', direction).limit(limit),
  )
  return rows.map(deliveryOf)
}
