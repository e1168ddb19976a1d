import type { OperationFilter, OperationState } from '../../journal/store.ts'
import { builder } from '../builder/builder.ts'
import { instant } from '../lists/filters.ts'
import { lookupId } from '../lists/given-ids.ts'
import { ServiceNameType } from './service-name.ts'
import { StateType } from './types.ts'

export const FilterType = builder.inputType('PayApiOperationFilter', {
  description: 'Which operations; what is left out does not restrict.',
  fields: (t) => ({
    states: t.field({ type: [StateType], description: 'In one of these states.' }),
    services: t.field({ type: [ServiceNameType], description: 'Of these mutations.' }),
    orderId: t.id({ description: 'Of this order. 주문번호, `oid`.' }),
    merchantId: t.id({ description: 'Of this merchant. 가맹점ID, `mid`.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Recorded at this time or later.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Recorded before this time.' }),
  }),
})

export interface FilterInput {
  readonly states?: readonly OperationState[] | null | undefined
  readonly services?: readonly string[] | null | undefined
  readonly orderId?: string | null | undefined
  readonly merchantId?: string | null | undefined
  readonly createdFrom?: string | null | undefined
  readonly createdBefore?: string | null | undefined
}

/** What a caller asks for, as the store looks for it. */
export function givenFilter(given: FilterInput): OperationFilter {
  const { states, services, orderId, merchantId, createdFrom, createdBefore } = given
  return {
    ...(states ? { states } : {}),
    ...(services ? { services } : {}),
    ...(merchantId ? { merchantIds: [merchantId] } : {}),
    ...(orderId ? { orderId: lookupId(orderId, 'filter.orderId') } : {}),
    ...(createdFrom ? { createdFrom: instant(createdFrom, 'createdFrom') } : {}),
    ...(createdBefore ? { createdBefore: instant(createdBefore, 'createdBefore') } : {}),
  }
}
