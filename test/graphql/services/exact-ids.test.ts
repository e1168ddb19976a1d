import { describe, expect, it } from 'vitest'
import { startJournaledFacade } from '../../support/journal/facade.ts'
import { bench, WAYS } from '../../support/server/ways.ts'

// JSON's numbers are doubles here: past 2^53 - 1, what arrives may be another order's number.

const facades = bench()

const charge = (orderId: string) => `{
  "orderId": ${orderId}, "amount": "1004", "billingKey": "SANDBOX-CARDKEY-1", "buyer": { "name": "홍길동" }
}`

const CHARGE =
  'mutation($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) { __typename ... on CardPayment { orderId } } }'

/** A body as its bytes are written: a number in it is not rounded before it is sent. */
const withInput = (input: string, query = CHARGE) => ({
  body: `{ "query": ${JSON.stringify(query)}, "variables": { "input": ${input} } }`,
})

const NOT_EXACT = [
  ['a number of 17 digits', '20261126123456789'],
  ['2^53', '9007199254740992'],
  ['-2^53', '-9007199254740992'],
  ['a fraction', '1.5'],
  ['a number too large for a double', '1e400'],
  ['a large power of ten', '1e21'],
  ['minus zero', '-0'],
  ['yes', 'true'],
  ['a list of two', '["A", "B"]'],
  ['an object', '{ "id": "A" }'],
] as const

describe.each(WAYS)('%s', (way) => {
  it.each(NOT_EXACT)('%s as an id in variables is a request error, and nothing is sent', async (_, orderId) => {
    const facade = await facades.facade(way)
    const before = facades.sent()
    const { json } = await facade.post(withInput(charge(orderId)))
    expect(json.data).toBeUndefined()
    expect(json.errors).toHaveLength(1)
    expect(json.errors[0].message).toBe(
      'Variable "$input" got an invalid value at "input.orderId"; ID takes a string, or a whole number of at most 2^53 - 1.',
    )
    expect(facades.sent()).toBe(before)
  })

  it('whole numbers up to 2^53 - 1 are the text of their digits', async () => {
    const facade = await facades.facade(way)
    for (const [orderId, text] of [
      ['9007199254740991', '9007199254740991'],
      ['0', '0'],
      ['-7', '-7'],
      ['20261126', '20261126'],
      ['"20261126123456789"', '20261126123456789'],
    ] as const) {
      const { json } = await facade.post(withInput(charge(orderId)))
      expect(json).toEqual({ data: { chargeCardBillingKey: { __typename: 'CardPayment', orderId: text } } })
    }
  })
})

/** Every place where an id is given, with `@` for the id. */
const PLACES: readonly (readonly [place: string, query: string])[] = [
  [
    'an order number',
    'mutation { chargeMobileBillingKey(input: { orderId: @, amount: 1, billingKey: "K", buyer: { name: "홍길동" } }) { __typename } }',
  ],
  ['a billing key', 'mutation { deleteCardBillingKey(input: { billingKey: @ }) { __typename } }'],
  [
    'a transaction id',
    'mutation { cancelPayment(input: { transactionId: @, amount: 1, currency: KRW, paymentMethod: CARD }) { __typename } }',
  ],
  [
    'an idempotency key',
    'mutation { deleteCardBillingKey(input: { billingKey: "K", idempotencyKey: @ }) { __typename } }',
  ],
  ['a merchant', 'mutation { deleteCardBillingKey(input: { billingKey: "K", merchantId: @ }) { __typename } }'],
  ['the merchant of a query', '{ cardPrefix(prefix: "949094", merchantId: @) { __typename } }'],
  ['the payment of a query', '{ escrowStatus(transactionId: @) { __typename } }'],
  ['an operation', '{ paymentOperation(id: @) { id } }'],
  ['the key of an operation', '{ paymentOperationByKey(idempotencyKey: @, service: chargeKeyedInCard) { id } }'],
  [
    'the merchant of a key',
    '{ paymentOperationByKey(idempotencyKey: "K", service: chargeKeyedInCard, merchantId: @) { id } }',
  ],
  ['the order of a filter', '{ paymentOperations(filter: { orderId: @ }) { edges { cursor } } }'],
  ['the merchant of a filter', '{ paymentOperations(filter: { merchantId: @ }) { edges { cursor } } }'],
  [
    'what is resolved',
    'mutation { resolvePaymentOperation(input: { operationId: @, processed: true }) { __typename } }',
  ],
  [
    'what was found',
    'mutation { resolvePaymentOperation(input: { operationId: "O", processed: true, transactionId: @ }) { __typename } }',
  ],
]

describe.each(PLACES)('as %s', (_, query) => {
  it.each(['20261126123456789', '9007199254740992', '1.5', '1e3', '-0', 'true'])(
    'the literal %s is a request error, and nothing is sent',
    async (literal) => {
      const facade = await facades.facade('without a socket')
      const before = facades.sent()
      const { json } = await facade.post({ query: query.replace('@', literal) })
      expect(json.data).toBeUndefined()
      expect(json.errors[0].message).toBe('ID takes a string, or a whole number of at most 2^53 - 1.')
      expect(facades.sent()).toBe(before)
    },
  )

  it('a variable that is not exact is a request error, and nothing is sent', async () => {
    const facade = await facades.facade('without a socket')
    const before = facades.sent()
    const named = query
      .replace(/^(?:mutation |query )?/, (kind) => `${kind || 'query '}($id: ID!) `)
      .replace('@', '$id')
    const { json } = await facade.post({
      body: `{ "query": ${JSON.stringify(named)}, "variables": { "id": 20261126123456789 } }`,
    })
    expect(json.data).toBeUndefined()
    expect(json.errors[0].message).toMatch(/; ID takes a string, or a whole number of at most 2\^53 - 1\.$/)
    expect(facades.sent()).toBe(before)
  })
})

describe.each(['transactionId', 'merchantId'])('the %s that another subgraph names', (name) => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on EscrowPayment { transactionId status { __typename } } } }`
  const reference = (value: string) =>
    `{ "__typename": "EscrowPayment", "transactionId": "SANDBOX-ESCROW-1", "${name}": ${value} }`

  it.each(['20261126123456789', '1.5', '-0'])('fails alone as %s', async (value) => {
    const facade = await facades.facade('without a socket')
    const { json } = await facade.post({
      body: `{ "query": ${JSON.stringify(query)}, "variables": { "of": [${reference('"welcometst"')}, ${reference(value)}] } }`,
    })
    expect(json.data._entities[0]).not.toBeNull()
    expect(json.data._entities[1]).toBeNull()
    expect(json.errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('fails alone as a literal that is rounded', async () => {
    const facade = await facades.facade('without a socket')
    const { json } = await facade.post({
      query: `{ _entities(representations: [{ __typename: "EscrowPayment", ${name}: 20261126123456789 }]) { __typename } }`,
    })
    expect(json.data._entities).toEqual([null])
  })
})

it('numbers that round to one key do not answer with each other’s success', async () => {
  const { send, sandbox } = await startJournaledFacade()
  const keyed = (orderId: string, key: number) =>
    send(CHARGE, {
      input: { orderId, amount: 1, billingKey: 'SANDBOX-CARDKEY-1', buyer: { name: '홍길동' }, idempotencyKey: key },
    })
  expect((await keyed('FIRST', 7)).data).toMatchObject({ chargeCardBillingKey: { orderId: 'FIRST' } })
  // biome-ignore lint/correctness/noPrecisionLoss: that it is lost is what this is about.
  expect((await keyed('SECOND', 20261126123456789)).errors).toHaveLength(1)
  expect(sandbox.books.charges.map(({ oid }) => oid)).toEqual(['FIRST'])
})
