import type { Fields, JournaledFacade } from './facade.ts'

/** What a test asks of a payment. */
export interface SeenPayment extends Fields {
  readonly status: string | null
  readonly amount: string | null
  readonly canceledAmount: string
  readonly unsettledAmount: string
  readonly remainingAmount: string | null
  readonly operations: readonly { readonly id: string; readonly service: string; readonly state: string }[]
  readonly history: readonly Fields[]
}

const PAYMENT = `merchantId transactionId orderId paymentMethod currency status amount canceledAmount unsettledAmount
  remainingAmount approvedAt approvalNumber cardCompany { code name }
  history { at kind amount operation { id state } processed recordedBy note } operations { id service state }`

/** A payment as the graph shows it; null where there is none. */
export async function lookUpPayment(
  { send }: Pick<JournaledFacade, 'send'>,
  transactionId: unknown,
  merchantId?: string,
): Promise<SeenPayment | null> {
  const query = `query ($transactionId: ID!, $merchantId: ID) {
    payment(transactionId: $transactionId, merchantId: $merchantId) { ${PAYMENT} }
  }`
  const { data, errors } = await send(query, { transactionId, merchantId })
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return (data?.['payment'] ?? null) as SeenPayment | null
}

const REFUND = `mutation ($input: RefundPaymentInput!) {
  refundPayment(input: $input) {
    __typename
    ... on PaymentCancellation { transactionId orderId amount operationId }
    ... on PartialPaymentCancellation { transactionId amount remainingAmount operationId }
    ... on PayApiFailure { message outcome retryable merchantId orderId transactionId operationId requestId }
    ... on PayApiRefundRefused { reason remainingAmount }
    ... on PayApiTransportError { reason }
    ... on PayApiIdempotencyConflict { reason }
    ... on PayApiInvalidInput { issues { path code } }
    ... on PgFailure { resultCode }
  }
}`

/** Asks for a refund; returns how it ended. */
export async function refund(
  { send }: Pick<JournaledFacade, 'send'>,
  input: object,
  headers?: Readonly<Record<string, string>>,
): Promise<Fields> {
  const answer = await send(REFUND, { input }, headers)
  const fields = answer.data?.['refundPayment']
  if (!fields) throw new Error(JSON.stringify(answer))
  return fields
}
