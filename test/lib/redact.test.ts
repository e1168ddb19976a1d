import { expect, test } from 'vitest'
import { passesLuhn, redact, redactCardNumbers } from '../../src/lib/redact.ts'
import { Random } from '../support/payapi/random.ts'

/** Published test numbers of several card companies, 13 to 19 digits. */
const CARDS = [
  '4222222222222',
  '30569309025904',
  '378282246310005',
  '4000000000000002',
  '5555555555554444',
  '6011111111111117',
  '6304000000000000000',
]

/** A number in groups of four. */
const grouped = (digits: string, separator: string) => (digits.match(/\d{1,4}/g) ?? []).join(separator)

for (const card of CARDS) {
  const shown = [
    ...[card, ` ${card} `, `<${card}>`, `"number":"${card}"`, `number:${card},`, `카드${card}번`, `x${card}y`],
    ...[' ', '-', '.', '+', '\u00A0', '  ', ' -', ' - ', '%20', '%2D', '%2d', '\n'].map((gap) => grouped(card, gap)),
  ]
  for (const text of shown) {
    test(`nothing is left of a card number in ${JSON.stringify(text)}`, () => {
      const redact = redactCardNumbers(text)
      expect(redact).toContain('[hidden]')
      expect(redact.replace(/%2[0d]/gi, '')).not.toMatch(/\d/)
    })
  }
}

test('what stands around a card number stays', () => {
  expect(redactCardNumbers('order A-17: 4000 0000 0000 0002, 2 pieces')).toBe('order A-17: [hidden], 2 pieces')
  expect(redactCardNumbers('4000000000000002;378282246310005')).toBe('[hidden];[hidden]')
})

test('a card number is hidden as a whole where its first digits would pass as well', () => {
  expect(redactCardNumbers('6331 1019 9999 0016 101')).toBe('[hidden]')
})

test('a card number between other numbers is hidden, all of it', () => {
  const random = new Random(7)
  for (let round = 0; round < 2_000; round++) {
    const before = random.digits(random.below(15))
    const after = random.digits(random.below(15))
    const card = random.card(13 + random.below(4))
    const gap = random.pick([' ', '-', '  ', '%20'])
    const written = random.pick([card, grouped(card, ' '), grouped(card, '-')])
    const redact = redactCardNumbers([before, written, after].filter((part) => part !== '').join(gap))
    // At most the first six and the last four may be shown, so no more of it may be left in a piece.
    const digits = redact.replace(/%20/g, '').replace(/[\s-]/g, '')
    for (let start = 0; start + 7 <= card.length; start++) {
      expect(digits, `${before}|${written}|${after}`).not.toContain(card.slice(start, start + 7))
    }
  }
})

const KEPT = [
  '4000000000000003',
  '400000000002',
  '2019-09-06T02:01:00.000Z',
  '2019-09-06 11:01:00.123 +09:00',
  '20190906110100',
  '1567735260000',
  '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  'TID-2019-0001',
  '010-1234-5678',
  'durationMs=1234 status=200 port=443',
  '₩1,004,000,000,000',
]

for (const text of KEPT) {
  test(`${text} is no card number and stays`, () => {
    expect(redactCardNumbers(text)).toBe(text)
  })
}

test('every number that passes Luhn is hidden and every other stays, from 13 to 19 digits', () => {
  const random = new Random(11)
  for (let round = 0; round < 5_000; round++) {
    const number = random.digits(13 + random.below(7))
    expect(redactCardNumbers(number)).toBe(luhnByHand(number) ? '[hidden]' : number)
    expect(passesLuhn(number)).toBe(luhnByHand(number))
  }
})

/** Luhn from its definition, written for the tests: double every second digit from the right and add up all digits. */
function luhnByHand(number: string): boolean {
  const digits = [...number].toReversed().map(Number)
  const written = digits.map((digit, place) => (place % 2 === 1 ? digit * 2 : digit)).join('')
  return [...written].reduce((sum, digit) => sum + Number(digit), 0) % 10 === 0
}

test('what is no row of digits does not pass Luhn', () => {
  for (const text of ['', ' ', '4000 0000 0000 0002', '4000-0000', 'abc', '٤٠', '-18'])
    expect(passesLuhn(text)).toBe(false)
})

test('known secrets are hidden wherever they stand, and short ones are left alone', () => {
  expect(redact('born 900101, not 19900101x', ['900101'])).toBe('born [hidden], not 19[hidden]x')
  expect(redact('12 pieces for 1200', ['12'])).toBe('12 pieces for 1200')
  expect(redact('94000000000000003', ['4000000000000003'])).toBe('9[hidden]')
  expect(redact('a.b', ['a.b'])).toBe('a.b')
})

test('a long text is redacted in one go', () => {
  const text = `${'1 '.repeat(30_000)}4000000000000002${' 1'.repeat(30_000)}`
  expect(redactCardNumbers(text)).not.toContain('4000000000000002')
})
