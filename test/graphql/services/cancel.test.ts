import { expect, it } from 'vitest'
import { CancelPaymentDocument, CancelPaymentPartiallyDocument } from '../../../schema/operations.generated.ts'
import { exampleOf, INSTANT, REQUEST_ID } from '../../support/graphql/operations.ts'
import { facadeForTest } from '../../support/server/facade.ts'

it('cancelPayment cancels a payment as a whole', async () => {
  const facade = await facadeForTest()
  const answer = await facade.send(CancelPaymentDocument, exampleOf(CancelPaymentDocument))
  expect(answer).toEqual({
    cancelPayment: {
      __typename: 'PaymentCancellation',
      merchantId: 'welcometst',
      transactionId: 'SANDBOX-CARD-1',
      orderId: 'ORDER-1',
      amount: '50000',
      canceledAt: expect.stringMatching(INSTANT),
    },
  })
  expect(facade.sandbox.books.cancellations).toMatchObject([{ tid: 'SANDBOX-CARD-1', price: '50000', remaining: '0' }])
})

it('cancelPayment of what is canceled already ends as a PgFailure with code 01', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(CancelPaymentDocument)
  await facade.send(CancelPaymentDocument, variables)
  expect(await facade.send(CancelPaymentDocument, variables)).toEqual({
    cancelPayment: {
      __typename: 'PgFailure',
      message: expect.stringContaining('code 01'),
      outcome: 'NOT_PROCESSED',
      retryable: false,
      requestId: expect.stringMatching(REQUEST_ID),
      requestedAt: expect.stringMatching(INSTANT),
      merchantId: 'welcometst',
      orderId: null,
      transactionId: 'SANDBOX-CARD-1',
      resultCode: '01',
      resultMessage: '이미 취소된 거래입니다.',
    },
  })
})

it('cancelPayment takes dollars with decimals, and a network cancel of a mobile payment', async () => {
  const facade = await facadeForTest()
  const dollars = { paymentMethod: 'CARD', transactionId: 'SANDBOX-USD-1', amount: '50.00', currency: 'USD' } as const
  expect(await facade.send(CancelPaymentDocument, { input: dollars })).toMatchObject({
    cancelPayment: { __typename: 'PaymentCancellation', amount: '50.00' },
  })
  const mobile = {
    paymentMethod: 'MOBILE',
    transactionId: 'SANDBOX-MOBILE-1',
    amount: 50_000,
    currency: 'KRW',
    networkCancel: true,
  } as const
  expect(await facade.send(CancelPaymentDocument, { input: mobile })).toMatchObject({
    cancelPayment: { __typename: 'PaymentCancellation', amount: '50000' },
  })
})

it('cancelPaymentPartially cancels a part, and then the rest down to zero', async () => {
  const facade = await facadeForTest()
  const { input } = exampleOf(CancelPaymentPartiallyDocument)
  expect(await facade.send(CancelPaymentPartiallyDocument, { input })).toEqual({
    cancelPaymentPartially: {
      __typename: 'PartialPaymentCancellation',
      merchantId: 'welcometst',
      transactionId: 'SANDBOX-CARD-2',
      cancellationTransactionId: expect.stringMatching(/^C\d+$/),
      amount: '20000',
      remainingAmount: '30000',
      canceledAt: expect.stringMatching(INSTANT),
    },
  })
  const rest = { ...input, amount: '30000', remainingAmount: '0' }
  expect(await facade.send(CancelPaymentPartiallyDocument, { input: rest })).toMatchObject({
    cancelPaymentPartially: { __typename: 'PartialPaymentCancellation', amount: '30000', remainingAmount: '0' },
  })
  expect(facade.sandbox.books.cancellations).toMatchObject([{ remaining: '30000' }, { remaining: '0' }])
})
