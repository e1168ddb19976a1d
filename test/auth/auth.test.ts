import { createSecretKey, generateKeyPairSync } from 'node:crypto'
import { UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import type { AuthConfig } from '../../src/auth/authenticator.ts'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import { apiKey, bearer, jwt, KEYS, token } from '../support/server/callers.ts'
import { bench, WAYS } from '../support/server/ways.ts'

const { facade, sent } = bench()

const LOOK_UP = { query: '{ cardPrefix(prefix: "949094") { __typename } }' }
const securityOf = (config: AuthConfig, now?: () => number) => ({
  authenticator: createAuthenticator(config, now && { now }),
})

const SECONDS = 1000
const HOUR = 3600 * SECONDS

describe.each(WAYS)('%s', (way) => {
  test('a request with a good token is let through', async () => {
    const { post } = await facade(way, securityOf(jwt()))
    const { status, json } = await post({ ...LOOK_UP, headers: bearer(await token()) })
    expect({ status, ...json }).toEqual({ status: 200, data: { cardPrefix: { __typename: 'CardPrefix' } } })
  })

  test('answers without credentials what needs no right', async () => {
    const { post } = await facade(way, securityOf(jwt()))
    expect(await post({ query: '{ __typename }' })).toMatchObject({
      status: 200,
      json: { data: { __typename: 'Query' } },
    })
  })

  test('asks for credentials where a field needs a right, and sends nothing', async () => {
    const { post } = await facade(way, securityOf({ ...jwt(), apiKeys: [apiKey('a key')] }))
    const before = sent()
    const { status, headers, json } = await post(LOOK_UP)
    expect({ status, challenge: headers['www-authenticate'], ...json }).toEqual({
      status: 401,
      challenge: 'Bearer realm="payapi-graphql", ApiKey realm="payapi-graphql"',
      data: { cardPrefix: null },
      errors: [
        {
          message: 'Credentials are needed.',
          locations: [{ line: 1, column: 3 }],
          path: ['cardPrefix'],
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    })
    expect(sent()).toBe(before)
  })

  describe('refuses with 401, also what needs no right,', () => {
    const now = Math.floor(Date.now() / 1000)
    const another = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = KEYS.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const rows: readonly [what: string, make: () => string | Promise<string>][] = [
      ['a token of another key', () => token({ key: another.privateKey })],
      ['a token of another issuer', () => token({ claims: { iss: 'https://other.example' } })],
      ['a token for another audience', () => token({ claims: { aud: 'another' } })],
      ['a token that has expired', () => token({ claims: { exp: now - 60 } })],
      ['a token that is not good yet', () => token({ claims: { nbf: now + 600 } })],
      ['a token without end', () => token({ without: ['exp'] })],
      ['a token without issuer', () => token({ without: ['iss'] })],
      ['a token without audience', () => token({ without: ['aud'] })],
      ['a token of nobody', () => token({ without: ['sub'] })],
      ['a token of an empty name', () => token({ claims: { sub: '' } })],
      ['a token of a name without end', () => token({ claims: { sub: 'x'.repeat(256) } })],
      ['a token of a name without end, of few characters', () => token({ claims: { sub: '😀'.repeat(128) } })],
      ['a token of a name with a control character', () => token({ claims: { sub: 'shop\u0000' } })],
      ['a token of a name with half of a pair', () => token({ claims: { sub: 'shop\ud800' } })],
      ['a token whose scope is no text', () => token({ claims: { scope: ['cards:lookup'] } })],
      ['a token whose scopes are no list', () => token({ claims: { scopes: 'cards:lookup' } })],
      // A limit that cannot be read must not be taken for none.
      ['a token whose merchants are no list', () => token({ claims: { merchants: 'welcometst' } })],
      ['a token whose merchants are no texts', () => token({ claims: { merchants: [1] } })],
      ['a token of an algorithm that is not configured', () => token({ header: { alg: 'RS512' } })],
      [
        'a token signed with the public key as if it were a secret',
        () => token({ key: Buffer.from(pem), header: { alg: 'HS256' } }),
      ],
      ['a token without signature', () => unsigned()],
      ['a token whose claims were changed', async () => tampered(await token())],
      ['no token', () => 'no-token'],
    ]
    const unsigned = () =>
      new UnsecuredJWT({ scope: 'cards:lookup' })
        .setIssuer('https://issuer.example')
        .setAudience('payapi-graphql')
        .setSubject('x')
        .setExpirationTime('1h')
        .encode()
    const tampered = (good: string) => {
      const [header, payload = '', signature] = good.split('.')
      const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'somebody-else' }
      return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    }

    test.each(rows)('%s', async (what, make) => {
      const { post } = await facade(way, securityOf(jwt()))
      const { status, headers, json } = await post({ query: '{ __typename }', headers: bearer(await make()) })
      expect({ status, challenge: headers['www-authenticate'], ...json }).toEqual({
        status: 401,
        challenge: 'Bearer realm="payapi-graphql", error="invalid_token"',
        errors: [
          {
            message: what.endsWith('expired') ? 'The credentials have expired.' : 'The credentials are not valid.',
            extensions: { code: 'UNAUTHENTICATED' },
          },
        ],
      })
    })

    test.each([
      ['another scheme', 'Basic dXNlcjpwYXNzd29yZA=='],
      ['a scheme without token', 'Bearer'],
      ['two tokens', 'Bearer a.b.c d.e.f'],
    ])('%s', async (_, authorization) => {
      const { post } = await facade(way, securityOf(jwt()))
      expect(await post({ query: '{ __typename }', headers: { authorization } })).toMatchObject({ status: 401 })
    })

    test('a key that nobody has is refused', async () => {
      const { post } = await facade(way, securityOf({ jwt: undefined, apiKeys: [apiKey('a key')] }))
      const refused = await post({ query: '{ __typename }', headers: { 'x-api-key': 'another key' } })
      expect(refused).toMatchObject({ status: 401, headers: { 'www-authenticate': 'ApiKey realm="payapi-graphql"' } })
    })

    test('a good token and a good key at once are refused', async () => {
      const { post } = await facade(way, securityOf({ ...jwt(), apiKeys: [apiKey('a key')] }))
      const both = { ...bearer(await token()), 'x-api-key': 'a key' }
      expect(await post({ query: '{ __typename }', headers: both })).toMatchObject({ status: 401 })
    })
  })

  test('takes a token until it expires, also one that it knows', async () => {
    let time = Date.now()
    const { post } = await facade(
      way,
      securityOf(jwt(), () => time),
    )
    const headers = bearer(await token())
    expect(await post({ ...LOOK_UP, headers })).toMatchObject({ status: 200 })
    expect(await post({ ...LOOK_UP, headers })).toMatchObject({ status: 200 })
    time += HOUR + 10 * SECONDS
    expect(await post({ ...LOOK_UP, headers })).toMatchObject({ status: 401 })
  })

  test('the scopes of a token may be a list', async () => {
    const { post } = await facade(way, securityOf(jwt()))
    const good = await token({ without: ['scope'], claims: { scopes: ['cards:lookup', 'of-another-service'] } })
    expect(await post({ ...LOOK_UP, headers: bearer(good) })).toMatchObject({ status: 200 })
  })

  test('a token signed with the shared secret is let through', async () => {
    const secret = Buffer.alloc(32, 7)
    const { post } = await facade(way, securityOf(jwt({ key: createSecretKey(secret), algorithms: ['HS256'] })))
    const good = await token({ key: secret, header: { alg: 'HS256' } })
    expect(await post({ ...LOOK_UP, headers: bearer(good) })).toMatchObject({ status: 200 })
  })

  test('takes keys of servers, each with its own scopes', async () => {
    const apiKeys = [apiKey('one key', { id: 'one' }), apiKey('another key', { id: 'two', scopes: ['sms:create'] })]
    const { post } = await facade(way, securityOf({ jwt: undefined, apiKeys }))
    expect(await post({ ...LOOK_UP, headers: { 'x-api-key': 'one key' } })).toMatchObject({
      status: 200,
      json: { data: { cardPrefix: {} } },
    })
    const refused = await post({ ...LOOK_UP, headers: { 'x-api-key': 'another key' } })
    expect(refused.json.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  test('does not look at credentials of a kind that is not configured', async () => {
    const { post } = await facade(way, securityOf({ jwt: undefined, apiKeys: [apiKey('a key')] }))
    // A gateway may have passed on what was meant for itself.
    const headers = { authorization: 'Basic dXNlcjpwYXNzd29yZA==', 'x-api-key': 'a key' }
    expect(await post({ ...LOOK_UP, headers })).toMatchObject({ status: 200 })
  })

  test('asks nobody where no authentication is configured', async () => {
    const { post } = await facade(way)
    expect(await post({ ...LOOK_UP, headers: bearer('anything') })).toMatchObject({ status: 200 })
  })
})
