import { describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '../../../src/config/limits.ts'
import { bench, WAYS } from '../../support/server/ways.ts'

// How much one request may make the facade do, whatever it costs to write down.

const { facade, sent } = bench()

const SELECTION =
  '{ ... on CardPrefix { lookup { __typename ... on PayApiTransportError { reason outcome message } } } }'
const once = `query ($all: [_Any!]!) { _entities(representations: $all) ${SELECTION} }`
const prefixes = (count: number, first = 100_000) =>
  Array.from({ length: count }, (_, n) => ({ __typename: 'CardPrefix', prefix: String(first + n) }))
const typesOf = ({ data }: { data: { _entities: { lookup: { __typename: string } }[] } }) =>
  data._entities.map(({ lookup }) => lookup.__typename)

describe.each(WAYS)('%s', (way) => {
  describe('references of other subgraphs', () => {
    const refused = {
      status: 400,
      json: {
        data: null,
        errors: [
          {
            message: 'A request may hold 4 representations at most.',
            extensions: { code: 'TOO_MANY_REPRESENTATIONS' },
          },
        ],
      },
    }
    const headers = { accept: 'application/graphql-response+json' }
    const field = (alias: string, argument = '$all') => `${alias}: _entities(representations: ${argument}) ${SELECTION}`
    const literal = '{ __typename: "CardPrefix", prefix: "949094" }'

    test.each([
      ['in one list', once, 5],
      ['in two lists', `query ($all: [_Any!]!) { ${field('a')} ${field('b')} }`, 3],
      [
        'in fragments',
        `query ($all: [_Any!]!) { ${field('a')} ...F } fragment F on Query { ... { ${field('b')} } }`,
        3,
      ],
      ['in the document', `{ ${field('a', `[${literal.repeat(5)}]`)} }`, 0],
      [
        'in the document and in a variable',
        `query ($all: [_Any!]!) { ${field('a')} ${field('b', `[${literal}]`)} ${field('c', literal)} }`,
        3,
      ],
      ['as a default', `query ($all: [_Any!]! = [${literal.repeat(5)}]) { ${field('a')} }`, undefined],
    ])('too many of them %s are refused before any is resolved', async (_, query, count) => {
      const { post, lines } = await facade(way, { limits: { maxRepresentations: 4 } })
      const before = sent()
      const variables = count === undefined ? {} : { all: prefixes(count) }
      for (const _time of ['the first time', 'the second time']) {
        expect(await post({ query, variables, headers })).toMatchObject(refused)
      }
      expect(sent()).toBe(before)
      expect(lines).toEqual([])
    })

    test.each([
      ['as many as may be', once, 4],
      ['a field that stands twice', `query ($all: [_Any!]!) { ${field('a')} ${field('a')} }`, 4],
    ])('%s are resolved', async (_, query, count) => {
      const { post } = await facade(way, { limits: { maxRepresentations: 4 } })
      const { json } = await post({ query, variables: { all: prefixes(count) }, headers })
      expect(json.errors).toBeUndefined()
    })

    test('so many that fail are told, not more', async () => {
      const { post } = await facade(way)
      const all = Array.from({ length: 1_000 }, () => ({ __typename: 'Stranger' }))
      const { json } = await post({ query: once, variables: { all } })
      expect(json.data._entities).toEqual(Array(1_000).fill(null))
      expect(json.errors).toHaveLength(20)
    })
  })

  test('the defaults let a gateway resolve a thousand references at once', async () => {
    const { post } = await facade(way)
    const before = sent()
    const { json } = await post({ query: once, variables: { all: prefixes(1_000) } })
    expect(new Set(typesOf(json))).toEqual(new Set(['CardPrefix']))
    expect(sent() - before).toBe(1_000)
  })

  test('what is over the bound of lookups is not sent, and fails alone', async () => {
    const { post, lines } = await facade(way, { limits: { maxLookups: 3 } })
    const before = sent()
    const all = [...prefixes(3), ...prefixes(3), ...prefixes(2, 200_000)]
    const { json } = await post({ query: once, variables: { all } })
    expect(typesOf(json)).toEqual([...Array(6).fill('CardPrefix'), ...Array(2).fill('PayApiTransportError')])
    expect(json.data._entities[7].lookup).toMatchObject({
      reason: 'OVERLOADED',
      outcome: 'NOT_PROCESSED',
      message: 'Not sent: one request may look up 3 at most.',
    })
    expect(sent() - before).toBe(3)
    expect(lines).toEqual([])
  })

  test('lookups under aliases, in queries and in mutations, are bounded together', async () => {
    const { post } = await facade(way, { limits: { maxLookups: 3 } })
    const aliases = (field: (n: number) => string) =>
      Array.from({ length: 5 }, (_, n) => `a${n}: ${field(n)} { __typename }`).join(' ')
    const queries = `{ ${aliases((n) => `cardPrefix(prefix: "30000${n}")`)} }`
    const mutations = `mutation { ${aliases((n) => `lookUpCardPrefix(input: { prefix: "30000${n}" })`)} }`
    for (const query of [queries, mutations]) {
      const before = sent()
      const { json } = await post({ query })
      expect(Object.values(json.data).filter((each) => (each as Result).__typename === 'CardPrefix')).toHaveLength(3)
      expect(sent() - before).toBe(3)
    }
  })

  test('no bound of lookups stands in the way of a change', async () => {
    const { post } = await facade(way, { limits: { maxLookups: 1 } })
    const query = `mutation { a: lookUpCardPrefix(input: { prefix: "300000" }) { __typename }
      b: cancelPayment(input: { paymentMethod: CARD, transactionId: "SANDBOX-CARD-1", amount: "1", currency: KRW }) { __typename ... on PayApiTransportError { reason } } }`
    const { json } = await post({ query })
    expect(json.data.b).not.toHaveProperty('reason')
  })
})

test('one request makes a thousand calls at most where nothing is configured', () => {
  expect(DEFAULT_LIMITS).toMatchObject({ maxLookups: 1_000, maxRepresentations: 1_000 })
})

interface Result {
  readonly __typename: string
}
