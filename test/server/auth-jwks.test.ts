import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/server/auth/authenticator.ts'
import { bearer, jwt, KEYS, token } from './callers.ts'
import { bench, WAYS } from './ways.ts'

const { facade, sent } = bench()

const LOOK_UP = { query: '{ cardPrefix(prefix: "949094") { __typename } }' }

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** Serves keys; returns their address, and how often they were fetched. */
async function issuer(answer: RequestListener, port = 0) {
  let fetched = 0
  const server = createServer((request, response) => {
    fetched++
    answer(request, response)
  })
  servers.push(server)
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const stop = () => once(server.close(), 'close')
  const { port: taken } = server.address() as AddressInfo
  return { address: new URL(`http://127.0.0.1:${taken}/keys`), port: taken, fetched: () => fetched, stop }
}

const published = (kid: string, pair = KEYS) => ({ ...pair.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256' })
const serving =
  (...keys: object[]): RequestListener =>
  (_, response) =>
    response.end(JSON.stringify({ keys }))
const signed = (kid: string, key = KEYS.privateKey) => token({ key, header: { kid } })

describe.each(WAYS)('%s', (way) => {
  const start = (address: URL, now?: () => number) =>
    facade(way, { authenticator: createAuthenticator(jwt({ key: address }), now) })

  test('fetches the keys once, and takes tokens of each of them', async () => {
    const another = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { address, fetched } = await issuer(serving(published('one'), published('two', another)))
    const { post } = await start(address)
    for (const good of [await signed('one'), await signed('two', another.privateKey), await signed('one')]) {
      expect(await post({ ...LOOK_UP, headers: bearer(good) })).toMatchObject({ status: 200 })
    }
    expect(fetched()).toBe(1)
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
    let time = Date.now()
    const first = await issuer(serving(published('one')))
    const { post } = await start(first.address, () => time)
    const known = bearer(await signed('one'))
    expect(await post({ ...LOOK_UP, headers: known })).toMatchObject({ status: 200 })
    await first.stop()
    // A key that was not seen yet makes the keys be fetched anew.
    const { post: restarted } = await start(first.address, () => time)
    expect(await restarted({ ...LOOK_UP, headers: known })).toMatchObject({ status: 503 })
    expect(await post({ ...LOOK_UP, headers: known })).toMatchObject({ status: 200 })
    const back = await issuer(serving(published('one')), first.port)
    expect(await restarted({ ...LOOK_UP, headers: known })).toMatchObject({ status: 503 })
    expect(back.fetched()).toBe(0)
    time += 1_001
    expect(await restarted({ ...LOOK_UP, headers: known })).toMatchObject({ status: 200 })
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
