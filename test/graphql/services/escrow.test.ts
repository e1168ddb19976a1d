import { expect, it } from 'vitest'
import {
  CheckEscrowStatusDocument,
  ConfirmEscrowDenialDocument,
  ConfirmEscrowPurchaseDocument,
  DenyEscrowPurchaseDocument,
  EscrowStatusDocument,
  RegisterEscrowDeliveryDocument,
} from '../../../schema/operations.generated.ts'
import { exampleOf, INSTANT } from '../../support/graphql/operations.ts'
import { facadeForTest } from '../../support/server/facade.ts'

const APPROVED = {
  __typename: 'EscrowStatus',
  merchantId: 'welcometst',
  orderId: 'ORDER-1',
  transactionId: 'SANDBOX-ESCROW-1',
  state: 'APPROVED',
  stateCode: '0',
  approvedOn: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
  paymentMethod: 'BANK_TRANSFER',
  amount: '50000',
  denialReason: null,
}

it('registerEscrowDelivery registers a delivery', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(RegisterEscrowDeliveryDocument)
  expect(await facade.send(RegisterEscrowDeliveryDocument, variables)).toEqual({
    registerEscrowDelivery: {
      __typename: 'EscrowDelivery',
      merchantId: 'welcometst',
      transactionId: 'SANDBOX-ESCROW-1',
      orderId: 'ORDER-1',
      registeredAt: expect.stringMatching(INSTANT),
    },
  })
  expect(facade.sandbox.books.escrow).toMatchObject([{ tid: 'SANDBOX-ESCROW-1', state: 'delivered', deliveries: [1] }])
})

it('confirmEscrowPurchase confirms a purchase', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(ConfirmEscrowPurchaseDocument)
  expect(await facade.send(ConfirmEscrowPurchaseDocument, variables)).toEqual({
    confirmEscrowPurchase: {
      __typename: 'EscrowPurchaseConfirmation',
      merchantId: 'welcometst',
      transactionId: 'SANDBOX-DELIVERED-1',
      confirmedAt: expect.stringMatching(INSTANT),
    },
  })
  expect(facade.sandbox.books.escrow).toMatchObject([{ state: 'purchase-confirmed' }])
})

it('denyEscrowPurchase denies a purchase', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(DenyEscrowPurchaseDocument)
  expect(await facade.send(DenyEscrowPurchaseDocument, variables)).toEqual({
    denyEscrowPurchase: {
      __typename: 'EscrowPurchaseDenial',
      merchantId: 'welcometst',
      transactionId: 'SANDBOX-DELIVERED-2',
      deniedAt: expect.stringMatching(INSTANT),
    },
  })
  expect(facade.sandbox.books.escrow).toMatchObject([{ state: 'purchase-denied' }])
})

it('confirmEscrowDenial accepts a denial', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(ConfirmEscrowDenialDocument)
  expect(await facade.send(ConfirmEscrowDenialDocument, variables)).toEqual({
    confirmEscrowDenial: {
      __typename: 'EscrowDenialConfirmation',
      merchantId: 'welcometst',
      transactionId: 'SANDBOX-DENIED-1',
      confirmedAt: expect.stringMatching(INSTANT),
    },
  })
  expect(facade.sandbox.books.escrow).toMatchObject([{ state: 'denial-confirmed' }])
})

it('checkEscrowStatus tells where a payment stands', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(CheckEscrowStatusDocument)
  expect(await facade.send(CheckEscrowStatusDocument, variables)).toEqual({ checkEscrowStatus: APPROVED })
})

it('Query.escrowStatus answers the same, also without a client IP', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(EscrowStatusDocument)
  expect(variables).not.toHaveProperty('clientIp')
  expect(await facade.send(EscrowStatusDocument, variables)).toEqual({ escrowStatus: APPROVED })
})

it('the status follows a denial, with its reason', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(DenyEscrowPurchaseDocument)
  await facade.send(DenyEscrowPurchaseDocument, variables)
  expect(await facade.send(EscrowStatusDocument, { transactionId: 'SANDBOX-DELIVERED-2' })).toMatchObject({
    escrowStatus: { state: 'PURCHASE_DENIED', stateCode: '10', denialReason: '상품이 다릅니다' },
  })
})
