import { describe, expect, test } from 'vitest'
import type { ServiceName } from '../../../src/payapi/index.ts'
import { CARD_NUMBER } from '../../support/payapi/client.ts'
import { accepted, example, expectRefused, issuesOf, rejected } from '../../support/payapi/rejections.ts'

const WITH_CARD: readonly ServiceName[] = ['chargeKeyedInCard', 'issueCardBillingKey', 'issueCardBillingKeyWithoutAuth']

const REFUSED: readonly [what: string, path: string, value: unknown, code: string][] = [
  ['a card number with one wrong digit', 'card.number', '4000000000000003', 'INVALID_CARD_NUMBER'],
  ['a card number of twelve digits', 'card.number', '400000000002', 'INVALID_CARD_NUMBER'],
  ['a card number of seventeen digits', 'card.number', '40000000000000002', 'TOO_LONG'],
  ['a card number with dashes', 'card.number', '4000-0000-0000-0002', 'INVALID_FORMAT'],
  ['a card number with spaces around', 'card.number', ` ${CARD_NUMBER} `, 'INVALID_FORMAT'],
  ['a card number as a number', 'card.number', Number(CARD_NUMBER), 'WRONG_TYPE'],
  ['a card number that is empty', 'card.number', '', 'REQUIRED'],
  ['a card number that is missing', 'card.number', undefined, 'REQUIRED'],
]

const REFUSED_HOLDERS: readonly [what: string, path: string, value: unknown, code: string][] = [
  ['a resident number', 'card.holderId', '9001011234567', 'INVALID_FORMAT'],
  ['a resident number with a dash', 'card.holderId', '900101-1234567', 'INVALID_FORMAT'],
  ['a date of birth of eight digits', 'card.holderId', '19900101', 'INVALID_FORMAT'],
  ['a date of birth with dashes', 'card.holderId', '90-01-01', 'INVALID_FORMAT'],
  ['a date of birth as a number', 'card.holderId', 900101, 'WRONG_TYPE'],
  ['a whole password', 'card.passwordPrefix', '1234', 'INVALID_FORMAT'],
  ['a password of letters', 'card.passwordPrefix', 'ab', 'INVALID_FORMAT'],
]

for (const name of WITH_CARD) {
  const rows = name === 'issueCardBillingKeyWithoutAuth' ? REFUSED : [...REFUSED, ...REFUSED_HOLDERS]
  describe(name, () => {
    for (const [what, path, value, code] of rows) {
      test(`refuses ${what} as ${code}`, () => expectRefused(name, path, value, code))
    }
  })
}

test('card numbers of 13 to 16 digits are taken', () => {
  for (const number of ['4222222222222', '30569309025904', '378282246310005', '5555555555554444']) {
    expect(String(accepted('chargeKeyedInCard', { 'card.number': number })['cardNumber'])).toBe('[secret]')
  }
})

test('a date of birth and a business number are taken, and a caller without them may leave them out', () => {
  for (const holderId of ['900101', '1234567890']) {
    expect(accepted('chargeKeyedInCard', { 'card.holderId': holderId })).toHaveProperty('registNo')
  }
  const bare = accepted('chargeKeyedInCard', { 'card.holderId': null, 'card.passwordPrefix': undefined })
  expect(bare).not.toHaveProperty('registNo')
  expect(bare).not.toHaveProperty('passwd')
})

test('authentication needs the date of birth and the password', async () => {
  const input = example('issueCardBillingKey', { 'card.holderId': null, 'card.passwordPrefix': null })
  const issues = issuesOf(await rejected('issueCardBillingKey', input))
  expect(issues).toEqual(['card.holderId REQUIRED', 'card.passwordPrefix REQUIRED'])
})

const HIDING_PLACES: readonly [what: string, path: string, value: string][] = [
  ['in the order number', 'orderId', CARD_NUMBER],
  ['within the order number', 'orderId', `A${CARD_NUMBER}B`],
  ['beside other digits', 'orderId', `9${CARD_NUMBER}`],
  ['in the name of the goods, with spaces', 'goodsName', 'card 4000 0000 0000 0002'],
  ["in the buyer's name, with dashes", 'buyer.name', '4000-0000-0000-0002'],
  ["in the buyer's phone number", 'buyer.phone', '4000.0000.0000.0002'],
]

for (const [what, path, value] of HIDING_PLACES) {
  test(`the card number ${what} is refused, and comes back in nothing`, async () => {
    const ending = await rejected('chargeKeyedInCard', example('chargeKeyedInCard', { [path]: value }))
    expect(issuesOf(ending)).toEqual([`${path} INVALID_FORMAT`])
    expect(JSON.stringify(ending).replace(/[\s.-]/g, '')).not.toContain(CARD_NUMBER)
  })
}

test('another number of sixteen digits is no card number and may stand in an order number', () => {
  expect(accepted('chargeKeyedInCard', { orderId: '2019090611010001' })['oid']).toBe('2019090611010001')
})

test('a card number as the name of a field is not told back', async () => {
  const ending = await rejected('deleteCardBillingKey', { billingKey: 'KEY', [CARD_NUMBER]: true })
  expect(ending.issues.map(({ code }) => code)).toEqual(['UNKNOWN_FIELD'])
  expect(JSON.stringify(ending)).not.toContain(CARD_NUMBER)
})
