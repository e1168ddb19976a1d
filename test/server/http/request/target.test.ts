import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../../../src/config/index.ts'
import { type RunningFacade, startFacade } from '../../../../src/server/lifecycle/start.ts'
import { createLogger } from '../../../../src/server/telemetry/logger.ts'
import { AUDIENCE, ISSUER, token } from '../../../support/server/callers.ts'
import { connectTo, type RawAnswer, type RawClient } from '../../../support/server/raw-client.ts'
import { charge, LOOK_UP, startTestFacade } from '../../../support/server/running-facade.ts'

// What no client but one of one's own would send: hosts and paths that are none.

const BODY = JSON.stringify(charge('ORDER-MALFORMED'))

// One facade for all that is malformed in one request.
let facade: RunningFacade
let origin = ''
const logged: string[] = []

beforeAll(async () => {
  const log = createLogger('info', { write: (line) => void logged.push(line) })
  facade = await startFacade(readConfig({ PORT: '0', PAYAPI_JOURNAL: 'off' }), log)
  origin = new URL(facade.url).origin
})
afterAll(() => facade.close())

/** The lines of the test that runs. */
const linesSince = (begin: number, text: string) => logged.slice(begin).filter((line) => line.includes(text))

/** A request as bytes: its first line, and its headers as they are. */
const raw = (line: string, headers: readonly string[], body = '') => `${[line, ...headers].join('\r\n')}\r\n\r\n${body}`

const post = (target: string, headers: readonly string[], body = BODY, version = '1.1') =>
  raw(
    `POST ${target} HTTP/${version}`,
    [...headers, 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`],
    body,
  )

async function answerTo(client: RawClient, request: string): Promise<RawAnswer> {
  client.send(request)
  return client.answer()
}

function expectMalformed({ status, headers, body }: RawAnswer) {
  expect(status).toBe(400)
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  expect(JSON.parse(body)).toEqual({
    errors: [
      {
        message: 'The request does not name its host or path as HTTP has it.',
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  })
}

const HOSTS = [
  'Host: a b',
  'Host: [::1',
  'Host: ::1',
  'Host: x:99999999',
  'Host: x:y',
  'Host: x:-1',
  'Host: user@x',
  'Host: x/y',
  'Host: x?y',
  'Host: x#y',
  'Host: \\',
  'Host: <script>',
  'Host: a,b:1:2',
  'Host: 1.2.3.4.5',
  'Host: caf\u00e9',
  'Host:',
  'X-Host: localhost',
  'Host: localhost\r\nHost: localhost',
  'Host: localhost\r\nHost: other',
]

test.each(HOSTS)('"%s" is refused with 400 on every path, and nothing is sent', async (host) => {
  const begin = logged.length
  const client = await connectTo(origin)
  // With a document that is known, on the short way.
  const known = JSON.stringify(LOOK_UP)
  for (let time = 0; time < 2; time++) {
    expect(await answerTo(client, post('/graphql', ['Host: localhost'], known))).toMatchObject({ status: 200 })
  }
  expectMalformed(await answerTo(client, post('/graphql', host.split('\r\n'), known)))
  for (const path of ['/graphql', '/graphql?x=y', '/elsewhere', '/', '/graphql/']) {
    expectMalformed(await answerTo(client, post(path, host.split('\r\n'))))
  }
  for (const path of ['/graphql', '/health/live', '/health/ready', '/metrics', '/elsewhere', '/']) {
    const headers = [...host.split('\r\n'), 'Accept: text/html']
    expectMalformed(await answerTo(client, raw(`GET ${path} HTTP/1.1`, headers)))
  }
  expect(linesSince(begin, 'payapi call')).toHaveLength(2)
  expect(linesSince(begin, 'malformed host or path')).toHaveLength(12)
})

test.each([
  'Host: localhost',
  'Host: localhost:',
  'Host: localhost:4000',
  'Host: LOCALHOST',
  'Host: payapi_graphql.internal:80',
  'Host: [::1]:4000',
  'Host: 127.0.0.1',
  'hOST:\tshop.example ',
])('"%s" is a host', async (host) => {
  const client = await connectTo(origin)
  for (const path of ['/graphql', '/graphql?x', '/graphql']) {
    const { status, body } = await answerTo(client, post(path, [host], JSON.stringify(LOOK_UP)))
    expect({ status, body }).toMatchObject({ status: 200, body: expect.stringContaining('"CardPrefix"') })
  }
  expect(await answerTo(client, raw('GET /health/live HTTP/1.1', [host]))).toMatchObject({ status: 200 })
})

test('HTTP/1.0 may leave the host out, but not name it wrongly or twice', async () => {
  const ask = async (headers: readonly string[]) =>
    answerTo(await connectTo(origin), post('/graphql', headers, JSON.stringify(LOOK_UP), '1.0'))
  expect(await ask([])).toMatchObject({ status: 200 })
  expectMalformed(await ask(['Host: a b']))
  expectMalformed(await ask(['Host: a', 'Host: a']))
})

test.each([
  'http://[::1',
  'http://[::1/graphql',
  'http://x:99999999/graphql',
  'ftp://localhost/graphql',
  'https:/graphql',
  '/elsewhere/../graphql',
  '/./graphql',
  '/graphql/.',
  '/%2e/graphql',
  '/\\graphql',
  '\\graphql',
  '/graphql#x',
  '*',
])('the path %s is refused with 400 or not found, and nothing is sent', async (target) => {
  const begin = logged.length
  const client = await connectTo(origin)
  const answer = await client.send(post(target, ['Host: localhost']))
  expect(answer).toBeUndefined()
  const { status, body, headers } = await client.answer()
  expect([400, 404]).toContain(status)
  if (headers['content-type'] !== undefined) expect(JSON.parse(body)).toMatchObject({ errors: [{}] })
  expect(body).not.toMatch(/\bat |node_modules|\.ts|\.js/)
  expect(linesSince(begin, 'payapi call')).toEqual([])
})

test.each(['http://localhost/graphql', 'HTTP://other:1/graphql', 'https://localhost:4000/graphql?x'])(
  'a path may be named with its server, as before a proxy: %s',
  async (target) => {
    const client = await connectTo(origin)
    for (let time = 0; time < 3; time++) {
      const { status, body } = await answerTo(client, post(target, ['Host: localhost'], JSON.stringify(LOOK_UP)))
      expect({ status, body }).toMatchObject({ status: 200, body: expect.stringContaining('"CardPrefix"') })
    }
  },
)

test('requests that are malformed are counted: for the rate limit and in the metrics', async () => {
  const { origin, metricsUrl } = await startTestFacade({ PAYAPI_RATE_LIMIT_PER_MINUTE: '3', PAYAPI_METRICS_PORT: '0' })
  const client = await connectTo(origin)
  const statuses = []
  for (let n = 0; n < 5; n++) statuses.push((await answerTo(client, post('/graphql', ['Host: a b']))).status)
  expect(statuses).toEqual([400, 400, 400, 429, 429])
  const scraper = await connectTo(metricsUrl ?? '')
  expect(await answerTo(scraper, raw('GET /metrics HTTP/1.1', ['Host: a b']))).toMatchObject({ status: 400 })
  const metrics = await (await fetch(metricsUrl ?? '')).text()
  expect(metrics).toContain('payapi_graphql_request_duration_seconds_count{operation="none",status="4xx"} 5')
})

test('credentials that come twice are refused, also where each would be accepted', async () => {
  const secret = 'a-secret-that-is-as-long-as-the-hash'
  const { origin } = await startTestFacade({
    PAYAPI_AUTH: 'jwt,api-key',
    PAYAPI_JWT_SECRET: secret,
    PAYAPI_JWT_ISSUER: ISSUER,
    PAYAPI_JWT_AUDIENCE: AUDIENCE,
    PAYAPI_API_KEYS: JSON.stringify([
      { id: 'shop', hash: createHash('sha256').update('a-key').digest('hex'), scopes: ['cards:lookup'] },
    ]),
  })
  const good = `Authorization: Bearer ${await token({ key: Buffer.from(secret), header: { alg: 'HS256' } })}`
  const client = await connectTo(origin)
  const statusOf = async (path: string, ...credentials: readonly string[]) =>
    (await answerTo(client, post(path, ['Host: localhost', ...credentials], JSON.stringify(LOOK_UP)))).status
  for (const path of ['/graphql', '/graphql?x']) {
    for (const one of [good, 'X-Api-Key: a-key']) {
      const name = one.split(':')[0]
      expect(await statusOf(path, one)).toBe(200)
      expect(await statusOf(path, one, one)).toBe(401)
      expect(await statusOf(path, one, `${name}: Bearer x`)).toBe(401)
      expect(await statusOf(path, one, `${name}:`)).toBe(401)
      expect(await statusOf(path, `${name}:`, one)).toBe(401)
    }
    expect(await statusOf(path, good, 'X-Api-Key: a-key')).toBe(401)
  }
})
