import { expect, it } from 'vitest'
import { clientThatSends, type Facade, facadeForTest } from '../../support/server/facade.ts'

const PREFIX_PATH = '/search/card/prefix'
const STATUS_PATH = '/escrow/checkstatus'

const sentTo = ({ sandbox }: Facade, path: string) => sandbox.books.requests[path]

it('equal lookups of one request are one call', async () => {
  const facade = await facadeForTest()
  const { data } = await facade.post({
    query: `{
      one: cardPrefix(prefix: "949094") { ...name }
      other: cardPrefix(prefix: "949094", merchantId: "welcometst") { ...name }
      escrow: escrowStatus(transactionId: "SANDBOX-ESCROW-1") { __typename }
      escrowAgain: escrowStatus(transactionId: "SANDBOX-ESCROW-1", clientIp: "127.0.0.1") { __typename }
    }
    fragment name on CardPrefix { cardName }`,
  })
  expect(data).toEqual({
    one: { cardName: '국민' },
    other: { cardName: '국민' },
    escrow: { __typename: 'EscrowStatus' },
    escrowAgain: { __typename: 'EscrowStatus' },
  })
  expect(sentTo(facade, PREFIX_PATH)).toBe(1)
  expect(sentTo(facade, STATUS_PATH)).toBe(1)
  expect(facade.calls().length).toBe(2)
})

it('lookups that differ, or act as different merchants, are calls of their own', async () => {
  const facade = await facadeForTest()
  const { data } = await facade.post({
    query: `{
      one: cardPrefix(prefix: "949094") { ...fields }
      other: cardPrefix(prefix: "400000") { ...fields }
      otherMerchant: cardPrefix(prefix: "949094", merchantId: "welcometwo") { ...fields }
    }
    fragment fields on CardPrefix { prefix merchantId }`,
  })
  expect(data).toEqual({
    one: { prefix: '949094', merchantId: 'welcometst' },
    other: { prefix: '400000', merchantId: 'welcometst' },
    otherMerchant: { prefix: '949094', merchantId: 'welcometwo' },
  })
  expect(sentTo(facade, PREFIX_PATH)).toBe(3)
})

it('equal lookups in the form of mutations are one call as well', async () => {
  const facade = await facadeForTest()
  const { data } = await facade.post({
    query: `mutation {
      one: lookUpCardPrefix(input: { prefix: "949094" }) { __typename }
      other: lookUpCardPrefix(input: { prefix: "949094" }) { __typename }
    }`,
  })
  expect(data).toEqual({ one: { __typename: 'CardPrefix' }, other: { __typename: 'CardPrefix' } })
  expect(sentTo(facade, PREFIX_PATH)).toBe(1)
})

it('a lookup after a change of the same request is asked anew', async () => {
  const facade = await facadeForTest()
  const confirm = 'transactionId: "SANDBOX-DELIVERED-1", clientIp: "127.0.0.1"'
  const { data } = await facade.post({
    query: `mutation {
      before: checkEscrowStatus(input: { transactionId: "SANDBOX-DELIVERED-1" }) { ...state }
      confirmEscrowPurchase(input: { ${confirm}, processedBy: "홍길동" }) { __typename }
      after: checkEscrowStatus(input: { transactionId: "SANDBOX-DELIVERED-1" }) { ...state }
    }
    fragment state on EscrowStatus { state }`,
  })
  expect(data).toEqual({
    before: { state: 'APPROVED' },
    confirmEscrowPurchase: { __typename: 'EscrowPurchaseConfirmation' },
    after: { state: 'PURCHASE_CONFIRMED' },
  })
  expect(sentTo(facade, STATUS_PATH)).toBe(2)
})

it('equal lookups that fail are one call, and each field has the failure', async () => {
  const facade = await facadeForTest()
  const { data } = await facade.post(
    {
      query: `{
        one: cardPrefix(prefix: "949094") { ...id }
        other: cardPrefix(prefix: "949094") { ...id }
      }
      fragment id on PayApiHttpServerError { requestId }`,
    },
    { scenario: 'http-500' },
  )
  expect(data?.['one']).toEqual({ requestId: expect.any(String) })
  expect(data?.['other']).toEqual(data?.['one'])
  expect(sentTo(facade, PREFIX_PATH)).toBe(1)
})

it('another request asks again, after a failure as after a success', async () => {
  const facade = await facadeForTest()
  const body = { query: '{ cardPrefix(prefix: "949094") { __typename } }' }
  expect(await facade.post(body, { scenario: 'reset' })).toEqual({
    data: { cardPrefix: { __typename: 'PayApiTransportError' } },
  })
  const success = { data: { cardPrefix: { __typename: 'CardPrefix' } } }
  expect(await facade.post(body)).toEqual(success)
  expect(await facade.post(body)).toEqual(success)
  expect(sentTo(facade, PREFIX_PATH)).toBe(3)
})

it('a hundred lookups of ten prefixes are ten calls', async () => {
  const facade = await facadeForTest({ app: { security: { limits: { maxAliases: 100 } } } })
  const fields = Array.from(
    { length: 100 },
    (_, index) => `p${index}: cardPrefix(prefix: "40000${index % 10}") { ...prefix }`,
  )
  const { data } = await facade.post({
    query: `{ ${fields.join('\n')} } fragment prefix on CardPrefix { prefix }`,
  })
  expect(data).toEqual(Object.fromEntries(fields.map((_, index) => [`p${index}`, { prefix: `40000${index % 10}` }])))
  expect(sentTo(facade, PREFIX_PATH)).toBe(10)
})

it('a fault of our own in one lookup leaves the others their answers', async () => {
  const { client } = await facadeForTest()
  const facade = await facadeForTest({
    app: {
      client: clientThatSends(client, async (call) => {
        if (call.form['cardNumber'] === '400000') throw new Error('a fault of our own')
        return client.send(call)
      }),
    },
  })
  const { data, errors } = await facade.post({
    query: '{ good: cardPrefix(prefix: "949094") { __typename } bad: cardPrefix(prefix: "400000") { __typename } }',
  })
  expect(data).toEqual({ good: { __typename: 'CardPrefix' }, bad: null })
  expect(errors).toMatchObject([{ message: 'Unexpected error.', path: ['bad'] }])
})
