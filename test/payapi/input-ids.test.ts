import { describe, expect, test } from 'vitest'
import { SERVICES, type Service, type ServiceName } from '../../src/payapi/index.ts'
import type { AnyFixture } from '../services/fixture.ts'
import { FIXTURES } from '../services/index.generated.ts'
import { accepted, example, expectRefused, issuesOf, rejected } from '../support/payapi/rejections.ts'

/** Every field of a kind in the full examples: service, path and wire name. */
function fieldsOfType(...types: readonly string[]): [name: ServiceName, path: string, wire: string][] {
  const within = (fields: Service['request'], input: object, parent: string): [string, string][] =>
    Object.entries(fields).flatMap(([name, entry]) => {
      const value = (input as Record<string, unknown>)[name]
      if ('group' in entry) return within(entry.fields, (value ?? {}) as object, `${parent}${name}.`)
      const isOne = typeof entry.type === 'string' && types.includes(entry.type) && value !== undefined
      return isOne ? [[`${parent}${name}`, entry.wire] as [string, string]] : []
    })
  return Object.values<Service>(SERVICES).flatMap((service) => {
    const name = service.name as ServiceName
    return within(service.request, FIXTURES[name].full.input, '').map(
      ([path, wire]) => [name, path, wire] as [ServiceName, string, string],
    )
  })
}

const IDS = fieldsOfType('id')

/** Texts of any characters: not those of digits, codes or two characters. */
const FREE_TEXT = /name|goods|addr|tel|email|etc|msg|invoice|code$|reserved/i

const LOOK_ALIKES: readonly (readonly [what: string, id: string])[] = [
  ['a space behind it', 'X-1 '],
  ['a space before it', ' X-1'],
  ['an ideographic space behind it', 'X-1\u3000'],
  ['a no-break space behind it', 'X-1\u00a0'],
  ['a no-break space within it', 'X\u00a01'],
  ['an en space within it', 'X\u20021'],
  ['a line separator within it', 'X\u20281'],
  ['a tab behind it', 'X-1\t'],
  ['a zero-width space', 'X-1\u200b'],
  ['a zero-width joiner', 'X\u200d-1'],
  ['a byte order mark before it', '\ufeffX-1'],
  ['a word joiner', 'X-\u20601'],
  ['a soft hyphen', 'X\u00ad-1'],
  ['a mark from right to left', 'X-1\u200f'],
  ['an override of direction', 'X\u202e-1'],
  ['a variation selector', 'X-1\ufe0f'],
  ['a tag character', 'X-1\u{e0031}'],
  ['a combining grapheme joiner', 'X\u034f-1'],
  ['a Hangul filler', 'X-1\u3164'],
  ['a half-width Hangul filler', 'X-1\uffa0'],
  ['a Hangul choseong filler', 'X-1\u115f'],
  ['a Khmer vowel that is not drawn', 'X-1\u17b4'],
  ['a blank Braille pattern', 'X-1\u2800'],
  ['a noncharacter', 'X-1\uffff'],
  ['a private character', 'X-1\ue000'],
  ['what stands for a lost character', 'X-\ufffd'],
]

describe.each(IDS)('%s %s', (name, path, wire) => {
  test.each(LOOK_ALIKES)('is refused with %s', (_, id) => expectRefused(name, path, id, 'INVALID_FORMAT'))

  test('an id is sent composed, so that both spellings are one id', () => {
    for (const id of ['주문-가', 'café', 'A B', 'Å', '20261126-0001']) {
      expect(accepted(name, { [path]: id.normalize('NFD') })[wire]).toBe(id)
      expect(accepted(name, { [path]: id })[wire]).toBe(id)
    }
  })
})

test('the ids are order, billing key and transaction, wherever they stand', () => {
  const expected = Object.entries<AnyFixture>(FIXTURES).flatMap(([name, { ids }]) => ids.map((id) => `${name} ${id}`))
  expect(IDS.map(([name, path]) => `${name} ${path}`).sort()).toEqual(expected.sort())
})

describe.each(fieldsOfType('string', 'email').filter(([, , wire]) => FREE_TEXT.test(wire)))(
  '%s %s',
  (name, path, wire) => {
    const of = (text: string) => (wire === 'buyerEmail' ? `${text}@example.kr` : text)

    test('a text is sent composed', () => {
      expect(accepted(name, { [path]: of('각'.normalize('NFD')) })[wire]).toBe(of('각'))
    })

    test('is refused as nothing where nothing of it can be seen', async () => {
      if (wire === 'buyerEmail') return expectRefused(name, path, '\u3164@\u3164 ', 'INVALID_FORMAT')
      for (const text of ['\u3164', '\u200b\u200b', '\u3000', '\u2800 \u115f']) {
        const ending = await rejected(name, example(name, { [path]: text }))
        expect(issuesOf(ending)).toEqual([`${path} REQUIRED`])
      }
    })

    test('with more marks on one character than any language writes is refused: to compose it would take seconds', async () => {
      const text = of('\u0301\u0323'.repeat(40_000))
      const ending = await rejected(name, example(name, { [path]: text }))
      expect(issuesOf(ending)).toHaveLength(1)
      expect(issuesOf(ending)[0]).toMatch(/ (?:TOO_LONG|INVALID_FORMAT)$/)
    })
  },
)

test('a text is counted as it is sent: one character a syllable', async () => {
  const name = (syllables: number) => '각'.repeat(syllables).normalize('NFD')
  expect(accepted('chargeCardBillingKey', { 'buyer.name': name(30) })['buyerName']).toBe('각'.repeat(30))
  const ending = await rejected('chargeCardBillingKey', example('chargeCardBillingKey', { 'buyer.name': name(31) }))
  expect(issuesOf(ending)).toEqual(['buyer.name TOO_LONG'])
})

test('a rejected input names its order as it would have been sent', async () => {
  const input = example('chargeCardBillingKey', { orderId: '주문-가'.normalize('NFD'), amount: 0 })
  expect((await rejected('chargeCardBillingKey', input)).orderId).toBe('주문-가')
})
