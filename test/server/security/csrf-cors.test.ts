import { describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../../src/auth/authenticator.ts'
import { jwt } from '../../support/server/callers.ts'
import { bench, WAYS } from '../../support/server/ways.ts'

const { facade, sent } = bench()

const LOOK_UP = '{ cardPrefix(prefix: "949094") { __typename } }'
const url = `/graphql?query=${encodeURIComponent(LOOK_UP)}`
const found = { data: { cardPrefix: { __typename: 'CardPrefix' } } }

const SHOP = 'https://shop.example'
const OTHER_SHOP = 'https://other-shop.example'
const THIEF = 'https://thief.example'

describe.each(WAYS)('%s', (way) => {
  describe('a query in a URL', () => {
    test.each([
      ['without a header that a page of another site cannot send', {}],
      ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['as a text', { 'content-type': 'text/plain;charset=UTF-8' }],
    ])('is refused %s, and nothing is sent', async (_, headers) => {
      const { fetch } = await facade(way)
      const before = sent()
      expect(await fetch(url, { headers })).toMatchObject({ status: 403 })
      expect(sent()).toBe(before)
    })

    test.each(['x-graphql-yoga-csrf', 'apollo-require-preflight'])('is answered with %s', async (name) => {
      const { fetch } = await facade(way)
      expect(await fetch(url, { headers: { [name]: '1' } })).toMatchObject({ status: 200, json: found })
    })

    test('a mutation in a URL changes nothing', async () => {
      const { fetch } = await facade(way)
      const mutation = encodeURIComponent('mutation { lookUpCardPrefix(input: { prefix: "949094" }) { __typename } }')
      const before = sent()
      const refused = await fetch(`/graphql?query=${mutation}`, { headers: { 'apollo-require-preflight': '1' } })
      expect(refused).toMatchObject({ status: 405 })
      expect(sent()).toBe(before)
    })
  })

  test.each([
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/graphql',
  ])('what a page can post unasked is not read: %s', async (type) => {
    const { post } = await facade(way)
    const before = sent()
    expect(await post({ query: LOOK_UP, headers: { 'content-type': type } })).toMatchObject({ status: 415 })
    expect(sent()).toBe(before)
  })

  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  })
  const allowed = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')))

  describe('pages of other origins', () => {
    test('are told nothing where no origin is configured', async () => {
      const { fetch, post } = await facade(way)
      expect(allowed(await fetch('/graphql', preflight(SHOP)))).toEqual({})
      expect(allowed(await post({ query: LOOK_UP, headers: { origin: SHOP } }))).toEqual({})
    })

    test('of a configured origin may ask', async () => {
      const { fetch, post } = await facade(way, { corsOrigins: [SHOP, OTHER_SHOP] })
      for (const origin of [SHOP, OTHER_SHOP]) {
        const asked = await fetch('/graphql', preflight(origin))
        expect(asked.status).toBe(204)
        expect(allowed(asked)).toEqual({
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'GET, POST',
          'access-control-allow-headers':
            'authorization, content-type, x-api-key, x-graphql-yoga-csrf, apollo-require-preflight, traceparent, tracestate, idempotency-key',
          'access-control-expose-headers': 'retry-after, www-authenticate, allow',
          'access-control-max-age': '600',
        })
        const { json, headers } = await post({ query: LOOK_UP, headers: { origin } })
        expect(json).toEqual(found)
        expect(headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'origin' })
      }
    })

    // A page in a frame without rights of its own has the origin null.
    test.each([THIEF, 'null', `${SHOP}.thief.example`, 'http://shop.example', `${SHOP}:8443`])(
      'of %s may not',
      async (origin) => {
        const { fetch, post } = await facade(way, { corsOrigins: [SHOP, OTHER_SHOP] })
        expect(allowed(await fetch('/graphql', preflight(origin)))).toEqual({})
        expect(allowed(await post({ query: LOOK_UP, headers: { origin } }))).toEqual({})
      },
    )

    test('may read why they are refused', async () => {
      const { post } = await facade(way, { corsOrigins: [SHOP], authenticator: createAuthenticator(jwt()) })
      const refused = await post({ query: LOOK_UP, headers: { origin: SHOP } })
      expect(refused).toMatchObject({ status: 401, headers: { 'access-control-allow-origin': SHOP } })
    })
  })
})
