import { CURRENCY, PAYMENT_METHOD } from '../definition/enums.ts'
import {
  amount,
  cardNumber,
  choice,
  digitText,
  email,
  flag,
  group,
  id,
  integer,
  month,
  optional,
  text,
} from '../definition/request-fields.ts'
import type { FormRule } from '../wire/validate-input.ts'

// What several chapters of the contract ask for in the same words.

export const paymentMethod = (size: number) => choice('payType', '결제수단', 'How it was paid', PAYMENT_METHOD, size)

export const currency = choice('currency', '통화', 'Currency of the amounts', CURRENCY, 3)

export const orderId = id('oid', '상점주문번호', "The shop's order number", 40)

export const billingKey = id('billkey', '빌키', 'Billing key', 40)

export const price = amount('price', '금액', 'Amount in won', { size: 10 })

export const goodsName = optional(text('goodsName', '상품명', 'What is bought', 80))

export const buyer = group('Buyer', 'Who buys. 구매자.', {
  name: text('buyerName', '구매자명', "Buyer's name", 30),
  phone: optional(text('buyerTel', '구매자전화번호', "Buyer's phone number", 40)),
  email: optional(email('buyerEmail', '구매자이메일', "Buyer's e-mail address", 40)),
})

export const card = {
  number: cardNumber('cardNumber', '카드번호', 'Card number, digits only. Sent encrypted, never returned', 16),
  expiryYear: digitText('cardExpireYY', '유효기간(년)', 'Expiry year, two digits', { size: 2, lengths: [2] }),
  expiryMonth: month('cardExpireMM', '유효기간(월)', 'Expiry month, two digits, 01 to 12', 2),
}

// A resident number of 13 digits is refused: no shop may keep or send it.
export const holderId = digitText(
  'registNo',
  '생년월일',
  "Card holder's date of birth (YYMMDD, 6 digits) or business registration number (10 digits). Sent encrypted",
  { size: 20, lengths: [6, 10], encrypted: true },
)

export const passwordPrefix = digitText('passwd', '비밀번호', 'First two digits of the card password. Sent encrypted', {
  size: 2,
  lengths: [2],
  encrypted: true,
})

export const installmentMonths = integer(
  'cardQuota',
  '할부개월수',
  'Instalment months: 0 is a lump sum, else 2 to 36',
  {
    size: 2,
    range: '0 (lump sum) or 2 to 36',
    allows: (value) => value === 0 || (value >= 2 && value <= 36),
    write: twoDigits,
  },
)

export const interestFree = flag('quotaInterest', '무이자여부', 'Whether the instalments are free of interest', {
  size: 1,
  yes: '1',
  no: '0',
})

const ownVatOnly = "Only for merchants set to 'VAT decided by merchant'"

export const taxAmounts = {
  vatAmount: optional(
    amount('tax', '부가세', `VAT in it, at most a tenth of the amount. ${ownVatOnly}`, { size: 10, zero: true }),
  ),
  taxFreeAmount: optional(amount('taxfree', '비과세', `Untaxed part of it. ${ownVatOnly}`, { size: 10, zero: true })),
}

/** How long the link of an SMS works. */
export const SMS_LINK_LIFETIME_MS = 72 * 60 * 60 * 1000

/** A whole number below 100, with two digits. */
export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** The VAT (`tax`) may be at most a tenth of the amount in the field named. */
export function vatAtMostATenth<Wire extends string>(amountWire: Wire): FormRule<'tax'> {
  return (form) => {
    const { tax } = form
    const total = form[amountWire]
    if (tax === undefined || total === undefined || hundredths(tax) * 10n <= hundredths(total)) return undefined
    return { wire: 'tax', code: 'OUT_OF_RANGE', message: 'must be at most a tenth of the amount' }
  }
}

/** The untaxed part (`taxfree`) and the VAT are parts of the amount in the field named. */
export function taxesWithinAmount<Wire extends string>(amountWire: Wire): FormRule<'taxfree'> {
  return (form) => {
    const { tax = '0', taxfree } = form
    const total = form[amountWire]
    if (taxfree === undefined || total === undefined) return undefined
    if (hundredths(taxfree) + hundredths(tax) <= hundredths(total)) return undefined
    return { wire: 'taxfree', code: 'OUT_OF_RANGE', message: 'must, with the VAT, be at most the amount' }
  }
}

/** Won have no decimals: the amount in the field named must be whole unless the currency is another. */
export function wholeWon<Wire extends string>(amountWire: Wire): FormRule<Wire> {
  return (form) =>
    form['currency'] === 'WON' && form[amountWire]?.includes('.')
      ? { wire: amountWire, code: 'INVALID_FORMAT', message: 'must be whole for KRW' }
      : undefined
}

/** An amount of up to two decimals, in hundredths. */
function hundredths(text: string): bigint {
  const [whole = '0', decimals = ''] = text.split('.')
  return BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
}
