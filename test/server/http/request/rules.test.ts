import { describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../../../src/auth/authenticator.ts'
import { apiKey, bearer, jwt, token } from '../../../support/server/callers.ts'
import { type Answer, bench, type Facade, WAYS } from '../../../support/server/ways.ts'

const { facade, sent } = bench()

const LOOK_UP = '{ cardPrefix(prefix: "949094") { __typename } }'
const FOUND = { data: { cardPrefix: { __typename: 'CardPrefix' } } }
const MUTATION = 'mutation { lookUpCardPrefix(input: { prefix: "949094" }) { __typename } }'

const JSON_TYPE = { 'content-type': 'application/json' }

const posted = (query: string, headers: Readonly<Record<string, string>> = {}) => ({
  method: 'POST',
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify({ query }),
})

describe.each(WAYS)('%s', (way) => {
  test.each([
    '/metrics/graphql',
    '/metrics/graphql/',
    '/health/graphql?x',
    '/x/graphql?/graphql',
    '/graphql/graphql',
    '/graphql//',
    '//graphql',
    '/Graphql',
    '/%67raphql',
    '/graphql%2f',
    '/graphql/health',
    '/?/health',
    '/health',
    '/?query={__typename}',
    '/elsewhere?/graphql',
  ])('nothing is at %s', async (path) => {
    const { fetch } = await facade(way)
    const before = sent()
    const asks = [
      posted(MUTATION),
      { headers: { 'apollo-require-preflight': '1' } },
      { headers: { accept: 'image/*' } },
    ]
    for (const init of asks) {
      const answer = await fetch(path, init)
      expect(answer).toMatchObject({ status: 404, json: { errors: [{ extensions: { code: 'NOT_FOUND' } }] } })
    }
    expect(sent()).toBe(before)
  })

  test.each(['/metrics/graphql', '/graphql//', '/x'])('GraphiQL is not at %s', async (path) => {
    const { fetch } = await facade(way)
    expect(await fetch(path, { headers: { accept: 'text/html' } })).toMatchObject({ status: 404 })
  })

  test.each(['/graphql', '/graphql/', '/graphql?x=/health', '/graphql?'])('GraphQL is at %s', async (path) => {
    const { fetch } = await facade(way)
    for (let time = 0; time < 3; time++) {
      expect(await fetch(path, posted(LOOK_UP))).toMatchObject({ status: 200, json: FOUND })
    }
  })

  test.each(['a-key', ''])('the header Idempotency-Key: "%s" is refused with 400, and nothing is sent', async (key) => {
    const { post } = await facade(way)
    for (const query of [MUTATION, LOOK_UP]) expect(await post({ query })).toMatchObject({ status: 200 })
    const before = sent()
    for (const query of [MUTATION, LOOK_UP]) {
      const { status, json } = await post({ query, headers: { 'Idempotency-Key': key } })
      expect(status).toBe(400)
      expect(json.errors).toEqual([
        { message: expect.stringContaining('idempotencyKey'), extensions: { code: 'BAD_REQUEST' } },
      ])
    }
    expect(sent()).toBe(before)
  })

  const REFUSED: readonly [what: string, status: number, ask: (facade: Facade) => Promise<Answer>][] = [
    ['in another media type', 415, ({ post }) => post({ query: LOOK_UP, headers: { 'content-type': 'text/plain' } })],
    ['in another encoding', 415, ({ post }) => post({ query: LOOK_UP, headers: { 'content-encoding': 'gzip' } })],
    ['for an answer in no form that we have', 406, ({ post }) => post({ query: LOOK_UP, headers: { accept: 'a/b' } })],
    ['in a URL, without the header against forged ones', 403, ({ fetch }) => fetch('/graphql?query={__typename}')],
    ['to another path', 404, ({ fetch }) => fetch('/elsewhere')],
    ['with another method', 405, ({ fetch }) => fetch('/graphql', { method: 'DELETE', headers: JSON_TYPE })],
    ['with OPTIONS', 405, ({ fetch }) => fetch('/graphql', { method: 'OPTIONS', headers: JSON_TYPE })],
    ['too large', 413, ({ post }) => post({ query: LOOK_UP.padEnd(2_000) })],
    ['that is no JSON', 400, ({ post }) => post({ body: '{' })],
    ['that is not UTF-8', 400, ({ post }) => post({ body: Uint8Array.of(0xff) })],
    ['with a key in a header', 400, ({ post }) => post({ query: LOOK_UP, headers: { 'idempotency-key': 'x' } })],
    ['with a document that is wrong', 200, ({ post }) => post({ query: '{ nothing }' })],
    ['for GraphiQL', 200, ({ fetch }) => fetch('/graphql', { headers: { accept: 'text/html' } })],
    [
      'for the path of GraphiQL',
      302,
      ({ fetch }) => fetch('/', { headers: { accept: 'text/html' }, redirect: 'manual' }),
    ],
  ]

  test.each(REFUSED)('a request %s is answered with %i, and counted as any other', async (_, status, ask) => {
    const limited = await facade(way, { limits: { rateLimitPerMinute: 2, maxBodyBytes: 1_000 } })
    expect((await ask(limited)).status).toBe(status)
    expect((await ask(limited)).status).toBe(status)
    const before = sent()
    expect(await ask(limited)).toMatchObject({ status: 429, headers: { 'retry-after': expect.any(String) } })
    expect(await limited.post({ query: LOOK_UP })).toMatchObject({ status: 429 })
    expect(sent()).toBe(before)
  })

  test('a request that is refused is counted for whoever sent it', async () => {
    const authenticator = createAuthenticator({ ...jwt(), apiKeys: [apiKey('a key')] })
    const { post } = await facade(way, { limits: { rateLimitPerMinute: 2 }, authenticator })
    const known = bearer(await token())
    const refused = { query: LOOK_UP, headers: { ...known, accept: 'a/b' } }
    expect([(await post(refused)).status, (await post(refused)).status]).toEqual([406, 406])
    expect((await post({ query: LOOK_UP, headers: known })).status).toBe(429)
    expect((await post({ query: LOOK_UP, headers: { 'x-api-key': 'a key' } })).status).toBe(200)
  })

  test('a page of a configured origin may send every header that is read, and the sandbox’s only before one', async () => {
    const security = { corsOrigins: ['https://shop.example'] }
    const headers = {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    const allowed = async (more: object) => {
      const { fetch } = await facade(way, security, more)
      const answer = await fetch('/graphql', { method: 'OPTIONS', headers })
      return answer.headers['access-control-allow-headers']?.split(', ')
    }
    const always = ['authorization', 'content-type', 'x-api-key', 'x-graphql-yoga-csrf', 'apollo-require-preflight']
    const all = [...always, 'traceparent', 'tracestate', 'idempotency-key']
    expect(await allowed({})).toEqual(all)
    const unreachable = { prepare: () => {}, send: () => {}, defaultMerchantId: 'x' }
    expect(await allowed({ unreachable })).toEqual([...all, 'x-sandbox-scenario'])
  })
})
