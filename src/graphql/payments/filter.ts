import { builder } from '../builder/builder.ts'
import { instant } from '../lists/filters.ts'
import { lookupId } from '../lists/given-ids.ts'
import { PaymentStatusType } from './types.ts'

export const PaymentFilterType = builder.inputType('PayApiPaymentFilter', {
  description: 'Which payments; what is left out does not restrict.',
  fields: (t) => ({
    statuses: t.field({ type: [PaymentStatusType], description: 'That stand like one of these.' }),
    orderId: t.id({ description: 'Of this order. 주문번호, `oid`.' }),
    merchantId: t.id({ description: 'Of this merchant. 가맹점ID, `mid`.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Recorded at this time or later.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Recorded before this time.' }),
  }),
})

export interface PaymentFilterInput<Status> {
  readonly statuses?: readonly Status[] | null | undefined
  readonly orderId?: string | null | undefined
  readonly merchantId?: string | null | undefined
  readonly createdFrom?: string | null | undefined
  readonly createdBefore?: string | null | undefined
}

/** What a caller asks for, as payments and links are looked for. */
export function givenPaymentFilter<Status>({
  statuses,
  orderId,
  merchantId,
  createdFrom,
  createdBefore,
}: PaymentFilterInput<Status>) {
  return {
    ...(statuses ? { statuses } : {}),
    ...(merchantId ? { merchantIds: [merchantId] } : {}),
    ...(orderId ? { orderId: lookupId(orderId, 'filter.orderId') } : {}),
    ...(createdFrom ? { createdFrom: instant(createdFrom, 'createdFrom') } : {}),
    ...(createdBefore ? { createdBefore: instant(createdBefore, 'createdBefore') } : {}),
  }
}
