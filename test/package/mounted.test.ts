import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createPayApiGraphql, type PayApiGraphql, type PayApiGraphqlOptions } from '../../src/package/index.ts'

function mount(options: PayApiGraphqlOptions = {}): PayApiGraphql {
  const payments = createPayApiGraphql(options)
  onTestFinished(() => payments.close())
  return payments
}

/** A server of `node:http` with nothing but the facade; resolves to its origin. */
async function listen(payments: PayApiGraphql): Promise<string> {
  const server = createServer(payments.nodeHandler).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** The two ways in. */
const WAYS: readonly (readonly [string, (payments: PayApiGraphql) => Promise<Ask>])[] = [
  [
    'fetch',
    async ({ fetch }) =>
      (path, init) =>
        fetch(new Request(`http://shop.test${path}`, init)),
  ],
  [
    'nodeHandler',
    async (payments) => {
      const origin = await listen(payments)
      return (path, init) => fetch(`${origin}${path}`, init)
    },
  ],
]

const CHARGE = `mutation ($input: ChargeKeyedInCardInput!) {
  chargeKeyedInCard(input: $input) { __typename ... on CardPayment { transactionId operationId } }
}`

const card = {
  number: '4000000000000002',
  expiryYear: '29',
  expiryMonth: '12',
  holderId: '900101',
  passwordPrefix: '12',
}

const graphql = (query: string, variables: object = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query, variables }),
})

it.each(WAYS)('charges a card in its own sandbox, and answers the same to the same key, by %s', async (_, open) => {
  const ask = await open(mount())
  const input = {
    orderId: 'P-1',
    amount: '1000',
    goodsName: '커피',
    buyer: { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' },
    card,
    installmentMonths: 0,
    idempotencyKey: 'pay-1',
  }
  const first = await (await ask('/graphql', graphql(CHARGE, { input }))).json()
  expect(first).toEqual({ data: { chargeKeyedInCard: expect.objectContaining({ __typename: 'CardPayment' }) } })
  expect(await (await ask('/graphql', graphql(CHARGE, { input }))).json()).toEqual(first)
})
