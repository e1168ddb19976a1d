import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { CancelPaymentDocument, ChargeCardBillingKeyDocument } from '../../../schema/operations.generated.ts'
import { createPayApiClient } from '../../../src/payapi/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { exampleOf } from '../../support/graphql/operations.ts'
import { facadeForFile, facadeForTest } from '../../support/server/facade.ts'

const facade = await facadeForFile()

const { input: charge } = exampleOf(ChargeCardBillingKeyDocument)

const BEYOND_INT = 2 ** 31 + 1
const BEYOND_DOUBLE = '9007199254740993' // 2^53 + 1, which no JavaScript number holds

it.each([
  ['a text', '2147483649'],
  ['a number beyond 2^31', BEYOND_INT],
  ['a text with leading zeros', '0002147483649'],
])('%s is charged to the won, and its payment can be canceled by that amount', async (_, amount) => {
  const { chargeCardBillingKey } = await facade.send(ChargeCardBillingKeyDocument, { input: { ...charge, amount } })
  if (chargeCardBillingKey?.__typename !== 'CardPayment') throw new Error('was not charged')
  expect(chargeCardBillingKey.amount).toBe('2147483649')
  expect(facade.sandbox.books.charges.at(-1)).toMatchObject({ price: '2147483649' })

  const { transactionId } = chargeCardBillingKey
  const { data } = await facade.post({
    query: `mutation { cancelPayment(input: {
      paymentMethod: CARD, transactionId: "${transactionId}", amount: 2147483649, currency: KRW
    }) { ... on PaymentCancellation { amount } } }`,
  })
  expect(data).toEqual({ cancelPayment: { amount: '2147483649' } })
})

/** A PayAPI that takes any cancel and answers with its price, written as given. */
async function echoingPayApi(): Promise<{ readonly url: string; readonly prices: readonly (string | null)[] }> {
  const prices: (string | null)[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      const price = new URLSearchParams(body).get('price')
      prices.push(price)
      response.setHeader('content-type', 'application/json').end(`{"ResultCode":"00","Price":${price}}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, prices }
}

it('an amount beyond 2^53 reaches PayAPI and comes back to the last digit', async () => {
  const { url, prices } = await echoingPayApi()
  const client = createPayApiClient({ baseUrl: url, merchants: DEMO_MERCHANTS })
  onTestFinished(() => client.close())
  const { post, send } = await facadeForTest({ app: { client } })
  const input = { paymentMethod: 'CARD', transactionId: 'T', amount: BEYOND_DOUBLE, currency: 'KRW' } as const
  expect(await send(CancelPaymentDocument, { input })).toMatchObject({ cancelPayment: { amount: BEYOND_DOUBLE } })
  const literal = await post({
    query: `mutation { cancelPayment(input: {
      paymentMethod: CARD, transactionId: "T", amount: ${BEYOND_DOUBLE}, currency: KRW
    }) { ... on PaymentCancellation { amount } } }`,
  })
  expect(literal).toEqual({ data: { cancelPayment: { amount: BEYOND_DOUBLE } } })
  expect(prices).toEqual([BEYOND_DOUBLE, BEYOND_DOUBLE])
})

it.each([
  ['a float', 1234.5],
  ['a number beyond 2^53', 2 ** 53],
  ['a boolean', true],
  ['an object', { amount: 12345 }],
  ['a list', ['12345']],
])('%s is no amount, and does not stand in the error', async (_, amount) => {
  const query = 'mutation($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) { __typename } }'
  const { data, errors } = await facade.post({ query, variables: { input: { ...charge, amount } } })
  expect(data).toBeUndefined()
  expect(errors?.map(({ message }) => message)).toEqual([
    'Variable "$input" got an invalid value at "input.amount"; Amount takes a decimal string, or a whole number below 2^53.',
  ])
})

it.each(['1234.5', 'true', '{ amount: 12345 }', '["12345"]', 'WON12345'])(
  'the literal %s is no amount, and does not stand in the error',
  async (literal) => {
    const { data, errors } = await facade.post({
      query: `mutation { cancelPayment(input: {
        paymentMethod: CARD, transactionId: "T", amount: ${literal}, currency: KRW
      }) { __typename } }`,
    })
    expect(data).toBeUndefined()
    expect(errors?.map(({ message }) => message)).toEqual(['Amount takes a decimal string or a whole number.'])
  },
)

it.each([
  ['0', 'OUT_OF_RANGE'],
  ['-1', 'INVALID_FORMAT'],
  ['1,004', 'INVALID_FORMAT'],
  ['1004.00', 'INVALID_FORMAT'],
  ['1e3', 'INVALID_FORMAT'],
  ['', 'REQUIRED'],
  ['12345678901', 'TOO_LONG'],
])('the amount "%s" is rejected as %s', async (amount, code) => {
  const answer = await facade.send(ChargeCardBillingKeyDocument, { input: { ...charge, amount } })
  expect(answer).toMatchObject({
    chargeCardBillingKey: { __typename: 'PayApiInvalidInput', issues: [{ path: ['amount'], code }] },
  })
})

it('won are whole, dollars have up to two decimals', async () => {
  const cancel = (amount: string, currency: 'KRW' | 'USD') =>
    facade.send(CancelPaymentDocument, {
      input: { paymentMethod: 'CARD', transactionId: 'SANDBOX-USD-9', amount, currency },
    })
  const rejected = { cancelPayment: { __typename: 'PayApiInvalidInput', issues: [{ path: ['amount'] }] } }
  expect(await cancel('50.00', 'KRW')).toMatchObject(rejected)
  expect(await cancel('50.001', 'USD')).toMatchObject(rejected)
  expect(await cancel('50.00', 'USD')).toMatchObject({ cancelPayment: { amount: '50.00' } })
})
