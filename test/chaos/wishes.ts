/** What is asked for. */
export type WishKind = CallKind | 'refund' | 'link'

/** Those that are one call each, which the books show by the wish's name. */
type CallKind = 'billing charge' | 'keyed-in charge' | 'cancel' | 'partial cancel'

/** A change as a caller wants it: the same words however often it is sent. */
export interface Wish {
  readonly kind: WishKind
  /** Names the wish in the wire's forms, the books and the journal: the order of a charge, the payment of a cancel. */
  readonly name: string
  /** Null for a caller that sends none and relies on the order guard, which a cancel has not. */
  readonly idempotencyKey: string | null
  readonly input: Readonly<Record<string, unknown>>
}

const FAILURE = `... on PayApiFailure { message requestId outcome retryable operationId }
    ... on PayApiTransportError { reason }
    ... on PgFailure { resultCode }
    ... on PayApiIdempotencyConflict { conflict: reason }`

const CHARGED = '... on CardPayment { transactionId operationId }'

const MUTATIONS: Readonly<
  Record<WishKind, { readonly field: string; readonly type: string; readonly success: string }>
> = {
  'billing charge': { field: 'chargeCardBillingKey', type: 'ChargeCardBillingKeyInput', success: CHARGED },
  'keyed-in charge': { field: 'chargeKeyedInCard', type: 'ChargeKeyedInCardInput', success: CHARGED },
  cancel: {
    field: 'cancelPayment',
    type: 'CancelPaymentInput',
    success: '... on PaymentCancellation { transactionId operationId }',
  },
  'partial cancel': {
    field: 'cancelPaymentPartially',
    type: 'CancelPaymentPartiallyInput',
    success: '... on PartialPaymentCancellation { transactionId operationId }',
  },
  refund: {
    field: 'refundPayment',
    type: 'RefundPaymentInput',
    success:
      '... on PaymentCancellation { transactionId operationId } ... on PartialPaymentCancellation { transactionId operationId }',
  },
  link: {
    field: 'createSmsPaymentUrl',
    type: 'CreateSmsPaymentUrlInput',
    success: '... on SmsPaymentUrl { operationId }',
  },
}

/** What is posted for a wish. */
export function requestOf({ kind, input, idempotencyKey }: Wish): {
  readonly query: string
  readonly variables: object
} {
  const { field, type, success } = MUTATIONS[kind]
  return {
    query: `mutation Wish($input: ${type}!) { wish: ${field}(input: $input) { __typename ${success} ${FAILURE} } }`,
    variables: { input: { ...input, idempotencyKey } },
  }
}

/** Three in four callers of a charge send a key. The payments to cancel exist in the sandbox by their names. */
export function newWish(random: () => number): Wish {
  const id = Math.floor(random() * 2 ** 32).toString(36) + Math.floor(random() * 2 ** 32).toString(36)
  const kind = KINDS[Math.floor(random() * KINDS.length)] ?? 'billing charge'
  const isCharge = kind.endsWith('charge')
  const name = isCharge ? `O-${id}` : `SANDBOX-CARD-${id}`
  return {
    kind,
    name,
    idempotencyKey: isCharge && random() < 0.25 ? null : `K-${id}`,
    input: { ...INPUTS[kind], ...(isCharge ? { orderId: name } : { transactionId: name }) },
  }
}

/** A charge of an order by billing key, with a key of its own. */
export const chargeOf = (orderId: string): Wish => ({
  kind: 'billing charge',
  name: orderId,
  idempotencyKey: `K-${orderId}`,
  input: { ...INPUTS['billing charge'], orderId },
})

/** A refund of a payment, of all that remains where no amount is given. */
export const refundOf = (transactionId: string, amount: string | undefined, idempotencyKey: string): Wish => ({
  kind: 'refund',
  name: transactionId,
  idempotencyKey,
  input: { transactionId, ...(amount === undefined ? {} : { amount }) },
})

/** A link that the server carries to its end. */
export const linkOf = (orderId: string, paymentMethod: 'CARD' | 'VIRTUAL_ACCOUNT', amount: string): Wish => ({
  kind: 'link',
  name: orderId,
  idempotencyKey: `K-${orderId}`,
  input: { orderId, paymentMethod, amount, goodsName: '운동화' },
})

const BUYER = { name: '홍길동' }
const INPUTS: Readonly<Record<CallKind, object>> = {
  'billing charge': { amount: '1004', buyer: BUYER, billingKey: 'SANDBOX-CARDKEY-1' },
  'keyed-in charge': {
    amount: '1004',
    buyer: BUYER,
    card: { number: '4000000000000002', expiryYear: '39', expiryMonth: '12' },
    installmentMonths: 0,
    interestFree: false,
  },
  cancel: { paymentMethod: 'CARD', amount: '50000', currency: 'KRW' },
  'partial cancel': { paymentMethod: 'CARD', amount: '20000', remainingAmount: '30000', currency: 'KRW' },
}
const KINDS: readonly CallKind[] = ['billing charge', 'billing charge', 'keyed-in charge', 'cancel', 'partial cancel']
