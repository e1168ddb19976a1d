import { describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../../src/auth/authenticator.ts'
import type { SecurityOptions } from '../../../src/server/security/index.ts'
import { apiKey, bearer, jwt, token } from '../../support/server/callers.ts'
import { bench, type Sent, WAYS } from '../../support/server/ways.ts'

// Which way a request goes through the server is nobody's business: status, headers and body are the same.

const { facade, sent } = bench()

const prefixLookup = 'cardPrefix(prefix: "949094") { __typename }'
const lookUp = `{ ${prefixLookup} }`
const optional = `query ($wanted: Boolean!) { __typename ... @include(if: $wanted) { ${prefixLookup} } }`
const mutation = 'mutation { lookUpCardPrefix(input: { prefix: "949094" }) { __typename } }'
const twoChanges = `mutation { a: resolvePaymentOperation(input: { operationId: "x", processed: true }) { __typename }
  b: resolvePaymentOperation(input: { operationId: "x", processed: true }) { __typename } }`

const open: SecurityOptions = {}
const closed: SecurityOptions = {
  authenticator: createAuthenticator({ ...jwt(), apiKeys: [apiKey('a key')] }),
  introspection: false,
  graphiql: false,
  behindTls: true,
  corsOrigins: ['https://shop.example'],
  limits: { maxAliases: 1 },
}
const single: SecurityOptions = { limits: { rateLimitPerMinute: 1 } }

const asked = `query ($prefix: String!, $merchant: ID) { cardPrefix(prefix: $prefix, merchantId: $merchant) {
  __typename ... on PayApiInvalidInput { issues { path code message } } ... on CardPrefix { cardName } } }`
const references = `query ($all: [_Any!]!) { _entities(representations: $all) { __typename
  ... on EscrowPayment { transactionId merchantId status { __typename } } ... on CardPrefix { prefix cardName } } }`
const named = `query A { a: cardPrefix(prefix: "949094") { __typename } } query B { b: cardPrefix(prefix: "94909") { __typename } }`

const REQUESTS: readonly [what: string, guards: SecurityOptions, request: () => Sent | Promise<Sent>][] = [
  ['a lookup', open, () => ({ query: lookUp })],
  ['a mutation', open, () => ({ query: mutation })],
  [
    'a lookup for a client of the newer media type',
    open,
    () => ({ query: lookUp, headers: accepts('application/graphql-response+json') }),
  ],
  ['values in variables', open, () => ({ query: asked, variables: { prefix: '949094', merchant: null } })],
  ['values that are refused', open, () => ({ query: asked, variables: { prefix: '94909', merchant: 'nobody' } })],
  ['a value that is missing', open, () => ({ query: asked, variables: { prefix: null } })],
  ['a value of another kind', open, () => ({ query: asked, variables: { prefix: ['949094'], merchant: 7 } })],
  [
    'a value of another kind, for the newer media type',
    open,
    () => ({
      query: asked,
      variables: { prefix: ['949094'], merchant: 7 },
      headers: accepts('application/graphql-response+json'),
    }),
  ],
  [
    'a value of another kind, for a mutation',
    open,
    () => ({
      query: 'mutation ($p: String!) { lookUpCardPrefix(input: { prefix: $p }) { __typename } }',
      variables: {},
    }),
  ],
  ['variables that are no object', open, () => ({ query: asked, variables: [] })],
  [
    'references, of which one is nobody’s',
    open,
    () => ({
      query: references,
      variables: {
        all: [
          { __typename: 'EscrowPayment', transactionId: 7, merchantId: 'nobody' },
          { __typename: 'Stranger' },
          { __typename: 'CardPrefix', prefix: '949094' },
          { __typename: 'CardPrefix', prefix: '4111111111111111' },
        ],
      },
    }),
  ],
  [
    'references without right',
    closed,
    () => ({ query: references, variables: { all: [{ __typename: 'EscrowPayment', transactionId: 'x' }] } }),
  ],
  [
    'a journal that is not kept',
    open,
    () => ({ query: 'query ($id: ID!) { paymentOperation(id: $id) { id } }', variables: { id: 'x' } }),
  ],
  [
    'a lookup that succeeds beside a field that fails',
    open,
    () => ({ query: `{ ${prefixLookup} paymentOperation(id: "x") { id } }` }),
  ],
  [
    'a mutation of which one field succeeds and one fails',
    open,
    () => ({
      query: `mutation { lookUpCardPrefix(input: { prefix: "949094" }) { __typename }
        resolvePaymentOperation(input: { operationId: "x", processed: true }) { __typename } }`,
    }),
  ],
  ['a field that a variable leaves out', open, () => ({ query: optional, variables: { wanted: false } })],
  ['a field that a variable keeps', open, () => ({ query: optional, variables: { wanted: true } })],
  ['the schema', open, () => ({ query: '{ __schema { queryType { name } } __type(name: "CardPrefix") { kind } }' })],
  [
    'a field under the name of a prototype',
    open,
    () => ({ query: '{ __proto__: __typename constructor: __typename }' }),
  ],
  ['one operation of two', open, () => ({ query: named, more: { operationName: 'B' } })],
  ['the other operation of two', open, () => ({ query: named, more: { operationName: 'A' } })],
  ['none of two operations', open, () => ({ query: named })],
  ['an operation with an empty name', open, () => ({ query: named, more: { operationName: '' } })],
  [
    'a field that is left out',
    open,
    () => ({ query: '{ __typename cardPrefix(prefix: "949094") @skip(if: true) { __typename } }' }),
  ],
  ['extensions', open, () => ({ query: lookUp, more: { extensions: { clientLibrary: { name: 'x' } } } })],
  ['extensions that are none', open, () => ({ query: lookUp, more: { extensions: 'x' } })],
  [
    'a document by its hash',
    open,
    () => ({ query: lookUp, more: { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } } }),
  ],
  [
    'what clients for streams accept',
    open,
    () => ({
      query: lookUp,
      headers: accepts('application/graphql-response+json, application/json, text/event-stream, multipart/mixed'),
    }),
  ],
  ['an operation that is named and not there', open, () => ({ query: lookUp, more: { operationName: 'Nothing' } })],
  ['a document that is wrong', open, () => ({ query: '{ nothing }' })],
  ['a document that is none', open, () => ({ query: '{' })],
  ['two changes', open, () => ({ query: twoChanges })],
  [
    'two changes, for the newer media type',
    open,
    () => ({ query: twoChanges, headers: accepts('application/graphql-response+json') }),
  ],
  ['no query', open, () => ({})],
  ['a parameter that is not known', open, () => ({ query: lookUp, more: { id: 'x' } })],
  ['several requests', open, () => ({ body: JSON.stringify([{ query: lookUp }]) })],
  ['no JSON', open, () => ({ body: '{' })],
  ['nothing at all', open, () => ({ body: '' })],
  ['a body too large', { limits: { maxBodyBytes: 1_000 } }, () => ({ query: lookUp.padEnd(2_000) })],
  ['a media type in capitals', open, () => ({ query: lookUp, headers: { 'content-type': 'APPLICATION/JSON' } })],
  [
    'a media type with its character set',
    open,
    () => ({ query: lookUp, headers: { 'content-type': 'application/json; charset=UTF-8' } }),
  ],
  ['another media type', open, () => ({ query: lookUp, headers: { 'content-type': 'text/plain' } })],
  ['an answer in no form that we have', open, () => ({ query: mutation, headers: accepts('text/plain') })],
  ['an answer as a page', open, () => ({ query: mutation, headers: accepts('text/html') })],
  [
    'an answer in another character set',
    open,
    () => ({ query: mutation, headers: accepts('application/json; charset=utf-16') }),
  ],
  ['an answer as a stream', open, () => ({ query: mutation, headers: accepts('text/event-stream') })],
  ['a field without right', closed, () => ({ query: lookUp })],
  [
    'a field without right, for the newer media type',
    closed,
    () => ({ query: lookUp, headers: accepts('application/graphql-response+json') }),
  ],
  [
    'a scope that is missing',
    closed,
    async () => ({ query: lookUp, headers: bearer(await token({ claims: { scope: '' } })) }),
  ],
  [
    'a merchant that is not allowed',
    closed,
    async () => ({ query: lookUp, headers: bearer(await token({ claims: { merchants: [] } })) }),
  ],
  ['a good token', closed, async () => ({ query: lookUp, headers: bearer(await token()) })],
  ['a good key', closed, () => ({ query: lookUp, headers: { 'x-api-key': 'a key' } })],
  ['a bad token', closed, () => ({ query: lookUp, headers: bearer('a.b.c') })],
  ['a bad key', closed, () => ({ query: lookUp, headers: { 'x-api-key': 'another' } })],
  ['an empty token', closed, () => ({ query: lookUp, headers: { authorization: '' } })],
  ['an empty key', closed, () => ({ query: lookUp, headers: { 'x-api-key': '' } })],
  ['a document that is too complex', closed, () => ({ query: '{ a: __typename b: __typename }' })],
  ['a question for the schema', closed, () => ({ query: '{ __schema { description } }' })],
  ['a page of another site', open, () => ({ query: lookUp, headers: { origin: 'https://thief.example' } })],
  ['a page that may ask', closed, () => ({ query: lookUp, headers: { origin: 'https://shop.example' } })],
  ['a document that is not trusted', { trustedDocuments: { x: '{ __typename }' } }, () => ({ query: lookUp })],
  ['an id that is trusted', { trustedDocuments: { x: '{ __typename }' } }, () => ({ more: { id: 'x' } })],
]

const accepts = (accept: string) => ({ accept })

describe('every way says the same of', () => {
  test.each(REQUESTS)('%s', async (_, guards, request) => {
    const made = await request()
    const answers: object[] = []
    for (const way of WAYS) {
      const { post } = await facade(way, guards)
      // What answers look like that the sender accepts, the fast way learns from a success.
      await post({ query: '{ __typename }', ...(made.headers && { headers: made.headers }) })
      // A document goes through the engine once, and is executed right away from then on.
      for (const _time of ['the first time', 'the second time', 'the third time']) {
        const before = sent()
        const { status, headers, body } = await post(made)
        answers.push({ status, headers, body, sent: sent() - before })
      }
    }
    const [first, ...others] = answers
    for (const other of others) expect(other).toEqual(first)
  })

  test.each(['application/json', 'application/graphql-response+json'])(
    'variables that do not fit, after some that did, as %s',
    async (accept) => {
      const answers: object[] = []
      for (const way of WAYS) {
        const { post } = await facade(way)
        for (const prefix of ['949094', ['949094']]) {
          const { status, headers, body } = await post({ query: asked, variables: { prefix }, headers: { accept } })
          answers.push({ prefix, status, headers, body })
        }
      }
      const [good, bad, ...others] = answers
      expect(good).toMatchObject({ status: 200 })
      expect(bad).toMatchObject({ status: 400 })
      expect(others).toEqual([good, bad, good, bad])
    },
  )

  test('a request beyond the rate limit is refused alike by every way', async () => {
    const refused = WAYS.map(async (way) => {
      const { post } = await facade(way, single)
      await post({ query: lookUp })
      const { status, headers, body } = await post({ query: lookUp })
      return { status, headers: { ...headers, 'retry-after': '' }, body }
    })
    const [first, ...others] = await Promise.all(refused)
    expect(first).toMatchObject({ status: 429 })
    for (const other of others) expect(other).toEqual(first)
  })
})
