import { readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createPrefixCache } from '../../../src/graphql/services/prefix-cache.ts'
import { addGauges, createMetrics } from '../../../src/server/telemetry/metrics.ts'
import { startRawServer } from '../../support/payapi/raw-server.ts'
import { connectTo, rawPost } from '../../support/server/raw-client.ts'
import {
  CARD_NUMBER,
  charge,
  LOOK_UP,
  post,
  startTestFacade,
  usingPayApi,
} from '../../support/server/running-facade.ts'

const TOKEN = 'a-token-of-twenty-three'

/** The samples of one scrape, by name and labels as they are printed. */
type Samples = ReadonlyMap<string, number>

function samplesOf(text: string): Samples {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}

async function scrape(metricsUrl: string | undefined): Promise<Samples> {
  const answer = await fetch(metricsUrl ?? '')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  return samplesOf(await answer.text())
}

const calls = (service: string, ending: string, outcome: string, reason = '') =>
  `payapi_graphql_calls_total{service="${service}",ending="${ending}",outcome="${outcome}",reason="${reason}"}`

const OWN_PORT = { PAYAPI_METRICS_PORT: '0' }

test('without being asked for, there are none', async () => {
  const { origin, metricsUrl } = await startTestFacade()
  expect(metricsUrl).toBeUndefined()
  expect((await fetch(`${origin}/metrics`)).status).toBe(404)
})

test('on a port of their own they are open, and the port of GraphQL has none', async () => {
  const { origin, metricsUrl } = await startTestFacade(OWN_PORT)
  const samples = await scrape(metricsUrl)
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0)
  expect((await fetch(`${origin}/metrics`)).status).toBe(404)
  expect((await fetch(new URL('/graphql', metricsUrl))).status).toBe(404)
  expect((await fetch(metricsUrl ?? '', { method: 'POST' })).status).toBe(405)
})

test.each([
  ['on the port of GraphQL', {}],
  ['on a port of their own', OWN_PORT],
])('%s they ask for the token, where one is set', async (_, env) => {
  const { origin, metricsUrl = `${origin}/metrics` } = await startTestFacade({ PAYAPI_METRICS_TOKEN: TOKEN, ...env })
  const statusWith = async (authorization?: string) =>
    (await fetch(metricsUrl, authorization === undefined ? {} : { headers: { authorization } })).status
  expect(await statusWith(`Bearer ${TOKEN}`)).toBe(200)
  expect(await statusWith()).toBe(401)
  expect(await statusWith('Bearer ')).toBe(401)
  expect(await statusWith(`Bearer ${TOKEN}x`)).toBe(401)
  expect(await statusWith(`Bearer ${TOKEN.slice(1)}y`)).toBe(401)
})

test('calls are counted by service and result type, and timed', async () => {
  const { url, metricsUrl } = await startTestFacade(OWN_PORT)
  const scenario = (name: string) => ({ 'x-sandbox-scenario': name })
  await post(url, charge('ORDER-1'))
  await post(url, charge('ORDER-2'))
  await post(url, charge('ORDER-3'), scenario('decline'))
  await post(url, charge('ORDER-4'), scenario('http-500'))
  await post(url, charge('ORDER-5'), scenario('reset'))
  await post(url, charge('ORDER-6'), scenario('refused'))
  await post(url, charge('ORDER-7', { amount: '-1' }))
  await post(url, LOOK_UP)
  const samples = await scrape(metricsUrl)
  const service = 'chargeKeyedInCard'
  expect(samples.get(calls(service, 'CardPayment', 'SUCCESS'))).toBe(2)
  expect(samples.get(calls(service, 'PgFailure', 'NOT_PROCESSED'))).toBe(1)
  expect(samples.get(calls(service, 'PayApiHttpServerError', 'UNKNOWN'))).toBe(1)
  expect(samples.get(calls(service, 'PayApiTransportError', 'UNKNOWN', 'CONNECTION_LOST'))).toBe(1)
  expect(samples.get(calls(service, 'PayApiTransportError', 'NOT_PROCESSED', 'CONNECTION_REFUSED'))).toBe(1)
  // What was rejected before is no call.
  expect(samples.get(calls(service, 'PayApiInvalidInput', 'NOT_PROCESSED'))).toBeUndefined()
  expect(samples.get(calls('lookUpCardPrefix', 'CardPrefix', 'SUCCESS'))).toBe(1)
  expect(samples.get(`payapi_graphql_call_duration_seconds_count{service="${service}"}`)).toBe(6)
  expect(samples.get('payapi_graphql_call_duration_seconds_count{service="lookUpCardPrefix"}')).toBe(1)
})

test('what may end as unknown is there from the start, as zero', async () => {
  const samples = await scrape((await startTestFacade(OWN_PORT)).metricsUrl)
  expect(samples.get(calls('cancelPayment', 'PayApiTransportError', 'UNKNOWN', 'TIMEOUT'))).toBe(0)
  expect(samples.get('payapi_graphql_journal_events_total{kind="finish-fenced"}')).toBe(0)
  expect(samples.get('payapi_graphql_cache_lookups_total{cache="card_prefix",result="hit"}')).toBe(0)
})

test('requests are timed by what they ask for and how they end, on both ways through the server', async () => {
  const { url, origin, metricsUrl } = await startTestFacade(OWN_PORT)
  await post(url, charge('ORDER-1'))
  await post(url, charge('ORDER-2'), { 'content-type': 'application/graphql+json' })
  await post(url, LOOK_UP)
  await post(url, LOOK_UP, { 'content-type': 'application/graphql+json' })
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{"}' })
  await fetch(`${origin}/elsewhere`)
  const samples = await scrape(metricsUrl)
  const count = (operation: string, status: string) =>
    samples.get(`payapi_graphql_request_duration_seconds_count{operation="${operation}",status="${status}"}`)
  expect(count('mutation', '2xx')).toBe(2)
  expect(count('query', '2xx')).toBe(2)
  expect((count('none', '2xx') ?? 0) + (count('none', '4xx') ?? 0)).toBe(2)
})

test('whoever hangs up is counted apart, and so is what is under way', async () => {
  const payApi = await startRawServer(() => {})
  const env = { ...usingPayApi(payApi.url), ...OWN_PORT, PAYAPI_DRAIN_MS: '0' }
  const { origin, metricsUrl } = await startTestFacade(env)
  const callers = [await connectTo(origin), await connectTo(origin)]
  callers[0]?.send(rawPost(charge('ORDER-HELD')))
  callers[1]?.send(rawPost(LOOK_UP))
  for (const _ of callers) await (await payApi.connections.next()).request()
  const inFlight = 'payapi_graphql_calls_in_flight'
  const held = await scrape(metricsUrl)
  expect([held.get(`${inFlight}{effect="change"}`), held.get(`${inFlight}{effect="lookup"}`)]).toEqual([1, 1])

  callers[0]?.socket.destroy()
  const hungUp = 'payapi_graphql_request_duration_seconds_count{operation="mutation",status="hung_up"}'
  let samples: Samples
  do samples = await scrape(metricsUrl)
  while (samples.get(hungUp) !== 1)
  // The charge goes on without its caller.
  expect(samples.get(`${inFlight}{effect="change"}`)).toBe(1)
})

test('the journal tells what it met, and how many operations are unknown', async () => {
  const { url, metricsUrl } = await startTestFacade(OWN_PORT)
  const unknown = 'payapi_graphql_operations_unknown{state="UNKNOWN"}'
  const before = await scrape(metricsUrl)
  expect(before.get(unknown)).toBe(0)
  expect(before.get('payapi_graphql_journal_ready')).toBe(1)
  await post(url, charge('ORDER-1'), { 'x-sandbox-scenario': 'reset' })
  await post(url, charge('ORDER-2', { idempotencyKey: 'key' }))
  await post(url, charge('ORDER-2', { idempotencyKey: 'key' }))
  await post(url, charge('ORDER-3', { idempotencyKey: 'key' }))
  const samples = await scrape(metricsUrl)
  expect(samples.get(unknown)).toBe(1)
  expect(samples.get('payapi_graphql_journal_events_total{kind="replayed"}')).toBe(1)
  expect(samples.get('payapi_graphql_journal_events_total{kind="conflict"}')).toBe(1)
})

test('while the store is away the scrape still answers, and claims no number of unknown operations', async () => {
  const { url, metricsUrl } = await startTestFacade({
    ...OWN_PORT,
    PAYAPI_STORE_URL: 'postgres://127.0.0.1:1/payments',
    PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 1).toString('base64'),
  })
  await post(url, charge('ORDER-1'))
  const samples = await scrape(metricsUrl)
  expect([...samples.keys()].filter((name) => name.startsWith('payapi_graphql_operations_unknown'))).toEqual([])
  expect(samples.get('payapi_graphql_journal_events_total{kind="unavailable"}')).toBe(1)
  expect(samples.get('payapi_graphql_journal_ready')).toBe(0)
})

test('a store that says nothing does not hold up the scrape', async () => {
  const registry = new Registry()
  addGauges(registry, {
    client: { underWay: { changes: 0, lookups: 0 } },
    store: { count: () => new Promise(() => {}) },
    isJournalReady: () => new Promise(() => {}),
    streams: { count: 0 },
  })
  const samples = samplesOf(await registry.metrics())
  expect(samples.get('payapi_graphql_calls_in_flight{effect="change"}')).toBe(0)
  expect(samples.get('payapi_graphql_journal_ready')).toBe(0)
})

test('nothing that a caller chose is in them', async () => {
  const { url, metricsUrl } = await startTestFacade(OWN_PORT)
  const body = charge('ORDER-CHOSEN')
  await post(url, { ...body, query: body.query.replace('mutation Charge', 'mutation ChosenName') })
  const text = await (await fetch(metricsUrl ?? '')).text()
  expect(text).toContain('CardPayment')
  for (const chosen of [CARD_NUMBER, 'ORDER-CHOSEN', 'ChosenName', '홍길동']) expect(text).not.toContain(chosen)
})

test('facades of one process count for themselves', async () => {
  const [one, other] = [await startTestFacade(OWN_PORT), await startTestFacade(OWN_PORT)]
  await post(one.url, charge('ORDER-1'))
  const success = calls('chargeKeyedInCard', 'CardPayment', 'SUCCESS')
  expect((await scrape(one.metricsUrl)).get(success)).toBe(1)
  expect((await scrape(other.metricsUrl)).get(success)).toBeUndefined()
})

test('a cache of card prefixes counts what it held', async () => {
  const { registry, observeCache } = createMetrics()
  const cache = observeCache(createPrefixCache({ size: 10, ttlMs: 60_000 }))
  const success = { type: 'CardPrefix' }
  expect(cache.get('key')).toBeUndefined()
  cache.set('key', success)
  expect(cache.get('key')).toBe(success)
  const samples = samplesOf(await registry.metrics())
  expect(samples.get('payapi_graphql_cache_lookups_total{cache="card_prefix",result="miss"}')).toBe(1)
  expect(samples.get('payapi_graphql_cache_lookups_total{cache="card_prefix",result="hit"}')).toBe(1)
})

/** The metrics that a text asks for, as far as they are of this program. */
const askedIn = (path: string): ReadonlySet<string> =>
  new Set(
    readFileSync(new URL(`../../../examples/${path}`, import.meta.url), 'utf8').match(
      /\b(?:payapi_graphql|nodejs|process)_\w+/g,
    ),
  )

test.each(['grafana/payapi-graphql.json', 'prometheus/rules.yml'])(
  '%s asks for nothing that is not there',
  async (path) => {
    const { metricsUrl } = await startTestFacade(OWN_PORT)
    const names = new Set(
      [...(await (await fetch(metricsUrl ?? '')).text()).matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(
        ([, name = '', type]) => (type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]),
      ),
    )
    const asked = askedIn(path)
    expect(asked.size).toBeGreaterThan(8)
    expect([...asked].filter((name) => !names.has(name))).toEqual([])
  },
)

test('webhooks that are given up are counted from the start: the first one is an increase', async () => {
  const { registry } = createMetrics([{ id: 'shop', events: ['payment.approved'] }])
  const samples = samplesOf(await registry.metrics())
  const given = 'payapi_graphql_webhooks_total{endpoint="shop",type="payment.approved",result="given_up"}'
  expect(samples.get(given)).toBe(0)
})
