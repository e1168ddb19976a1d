import { expect, test } from 'vitest'
import type { ServiceName } from '../../../src/payapi/index.ts'
import { OTHER_MERCHANT } from '../../support/payapi/client.ts'
import { accepted, example, expectRefused, issuesOf, rejected } from '../../support/payapi/rejections.ts'

const long = (characters: number) => '가'.repeat(characters)

const REFUSED: readonly [what: string, ServiceName, path: string, value: unknown, code: string][] = [
  ['a required text that is missing', 'deleteCardBillingKey', 'billingKey', undefined, 'REQUIRED'],
  ['a required text that is null', 'deleteCardBillingKey', 'billingKey', null, 'REQUIRED'],
  ['a required text that is empty', 'deleteCardBillingKey', 'billingKey', '', 'REQUIRED'],
  ['a required text of spaces only', 'deleteCardBillingKey', 'billingKey', '   ', 'REQUIRED'],
  ['an optional text that is empty', 'chargeCardBillingKey', 'goodsName', '', 'REQUIRED'],
  ['a required group that is missing', 'chargeKeyedInCard', 'card', undefined, 'REQUIRED'],
  ['a required choice that is missing', 'cancelPayment', 'currency', undefined, 'REQUIRED'],
  ['a number for a text', 'chargeCardBillingKey', 'orderId', 20191234, 'WRONG_TYPE'],
  ['a list for a text', 'chargeCardBillingKey', 'orderId', ['ORDER-1'], 'WRONG_TYPE'],
  ['a text for a group', 'chargeCardBillingKey', 'buyer', 'Hong Gildong', 'WRONG_TYPE'],
  ['a list for a group', 'chargeCardBillingKey', 'buyer', [{ name: 'Kim' }], 'WRONG_TYPE'],
  ['a text for yes or no', 'chargeCardBillingKey', 'interestFree', 'nein', 'WRONG_TYPE'],
  ['a text for a whole number', 'chargeCardBillingKey', 'installmentMonths', '03', 'WRONG_TYPE'],
  ['no number at all', 'chargeCardBillingKey', 'installmentMonths', Number.NaN, 'WRONG_TYPE'],
  ['a field that does not exist', 'deleteCardBillingKey', 'billingkey', 'KEY', 'UNKNOWN_FIELD'],
  ['a field that does not exist in a group', 'chargeCardBillingKey', 'buyer.surname', 'Hong', 'UNKNOWN_FIELD'],
  ['a field named like what every object has', 'deleteCardBillingKey', 'constructor', 'KEY', 'UNKNOWN_FIELD'],
  ['a text one character too long', 'chargeCardBillingKey', 'orderId', long(41), 'TOO_LONG'],
  ['a name one emoji too long', 'chargeCardBillingKey', 'buyer.name', '😀'.repeat(31), 'TOO_LONG'],
  ['an address longer than its field', 'createSmsPaymentUrl', 'nextUrl', `https://a.kr/${long(88)}`, 'TOO_LONG'],
  ['a lone surrogate', 'chargeCardBillingKey', 'orderId', 'ORDER-\uD83D', 'INVALID_FORMAT'],
  ['a line break', 'chargeCardBillingKey', 'orderId', 'ORDER-1\r\nX: y', 'INVALID_FORMAT'],
  ['a NUL', 'chargeCardBillingKey', 'goodsName', 'coffee\0', 'INVALID_FORMAT'],
  ['a C1 control character', 'chargeCardBillingKey', 'goodsName', 'coffee\u0085', 'INVALID_FORMAT'],
  ['a method that does not exist', 'cancelPayment', 'paymentMethod', 'CHEQUE', 'UNKNOWN_VALUE'],
  ['a method by its wire name', 'cancelPayment', 'paymentMethod', 'card', 'UNKNOWN_VALUE'],
  ['a method named like what every object has', 'cancelPayment', 'paymentMethod', 'toString', 'UNKNOWN_VALUE'],
  ['a currency that PayAPI does not have', 'cancelPayment', 'currency', 'EUR', 'UNKNOWN_VALUE'],
  ['1 month of instalments', 'chargeCardBillingKey', 'installmentMonths', 1, 'OUT_OF_RANGE'],
  ['37 months of instalments', 'chargeCardBillingKey', 'installmentMonths', 37, 'OUT_OF_RANGE'],
  ['-1 month of instalments', 'chargeCardBillingKey', 'installmentMonths', -1, 'OUT_OF_RANGE'],
  ['2.5 months of instalments', 'chargeCardBillingKey', 'installmentMonths', 2.5, 'OUT_OF_RANGE'],
  ['billing day 0', 'issueCardBillingKey', 'billingDay', 0, 'OUT_OF_RANGE'],
  ['billing day 32', 'issueCardBillingKey', 'billingDay', 32, 'OUT_OF_RANGE'],
  ['no goods at all', 'registerEscrowDelivery', 'goods.quantity', 0, 'OUT_OF_RANGE'],
  ['a month 0', 'chargeKeyedInCard', 'card.expiryMonth', '00', 'OUT_OF_RANGE'],
  ['a month 13', 'chargeKeyedInCard', 'card.expiryMonth', '13', 'OUT_OF_RANGE'],
  ['a month of one digit', 'chargeKeyedInCard', 'card.expiryMonth', '7', 'INVALID_FORMAT'],
  ['a year of four digits', 'chargeKeyedInCard', 'card.expiryYear', '2030', 'INVALID_FORMAT'],
  ['a year of Arabic-Indic digits', 'chargeKeyedInCard', 'card.expiryYear', '٣٠', 'INVALID_FORMAT'],
  ['a prefix of five digits', 'lookUpCardPrefix', 'prefix', '94909', 'INVALID_FORMAT'],
  ['a prefix of eight digits', 'lookUpCardPrefix', 'prefix', '94909412', 'INVALID_FORMAT'],
  ['a prefix of letters', 'lookUpCardPrefix', 'prefix', '94909x', 'INVALID_FORMAT'],
  ['an IPv6 address', 'confirmEscrowPurchase', 'clientIp', '2001:db8::1', 'INVALID_FORMAT'],
  ['an IPv4 address with a part too large', 'confirmEscrowPurchase', 'clientIp', '203.0.113.256', 'INVALID_FORMAT'],
  ['an IPv4 address in short form', 'confirmEscrowPurchase', 'clientIp', '127.1', 'INVALID_FORMAT'],
  ['a date that does not exist', 'registerEscrowDelivery', 'confirmedOn', '2019-02-29', 'INVALID_FORMAT'],
  ['a date without dashes', 'registerEscrowDelivery', 'confirmedOn', '20190905', 'INVALID_FORMAT'],
  ['a date with a time', 'registerEscrowDelivery', 'confirmedOn', '2019-09-05T00:00:00Z', 'INVALID_FORMAT'],
  ['an address without a scheme', 'createSmsPaymentUrl', 'returnUrl', 'shop.example/return', 'INVALID_FORMAT'],
  ['an address of a script', 'createSmsPaymentUrl', 'returnUrl', 'javascript:alert(1)', 'INVALID_FORMAT'],
  ['an address of no host', 'createSmsPaymentUrl', 'returnUrl', 'https://', 'INVALID_FORMAT'],
  ['an e-mail address without a host', 'chargeCardBillingKey', 'buyer.email', 'hong@', 'INVALID_FORMAT'],
]

for (const [what, name, path, value, code] of REFUSED) {
  test(`${what} is refused as ${code}`, () => expectRefused(name, path, value, code))
}

test('an input that is no object is refused as such', async () => {
  for (const input of [undefined, null, 'KEY', 7, [{ billingKey: 'KEY' }]]) {
    expect(issuesOf(await rejected('deleteCardBillingKey', input))).toEqual([' WRONG_TYPE'])
  }
})

test('what an object only inherits is not given', async () => {
  const input = Object.create({ billingKey: 'KEY' })
  expect(issuesOf(await rejected('deleteCardBillingKey', input))).toEqual(['billingKey REQUIRED'])
})

test('instalment options are refused one by one', async () => {
  const input = example('createSmsPaymentUrl', { installmentOptions: [0, 37, 99, '2', -1] })
  expect(issuesOf(await rejected('createSmsPaymentUrl', input))).toEqual([
    'installmentOptions.1 OUT_OF_RANGE',
    'installmentOptions.3 WRONG_TYPE',
    'installmentOptions.4 OUT_OF_RANGE',
  ])
})

test('everything that is wrong is told at once, each with its path, its code and its Korean name', async () => {
  const ending = await rejected('chargeKeyedInCard', {
    card: { number: 'none', expiryYear: '30', expiryMonth: '13', cvc: '123' },
    orderId: long(41),
    amount: '0',
    installmentMonths: 1,
    buyer: {},
  })
  expect(issuesOf(ending)).toEqual([
    'card.cvc UNKNOWN_FIELD',
    'card.number INVALID_FORMAT',
    'card.expiryMonth OUT_OF_RANGE',
    'installmentMonths OUT_OF_RANGE',
    'orderId TOO_LONG',
    'amount OUT_OF_RANGE',
    'buyer.name REQUIRED',
  ])
  expect(ending.issues.at(-1)?.message).toBe('구매자명 (`buyerName`) is required')
  for (const { path } of ending.issues) expect(ending.message).toContain(path.join('.'))
})

test('a merchant that is not configured is told beside all else', async () => {
  const ending = await rejected('deleteCardBillingKey', { billingKey: '' }, { merchantId: 'stranger' })
  expect(issuesOf(ending)).toEqual(['billingKey REQUIRED', 'merchantId UNKNOWN_MERCHANT'])
  expect(ending.merchantId).toBeNull()
  expect(JSON.stringify(ending)).not.toContain('stranger')
})

test('what somebody else found wrong is told beside what is found here, and nothing is sent', async () => {
  const found = { path: ['clientKey'], code: 'TOO_LONG', message: 'must be at most 64 characters' } as const
  const issues = [found]
  const good = await rejected('deleteCardBillingKey', { billingKey: 'KEY' }, { issues })
  expect(good.issues).toEqual([found])
  const bad = await rejected('deleteCardBillingKey', { billingKey: '' }, { issues })
  expect(issuesOf(bad)).toEqual(['billingKey REQUIRED', 'clientKey TOO_LONG'])
})

test('an id that is itself wrong is not told back', async () => {
  const input = example('chargeCardBillingKey', { orderId: long(41), amount: 0 })
  expect(await rejected('chargeCardBillingKey', input)).toMatchObject({ orderId: null })
})

test('a rejected input keeps the ids by which its caller knows it', async () => {
  const charge = example('chargeCardBillingKey', { amount: 0 })
  const options = { merchantId: OTHER_MERCHANT.mid }
  expect(await rejected('chargeCardBillingKey', charge, options)).toMatchObject({
    merchantId: OTHER_MERCHANT.mid,
    orderId: 'ORDER-1',
    transactionId: null,
    requestedAt: '2019-09-06T02:01:00.000Z',
  })
  const cancel = example('cancelPayment', { currency: 'EUR' })
  expect(await rejected('cancelPayment', cancel)).toMatchObject({ orderId: null, transactionId: 'TID-2019-0001' })
})

const ACCEPTED: readonly [what: string, ServiceName, path: string, value: unknown, wire: string, sent: string][] = [
  ['a text of just its size', 'chargeCardBillingKey', 'orderId', long(40), 'oid', long(40)],
  ['a name of just as many emoji', 'chargeCardBillingKey', 'buyer.name', '😀'.repeat(30), 'buyerName', '😀'.repeat(30)],
  ['36 months of instalments', 'chargeCardBillingKey', 'installmentMonths', 36, 'cardQuota', '36'],
  ['2 months of instalments', 'chargeCardBillingKey', 'installmentMonths', 2, 'cardQuota', '02'],
  ['billing day 1', 'issueCardBillingKey', 'billingDay', 1, 'payPeriodCode', 'M01'],
  ['billing day 31', 'issueCardBillingKey', 'billingDay', 31, 'payPeriodCode', 'M31'],
  ['month 12', 'chargeKeyedInCard', 'card.expiryMonth', '12', 'cardExpireMM', '12'],
  ['a leap day', 'registerEscrowDelivery', 'confirmedOn', '2020-02-29', 'invoiceDay', '20200229'],
  ['options without the lump sum', 'createSmsPaymentUrl', 'installmentOptions', [99, 12], 'P_QUOTABASE', '99:12'],
  ['the lump sum as 1', 'createSmsPaymentUrl', 'installmentOptions', [1], 'P_QUOTABASE', '01'],
  ['a courier that the table lacks', 'registerEscrowDelivery', 'courier.code', 'new', 'exCode', 'new'],
]

for (const [what, name, path, value, wire, sent] of ACCEPTED) {
  test(`${what} is taken`, () => {
    expect(accepted(name, { [path]: value })[wire]).toBe(sent)
  })
}

test('a courier that the table lacks must be named', async () => {
  const input = example('registerEscrowDelivery', { courier: { code: 'new' } })
  expect(issuesOf(await rejected('registerEscrowDelivery', input))).toEqual(['courier.name REQUIRED'])
})

test('instalment options that are an empty list are left out', () => {
  expect(accepted('createSmsPaymentUrl', { installmentOptions: [] })).not.toHaveProperty('P_QUOTABASE')
})
