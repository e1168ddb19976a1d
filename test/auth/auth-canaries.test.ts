import { createSecretKey, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { AuthConfig } from '../../src/auth/authenticator.ts'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import { apiKey, bearer, jwt, KEYS, token } from '../support/server/callers.ts'
import { bench, type Sent, WAYS } from '../support/server/ways.ts'

// Tokens, keys and what stands in them: in no answer and in no line of the log, whatever becomes of the request.

const { facade } = bench()

const CANARY = 'canary-that-nobody-may-see'
const SECRET = `${CANARY}-in-the-secret-of-an-issuer`
const API_KEY = `${CANARY}-in-a-key-of-a-server`
const BASIC = Buffer.from(`${CANARY}:password`).toString('base64')

const CLAIMS = { email: `${CANARY}@example.com`, jti: CANARY }
const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const secret = createSecretKey(SECRET, 'utf8')

const lookUp = '{ cardPrefix(prefix: "949094") { __typename } }'

const both: AuthConfig = { ...jwt(), apiKeys: [apiKey(API_KEY, { scopes: ['cards:lookup'] })] }

const ROWS: readonly [
  what: string,
  config: AuthConfig,
  headers: () => Promise<Record<string, string>>,
  status: number,
][] = [
  ['a good token', both, async () => bearer(await token({ claims: CLAIMS })), 200],
  ['a token without the scope', both, async () => bearer(await token({ claims: { ...CLAIMS, scope: CANARY } })), 200],
  [
    'a token for other merchants',
    both,
    async () => bearer(await token({ claims: { ...CLAIMS, merchants: [CANARY] } })),
    200,
  ],
  ['a token of another key', both, async () => bearer(await token({ claims: CLAIMS, key: another })), 401],
  ['a token that has expired', both, async () => bearer(await token({ claims: { ...CLAIMS, exp: 1 } })), 401],
  ['a token of another issuer', both, async () => bearer(await token({ claims: { ...CLAIMS, iss: CANARY } })), 401],
  ['a token for another audience', both, async () => bearer(await token({ claims: { ...CLAIMS, aud: CANARY } })), 401],
  [
    'a token whose merchants are none',
    both,
    async () => bearer(await token({ claims: { ...CLAIMS, merchants: CANARY } })),
    401,
  ],
  [
    'a token of an unknown algorithm',
    both,
    async () => bearer(`${segment({ alg: CANARY })}.${segment(CLAIMS)}.eA`),
    401,
  ],
  [
    'a token with an unknown header',
    both,
    async () => bearer(`${segment({ alg: 'RS256', crit: [CANARY], [CANARY]: 1 })}.${segment(CLAIMS)}.eA`),
    401,
  ],
  ['a token that is cut off', both, async () => bearer((await token({ claims: CLAIMS })).slice(0, -20)), 401],
  [
    'a token of a shared secret',
    jwt({ key: secret, algorithms: ['HS256'] }),
    async () => bearer(await token({ claims: CLAIMS, key: secret, header: { alg: 'HS256' } })),
    200,
  ],
  [
    'a token of another secret',
    jwt({ key: secret, algorithms: ['HS256'] }),
    async () => bearer(await token({ claims: CLAIMS, key: Buffer.alloc(32, 1), header: { alg: 'HS256' } })),
    401,
  ],
  ['no token', both, async () => bearer(CANARY), 401],
  ['a password', both, async () => ({ authorization: `Basic ${BASIC}` }), 401],
  ['a good key', both, async () => ({ 'x-api-key': API_KEY }), 200],
  ['another key', both, async () => ({ 'x-api-key': `${API_KEY}-of-yesterday` }), 401],
  ['a token and a key', both, async () => ({ ...bearer(await token({ claims: CLAIMS })), 'x-api-key': API_KEY }), 401],
]

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** Whatever of credentials may show: themselves, the parts of a token, and what stands in them. */
function parts(headers: Readonly<Record<string, string>>): readonly string[] {
  const given = Object.values(headers).flatMap((value) => [value, ...value.split(/[ .]/)])
  return [CANARY, ...given.filter((part) => part.length > 12)]
}

async function expectHidden(headers: Readonly<Record<string, string>>, ...texts: readonly string[]): Promise<void> {
  for (const part of parts(headers)) for (const text of texts) expect(text).not.toContain(part)
}

describe.each(WAYS)('%s', (way) => {
  const send = async (config: AuthConfig, sent: Sent) => {
    const { post, lines } = await facade(way, {
      authenticator: createAuthenticator(config),
      limits: { rateLimitPerMinute: 2 },
    })
    const { status, headers, body } = await post(sent)
    await post(sent)
    const tooMany = await post(sent)
    return { status, shown: [JSON.stringify(headers), body, tooMany.body, ...lines] }
  }

  test.each(ROWS)('%s', async (_, config, make, status) => {
    const headers = await make()
    const answer = await send(config, { query: lookUp, headers })
    expect(answer.status).toBe(status)
    await expectHidden(headers, ...answer.shown)
  })

  test('credentials beside a request that is wrong', async () => {
    const headers = bearer(await token({ claims: CLAIMS }))
    for (const wrong of [
      { body: '{' },
      { query: '{' },
      { query: '{ nothing }' },
      { query: lookUp, more: { wrong: 1 } },
    ]) {
      await expectHidden(headers, ...(await send(both, { ...wrong, headers })).shown)
    }
  })

  test('credentials where a card number belongs', async () => {
    const headers = bearer(await token({ claims: CLAIMS }))
    const query =
      'query ($prefix: String!) { cardPrefix(prefix: $prefix) { __typename ... on PayApiFailure { message } } }'
    for (const prefix of [API_KEY, { [API_KEY]: API_KEY }]) {
      await expectHidden(headers, ...(await send(both, { query, variables: { prefix }, headers })).shown)
    }
  })

  test.each([503, 200])('a token while the keys cannot be had, because of %i', async (status) => {
    const server = createServer((_, response) => response.writeHead(status).end(`{"keys": "${CANARY}"`))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close().closeAllConnections())
    const key = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${CANARY}`)
    const headers = bearer(await token({ claims: CLAIMS, header: { kid: CANARY } }))
    const answer = await send(jwt({ key }), { query: lookUp, headers })
    expect(answer.status).toBe(503)
    await expectHidden(headers, ...answer.shown)
  })
})

test('the canaries would be seen', async () => {
  const headers = bearer(await token({ claims: CLAIMS, key: KEYS.privateKey }))
  const [, payload = ''] = headers.authorization.split('.')
  expect(parts(headers)).toContain(payload)
  await expect(expectHidden(headers, `somewhere ${payload}`)).rejects.toThrow()
  expect(parts({ authorization: `Basic ${BASIC}` })).toContain(BASIC)
})
