import type { DeliveryFilter } from '../../journal/procedures/webhooks/find.ts'
import type { DeliveryState, WebhookEvent } from '../../journal/records/events.ts'
import { builder } from '../builder/builder.ts'
import { instant } from '../lists/filters.ts'
import { WebhookEventTypeType, WebhookStateType } from './enums.ts'

export const WebhookFilterType = builder.inputType('PayApiWebhookDeliveryFilter', {
  description: 'Which deliveries; what is left out does not restrict.',
  fields: (t) => ({
    endpointIds: t.idList({ description: 'To one of these endpoints.' }),
    types: t.field({ type: [WebhookEventTypeType], description: 'Of one of these events.' }),
    states: t.field({ type: [WebhookStateType], description: 'In one of these states.' }),
    merchantId: t.id({ description: 'Of this merchant. 가맹점ID, `mid`.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Of what happened at this time or later.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Of what happened before this time.' }),
  }),
})

export interface WebhookFilterInput {
  readonly endpointIds?: readonly string[] | null | undefined
  readonly types?: readonly WebhookEvent['type'][] | null | undefined
  readonly states?: readonly DeliveryState[] | null | undefined
  readonly merchantId?: string | null | undefined
  readonly createdFrom?: string | null | undefined
  readonly createdBefore?: string | null | undefined
}

/** What a caller asks for, as the journal looks for it. */
export function givenWebhookFilter(given: WebhookFilterInput): DeliveryFilter {
  const { endpointIds, types, states, merchantId, createdFrom, createdBefore } = given
  return {
    ...(endpointIds ? { endpointIds } : {}),
    ...(types ? { eventTypes: types } : {}),
    ...(states ? { states } : {}),
    ...(merchantId ? { merchantIds: [merchantId] } : {}),
    ...(createdFrom ? { createdFrom: instant(createdFrom, 'createdFrom') } : {}),
    ...(createdBefore ? { createdBefore: instant(createdBefore, 'createdBefore') } : {}),
  }
}
