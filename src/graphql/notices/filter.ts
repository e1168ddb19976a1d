import type { NoticeFilter } from '../../journal/procedures/notices/read.ts'
import type { NoticeException, NoticeKind, NoticeState } from '../../journal/records/notices.ts'
import { builder } from '../builder/builder.ts'
import { instant } from '../lists/filters.ts'
import { lookupId } from '../lists/given-ids.ts'
import { NoticeExceptionType, NoticeKindType, NoticeStateType } from './enums.ts'

export const NoticeFilterType = builder.inputType('PayApiNoticeFilter', {
  description: 'Which notices; what is left out does not restrict.',
  fields: (t) => ({
    kinds: t.field({ type: [NoticeKindType], description: 'Told in one of these ways.' }),
    states: t.field({ type: [NoticeStateType], description: 'In one of these states.' }),
    exceptions: t.field({ type: [NoticeExceptionType], description: 'With one of these exceptions.' }),
    needsAttention: t.boolean({
      description: 'True: with an exception that nobody has acknowledged. False: all others.',
    }),
    merchantId: t.id({ description: 'To addresses of this merchant. 가맹점ID, `mid`.' }),
    orderId: t.id({ description: 'That name this order. 주문번호.' }),
    transactionId: t.id({ description: 'That name this payment. 거래ID.' }),
    receivedFrom: t.field({ type: 'DateTime', description: 'Came first at this time or later.' }),
    receivedBefore: t.field({ type: 'DateTime', description: 'Came first before this time.' }),
  }),
})

export interface NoticeFilterInput {
  readonly kinds?: readonly NoticeKind[] | null | undefined
  readonly states?: readonly NoticeState[] | null | undefined
  readonly exceptions?: readonly NoticeException[] | null | undefined
  readonly needsAttention?: boolean | null | undefined
  readonly merchantId?: string | null | undefined
  readonly orderId?: string | null | undefined
  readonly transactionId?: string | null | undefined
  readonly receivedFrom?: string | null | undefined
  readonly receivedBefore?: string | null | undefined
}

/** What a caller asks for, as the journal looks for it. */
export function givenNoticeFilter(given: NoticeFilterInput): NoticeFilter {
  const { kinds, states, exceptions, needsAttention, merchantId, orderId, transactionId } = given
  const { receivedFrom, receivedBefore } = given
  return {
    ...(kinds ? { kinds } : {}),
    ...(states ? { states } : {}),
    ...(exceptions ? { exceptions } : {}),
    ...(needsAttention == null ? {} : { needsAttention }),
    ...(merchantId ? { merchantIds: [merchantId] } : {}),
    ...(orderId ? { orderId: lookupId(orderId, 'filter.orderId') } : {}),
    ...(transactionId ? { transactionId: lookupId(transactionId, 'filter.transactionId') } : {}),
    ...(receivedFrom ? { receivedFrom: instant(receivedFrom, 'receivedFrom') } : {}),
    ...(receivedBefore ? { receivedBefore: instant(receivedBefore, 'receivedBefore') } : {}),
  }
}
