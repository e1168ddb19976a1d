import { CHAPTERS, type Service } from '../../payapi/index.ts'
import { amountText, hundredthsOf } from '../amounts.ts'
import type { Payment } from '../payment.ts'

const { cancelPayment, cancelPaymentPartially } = CHAPTERS.cancel

/** Why nothing is given back. */
export type RefundRefusalReason = 'PAYMENT_NOT_KNOWN' | 'NOTHING_LEFT' | 'MORE_THAN_REMAINS' | 'CANCEL_UNSETTLED'

/** A refund that must not be, as the payment stands. */
export interface RefundRefusal {
  readonly reason: RefundRefusalReason
  readonly remainingAmount: string | null
  /** The cancel that stands in the way, and whether that can pass by itself. */
  readonly operationId: string | null
  readonly passes: boolean
}

/** The cancel that a refund is carried out as. */
export interface RefundPlan {
  readonly service: Service
  readonly input: Readonly<Record<string, string | null>> & { readonly amount: string }
}

/** What a refund asks for: decimal texts, null for what was left out. */
export interface AskedRefund {
  readonly amount: string | null
  readonly vatAmount: string | null
  readonly taxFreeAmount: string | null
}

/** Which cancel gives the amount back, or all that remains. After a partial cancel there are only partial ones. */
export function planRefund(payment: Payment | undefined, asked: AskedRefund): RefundPlan | RefundRefusal {
  const whole = hundredthsOf(payment?.amount)
  const remaining = hundredthsOf(payment?.remainingAmount)
  if (payment?.paymentMethod == null || payment.currency === null || whole === undefined || remaining === undefined)
    return refusal('PAYMENT_NOT_KNOWN')
  const { remainingAmount, unsettled } = payment
  if (remaining === 0n) return refusal('NOTHING_LEFT', remainingAmount)
  const [inTheWay] = unsettled
  if (inTheWay !== undefined) {
    const passes = unsettled.every(({ state }) => state === 'IN_PROGRESS')
    return { ...refusal('CANCEL_UNSETTLED', remainingAmount), operationId: inTheWay.id, passes }
  }
  const amount = asked.amount === null ? remaining : hundredthsOf(asked.amount)
  if (amount === undefined || amount > remaining) return refusal('MORE_THAN_REMAINS', remainingAmount)
  const { paymentMethod, currency, transactionId } = payment
  const cancel = { paymentMethod, currency, transactionId, amount: amountText(amount) }
  // What was taken is taken back as it was, its taxes with it: a full cancel has no place for them.
  if (amount === whole) return { service: cancelPayment, input: cancel }
  const { vatAmount, taxFreeAmount } = asked
  const taxes = { vatAmount, taxFreeAmount }
  return {
    service: cancelPaymentPartially,
    input: { ...cancel, ...taxes, remainingAmount: amountText(remaining - amount) },
  }
}

const refusal = (reason: RefundRefusalReason, remainingAmount: string | null = null): RefundRefusal => ({
  reason,
  remainingAmount,
  operationId: null,
  passes: false,
})
