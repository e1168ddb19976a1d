import { describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../../src/auth/authenticator.ts'
import { jwt } from '../../support/server/callers.ts'
import { bench, WAYS } from '../../support/server/ways.ts'

const { facade } = bench()

const OF_ALL = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

describe.each(WAYS)('%s', (way) => {
  test('every answer says that it is not to be kept, framed or guessed at', async () => {
    const { post, fetch } = await facade(way, {
      authenticator: createAuthenticator(jwt()),
      limits: { maxBodyBytes: 1_000 },
    })
    const answers = {
      good: await post({ query: '{ __typename }' }),
      'of a field without right': await post({ query: '{ cardPrefix(prefix: "949094") { __typename } }' }),
      'of bad credentials': await post({ query: '{ __typename }', headers: { authorization: 'Bearer x' } }),
      'of a document that is wrong': await post({ query: '{ nothing }' }),
      'of no JSON': await post({ body: '{' }),
      'of no JSON at all': await post({ body: '{}', headers: { 'content-type': 'text/plain' } }),
      'of a body too large': await post({ query: `{ __typename }${' '.repeat(1_000)}` }),
      'in no form that we have': await post({ query: '{ __typename }', headers: { accept: 'image/png' } }),
      'of a query in a URL': await fetch('/graphql?query={__typename}', {
        headers: { 'apollo-require-preflight': '1' },
      }),
      'of another method': await fetch('/graphql', { method: 'DELETE' }),
      'of another path': await fetch('/elsewhere'),
    }
    for (const [what, { headers }] of Object.entries(answers)) expect({ what, ...headers }).toMatchObject(OF_ALL)
    for (const { headers } of Object.values(answers)) expect(headers).not.toHaveProperty('strict-transport-security')
  })

  test('browsers are told to keep to TLS where it is configured', async () => {
    const { post } = await facade(way, { behindTls: true })
    const { headers } = await post({ query: '{ __typename }' })
    expect(headers).toMatchObject({ ...OF_ALL, 'strict-transport-security': 'max-age=31536000' })
  })

  test('GraphiQL runs its own script and no other, and no page frames it', async () => {
    const { fetch } = await facade(way)
    const { status, headers } = await fetch('/graphql', { headers: { accept: 'text/html' } })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining(`default-src 'none'; script-src 'self'; `),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).toContain("connect-src 'self'")
  })
})
