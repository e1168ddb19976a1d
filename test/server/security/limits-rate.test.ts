import { describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../../src/auth/authenticator.ts'
import { bearer, jwt, token } from '../../support/server/callers.ts'
import { bench, WAYS } from '../../support/server/ways.ts'

const { facade, sent } = bench()

const limits = { rateLimitPerMinute: 3 }
const QUERY = { query: '{ __typename }' }

describe.each(WAYS)('%s', (way) => {
  const statuses = async (count: number, post: () => Promise<{ status: number }>) => {
    const all: number[] = []
    for (let n = 0; n < count; n++) all.push((await post()).status)
    return all
  }

  test('so many requests are answered in a minute, and no more', async () => {
    const { post } = await facade(way, { limits })
    expect(await statuses(5, () => post(QUERY))).toEqual([200, 200, 200, 429, 429])
    const { headers, json } = await post(QUERY)
    expect(json).toEqual({
      errors: [{ message: 'Too many requests. Nothing was sent.', extensions: { code: 'RATE_LIMITED' } }],
    })
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60)
  })

  test('nothing of a request too many is read or sent', async () => {
    const { post } = await facade(way, { limits })
    await statuses(3, () => post(QUERY))
    const before = sent()
    const charge = { query: 'mutation { lookUpCardPrefix(input: { prefix: "949094" }) { __typename } }' }
    expect(await post(charge)).toMatchObject({ status: 429 })
    expect(await post({ body: 'no JSON at all' })).toMatchObject({ status: 429 })
    expect(sent()).toBe(before)
  })

  test('each caller is counted for themselves, whatever their token', async () => {
    const { post } = await facade(way, { limits, authenticator: createAuthenticator(jwt()) })
    const as = async (sub: string, jti: string) => {
      const headers = bearer(await token({ claims: { sub, jti } }))
      return () => post({ ...QUERY, headers })
    }
    expect(await statuses(3, await as('alice', '1'))).toEqual([200, 200, 200])
    expect(await statuses(1, await as('alice', '2'))).toEqual([429])
    expect(await statuses(1, await as('bob', '3'))).toEqual([200])
    // Those of whom nothing is known are counted by their address.
    expect(await statuses(4, () => post(QUERY))).toEqual([200, 200, 200, 429])
  })

  test('whoever guesses is told so only so often, and shuts nobody out', async () => {
    const { post, lines } = await facade(way, { limits, authenticator: createAuthenticator(jwt()) })
    const guess = () => post({ ...QUERY, headers: bearer('a.b.c') })
    expect(await statuses(5, guess)).toEqual([401, 401, 401, 429, 429])
    expect(lines).toHaveLength(3)
    const good = bearer(await token())
    expect(await statuses(1, () => post({ ...QUERY, headers: good }))).toEqual([200])
  })

  test('a request for an operation that is known is counted once, also where its sender is refused or it fails', async () => {
    const { post, lines } = await facade(way, { limits, authenticator: createAuthenticator(jwt()) })
    const as = async (sub: string) => bearer(await token({ claims: { sub } }))
    const alice = await as('alice')
    const bob = await as('bob')
    const failing = { query: 'query Q($prefix: String!) { cardPrefix(prefix: $prefix) { __typename } }' }
    for (const request of [QUERY, { ...failing, variables: { prefix: '949094' } }])
      expect(await statuses(1, () => post({ ...request, headers: alice }))).toEqual([200])
    const guess = () => post({ ...QUERY, headers: bearer('a.b.c') })
    expect(await statuses(4, guess)).toEqual([401, 401, 401, 429])
    expect(lines.filter((line) => line.includes('credentials refused'))).toHaveLength(3)
    const fail = () => post({ ...failing, headers: bob })
    expect(await statuses(4, fail)).toEqual([400, 400, 400, 429])
  })

  test('nobody is counted where it is not configured', async () => {
    const { post } = await facade(way)
    expect(new Set(await statuses(30, () => post(QUERY)))).toEqual(new Set([200]))
  })
})
