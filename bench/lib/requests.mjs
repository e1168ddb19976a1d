import { CREDENTIALS } from './facade.mjs'

// What is asked. `{order}` and `{merchant}` are filled in for each call by the load generator.

const DOCUMENT = `mutation ChargeCardBillingKey($input: ChargeCardBillingKeyInput!) {
  chargeCardBillingKey(input: $input) {
    __typename
    ... on CardPayment { merchantId orderId transactionId amount approvalNumber approvedAt }
    ... on PayApiFailure { message outcome retryable requestId }
  }
}`

const INPUT = {
  orderId: '{order}',
  amount: '1004',
  goodsName: '정기구독 11월',
  buyer: { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' },
  billingKey: 'BENCHBILLINGKEYOFSOMEBODY',
  installmentMonths: 0,
}

// The gateway's transaction id names the order: an answer that belongs to another call is seen.
const EXPECTED = ['"CardPayment"', '"orderId":"{order}"', '"transactionId":"T{order}"', '"amount":"1004"']

/** The charge without GraphQL, for the limit. */
export const PLAIN_CHARGE = { path: '/', body: INPUT, expects: EXPECTED }

const HEADERS = { accept: 'application/json', ...CREDENTIALS }

/** Takes the path, further input, further expectations and what else load-making takes; returns the charge as a mutation. */
export function graphqlCharge({ input = {}, expects = [], ...others } = {}) {
  return {
    path: '/graphql',
    headers: HEADERS,
    body: { query: DOCUMENT, variables: { input: { ...INPUT, ...input } } },
    expects: [...EXPECTED, ...expects],
    ...others,
  }
}

const REASON = '... on PayApiTransportError { reason }'

/** Takes an order number; returns the body of a charge that tells why it was refused. */
export const chargeOf = (orderId) => ({
  query: DOCUMENT.replace('... on PayApiFailure', `${REASON} ... on PayApiFailure`),
  variables: { input: { ...INPUT, orderId } },
})

/** Takes how many; returns a query that looks up as many escrow payments at once, each under an alias of its own. */
export function escrowLookups(count) {
  const idOf = (number) => `TID-${String(number).padStart(6, '0')}`
  const numbers = Array.from({ length: count }, (_, number) => number)
  const lookups = numbers.map((number) => `t${number}: escrowStatus(transactionId: "${idOf(number)}") { ...Found }`)
  return {
    path: '/graphql',
    headers: HEADERS,
    body: { query: `{ ${lookups.join(' ')} } fragment Found on EscrowStatus { transactionId state }` },
    // Looking for all of a thousand would cost more than the answer.
    expects: [0, count >> 1, count - 1].map(
      (number) => `"t${number}":{"transactionId":"${idOf(number)}","state":"APPROVED"}`,
    ),
  }
}
