import { requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import { builder } from '../builder/builder.ts'
import { lookupId } from '../lists/given-ids.ts'
import { mayHaveOwn, OWN_OR_SCOPE } from '../operations/own.ts'
import { operationOrOwnById } from '../operations/read.ts'
import { OperationType } from '../operations/types.ts'
import { allowedOrder, allowedPayment, orderArguments, paymentArguments } from '../payments/keys.ts'
import { paymentByKey } from '../payments/read.ts'
import { smsPaymentOfOrder } from '../payments/sms-queries.ts'
import { SmsPaymentType } from '../payments/sms-types.ts'
import { PaymentType } from '../payments/types.ts'
import { liveStates } from './live-states.ts'

const SCOPE = 'payments:read'

/** What each of these fields does, at the end of its description. */
const AT_ONCE = 'Its state at once, then every change.'

builder.subscriptionFields((t) => ({
  paymentOperationChanged: t.field({
    type: OperationType,
    nullable: true,
    description: `One operation by its id, e.g. one of unknown outcome (결과 미확인) until it is settled; null while there is none, or it is of a merchant as which the caller may not act. ${AT_ONCE} 작업 상태 실시간 수신. ${OWN_OR_SCOPE}`,
    args: { id: t.arg.id({ required: true, description: 'The `operationId` of an answer.' }) },
    subscribe: (_, { id }, context) => {
      if (!mayHaveOwn(context)) requireScope('operations:read', context)
      const operationId = lookupId(id, 'id')
      return liveStates(context, { kind: 'operation', of: operationId }, (fresh) =>
        operationOrOwnById(operationId, fresh),
      )
    },
    resolve: (operation) => operation,
  }),
  paymentChanged: t.field({
    type: PaymentType,
    nullable: true,
    description: `A payment, e.g. until its deposit has come (입금) or its refund is sure; null while nothing that is known here names it. ${AT_ONCE} 결제 상태 실시간 수신. ${scopeSentence(SCOPE)}`,
    args: paymentArguments,
    subscribe: (_, args, context) => {
      const key = allowedPayment(args, context)
      return liveStates(context, { kind: 'payment', of: key }, (fresh) => paymentByKey(key, fresh))
    },
    resolve: (payment) => payment,
  }),
  smsPaymentChanged: t.field({
    type: SmsPaymentType,
    nullable: true,
    description: `The payment of an order by the link of \`createSmsPaymentUrl\`, e.g. until the buyer has paid (SMS결제); null while the server carries none on. ${AT_ONCE} SMS결제 상태 실시간 수신. ${scopeSentence(SCOPE)}`,
    args: orderArguments,
    subscribe: (_, args, context) => {
      const order = allowedOrder(args, context)
      return liveStates(context, { kind: 'order', of: order }, (fresh) => smsPaymentOfOrder(order, fresh))
    },
    resolve: (payment) => payment,
  }),
}))
