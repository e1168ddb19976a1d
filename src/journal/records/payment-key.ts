/** Which payment, by what PayAPI calls it. */
export interface PaymentKey {
  readonly merchantId: string
  readonly transactionId: string
}
