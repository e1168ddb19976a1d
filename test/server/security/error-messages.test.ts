import { describe, expect, test } from 'vitest'
import { bench, type Sent, WAYS } from '../../support/server/ways.ts'

// What errors of graphql-js and of our own say, and how much of it.

const { facade } = bench()

const LOOK_UP = 'mutation ($input: LookUpCardPrefixInput!) { lookUpCardPrefix(input: $input) { __typename } }'
const CANCEL = 'mutation ($input: CancelPaymentInput!) { cancelPayment(input: $input) { __typename } }'
const lookUp = (input: unknown): Sent => ({ query: LOOK_UP, variables: { input } })
const strangers = (count: number) => Array.from({ length: count }, () => ({ __typename: 'Stranger' }))

/** Wrong in ways of which graphql-js knows what may have been meant. */
const NEARLY: readonly [what: string, sent: Sent][] = [
  ['a field', { query: '{ cardPrefixx(prefix: "949094") { __typename } }' }],
  ['a field of another type', { query: '{ cardPrefix(prefix: "949094") { cardName } }' }],
  ['an argument', { query: '{ cardPrefix(prefixx: "949094") { __typename } }' }],
  ['a type of a fragment', { query: '{ cardPrefix(prefix: "949094") { ... on CardPrefixx { __typename } } }' }],
  ['a type of a variable', { query: 'query ($a: Strin) { cardPrefix(prefix: $a) { __typename } }' }],
  ['a field of an input', { query: 'mutation { lookUpCardPrefix(input: { prefixx: "1" }) { __typename } }' }],
  ['a field of an input in variables', lookUp({ prefixx: '1' })],
  ['a selection', { query: '{ cardPrefix(prefix: "949094") }' }],
  ['a value of an enumeration', { query: 'mutation { cancelPayment(input: { currency: KRX }) { __typename } }' }],
  ['a value of an enumeration in variables', { query: CANCEL, variables: { input: { currency: 'KRX' } } }],
  ['a text for an enumeration', { query: 'mutation { cancelPayment(input: { currency: "KRW" }) { __typename } }' }],
]

describe.each(WAYS)('%s', (way) => {
  test.each(NEARLY)('a closed schema suggests no names for %s', async (_, sent) => {
    const { post } = await facade(way, { introspection: false })
    for (const _time of ['the first time', 'the second time']) {
      const { body, json } = await post(sent)
      expect(json.errors).not.toHaveLength(0)
      expect(body).not.toContain('Did you mean')
    }
  })

  test('an open schema suggests names', async () => {
    const { post } = await facade(way)
    const suggested = await Promise.all(NEARLY.map(async ([, sent]) => (await post(sent)).body))
    expect(suggested.filter((body) => body.includes('Did you mean')).length).toBeGreaterThan(6)
  })

  test.each<[string, Sent]>([
    ['first must be 1 to 100.', { query: '{ paymentOperations(first: 1234) { __typename } }' }],
    [
      'A request may hold 1000 representations at most.',
      {
        query: 'query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }',
        variables: { all: strangers(1_001) },
      },
    ],
    ['An operation may change 100 things only.', { query: `mutation { ${resolutions(101)} }` }],
  ])('what is ours is said as it is: %s', async (message, sent) => {
    const { post } = await facade(way, { limits: { maxChanges: 100, maxAliases: 200, maxTokens: 10_000 } })
    expect((await post(sent)).json.errors).toMatchObject([{ message }])
  })

  test.each<[string, Sent]>([
    ['unknown fields', { query: `{ ${names(400)} }` }],
    ['unknown types', { query: `query (${names(300, (n) => `$v${n}: T${n}`)}) { __typename }` }],
    ['wrong values', lookUp(Object.fromEntries(Array.from({ length: 4_000 }, (_, n) => [`a${n}`, 1])))],
    [
      'wrong items',
      {
        query: 'query ($a: [_Any!]!) { _entities(representations: $a) { __typename } }',
        variables: { a: Array(900).fill(null) },
      },
    ],
  ])('of %s in numbers few are told', async (_, sent) => {
    const { post } = await facade(way)
    for (const _time of ['the first time', 'the second time']) {
      const { json } = await post(sent)
      expect(json.data).toBeUndefined()
      expect(json.errors.length).toBeLessThanOrEqual(11)
    }
  })
})

test.each([
  ' cannot represent a',
  '" cannot represent a',
  'Enum "a" cannot represent a',
  'a" is not defined by type "B". ',
  'a" does not exist in "B" enum ',
  'Variable "$a" got invalid value ',
  'at "input.a',
  'at "a[1][1]',
  '; Field "a',
  'Syntax Error: Name ',
  'Expected value of type "a',
  'Did you mean ',
  'found String "',
  '1 2 3 4-',
  '4%20',
  '[0]',
  '"',
  'a',
])('a million characters of %j are read once, and not told', async (piece) => {
  const { post } = await facade('over a socket, the short way', { limits: { maxBodyBytes: 10_000_000 } })
  const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
  const many: Sent[] = [
    lookUp({ [text]: 1 }),
    lookUp(text),
    { query: CANCEL, variables: { input: { currency: text } } },
    { query: '{ __typename }', more: { [text]: 1 } },
    { query: 'query A { __typename }', more: { operationName: text } },
    { query: `{ "${text.replaceAll('"', '')}" }` },
  ]
  for (const sent of many) {
    const { body, json } = await post(sent)
    expect(json.errors).not.toHaveLength(0)
    expect(body.length).toBeLessThan(1_000)
  }
})

function names(count: number, make = (n: number) => `field${n}`): string {
  return Array.from({ length: count }, (_, n) => make(n)).join(' ')
}

function resolutions(count: number): string {
  return names(
    count,
    (n) => `a${n}: resolvePaymentOperation(input: { operationId: "x", processed: false }) { __typename }`,
  )
}
