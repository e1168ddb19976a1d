import { expect, it } from 'vitest'
import { aCharge, scenario, startJournaledFacade } from '../../support/journal/facade.ts'

it('refuses to charge an order again that was charged', async () => {
  const { mutate, sandbox } = await startJournaledFacade()
  const charge = aCharge()
  const first = await mutate('chargeCardBillingKey', charge)
  const second = await mutate('chargeCardBillingKey', charge)
  expect(second).toMatchObject({
    __typename: 'PayApiIdempotencyConflict',
    outcome: 'NOT_PROCESSED',
    retryable: false,
    orderId: charge.orderId,
    operationId: first['operationId'],
  })
  expect(sandbox.books.charges).toHaveLength(1)
})

it('refuses it also by another service, and under another key', async () => {
  const { mutate, sandbox } = await startJournaledFacade()
  const charge = aCharge({ idempotencyKey: 'key-1' })
  await mutate('chargeCardBillingKey', charge)
  const mobile = { ...charge, billingKey: 'SANDBOX-MOBILEKEY-1', idempotencyKey: 'key-2' }
  expect(await mutate('chargeMobileBillingKey', mobile)).toMatchObject({ __typename: 'PayApiIdempotencyConflict' })
  expect(sandbox.books.charges).toHaveLength(1)
})

it('refuses it while the outcome of the first is unknown', async () => {
  const { mutate, sandbox } = await startJournaledFacade()
  const charge = aCharge()
  const first = await mutate('chargeCardBillingKey', charge, scenario('http-500'))
  expect(first).toMatchObject({ __typename: 'PayApiHttpServerError', outcome: 'UNKNOWN' })
  expect(await mutate('chargeCardBillingKey', charge)).toMatchObject({ operationId: first['operationId'] })
  expect(sandbox.books.charges).toHaveLength(0)
})

it('lets one of many at once charge it', async () => {
  const { mutate, sandbox } = await startJournaledFacade()
  const charge = aCharge()
  const all = await Promise.all(Array.from({ length: 20 }, () => mutate('chargeCardBillingKey', charge)))
  expect(all.filter(({ __typename }) => __typename === 'CardPayment')).toHaveLength(1)
  expect(sandbox.books.charges).toHaveLength(1)
})

it('lets it be tried again after a refusal', async () => {
  const { mutate } = await startJournaledFacade()
  const charge = aCharge()
  expect(await mutate('chargeCardBillingKey', charge, scenario('decline'))).toMatchObject({ __typename: 'PgFailure' })
  expect(await mutate('chargeCardBillingKey', charge)).toMatchObject({ __typename: 'CardPayment' })
})

it('plays a scenario of the sandbox also for an order that was charged', async () => {
  const { mutate } = await startJournaledFacade()
  const charge = aCharge()
  await mutate('chargeCardBillingKey', charge)
  expect(await mutate('chargeCardBillingKey', charge, scenario('decline'))).toMatchObject({ __typename: 'PgFailure' })
})

it('guards charges only: a payment may be canceled in several parts', async () => {
  const { mutate } = await startJournaledFacade()
  const part = { paymentMethod: 'CARD', currency: 'KRW', transactionId: 'SANDBOX-CARD-1', amount: '10000' }
  for (const remainingAmount of ['40000', '30000']) {
    expect(await mutate('cancelPaymentPartially', { ...part, remainingAmount })).toMatchObject({
      __typename: 'PartialPaymentCancellation',
    })
  }
})

it('can be switched off for shops that use an order number again', async () => {
  const { mutate, sandbox } = await startJournaledFacade({ orderGuard: false })
  const charge = aCharge()
  await mutate('chargeCardBillingKey', charge)
  await mutate('chargeCardBillingKey', charge)
  expect(sandbox.books.charges).toHaveLength(2)
})
