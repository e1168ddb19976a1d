import { expect, it } from 'vitest'
import { ChargeKeyedInCardDocument } from '../../../schema/operations.generated.ts'
import { exampleOf, INSTANT, REQUEST_ID } from '../../support/graphql/operations.ts'
import { facadeForTest } from '../../support/server/facade.ts'

it('chargeKeyedInCard charges a card by its number', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(ChargeKeyedInCardDocument)
  expect(await facade.send(ChargeKeyedInCardDocument, variables)).toEqual({
    chargeKeyedInCard: {
      __typename: 'CardPayment',
      merchantId: 'welcometst',
      orderId: 'ORDER-8',
      transactionId: expect.stringMatching(/^welcometstCD\d{20}$/),
      amount: '1004',
      approvalNumber: expect.stringMatching(/^\d{8}$/),
      cardCompany: null,
      approvedAt: expect.stringMatching(INSTANT),
    },
  })
  expect(facade.sandbox.books.charges).toMatchObject([{ oid: 'ORDER-8', price: '1004', path: '/noauth/pay/card' }])
})

it('chargeKeyedInCard of a declined card says why, and that nothing was charged', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(ChargeKeyedInCardDocument)
  expect(await facade.send(ChargeKeyedInCardDocument, variables, { scenario: 'decline' })).toEqual({
    chargeKeyedInCard: {
      __typename: 'PgFailure',
      message: expect.stringContaining('code 1001'),
      outcome: 'NOT_PROCESSED',
      retryable: false,
      requestId: expect.stringMatching(REQUEST_ID),
      requestedAt: expect.stringMatching(INSTANT),
      merchantId: 'welcometst',
      orderId: 'ORDER-8',
      transactionId: null,
      resultCode: '1001',
      resultMessage: '카드사에서 승인을 거절하였습니다.',
    },
  })
  expect(facade.sandbox.books.charges).toEqual([])
})
