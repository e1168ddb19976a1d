import { requireAccess } from '../../auth/authorize.ts'
import type { LinkedOrder } from '../../journal/procedures/live-versions.ts'
import type { PaymentKey } from '../../journal/records/payment-key.ts'
import { builder } from '../builder/builder.ts'
import type { GraphContext } from '../context.ts'
import { lookupId } from '../lists/given-ids.ts'

// Which payment is asked for, once or for as long as somebody follows it.

const SCOPE = 'payments:read'

type MerchantArgument = { readonly merchantId?: string | null | undefined }

export const paymentArguments = builder.args((t) => ({
  transactionId: t.id({ required: true, description: 'Its transaction id. 거래ID, `tid`.' }),
  merchantId: t.id({
    description: 'The merchant it was made to; the default one where it is left out. 가맹점ID, `mid`.',
  }),
}))

/** Throws the error for the caller where they may not see it. */
export function allowedPayment(
  { transactionId, merchantId }: MerchantArgument & { readonly transactionId: string },
  context: GraphContext,
): PaymentKey {
  requireAccess(SCOPE, merchantId, context)
  return {
    merchantId: merchantId ?? context.defaultMerchantId,
    transactionId: lookupId(transactionId, 'transactionId'),
  }
}

export const orderArguments = builder.args((t) => ({
  orderId: t.id({ required: true, description: 'The order. 상점주문번호, `P_OID`.' }),
  merchantId: t.id({ description: 'The merchant; the default one where it is left out. 가맹점ID, `mid`.' }),
}))

/** Throws the error for the caller where they may not see it. */
export function allowedOrder(
  { orderId, merchantId }: MerchantArgument & { readonly orderId: string },
  context: GraphContext,
): LinkedOrder {
  requireAccess(SCOPE, merchantId, context)
  return { merchantId: merchantId ?? context.defaultMerchantId, orderId: lookupId(orderId, 'orderId') }
}
