import { requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import { builder } from '../builder/builder.ts'
import { journalOf } from '../context.ts'
import { reading } from '../lists/reading.ts'
import { paymentByKey } from '../payments/read.ts'
import { SmsPaymentType } from '../payments/sms-types.ts'
import { PaymentType } from '../payments/types.ts'
import { NoticeTargetType } from './types.ts'

// What a notice belongs to beside operations. Whoever may read the notice may act as its merchant.

const SCOPE = 'payments:read'

builder.objectFields(NoticeTargetType, (t) => ({
  smsPayment: t.field({
    type: SmsPaymentType,
    description: `The payment by a link that it tells of. ${scopeSentence(SCOPE)}`,
    resolve: ({ linkId }, _, context) => {
      if (linkId === null) return null
      requireScope(SCOPE, context)
      const find = async () => (await journalOf(context).store.run('smsLink', { linkId, now: Date.now() })) ?? null
      return reading(find)
    },
  }),
  payment: t.field({
    type: PaymentType,
    description: `The payment that its transaction id names. ${scopeSentence(SCOPE)}`,
    resolve: ({ merchantId, transactionId }, _, context) => {
      if (transactionId === null) return null
      requireScope(SCOPE, context)
      return paymentByKey({ merchantId, transactionId }, context)
    },
  }),
}))
