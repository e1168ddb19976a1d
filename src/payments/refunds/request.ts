import { CHAPTERS, optional, type Service } from '../../payapi/index.ts'

// A refund is no service of PayAPI: it is carried out as one of the two cancels. What it takes is checked as theirs is.

const { cancelPayment, cancelPaymentPartially } = CHAPTERS.cancel
const { transactionId, amount, vatAmount, taxFreeAmount } = cancelPaymentPartially.request

const request = {
  transactionId,
  amount: optional({ ...amount, about: 'Amount to give back; all that remains where it is left out' }),
  vatAmount,
  taxFreeAmount,
}

/** What a refund takes, declared as a service's request is, so that its input is checked and compared likewise. */
export const REFUND: Service = {
  ...cancelPaymentPartially,
  name: 'refundPayment',
  about: 'Gives a payment back, wholly or in part',
  korean: '결제 환불 (전체 취소 또는 부분 취소)',
  request,
  input: request,
}

/** The services that carry a refund out; its key is looked for under each. */
export const CANCELS = [cancelPayment, cancelPaymentPartially] as const
