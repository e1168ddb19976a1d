import { readdirSync, readFileSync } from 'node:fs'
import { getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import type { LimitsConfig } from '../../../src/config/limits.ts'
import { SERVICES } from '../../../src/payapi/index.ts'
import { bench, WAYS } from '../../support/server/ways.ts'

const { facade, sent } = bench()

// What answers with the status of the error, also where a client that only knows JSON is told 200.
const headers = { accept: 'application/graphql-response+json' }

const refusal = (message: string) => ({
  status: 400,
  json: { errors: [{ message, extensions: { code: 'DOCUMENT_TOO_COMPLEX' } }] },
})

/** For each limit: a document that just passes, one that does not, and what is said of it. */
const DOCUMENTS: readonly [limit: keyof LimitsConfig, value: number, good: string, bad: string, message: string][] = [
  [
    'maxDepth',
    4,
    '{ __type(name: "Query") { fields { type { name } } } }',
    '{ __type(name: "Query") { fields { type { ofType { name } } } } }',
    'The document is too deep.',
  ],
  [
    'maxDepth',
    4,
    '{ __type(name: "Query") { ... { ...F } } } fragment F on __Type { fields { type { name } } }',
    '{ __type(name: "Query") { ...F } } fragment F on __Type { fields { type { ...G } } } fragment G on __Type { ofType { name } }',
    'The document is too deep.',
  ],
  [
    'maxAliases',
    2,
    '{ a: __typename b: __typename }',
    '{ a: __typename b: __typename c: __typename }',
    'The document has too many aliases.',
  ],
  [
    'maxAliases',
    2,
    '{ ...F } fragment F on Query { a: __typename b: __typename }',
    '{ ...F ...G } fragment F on Query { a: __typename } fragment G on Query { b: __typename c: __typename }',
    'The document has too many aliases.',
  ],
  [
    'maxDirectives',
    2,
    '{ __typename @skip(if: false) @include(if: true) }',
    '{ ...F @skip(if: false) } fragment F on Query { __typename @skip(if: false) @include(if: true) }',
    'The document has too many directives.',
  ],
  [
    'maxTokens',
    4,
    '{ __typename __typename }',
    '{ __typename __typename __typename }',
    'The document has too many tokens.',
  ],
  [
    'maxCost',
    4,
    '{ __typename __typename __typename __typename }',
    '{ __typename __typename __typename __typename __typename }',
    'The document costs too much.',
  ],
  [
    'maxCost',
    100,
    '{ paymentOperations(first: 5) { pageInfo { hasNextPage } } }',
    '{ paymentOperations(first: 50) { pageInfo { hasNextPage } } }',
    'The document costs too much.',
  ],
  [
    'maxCost',
    100,
    '{ paymentOperations(before: "x", last: 5) { pageInfo { hasNextPage } } }',
    '{ paymentOperations(before: "x", last: 50) { pageInfo { hasNextPage } } }',
    'The document costs too much.',
  ],
]

const OPERATIONS = new URL('../../../schema/operations/', import.meta.url)
const operations = readdirSync(OPERATIONS)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => [name, readFileSync(new URL(name, OPERATIONS), 'utf8')] as const)

describe.each(WAYS)('%s', (way) => {
  test.each(DOCUMENTS)('%s %i', async (limit, value, good, bad, message) => {
    const { post } = await facade(way, { limits: { [limit]: value } })
    const { json } = await post({ query: good, headers })
    expect(json.errors?.map(({ extensions }: { extensions: object }) => extensions) ?? []).not.toContainEqual({
      code: 'DOCUMENT_TOO_COMPLEX',
    })
    expect(await post({ query: bad, headers })).toMatchObject(refusal(message))
    // What was refused once is refused again, whatever is remembered of it.
    expect(await post({ query: bad, headers })).toMatchObject(refusal(message))
  })

  test('a document that spreads itself without end is refused in no time', async () => {
    const { post } = await facade(way)
    const fragments = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)
    const query = `{ ...F0 } ${fragments.join(' ')} fragment F60 on Query { a: __typename }`
    expect(await post({ query, headers })).toMatchObject({ status: 400 })
  })

  test.each([
    ['line feeds', '\n'],
    ['carriage returns', '\r'],
    ['comments', '#\n'],
  ])('a document of too many lines is refused: %s', async (_, line) => {
    const { post } = await facade(way)
    expect((await post({ query: `${line.repeat(3_000)}{ __typename }`, headers })).json.errors).toBeUndefined()
    const tooMany = `${line.repeat(3_001)}{ __typename nothing }`
    expect(await post({ query: tooMany, headers })).toMatchObject(refusal('The document has too many lines.'))
  })

  test('lists within lists are refused before they are counted', async () => {
    const { post } = await facade(way)
    for (const depth of [1_900, 40_000]) {
      const query = `{ cardPrefix(prefix: ${'['.repeat(depth)}${']'.repeat(depth)}) }`
      expect(await post({ query, headers })).toMatchObject(refusal('The document has too many tokens.'))
    }
    // Where more tokens are let through, the stack ends before they do.
    const generous = await facade(way, { limits: { maxTokens: 100_000 } })
    const query = `{ cardPrefix(prefix: ${'['.repeat(40_000)}${']'.repeat(40_000)}) }`
    expect(await generous.post({ query, headers })).toMatchObject(refusal('The document has too many tokens.'))
    const values = `${'['.repeat(900)}${']'.repeat(900)}`
    const { status, json } = await post({ query: `{ _entities(representations: ${values}) { __typename } }`, headers })
    expect({ status, code: json.errors[0].extensions.code }).not.toEqual({ status: 500, code: 'INTERNAL_SERVER_ERROR' })
  })

  test('the defaults let the project’s own documents through', async () => {
    const { post } = await facade(way)
    for (const [name, query] of operations) {
      // Without variables or a journal none is executed: what is looked at is whether the document itself is let through.
      const { json } = await post({ query, headers })
      expect([name, json.errors?.[0].message]).toEqual([
        name,
        expect.stringMatching(
          /^Variable "\$\w+" of required type|^No journal is kept here|^A subscription is answered as text\/event-stream/,
        ),
      ])
    }
    expect(operations.length).toBeGreaterThanOrEqual(Object.keys(SERVICES).length)
  })

  test('the defaults let introspection through, as tools ask', async () => {
    const { post } = await facade(way)
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    })
    const { json } = await post({ query, headers })
    expect(json.errors).toBeUndefined()
    expect(json.data.__schema.types.length).toBeGreaterThan(50)
  })

  test('the defaults let a gateway resolve a hundred references at once', async () => {
    const { post } = await facade(way)
    const references = Array.from({ length: 100 }, (_, n) => ({ __typename: 'CardPrefix', prefix: `${400000 + n}` }))
    const fields = '... on CardPrefix { prefix lookup { __typename } }'
    const query = `query ($all: [_Any!]!) { _entities(representations: $all) { ${fields} } }`
    const asked = await post({ query, variables: { all: references }, headers })
    expect(asked.json.data._entities).toHaveLength(100)
    const literals = references.map(({ prefix }) => `{ __typename: "CardPrefix", prefix: "${prefix}" }`)
    const inline = await post({
      query: `{ _entities(representations: [${literals.join(' ')}]) { ${fields} } }`,
      headers,
    })
    expect(inline.json.data._entities).toHaveLength(100)
  })

  const types = '{ types { ...T } } } fragment T on __Type { name description fields { name description } }'
  const aliases = (field: string) => Array.from({ length: 29 }, (_, n) => `a${n}: ${field}`).join(' ')

  test.each([
    ['the schema under aliases', `{ a: __schema { types { name } } b: __schema ${types}`],
    [
      'the schema in fragments',
      `{ ...F a: __schema ${types} fragment F on Query { ... { b: __schema { types { name } } } }`,
    ],
    ['parts of it under aliases', `{ __schema { ${aliases('types { ...T }')} } } fragment T on __Type { name }`],
    ['parts of a type under aliases', `{ __type(name: "Query") { ${aliases('fields { name }')} } }`],
    ['many types', `{ ${aliases('__type(name: "Query") { name }')} }`],
    ['the SDL under aliases', `{ a: _service { sdl } b: _service { sdl } }`],
    ['the SDL under aliases within', `{ _service { ${aliases('sdl')} } }`],
  ])('a document that asks for %s is refused', async (_, query) => {
    const { post } = await facade(way)
    for (const _time of ['the first time', 'the second time']) {
      expect(await post({ query, headers })).toMatchObject(refusal('The document asks for the schema too often.'))
    }
  })

  test.each([
    ['the schema and the SDL', `{ __schema { types { name } } _service { sdl } }`],
    [
      'a few types, as tools do',
      `{ schema: __schema { types { name } } type: __type(name: "__Type") { fields { name } } directive: __type(name: "__Directive") { fields { name } } }`,
    ],
  ])('a document may ask for %s', async (_, query) => {
    const { post } = await facade(way)
    const { json } = await post({ query, headers })
    expect(json.errors).toBeUndefined()
  })

  test('several requests in one are refused', async () => {
    const { post } = await facade(way)
    const body = JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }])
    expect(await post({ body, headers })).toMatchObject({
      status: 400,
      json: { errors: [{ message: 'Batching is not supported.' }] },
    })
  })

  test('a body that is too large is refused', async () => {
    const { post } = await facade(way, { limits: { maxBodyBytes: 1_000 } })
    expect(await post({ query: '{ __typename }' })).toMatchObject({ status: 200 })
    const refused = await post({ query: '{ __typename }', more: { extensions: { long: 'x'.repeat(1_000) } } })
    expect(refused).toMatchObject({
      status: 413,
      json: { errors: [{ extensions: { code: 'REQUEST_ENTITY_TOO_LARGE' } }] },
    })
  })

  describe('changes of one operation', () => {
    const cancel =
      '(input: { paymentMethod: CARD, transactionId: "SANDBOX-CARD-1", amount: "1", currency: KRW }) { __typename }'
    const other = cancel.replace('CARD-1', 'CARD-2')
    const under = (directive: string) => other.replace(' { __typename', ` ${directive} { __typename`)
    const lookUp = 'lookUpCardPrefix(input: { prefix: "949094" }) { __typename }'

    test.each([
      ['two fields', `mutation { a: cancelPayment${cancel} b: cancelPayment${other} }`],
      [
        'fields of fragments',
        `mutation { ...F ...G } fragment F on Mutation { a: cancelPayment${cancel} } fragment G on Mutation { ... { b: cancelPayment${other} } }`,
      ],
      [
        'what is recorded beside what is sent',
        `mutation { a: cancelPayment${cancel} resolvePaymentOperation(input: { operationId: "x", processed: false }) { __typename } }`,
      ],
    ])('%s are refused, and nothing is sent', async (_, query) => {
      const { post } = await facade(way)
      const before = sent()
      expect(await post({ query, headers })).toMatchObject({
        status: 400,
        json: {
          errors: [{ message: 'An operation may change one thing only.', extensions: { code: 'TOO_MANY_CHANGES' } }],
        },
      })
      expect(sent()).toBe(before)
    })

    test.each([
      ['lookups do not count', `mutation { a: cancelPayment${cancel} b: ${lookUp} c: ${lookUp} __typename }`, 3],
      [
        'one field that stands twice is one',
        `mutation { cancelPayment${cancel} ...F } fragment F on Mutation { cancelPayment${cancel} }`,
        1,
      ],
    ])('%s', async (_, query, fields) => {
      const { post } = await facade(way)
      const { json } = await post({ query, headers })
      expect(json.errors).toBeUndefined()
      expect(Object.keys(json.data).filter((name) => name !== '__typename')).toHaveLength(fields)
    })

    const conditional = `mutation ($off: Boolean!, $on: Boolean = false) { a: cancelPayment${cancel} b: cancelPayment${under('@skip(if: $off) @include(if: true)')} ...F @include(if: $on) }
      fragment F on Mutation { c: cancelPayment${other} }`

    test.each([
      ['is skipped', `mutation { a: cancelPayment${cancel} b: cancelPayment${under('@skip(if: true)')} }`, undefined],
      [
        'is not included',
        `mutation { a: cancelPayment${cancel} ... @include(if: false) { b: cancelPayment${other} } }`,
        undefined,
      ],
      ['is skipped by a variable', conditional, { off: true }],
    ])('what %s is no change', async (_, query, variables) => {
      const { post } = await facade(way)
      for (const _time of ['the first time', 'the second time']) {
        const { json } = await post({ query, ...(variables && { variables }), headers })
        expect(json).toEqual({ data: { a: { __typename: expect.any(String) } } })
      }
    })

    test.each([[{ off: false }], [{ off: true, on: true }]])(
      'what variables let in is one, and nothing is sent: %j',
      async (variables) => {
        const { post } = await facade(way)
        await post({ query: conditional, variables: { off: true }, headers })
        const before = sent()
        const { status, json } = await post({ query: conditional, variables, headers })
        expect({
          status,
          code: json.errors[0].extensions.code,
          changed: Object.values(json.data).filter(Boolean),
        }).toEqual({ status: 400, code: 'TOO_MANY_CHANGES', changed: [] })
        expect(sent()).toBe(before)
      },
    )

    test('each operation of a document is counted for itself', async () => {
      const { post } = await facade(way)
      const query = `mutation One { a: cancelPayment${cancel} } mutation Two { b: cancelPayment${other} }`
      expect((await post({ query, more: { operationName: 'Two' }, headers })).json.data).toHaveProperty('b')
    })

    test('more are let through where it is configured', async () => {
      const { post } = await facade(way, { limits: { maxChanges: 2 } })
      const two = `a: cancelPayment${cancel} b: cancelPayment${other}`
      expect((await post({ query: `mutation { ${two} }`, headers })).json.data).toHaveProperty('b')
      const { json } = await post({ query: `mutation { ${two} c: cancelPayment${cancel} }`, headers })
      expect(json.errors).toMatchObject([{ message: 'An operation may change 2 things only.' }])
    })
  })
})
