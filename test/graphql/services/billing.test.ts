import { expect, it } from 'vitest'
import {
  ChargeCardBillingKeyDocument,
  ChargeMobileBillingKeyDocument,
  DeleteCardBillingKeyDocument,
  IssueCardBillingKeyDocument,
  IssueCardBillingKeyWithoutAuthDocument,
} from '../../../schema/operations.generated.ts'
import { exampleOf, INSTANT } from '../../support/graphql/operations.ts'
import { facadeForTest } from '../../support/server/facade.ts'

it('issueCardBillingKey gives a key, the card company and whom the card belongs to', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(IssueCardBillingKeyDocument)
  expect(await facade.send(IssueCardBillingKeyDocument, variables)).toEqual({
    issueCardBillingKey: {
      __typename: 'CardBillingKey',
      merchantId: 'welcometst',
      billingKey: expect.stringMatching(/^welcometstBK\d{20}$/),
      cardCompany: { code: '21', name: '해외비자' },
      cardKind: 'PERSONAL',
      amount: '0',
      issuedAt: expect.stringMatching(INSTANT),
      transactionId: expect.stringMatching(/^welcometstKY\d{20}$/),
    },
  })
})

it('issueCardBillingKeyWithoutAuth gives a key, and null for whom the card belongs to', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(IssueCardBillingKeyWithoutAuthDocument)
  expect(await facade.send(IssueCardBillingKeyWithoutAuthDocument, variables)).toEqual({
    issueCardBillingKeyWithoutAuth: {
      __typename: 'CardBillingKey',
      merchantId: 'welcometst',
      billingKey: expect.stringMatching(/^welcometstBK\d{20}$/),
      cardCompany: { code: '21', name: '해외비자' },
      cardKind: null,
      amount: '0',
      issuedAt: expect.stringMatching(INSTANT),
      transactionId: expect.stringMatching(/^welcometstKY\d{20}$/),
    },
  })
})

it('chargeCardBillingKey charges the card of a key', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(ChargeCardBillingKeyDocument)
  expect(await facade.send(ChargeCardBillingKeyDocument, variables)).toEqual({
    chargeCardBillingKey: {
      __typename: 'CardPayment',
      merchantId: 'welcometst',
      orderId: 'ORDER-5',
      transactionId: expect.stringMatching(/^welcometstCD\d{20}$/),
      amount: '1004',
      approvalNumber: expect.stringMatching(/^\d{8}$/),
      cardCompany: null,
      approvedAt: expect.stringMatching(INSTANT),
    },
  })
  expect(facade.sandbox.books.charges).toMatchObject([{ oid: 'ORDER-5', price: '1004' }])
})

it('deleteCardBillingKey deletes a key, which then no longer charges', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(DeleteCardBillingKeyDocument)
  expect(await facade.send(DeleteCardBillingKeyDocument, variables)).toEqual({
    deleteCardBillingKey: {
      __typename: 'DeletedBillingKey',
      merchantId: 'welcometst',
      billingKey: 'SANDBOX-CARDKEY-2',
    },
  })
  const { input } = exampleOf(ChargeCardBillingKeyDocument)
  const charge = { input: { ...input, billingKey: 'SANDBOX-CARDKEY-2' } }
  expect(await facade.send(ChargeCardBillingKeyDocument, charge)).toMatchObject({
    chargeCardBillingKey: { __typename: 'PgFailure', resultCode: '3002', orderId: 'ORDER-5', transactionId: null },
  })
  expect(facade.sandbox.books.charges).toEqual([])
})

it('chargeMobileBillingKey charges the phone of a key', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(ChargeMobileBillingKeyDocument)
  expect(await facade.send(ChargeMobileBillingKeyDocument, variables)).toEqual({
    chargeMobileBillingKey: {
      __typename: 'MobilePayment',
      merchantId: 'welcometst',
      orderId: 'ORDER-7',
      transactionId: expect.stringMatching(/^welcometstHP\d{20}$/),
      amount: '9900',
      approvedAt: expect.stringMatching(INSTANT),
    },
  })
})

it('a key that was just issued charges at once', async () => {
  const facade = await facadeForTest()
  const issued = await facade.send(IssueCardBillingKeyDocument, exampleOf(IssueCardBillingKeyDocument))
  const key = issued.issueCardBillingKey
  if (key?.__typename !== 'CardBillingKey' || !key.billingKey) throw new Error('no key was issued')
  const { input } = exampleOf(ChargeCardBillingKeyDocument)
  expect(
    await facade.send(ChargeCardBillingKeyDocument, { input: { ...input, billingKey: key.billingKey } }),
  ).toMatchObject({ chargeCardBillingKey: { __typename: 'CardPayment' } })
})
