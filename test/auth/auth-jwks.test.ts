import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import { bearer, jwt, KEYS, token } from '../support/server/callers.ts'
import { bench, type Facade, WAYS } from '../support/server/ways.ts'

const { facade, sent } = bench()

const LOOK_UP = { query: '{ cardPrefix(prefix: "949094") { __typename } }' }

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** Serves keys; returns their address, and how often they were fetched. */
async function issuer(answer: RequestListener) {
  let fetched = 0
  const server = createServer((request, response) => {
    fetched++
    answer(request, response)
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { address: new URL(`http://127.0.0.1:${port}/keys`), fetched: () => fetched }
}

/** Other keys of the issuer. */
const ANOTHER = generateKeyPairSync('rsa', { modulusLength: 2048 })

const published = (kid: string, pair = KEYS) => ({ ...pair.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256' })
const serving =
  (...keys: object[]): RequestListener =>
  (_, response) =>
    response.end(JSON.stringify({ keys }))
const signed = (kid: string, key = KEYS.privateKey) => token({ key, header: { kid } })

describe.each(WAYS)('%s', (way) => {
  const start = (address: URL, elapsed?: () => number) =>
    facade(way, { authenticator: createAuthenticator(jwt({ key: address }), elapsed && { elapsed }) })

  test('fetches the keys once, and takes tokens of each of them', async () => {
    const { address, fetched } = await issuer(serving(published('one'), published('two', ANOTHER)))
    const { post } = await start(address)
    for (const good of [await signed('one'), await signed('two', ANOTHER.privateKey), await signed('one')]) {
      expect(await post({ ...LOOK_UP, headers: bearer(good) })).toMatchObject({ status: 200 })
    }
    expect(fetched()).toBe(1)
  })

  test('takes keys behind a byte order mark', async () => {
    const { address } = await issuer((_, response) =>
      response.end(`\ufeff${JSON.stringify({ keys: [published('one')] })}`),
    )
    const { post } = await start(address)
    expect(await post({ ...LOOK_UP, headers: bearer(await signed('one')) })).toMatchObject({ status: 200 })
  })

  test('refuses a token of a key that is not among them', async () => {
    const { address } = await issuer(serving(published('one')))
    const { post } = await start(address)
    expect(await post({ ...LOOK_UP, headers: bearer(await signed('three')) })).toMatchObject({ status: 401 })
  })

  test.each<[string, RequestListener]>([
    ['are not there', (_, response) => response.writeHead(404).end()],
    ['are elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['are no keys', (_, response) => response.end('{"keys":"none"}')],
    ['are no JSON', (_, response) => response.end('<html>')],
    ['are cut off', ({ socket }) => socket.destroy()],
  ])('lets nobody through where the keys %s', async (_, answer) => {
    const { address } = await issuer(answer)
    const { post, lines } = await start(address)
    const before = sent()
    const { status, headers, json } = await post({ ...LOOK_UP, headers: bearer(await signed('one')) })
    expect({ status, challenge: headers['www-authenticate'], ...json }).toEqual({
      status: 503,
      challenge: undefined,
      errors: [
        {
          message: 'Credentials cannot be checked now. Nothing was sent; try again.',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    })
    expect(sent()).toBe(before)
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'info', msg: 'credentials refused' }])
  })

  test('goes on with the tokens that it knows while the keys are away, and with others once they are back', async () => {
    let time = 0
    let isAway = false
    const { address, fetched } = await issuer((request, response) => {
      if (isAway) request.socket.destroy()
      else serving(published('one'))(request, response)
    })
    const { post } = await start(address, () => time)
    const known = bearer(await signed('one'))
    expect(await post({ ...LOOK_UP, headers: known })).toMatchObject({ status: 200 })
    isAway = true
    // A key that was not seen yet makes the keys be fetched anew.
    const { post: restarted } = await start(address, () => time)
    expect(await restarted({ ...LOOK_UP, headers: known })).toMatchObject({ status: 503 })
    expect(await post({ ...LOOK_UP, headers: known })).toMatchObject({ status: 200 })
    isAway = false
    const before = fetched()
    expect(await restarted({ ...LOOK_UP, headers: known })).toMatchObject({ status: 503 })
    expect(fetched()).toBe(before)
    time += 501
    expect(await restarted({ ...LOOK_UP, headers: known })).toMatchObject({ status: 200 })
  })

  const status = async (post: Facade['post'], kid: string, key = KEYS.privateKey) =>
    (await post({ ...LOOK_UP, headers: bearer(await signed(kid, key)) })).status
  const manyUnknown = async (post: Facade['post'], label: string) => {
    const firstBrokenRule: number[] = []
    for (let n = 0; n < 20; n++) firstBrokenRule.push(await status(post, `${label}-${n}`))
    const atOnce = Array.from({ length: 20 }, (_, n) => status(post, `${label}-at-once-${n}`))
    return new Set([...firstBrokenRule, ...(await Promise.all(atOnce))])
  }

  test('fetches once in a cool-down for keys that are not known, and refuses their tokens with 401', async () => {
    let time = 0
    const { address, fetched } = await issuer(serving(published('one')))
    const { post } = await start(address, () => time)
    expect(await status(post, 'one')).toBe(200)
    for (const round of [1, 2, 3]) {
      expect(await manyUnknown(post, `unknown-${round}`)).toEqual(new Set([401]))
      expect(fetched()).toBe(round)
      time += 501
    }
  })

  test('refuses tokens of unknown keys with 401 while the keys are fresh and cannot be fetched again', async () => {
    let time = 0
    let attempts = 0
    let isAway = false
    const { address } = await issuer((request, response) => {
      attempts++
      if (isAway) request.socket.destroy()
      else serving(published('one'))(request, response)
    })
    const { post } = await start(address, () => time)
    expect(await status(post, 'one')).toBe(200)
    isAway = true
    time += 501
    expect(await manyUnknown(post, 'unknown')).toEqual(new Set([401]))
    expect(attempts).toBe(2)
    expect(await status(post, 'one')).toBe(200)
  })

  test('lets nobody through who is not known once the keys are old and cannot be fetched again', async () => {
    let time = 0
    let attempts = 0
    let isAway = false
    const { address } = await issuer((request, response) => {
      attempts++
      if (isAway) request.socket.destroy()
      else serving(published('one'))(request, response)
    })
    const { post } = await start(address, () => time)
    expect(await status(post, 'one')).toBe(200)
    isAway = true
    time += 600_001
    const another = await token({ claims: { sub: 'another' }, header: { kid: 'one' } })
    expect(await post({ ...LOOK_UP, headers: bearer(another) })).toMatchObject({ status: 503 })
    expect(await manyUnknown(post, 'unknown')).toEqual(new Set([503]))
    expect(attempts).toBe(2)
  })

  test('takes a token of a key that was published within the last second', async () => {
    let time = 0
    let keys = [published('one')]
    const { address, fetched } = await issuer((request, response) => serving(...keys)(request, response))
    const { post } = await start(address, () => time)
    expect(await status(post, 'one')).toBe(200)
    keys = [published('two', ANOTHER)]
    time += 501
    expect(await status(post, 'two', ANOTHER.privateKey)).toBe(200)
    expect(fetched()).toBe(2)
  })
})

test('a token that was verified is known without waiting', async () => {
  const { address } = await issuer(serving(published('one')))
  const { authenticate } = createAuthenticator(jwt({ key: address }))
  const headers = new Headers(bearer(await signed('one')))
  const first = authenticate(headers)
  expect(first).toBeInstanceOf(Promise)
  expect(authenticate(headers)).toBeInstanceOf(Promise)
  expect(authenticate(headers)).not.toBe(await first)
  expect(authenticate(headers)).toMatchObject({ id: 'jwt:shop-7' })
})
