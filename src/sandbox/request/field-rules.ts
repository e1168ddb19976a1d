import { isIPv4 } from 'node:net'
import type { ContractRequestField } from '../contract.ts'
import { type Currency, parseAmount } from '../state/amount.ts'
import type { Form } from './form.ts'

/** A rule for the clear value of one field beyond its size and its listed values. */
interface FieldRule {
  /** Whether a clear value is in order, by its field and all clear values. */
  readonly holds: (value: string, field: ContractRequestField, clear: Form) => boolean
  /** What is wrong otherwise, in Korean, to stand behind the field's name. */
  readonly reason: string
}

const matches = (pattern: RegExp, reason: string): FieldRule => ({ holds: (value) => pattern.test(value), reason })

const currencyOf = (clear: Form): Currency => (clear.get('currency') === 'USD' ? 'USD' : 'WON')

/** An amount; `zero` says whether nothing is an amount as well. */
const amount = (zero: (field: ContractRequestField) => boolean): FieldRule => ({
  holds: (value, field, clear) => {
    const parsed = parseAmount(value, currencyOf(clear))
    return parsed !== undefined && (parsed > 0n || zero(field))
  },
  reason: '금액 형식이 올바르지 않습니다.',
})

const PRICE = amount((field) => !field.required)
const REMAINDER = amount(() => true)

/** VAT above a tenth of the total is refused (payapi03 3.3, payapi04 4.1); a partial cancel names no such bound. */
const TAX: FieldRule = {
  holds: (value, field, clear) => {
    if (!REMAINDER.holds(value, field, clear)) return false
    const price = parseAmount(clear.get('price') ?? '', 'WON')
    return price === undefined || (parseAmount(value, 'WON') ?? 0n) * 10n <= price
  },
  reason: '금액 형식이 올바르지 않거나 총 금액의 10%를 초과합니다.',
}

const passesLuhn = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** A whole number of 13 to 16 digits, or the six of a prefix where that is all the field has room for. */
const CARD_NUMBER: FieldRule = {
  holds: (value, field) => (field.size === 6 ? /^\d{6}$/.test(value) : /^\d{13,16}$/.test(value) && passesLuhn(value)),
  reason: '카드번호가 올바르지 않습니다.',
}

const HTTP_URL: FieldRule = {
  holds: (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
  reason: 'URL 형식이 올바르지 않습니다.',
}

const onlyWithMobile: FieldRule = {
  holds: (_value, _field, clear) => clear.get('payType') === 'hpp',
  reason: '휴대폰 결제에서만 사용할 수 있습니다.',
}

const POSTCODE = matches(/^[0-9A-Za-z]+$/, '구분자 없이 입력해야 합니다.')

/** The rules by field name. A field that is not listed is free text. */
export const FIELD_RULES: ReadonlyMap<string, FieldRule> = new Map([
  ['price', PRICE],
  ['cancelPrice', PRICE],
  ['confirmPrice', REMAINDER],
  ['tax', TAX],
  ['taxfree', REMAINDER],
  ['P_AMT', PRICE],
  ['cardNumber', CARD_NUMBER],
  ['cardExpireYY', matches(/^\d\d$/, '숫자 2자리여야 합니다.')],
  ['cardExpireMM', matches(/^(0[1-9]|1[0-2])$/, '01부터 12까지여야 합니다.')],
  ['registNo', matches(/^(\d{6}|\d{10})$/, '생년월일 6자리 또는 사업자번호 10자리여야 합니다.')],
  ['passwd', matches(/^\d\d$/, '숫자 2자리여야 합니다.')],
  ['cardQuota', matches(/^(00|0[2-9]|[12]\d|3[0-6])$/, '00 또는 02부터 36까지여야 합니다.')],
  ['payPeriodCode', matches(/^M(0[1-9]|[12]\d|3[01])$/, 'M01부터 M31까지여야 합니다.')],
  ['cancelType', onlyWithMobile],
  ['clientIp', { holds: (value) => isIPv4(value), reason: 'IP 형식이 올바르지 않습니다.' }],
  ['soid', matches(/^\d{1,2}$/, '숫자여야 합니다.')],
  ['sendPost', POSTCODE],
  ['recvPost', POSTCODE],
  ['P_HPP_METHOD', onlyWithMobile],
  [
    'P_QUOTABASE',
    matches(/^(0[1-9]|[12]\d|3[0-6]|99)(:(0[1-9]|[12]\d|3[0-6]|99))*$/, '할부기간 형식이 올바르지 않습니다.'),
  ],
  ['P_NOTI_URL', HTTP_URL],
  ['P_RETURN_URL', HTTP_URL],
  ['P_NEXT_URL', HTTP_URL],
])
