import { expect, test } from 'vitest'
import type { ServiceName } from '../../../src/payapi/index.ts'
import { accepted, example, expectRefused, issuesOf, rejected } from '../../support/payapi/rejections.ts'

const REFUSED: readonly [what: string, ServiceName, path: string, value: unknown, code: string][] = [
  ['zero', 'chargeCardBillingKey', 'amount', '0', 'OUT_OF_RANGE'],
  ['zero as a number', 'chargeCardBillingKey', 'amount', 0, 'OUT_OF_RANGE'],
  ['zero written long', 'chargeCardBillingKey', 'amount', '0000', 'OUT_OF_RANGE'],
  ['zero dollars and no cents', 'cancelPayment', 'amount', '0.00', 'OUT_OF_RANGE'],
  ['less than zero', 'chargeCardBillingKey', 'amount', '-100', 'INVALID_FORMAT'],
  ['less than zero as a bigint', 'chargeCardBillingKey', 'amount', -100n, 'INVALID_FORMAT'],
  ['an amount with commas', 'chargeCardBillingKey', 'amount', '1,004', 'INVALID_FORMAT'],
  ['an amount with a sign', 'chargeCardBillingKey', 'amount', '+1004', 'INVALID_FORMAT'],
  ['an amount with a power', 'chargeCardBillingKey', 'amount', '1e3', 'INVALID_FORMAT'],
  ['an amount in hexadecimal', 'chargeCardBillingKey', 'amount', '0x10', 'INVALID_FORMAT'],
  ['an amount with spaces around', 'chargeCardBillingKey', 'amount', ' 1004 ', 'INVALID_FORMAT'],
  ['an amount in full-width digits', 'chargeCardBillingKey', 'amount', '１００４', 'INVALID_FORMAT'],
  ['won with decimals', 'chargeCardBillingKey', 'amount', '1004.00', 'INVALID_FORMAT'],
  ['dollars with three decimals', 'cancelPayment', 'amount', '10.505', 'INVALID_FORMAT'],
  ['dollars with a point and no decimals', 'cancelPayment', 'amount', '10.', 'INVALID_FORMAT'],
  ['a fraction as a number', 'cancelPayment', 'amount', 10.5, 'INVALID_FORMAT'],
  ['a number that is not exact any more', 'cancelPayment', 'amount', 2 ** 53, 'INVALID_FORMAT'],
  ['no number', 'chargeCardBillingKey', 'amount', Number.NaN, 'WRONG_TYPE'],
  ['infinity', 'chargeCardBillingKey', 'amount', Number.POSITIVE_INFINITY, 'WRONG_TYPE'],
  ['yes', 'chargeCardBillingKey', 'amount', true, 'WRONG_TYPE'],
  ['a list', 'chargeCardBillingKey', 'amount', ['1004'], 'WRONG_TYPE'],
  ['an empty text', 'chargeCardBillingKey', 'amount', '', 'REQUIRED'],
  ['nothing', 'chargeCardBillingKey', 'amount', null, 'REQUIRED'],
  ['eleven digits where ten fit', 'chargeCardBillingKey', 'amount', '12345678901', 'TOO_LONG'],
  ['ten digits where nine fit', 'createSmsPaymentUrl', 'amount', '1234567890', 'TOO_LONG'],
  ['23 digits where 22 fit', 'cancelPayment', 'amount', '1'.repeat(23), 'TOO_LONG'],
]

for (const [what, name, path, value, code] of REFUSED) {
  test(`${what} is refused as ${code}`, () => expectRefused(name, path, value, code))
}

const ACCEPTED: readonly [what: string, value: string | number | bigint, sent: string][] = [
  ['an amount past 2^31', 4_294_967_296, '4294967296'],
  ['an amount past 2^31 as a text', '4294967296', '4294967296'],
  ['the largest safe number', Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ['an amount past 2^53 as a text', '9007199254740993', '9007199254740993'],
  ['an amount past 2^53 as a bigint', 9_007_199_254_740_993n, '9007199254740993'],
  ['22 digits', '1234567890123456789012', '1234567890123456789012'],
  ['leading zeros', '0001004', '1004'],
  ['more leading zeros than fit', `${'0'.repeat(30)}1004`, '1004'],
  ['less than a dollar', '0.05', '0.05'],
  ['less than a dollar with leading zeros', '00.50', '0.50'],
  ['one decimal', '10.5', '10.5'],
]

for (const [what, amount, sent] of ACCEPTED) {
  test(`${what} is taken, exactly`, () => {
    expect(accepted('cancelPayment', { amount, currency: 'USD' })['price']).toBe(sent)
  })
}

test('won are whole, both the amount and what remains', async () => {
  const input = example('cancelPaymentPartially', { amount: '1100.50', remainingAmount: '3900.5', currency: 'KRW' })
  expect(issuesOf(await rejected('cancelPaymentPartially', input))).toEqual([
    'amount INVALID_FORMAT',
    'remainingAmount INVALID_FORMAT',
  ])
})

test('dollars may have cents, both the amount and what remains', () => {
  const changes = { amount: '1100.50', remainingAmount: '3900.5', currency: 'USD' }
  expect(accepted('cancelPaymentPartially', changes)).toMatchObject({ cancelPrice: '1100.50', confirmPrice: '3900.5' })
})

test('nothing may remain, and no VAT and nothing tax-free may be in it', () => {
  const changes = { remainingAmount: 0, vatAmount: 0n, taxFreeAmount: '00' }
  const form = accepted('cancelPaymentPartially', changes)
  expect(form).toMatchObject({ confirmPrice: '0', tax: '0', taxfree: '0' })
})

test('what remains must be said', async () => {
  const input = example('cancelPaymentPartially', { remainingAmount: null })
  expect(issuesOf(await rejected('cancelPaymentPartially', input))).toEqual(['remainingAmount REQUIRED'])
})

for (const name of ['chargeCardBillingKey', 'chargeKeyedInCard', 'cancelPaymentPartially'] as const) {
  test(`${name} takes a VAT of just a tenth of the amount and refuses one won more`, async () => {
    expect(accepted(name, { amount: '1019', vatAmount: 101 })).toMatchObject({ tax: '101' })
    const issues = issuesOf(await rejected(name, example(name, { amount: '1019', vatAmount: 102 })))
    expect(issues).toEqual(['vatAmount OUT_OF_RANGE'])
  })
}

test('a VAT is weighed against the cents of a dollar amount too', async () => {
  const dollars = { amount: '10.09', remainingAmount: '1', currency: 'USD' }
  expect(accepted('cancelPaymentPartially', { ...dollars, vatAmount: 1 })['tax']).toBe('1')
  const over = example('cancelPaymentPartially', { ...dollars, vatAmount: 2 })
  expect(issuesOf(await rejected('cancelPaymentPartially', over))).toEqual(['vatAmount OUT_OF_RANGE'])
})

for (const name of ['chargeCardBillingKey', 'chargeKeyedInCard', 'cancelPaymentPartially'] as const) {
  const ACCEPTED: readonly [what: string, amounts: object][] = [
    ['all of the amount untaxed', { amount: '1000', taxFreeAmount: 1000, vatAmount: null }],
    ['untaxed part and VAT that are just the amount', { amount: '1000', taxFreeAmount: 900, vatAmount: 100 }],
    ['nothing untaxed', { amount: '1000', taxFreeAmount: 0, vatAmount: 100 }],
  ]
  test.each(ACCEPTED)(`${name} takes %s`, (_, amounts) => {
    expect(accepted(name, { ...amounts })).toHaveProperty('taxfree')
  })

  const REFUSED_SUMS: readonly [what: string, amounts: object][] = [
    ['an untaxed part above the amount', { amount: '1000', taxFreeAmount: 1001, vatAmount: null }],
    ['an untaxed part far above the amount', { amount: '1000', taxFreeAmount: '9999999999', vatAmount: null }],
    ['untaxed part and VAT above the amount by one', { amount: '1000', taxFreeAmount: 901, vatAmount: 100 }],
  ]
  test.each(REFUSED_SUMS)(`${name} refuses %s`, async (_, amounts) => {
    expect(issuesOf(await rejected(name, example(name, { ...amounts })))).toEqual(['taxFreeAmount OUT_OF_RANGE'])
  })
}

test('an untaxed part is weighed against the cents of a dollar amount too', async () => {
  const dollars = { amount: '10.09', remainingAmount: '1', currency: 'USD', vatAmount: null }
  expect(accepted('cancelPaymentPartially', { ...dollars, taxFreeAmount: 10 })['taxfree']).toBe('10')
  const over = example('cancelPaymentPartially', { ...dollars, taxFreeAmount: 11 })
  expect(issuesOf(await rejected('cancelPaymentPartially', over))).toEqual(['taxFreeAmount OUT_OF_RANGE'])
})
