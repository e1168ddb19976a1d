import { describe, expect, it } from 'vitest'
import { aCharge, scenario, startJournaledFacade } from '../../support/journal/facade.ts'

// What looks like one id to a person is one id to the journal, or none.

const NFD = (text: string) => text.normalize('NFD')

describe('an order that is written in another composition', () => {
  it('is the same order, and is not charged again', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    expect(await mutate('chargeCardBillingKey', aCharge({ orderId: '주문-가' }))).toMatchObject({ orderId: '주문-가' })
    const again = await mutate('chargeCardBillingKey', aCharge({ orderId: NFD('주문-가') }))
    expect(again).toMatchObject({ __typename: 'PayApiIdempotencyConflict', orderId: '주문-가' })
    expect(sandbox.books.charges.map(({ oid }) => oid)).toEqual(['주문-가'])
  })

  it('an order is found by either composition', async () => {
    const { mutate, send } = await startJournaledFacade()
    await mutate('chargeCardBillingKey', aCharge({ orderId: NFD('주문-가') }))
    for (const orderId of ['주문-가', NFD('주문-가')]) {
      const { data } = await send(
        'query ($o: ID!) { paymentOperations(filter: { orderId: $o }) { edges { node { orderId } } } }',
        {
          o: orderId,
        },
      )
      expect(data).toEqual({ paymentOperations: { edges: [{ node: { orderId: '주문-가' } }] } })
    }
  })
})

describe('a key that is written in another composition', () => {
  it('is the same key: its first success is the answer', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const charge = aCharge()
    const first = await mutate('chargeCardBillingKey', { ...charge, idempotencyKey: '열쇠-1' })
    expect(await mutate('chargeCardBillingKey', { ...charge, idempotencyKey: NFD('열쇠-1') })).toEqual(first)
    expect(sandbox.books.charges).toHaveLength(1)
  })

  it('a key finds its operation by either composition', async () => {
    const { mutate, send } = await startJournaledFacade()
    const { operationId } = await mutate('chargeCardBillingKey', aCharge({ idempotencyKey: NFD('열쇠-1') }))
    const query = 'query ($k: ID!) { paymentOperationByKey(idempotencyKey: $k, service: chargeCardBillingKey) { id } }'
    for (const k of ['열쇠-1', NFD('열쇠-1')]) {
      expect(await send(query, { k })).toEqual({ data: { paymentOperationByKey: { id: operationId } } })
    }
  })

  it('the length of a key is counted composed', async () => {
    const { mutate } = await startJournaledFacade()
    const keyed = (length: number) =>
      mutate('chargeCardBillingKey', aCharge({ idempotencyKey: NFD('각'.repeat(length)) }))
    expect(await keyed(255)).toMatchObject({ __typename: 'CardPayment' })
    expect(await keyed(256)).toMatchObject({ issues: [{ path: ['idempotencyKey'], code: 'INVALID_FORMAT' }] })
  })
})

it.each([
  ['a space behind it', 'X '],
  ['a no-break space', 'X\u00a0'],
  ['a zero-width space', 'X\u200b'],
  ['a byte order mark', '\ufeffX'],
  ['a variation selector', 'X\ufe0f'],
  ['a Hangul filler', 'X\u3164'],
  ['only a space', ' '],
  ['10,000 marks', '\u0301\u0323'.repeat(5_000)],
])('an order or a key with %s is refused, and an id that is looked up is an error', async (_, id) => {
  const { mutate, send, sandbox } = await startJournaledFacade()
  await mutate('chargeCardBillingKey', aCharge({ orderId: 'X', idempotencyKey: 'X' }))
  const order = await mutate('chargeCardBillingKey', aCharge({ orderId: id }))
  expect(order).toMatchObject({ __typename: 'PayApiInvalidInput', issues: [{ path: ['orderId'] }] })
  const keyed = await mutate('chargeCardBillingKey', aCharge({ idempotencyKey: id }))
  expect(keyed['issues']).toEqual([{ path: ['idempotencyKey'], code: 'INVALID_FORMAT' }])
  expect(sandbox.books.charges).toHaveLength(1)
  for (const query of [
    'query ($id: ID!) { paymentOperations(filter: { orderId: $id }) { edges { cursor } } }',
    'query ($id: ID!) { paymentOperation(id: $id) { id } }',
    'query ($id: ID!) { paymentOperationByKey(idempotencyKey: $id, service: chargeCardBillingKey) { id } }',
  ]) {
    expect(await send(query, { id })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
  }
})

describe('what a person found', () => {
  it('has its transaction without look-alikes, and its note composed', async () => {
    const { mutate } = await startJournaledFacade()
    const { operationId } = await mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    for (const transactionId of ['T ', 'T\u200b', '', 'T'.repeat(41)]) {
      const rejected = await mutate('resolvePaymentOperation', { operationId, processed: true, transactionId })
      expect(rejected['issues']).toEqual([{ path: ['transactionId'], code: 'INVALID_FORMAT' }])
    }
    for (const note of ['각'.repeat(501), '\u0301\u0323'.repeat(5_000)]) {
      const rejected = await mutate('resolvePaymentOperation', {
        operationId,
        processed: true,
        transactionId: 'T',
        note,
      })
      expect(rejected['issues']).toEqual([{ path: ['note'], code: 'TOO_LONG' }])
    }
    const found = { operationId, processed: true, transactionId: NFD('거래-1'), note: NFD('각'.repeat(500)) }
    expect(await mutate('resolvePaymentOperation', found)).toMatchObject({
      transactionId: '거래-1',
      resolution: { note: '각'.repeat(500) },
    })
  })
})

describe('a dollar amount that is written with another number of decimals', () => {
  it('is the same input under the same key, and is sent as it was written first', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const cancel = { paymentMethod: 'CARD', transactionId: 'SANDBOX-USD-1', currency: 'USD', idempotencyKey: 'key-1' }
    const first = await mutate('cancelPayment', { ...cancel, amount: '1.0' })
    for (const amount of ['1.00', '1', 1, '01.0']) {
      expect(await mutate('cancelPayment', { ...cancel, amount })).toEqual(first)
    }
    expect(await mutate('cancelPayment', { ...cancel, amount: '1.01' })).toMatchObject({
      __typename: 'PayApiIdempotencyConflict',
    })
    expect(await mutate('cancelPayment', { ...cancel, amount: '10' })).toMatchObject({
      __typename: 'PayApiIdempotencyConflict',
    })
    expect(sandbox.books.requests['/cancel/cancel']).toBe(1)
  })

  it('is the same also in what remains', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const part = { paymentMethod: 'CARD', transactionId: 'SANDBOX-USD-1', currency: 'USD', idempotencyKey: 'key-1' }
    const first = await mutate('cancelPaymentPartially', { ...part, amount: '1.50', remainingAmount: '0' })
    expect(await mutate('cancelPaymentPartially', { ...part, amount: '1.5', remainingAmount: '0.00' })).toEqual(first)
    expect(sandbox.books.requests['/cancel/repay']).toBe(1)
  })
})
