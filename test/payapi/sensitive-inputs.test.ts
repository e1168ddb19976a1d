import { describe, expect, test } from 'vitest'
import type { ServiceName } from '../../src/payapi/index.ts'
import { CARD_NUMBER, HOLDER_ID } from '../support/payapi/client.ts'
import { accepted, example, issuesOf, rejected } from '../support/payapi/rejections.ts'

// What leaves only encrypted must stand in no other field, however it is written.

const BUSINESS_NUMBER = '1234567890'

const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64')
const hex = (text: string) => Buffer.from(text).toString('hex')
const percent = (text: string) => [...text].map((char) => `%${hex(char)}`).join('')
const inGroups = (digits: string, sizes: readonly number[], separator: string) =>
  digits
    .match(new RegExp(`^${sizes.map((size) => `(.{${size}})`).join('')}$`))
    ?.slice(1)
    .join(separator) ?? ''

/** Digits of another script or width, by its zero. */
const digitsFrom = (zero: number, digits: string) =>
  [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join('')

/** Ways to write any number, and the sizes of the groups in which people write this one. */
function spellingsOf(digits: string, sizes: readonly number[]): [name: string, text: string][] {
  const apart = (separator: string) => inGroups(digits, sizes, separator)
  const each = [...digits]
  return [
    ['as it is', digits],
    ['in a sentence', `no ${digits}, please`],
    ['in brackets', `(${digits})`],
    ['behind letters', `A${digits}B`],
    ...[' ', '-', '.', '/', '_', '+', ',', ' - ', '\u00a0', '\u3000', '\u2013', '\u00b7'].map(
      (separator) => [`with ${JSON.stringify(separator)} between its groups`, apart(separator)] as [string, string],
    ),
    ['with spaces between its digits', each.join(' ')],
    ['with dashes between its digits', each.join('-')],
    ['with zero-width spaces between its digits', each.join('\u200b')],
    ['with joiners between its digits', each.join('\u2060')],
    ['with soft hyphens between its digits', each.join('\u00ad')],
    ['with marks on its digits', each.join('\u0336')],
    ['in full-width digits', digitsFrom(0xff10, digits)],
    ['in full-width digits and dashes', inGroups(digitsFrom(0xff10, digits), sizes, '－')],
    ['in Arabic-Indic digits', digitsFrom(0x660, digits)],
    ['in Devanagari digits', digitsFrom(0x966, digits)],
    ['in Thai digits', digitsFrom(0xe50, digits)],
    ['in bold mathematical digits', digitsFrom(0x1d7ce, digits)],
    ['in monospaced mathematical digits', digitsFrom(0x1d7f6, digits)],
    ['in digits of two scripts', digitsFrom(0xff10, digits.slice(0, 4)) + digitsFrom(0x660, digits.slice(4))],
    ['in keycaps', each.map((digit) => `${digit}\ufe0f\u20e3`).join('')],
    ['in superscript digits', each.map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')],
    ['in circled digits', each.map((digit) => '⓪①②③④⑤⑥⑦⑧⑨'[Number(digit)]).join('')],
    ['in black circled digits', each.map((digit) => '⓿❶❷❸❹❺❻❼❽❾'[Number(digit)]).join('')],
    ['in double circled digits', each.map((digit) => '⓿⓵⓶⓷⓸⓹⓺⓻⓼⓽'[Number(digit)]).join('')],
    ['in circled sans-serif digits', each.map((digit) => [...'🄋➀➁➂➃➄➅➆➇➈'][Number(digit)]).join('')],
    ['in black circled sans-serif digits', each.map((digit) => [...'🄌➊➋➌➍➎➏➐➑➒'][Number(digit)]).join('')],
    ['in Base64', base64(digits)],
    ['in Base64 without padding', base64(digits).replace(/=+$/, '')],
    ['in Base64 of another place', base64(`x${digits}y`)],
    ['in Base64 of a third place', base64(`xx:${digits}`)],
    ['in Base64 behind letters', `key${base64(digits)}`],
    ['in Base64 behind a word', `card/${base64(digits)}`],
    ['in Base64 with dashes', base64(apart('-'))],
    ['in Base64 within Base64', base64(base64(digits))],
    ['in Base64 of UTF-16', base64(digits, 'utf16le')],
    ['in Base64 of full-width digits', base64(digitsFrom(0xff10, digits.slice(0, 16)))],
    ['in hexadecimal', hex(digits)],
    ['in hexadecimal capitals behind 0x', `0x${hex(digits).toUpperCase()}`],
    ['in hexadecimal bytes', hex(digits).replace(/..(?=.)/g, '$& ')],
    ['in hexadecimal bytes with 0x', hex(digits).replace(/../g, '0x$&,')],
    ['in hexadecimal of another place', `a${hex(digits)}`],
    ['in hexadecimal with dashes in it', hex(apart('-'))],
    ['in hexadecimal with dashes in it, of another place', `a${hex(apart('-'))}`],
    ['in Base64 with a zero-width space in it', base64(digits).replace(/....(?=.)/g, '$&\u200b')],
    ['in escapes', hex(digits).replace(/../g, '\\x$&')],
    ['in Unicode escapes', hex(digits).replace(/../g, '\\u00$&')],
    ['percent-encoded', percent(digits)],
    ['percent-encoded in one place', `${digits.slice(0, 2)}${percent(digits.slice(2, 3))}${digits.slice(3)}`],
    ['percent-encoded twice over', percent(digits).replaceAll('%', '%25')],
    ['percent-encoded four times over', percent(digits.slice(0, 2)).replaceAll('%', '%252525') + digits.slice(2)],
    ['with percent-encoded dashes', apart('%2D')],
    ['with percent-encoded spaces', apart('%20')],
    ['Base64, percent-encoded', base64(digits).replaceAll('=', '%3D').replace('O', '%4F').replace('N', '%4E')],
    ['hexadecimal in Base64', base64(hex(digits))],
  ]
}

/** What is looked for: its spellings, and the service and fields in which it must not stand. */
const SECRETS: readonly [name: string, service: ServiceName, spellings: [string, string][], fields: string[]][] = [
  ['card number', 'issueCardBillingKey', spellingsOf(CARD_NUMBER, [4, 4, 4, 4]), ['memo', 'goodsName']],
  ['date of birth', 'issueCardBillingKey', spellingsOf(HOLDER_ID, [2, 2, 2]), ['memo', 'goodsName']],
  ['business number', 'chargeKeyedInCard', spellingsOf(BUSINESS_NUMBER, [3, 2, 5]), ['goodsName']],
]

for (const [secret, service, spellings, fields] of SECRETS) {
  describe.each(fields)(`a ${secret} in %s`, (path) => {
    const size = path === 'memo' ? 100 : 80
    const fitting = spellings.filter(([, text]) => [...text.normalize('NFC')].length <= size)

    test.each(fitting)('is refused %s, and comes back in nothing', async (_, text) => {
      const ending = await rejected(service, example(service, { [path]: text }))
      expect(issuesOf(ending)).toEqual([`${path} INVALID_FORMAT`])
      expect(JSON.stringify(ending)).not.toContain(text)
    })
  })
}

const EVERYWHERE: readonly [ServiceName, path: string, text: string][] = [
  ['chargeKeyedInCard', 'orderId', CARD_NUMBER],
  ['chargeKeyedInCard', 'orderId', BUSINESS_NUMBER],
  ['chargeKeyedInCard', 'amount', BUSINESS_NUMBER],
  ['chargeKeyedInCard', 'buyer.name', CARD_NUMBER],
  ['chargeKeyedInCard', 'buyer.phone', '4000-0000-0000-0002'],
  ['chargeKeyedInCard', 'buyer.email', `${CARD_NUMBER}@a.kr`],
  ['issueCardBillingKey', 'amount', HOLDER_ID],
  ['issueCardBillingKey', 'buyer.name', `홍길동 ${HOLDER_ID}`],
  ['issueCardBillingKey', 'buyer.phone', HOLDER_ID],
  ['issueCardBillingKey', 'memo', '1990-01-01'],
  ['issueCardBillingKey', 'memo', '19900101'],
  ['issueCardBillingKey', 'memo', '90년 01월 01일'],
  ['issueCardBillingKey', 'memo', [...HOLDER_ID].join('\u200b\u2060\u200d\u00ad')],
  ['issueCardBillingKey', 'memo', '900101-1234567'],
  ['issueCardBillingKey', 'memo', '9001011234567'],
  ['issueCardBillingKey', 'memo', '12'],
  ['issueCardBillingKey', 'memo', ' 12** '],
  ['issueCardBillingKey', 'memo', '１２'],
  ['issueCardBillingKey', 'memo', 'MTI='],
  ['issueCardBillingKey', 'memo', '비밀번호 앞 2자리 12'],
  ['issueCardBillingKey', 'memo', '비번:12'],
  ['issueCardBillingKey', 'memo', 'password=12'],
  ['issueCardBillingKeyWithoutAuth', 'memo', CARD_NUMBER],
]

test.each(EVERYWHERE)('%s refuses %s %s', async (service, path, text) => {
  const ending = await rejected(service, example(service, { [path]: text }))
  expect(issuesOf(ending)).toEqual([`${path} INVALID_FORMAT`])
})

test.each(['4000-0000-0000-0002', '4000 0000 0000 0003', ` ${CARD_NUMBER}`])(
  'a card number that is refused as %j is looked for all the same, and does not come back as an order',
  async (number) => {
    const ending = await rejected(
      'chargeKeyedInCard',
      example('chargeKeyedInCard', { 'card.number': number, orderId: number }),
    )
    expect(ending.issues.map(({ path }) => path.join('.'))).toContain('orderId')
    expect(ending.orderId).toBeNull()
  },
)

test('a key, a merchant or the name of a field that holds the card number is refused, and not told back', async () => {
  const text = '4000/0000/0000/0002'
  const options = { ignoredFields: { idempotencyKey: text, merchantId: text, other: null }, merchantId: text }
  const input = { ...example('chargeKeyedInCard', {}), idempotencyKey: text, [text]: 1 }
  const ending = await rejected('chargeKeyedInCard', input, options)
  expect(issuesOf(ending).sort()).toEqual([
    '[hidden] UNKNOWN_FIELD',
    'idempotencyKey INVALID_FORMAT',
    'merchantId INVALID_FORMAT',
    'merchantId UNKNOWN_MERCHANT',
  ])
  expect(JSON.stringify(ending)).not.toContain(text)
})

/** What an honest shop may send beside the card 4000000000000002 of somebody born on 1990-01-01 with the password 12. */
const HONEST: readonly [what: string, service: ServiceName, path: string, value: unknown][] = [
  ['an order number that passes Luhn', 'chargeKeyedInCard', 'orderId', '2026112612345675'],
  ['another card number that passes Luhn', 'chargeKeyedInCard', 'orderId', '5555555555554444'],
  ['an order number of a day and a time', 'chargeKeyedInCard', 'orderId', '20261126-121212-0012'],
  ['an order number with the password in it', 'issueCardBillingKey', 'memo', 'ORDER-12'],
  ['a price with the password in it', 'issueCardBillingKey', 'memo', '12개 1,200원'],
  ['a price that is the password', 'issueCardBillingKey', 'amount', '12'],
  ['the month of expiry that is the password', 'issueCardBillingKey', 'card.expiryMonth', '12'],
  ['the year of expiry that is the password', 'issueCardBillingKey', 'card.expiryYear', '12'],
  ['the day of birth within a longer number', 'issueCardBillingKey', 'memo', '20900101234'],
  ['the day of birth at the end of a longer number', 'issueCardBillingKey', 'memo', '2026900101'],
  ['the day of birth within a phone number', 'issueCardBillingKey', 'buyer.phone', '010-9001-0123'],
  ['the day of birth within an address', 'issueCardBillingKey', 'buyer.email', 'hong900101@example.kr'],
  ['a part of the card number', 'chargeKeyedInCard', 'orderId', '4000-0000-0000'],
  ['the end of the card number', 'chargeKeyedInCard', 'goodsName', '카드 끝자리 0002'],
  ['the beginning of the card number', 'chargeKeyedInCard', 'goodsName', '400000'],
  ['a UUID', 'chargeKeyedInCard', 'orderId', '5f0c7a52-9001-4010-8a12-3f3e6f0c7a52'],
  ['a text in Base64', 'issueCardBillingKey', 'memo', base64('an ordinary remark, encoded')],
  ['a hash', 'issueCardBillingKey', 'memo', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['a percent sign', 'issueCardBillingKey', 'memo', '10% 할인, 12% 적립'],
  ['a word with the letters of password', 'issueCardBillingKey', 'memo', 'password changed'],
]

test.each(HONEST)('%s is taken', (_, service, path, value) => {
  expect(accepted(service, { [path]: value })).toHaveProperty('cardNumber')
})

test('without a card, what looks like one is nobody’s', () => {
  expect(accepted('chargeCardBillingKey', { orderId: CARD_NUMBER })['oid']).toBe(CARD_NUMBER)
})
