import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type PayApiClient, SERVICES, type ServiceName } from '../../src/payapi/index.ts'
import { FIXTURES } from '../services/index.generated.ts'
import { CARD_NUMBER, clientFor, HOLDER_ID, MERCHANT } from '../support/payapi/client.ts'
import { answering, httpAnswer, type RawConnection, startRawServer } from '../support/payapi/raw-server.ts'
import { example, rejected } from '../support/payapi/rejections.ts'

// Card number, holder id, password prefix and keys: in nothing that the client gives back, by no way of printing it.

/** Every ordinary way of turning something into text. */
const printed = (value: unknown) =>
  [
    JSON.stringify(value) ?? '',
    `${Object.values(value as object).map(String)}`,
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
  ].join('\n')

const SECRETS = [CARD_NUMBER, '4000-0000-0000-0002', '4000 0000 0000 0002', '"12"', "'12'"]
const KEYS = [MERCHANT.signKey, MERCHANT.apiKey, MERCHANT.apiIv, '3a9503069192f207491d4b19bd743fc249a761ed94246c8c']

function expectNoSecret(value: unknown, holderId = HOLDER_ID): void {
  const text = printed(value)
  for (const secret of [holderId, ...SECRETS, ...KEYS]) expect(text).not.toContain(secret)
}

/** An answer that says back whatever it can of the card. */
const echo = (code: string, holderId: string) =>
  JSON.stringify({
    ResultCode: code,
    ResultMsg: `카드 ${CARD_NUMBER} (4000-0000-0000-0002, 4000 0000 0000 0002), 생년월일 ${holderId} 거절`,
  })

type Serve = (holderId: string) => (connection: RawConnection) => unknown

const answer = (status: number, code: string): Serve => {
  return (holderId) => answering(() => httpAnswer(status, echo(code, holderId)))
}

const ENDINGS: readonly [what: string, serve: Serve][] = [
  ['a success', answer(200, '00')],
  ['a refusal', answer(200, '2001')],
  ['a refusal whose code is the card number', answer(200, CARD_NUMBER)],
  ['a client error', answer(400, '2001')],
  ['a server error', answer(500, '2001')],
  ['an answer that is no answer', answer(201, '00')],
  ['a reset', () => (connection) => connection.request().then(() => connection.reset())],
]

/** The services that take a card, and whose it is in the full example. */
const WITH_CARD: readonly [ServiceName, holderId: string | undefined][] = [
  ['chargeKeyedInCard', '1234567890'],
  ['issueCardBillingKey', HOLDER_ID],
  ['issueCardBillingKeyWithoutAuth', undefined],
]

for (const [name, holderId] of WITH_CARD) {
  describe(name, () => {
    for (const [what, serve] of ENDINGS) {
      test(`shows no secret in ${what}`, async () => {
        const server = await startRawServer(serve(holderId ?? ''))
        const client = clientFor(server.url)
        expectNoSecret(await client.call(SERVICES[name], FIXTURES[name].full.input), holderId)
        expectNoSecret(client.records, holderId)
      })
    }

    test('shows no secret when its input is rejected, whatever else is wrong with it', async () => {
      expectNoSecret(await rejected(name, example(name, { buyer: null })), holderId)
      expectNoSecret(await rejected(name, example(name, { 'card.expiryMonth': CARD_NUMBER })), holderId)
      expectNoSecret(await rejected(name, example(name, { 'card.number': Number(CARD_NUMBER) })), holderId)
    })

    test('shows no secret before it is sent', () => {
      const prepared = clientFor('http://127.0.0.1:1').prepare(SERVICES[name], FIXTURES[name].full.input)
      const { form, merchant, metadata, headers } = 'form' in prepared ? prepared : expect.fail('rejected')
      expect(String(form['cardNumber'])).toBe('[secret]')
      for (const part of [form, merchant, metadata, headers]) expectNoSecret(part, holderId)
    })
  })
}

test("the PG's words come back without the card, and with the rest", async () => {
  const server = await startRawServer(answer(200, '2001')(HOLDER_ID))
  expect(await clientFor(server.url).issueCardBillingKey(FIXTURES.issueCardBillingKey.full.input)).toMatchObject({
    resultMessage: '카드 [hidden] ([hidden], [hidden]), 생년월일 [hidden] 거절',
  })
})

test('a card number in place of an id is not told to whoever gave it, where the input is rejected', async () => {
  const order = await rejected(
    'chargeCardBillingKey',
    example('chargeCardBillingKey', { orderId: CARD_NUMBER, amount: 0 }),
  )
  expect(order).toMatchObject({ orderId: '[hidden]', transactionId: null })
  expectNoSecret(order)
  const payment = await rejected('cancelPayment', example('cancelPayment', { transactionId: CARD_NUMBER, amount: 0 }))
  expect(payment).toMatchObject({ orderId: null, transactionId: '[hidden]' })
  expectNoSecret(payment)
})

test('neither the client nor a merchant shows a key', () => {
  const client: PayApiClient = clientFor('http://127.0.0.1:1')
  expectNoSecret(client)
  const prepared = client.prepare(SERVICES.deleteCardBillingKey, FIXTURES.deleteCardBillingKey.full.input)
  expectNoSecret('merchant' in prepared ? prepared.merchant : expect.fail('rejected'))
})
