import { expect, it } from 'vitest'
import { startJournaledFacade } from '../../support/journal/facade.ts'

const CARD = {
  number: '4000000000000002',
  expiryYear: '29',
  expiryMonth: '12',
  holderId: '861203',
  passwordPrefix: '73',
}

const CHARGE = `mutation ($input: ChargeKeyedInCardInput!) { chargeKeyedInCard(input: $input) {
  __typename ... on PayApiInvalidInput { message orderId issues { path code message } }
} }`

it.each([
  ['card number', CARD.number],
  ['card number with slashes', '4000/0000/0000/0002'],
  ['card number in Base64', Buffer.from(CARD.number).toString('base64')],
  ['date of birth', CARD.holderId],
  ['password', CARD.passwordPrefix],
])('a key that is the %s is refused and not recorded', async (_, idempotencyKey) => {
  const { send, sandbox, journal } = await startJournaledFacade()
  const input = {
    orderId: 'ORDER-1',
    amount: '1004',
    installmentMonths: 0,
    interestFree: false,
    buyer: { name: '홍길동' },
    card: CARD,
    idempotencyKey,
  }
  const { data } = await send(CHARGE, { input })
  expect(data?.['chargeKeyedInCard']).toMatchObject({
    __typename: 'PayApiInvalidInput',
    orderId: 'ORDER-1',
    issues: [{ path: ['idempotencyKey'], code: 'INVALID_FORMAT' }],
  })
  expect(JSON.stringify(data)).not.toContain(idempotencyKey)
  expect(sandbox.books.charges).toHaveLength(0)
  expect(await journal.store.find({}, 10)).toEqual([])
  const honest = await send(CHARGE, { input: { ...input, idempotencyKey: 'order-1-73-861' } })
  expect(honest.data?.['chargeKeyedInCard']).toEqual({ __typename: 'CardPayment' })
})
