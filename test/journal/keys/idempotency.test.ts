import { describe, expect, it } from 'vitest'
import { aCharge, scenario, startJournaledFacade } from '../../support/journal/facade.ts'

describe('a key that is used again', () => {
  it('answers with the first success, and charges once', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const first = await mutate('chargeCardBillingKey', charge)
    expect(first).toMatchObject({ __typename: 'CardPayment', orderId: charge.orderId, operationId: expect.any(String) })
    expect(await mutate('chargeCardBillingKey', charge)).toEqual(first)
    expect(sandbox.books.charges).toHaveLength(1)
  })

  it('takes amounts that are written differently for the same input', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const first = await mutate('chargeCardBillingKey', { ...charge, amount: '1004' })
    expect(await mutate('chargeCardBillingKey', { ...charge, amount: 1004, interestFree: null })).toEqual(first)
    expect(sandbox.books.charges).toHaveLength(1)
  })

  it('a key that was refused answers with the first refusal', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1', billingKey: 'no such key' })
    const first = await mutate('chargeCardBillingKey', charge)
    expect(first).toMatchObject({ __typename: 'PgFailure', outcome: 'NOT_PROCESSED' })
    expect(await mutate('chargeCardBillingKey', charge)).toEqual(first)
    expect(sandbox.books.requests['/billing/billpay']).toBe(1)
  })

  it('answers UNKNOWN again, and sends nothing', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const first = await mutate('chargeCardBillingKey', charge, scenario('reset'))
    expect(first).toMatchObject({ __typename: 'PayApiTransportError', outcome: 'UNKNOWN', reason: 'CONNECTION_LOST' })
    expect(await mutate('chargeCardBillingKey', charge)).toEqual(first)
    expect(sandbox.books.charges).toHaveLength(1)
  })

  it('a key that is used with another input is a conflict', async () => {
    const { mutate, send, sandbox } = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const first = await mutate('chargeCardBillingKey', charge)
    const other = await mutate('chargeCardBillingKey', { ...charge, orderId: 'another', amount: '2000' })
    expect(other).toMatchObject({
      __typename: 'PayApiIdempotencyConflict',
      outcome: 'NOT_PROCESSED',
      retryable: false,
      operationId: first['operationId'],
    })
    const { data } = await send(
      'mutation M($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) { ... on PayApiIdempotencyConflict { reason } } }',
      { input: { ...charge, amount: '3000' } },
    )
    expect(data?.['chargeCardBillingKey']).toEqual({ reason: 'DIFFERENT_INPUT' })
    expect(sandbox.books.charges).toHaveLength(1)
  })

  it('is another one for another mutation and for another merchant', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    await mutate('chargeCardBillingKey', charge)
    await mutate('chargeMobileBillingKey', aCharge({ idempotencyKey: 'key-1', billingKey: 'SANDBOX-MOBILEKEY-1' }))
    await mutate('chargeCardBillingKey', { ...charge, merchantId: 'welcometwo' })
    expect(sandbox.books.charges).toHaveLength(3)
  })

  it('is free again after a call that never left', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const first = await mutate('chargeCardBillingKey', charge, scenario('refused'))
    expect(first).toMatchObject({ reason: 'CONNECTION_REFUSED', outcome: 'NOT_PROCESSED', retryable: true })
    expect(await mutate('chargeCardBillingKey', charge)).toMatchObject({ __typename: 'CardPayment' })
    expect(sandbox.books.charges).toHaveLength(1)
  })

  it('is not claimed by an input that is rejected', async () => {
    const { mutate } = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const rejected = await mutate('chargeCardBillingKey', { ...charge, amount: '0' })
    expect(rejected).toMatchObject({ __typename: 'PayApiInvalidInput', operationId: null })
    expect(await mutate('chargeCardBillingKey', charge)).toMatchObject({ __typename: 'CardPayment' })
  })

  it('a key answers the same after a restart', async () => {
    const facade = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const first = await facade.mutate('chargeCardBillingKey', charge)
    const restarted = await facade.another()
    expect(await restarted.mutate('chargeCardBillingKey', charge)).toEqual(first)
    expect(facade.sandbox.books.charges).toHaveLength(1)
  })

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
    ['not printable', 'key\n'],
  ])('is rejected when it is %s, with all else that is wrong', async (_, idempotencyKey) => {
    const { mutate, sandbox } = await startJournaledFacade()
    const rejected = await mutate('chargeCardBillingKey', aCharge({ idempotencyKey, amount: '0' }))
    expect(rejected['issues']).toEqual([
      { path: ['amount'], code: 'OUT_OF_RANGE' },
      { path: ['idempotencyKey'], code: 'INVALID_FORMAT' },
    ])
    expect(sandbox.books.requests['/billing/billpay']).toBe(0)
  })
})

describe('a key that is used again while the first request is under way', () => {
  it('a key whose first request is under way waits for its result', async () => {
    const { mutate, sandbox } = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const [one, ...others] = await Promise.all(
      Array.from({ length: 20 }, () => mutate('chargeCardBillingKey', charge, scenario('slow'))),
    )
    expect(one).toMatchObject({ __typename: 'CardPayment' })
    for (const other of others) expect(other).toEqual(one)
    expect(sandbox.books.charges).toHaveLength(1)
  })

  it('waits for its result also in another process', async () => {
    const facade = await startJournaledFacade()
    const other = await facade.another()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const [one, two] = await Promise.all([
      facade.mutate('chargeCardBillingKey', charge, scenario('slow')),
      other.mutate('chargeCardBillingKey', charge, scenario('slow')),
    ])
    expect(one).toMatchObject({ __typename: 'CardPayment' })
    expect(two).toEqual(one)
    expect(facade.sandbox.books.charges).toHaveLength(1)
  })

  it('is told IN_PROGRESS where that takes too long', async () => {
    const { mutate, sandbox } = await startJournaledFacade({ waitMs: 0 })
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const both = await Promise.all([
      mutate('chargeCardBillingKey', charge, scenario('slow')),
      mutate('chargeCardBillingKey', charge, scenario('slow')),
    ])
    const types = both.map(({ __typename }) => __typename).sort()
    expect(types).toEqual(['CardPayment', 'PayApiIdempotencyConflict'])
    expect(both.find(({ __typename }) => __typename === 'PayApiIdempotencyConflict')).toMatchObject({ retryable: true })
    expect(sandbox.books.charges).toHaveLength(1)
  })

  const BY_KEY = `query ($key: ID!, $service: PayApiServiceName!, $merchantId: ID) {
    found: paymentOperationByKey(idempotencyKey: $key, service: $service, merchantId: $merchantId) { id state }
  }`

  it('finds its operation, of its own mutation and merchant only', async () => {
    const { mutate, send } = await startJournaledFacade()
    const { operationId } = await mutate('chargeCardBillingKey', aCharge({ idempotencyKey: 'key-1' }))
    const find = async (given: object) => {
      const { data, errors } = await send(BY_KEY, { key: 'key-1', service: 'chargeCardBillingKey', ...given })
      expect(errors).toBeUndefined()
      return data?.['found']
    }
    const found = { id: operationId, state: 'SUCCEEDED' }
    expect(await find({})).toEqual(found)
    expect(await find({ merchantId: 'welcometst' })).toEqual(found)
    expect(await find({ merchantId: 'welcometwo' })).toBeNull()
    expect(await find({ service: 'cancelPayment' })).toBeNull()
    expect(await find({ key: 'key-2' })).toBeNull()
  })

  it('finds nothing where nothing was sent, since it may be used again', async () => {
    const { mutate, send } = await startJournaledFacade()
    await mutate('chargeCardBillingKey', aCharge({ idempotencyKey: 'key-1' }), scenario('refused'))
    const { data } = await send(BY_KEY, { key: 'key-1', service: 'chargeCardBillingKey' })
    expect(data).toEqual({ found: null })
  })

  it('is shown by its first eight characters only', async () => {
    const { mutate, send } = await startJournaledFacade()
    const idempotencyKey = 'checkout-2026-11-26-1'
    const { operationId } = await mutate('chargeCardBillingKey', aCharge({ idempotencyKey }))
    const shown = await send(
      `query Q($id: ID!) { paymentOperation(id: $id) { idempotencyKey } paymentOperations { edges { node { idempotencyKey } } } }`,
      { id: operationId },
    )
    expect(shown.data).toEqual({
      paymentOperation: { idempotencyKey: 'checkout' },
      paymentOperations: { edges: [{ node: { idempotencyKey: 'checkout' } }] },
    })
  })
})
