import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { formatTraceparent, parseTraceparent } from '../../../src/server/telemetry/trace-context.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'
import {
  CARD_NUMBER,
  charge,
  LOOK_UP,
  post,
  STARTS_PROCESSES,
  startTestFacade,
  startTestProcess,
  usingPayApi,
} from '../../support/server/running-facade.ts'

interface Span {
  readonly name: string
  readonly kind: number
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly status: { readonly code: number; readonly message?: string }
}

interface Exported {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span['attributes'] }
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[]
  }[]
}

/** An OTLP/HTTP collector for the test that runs. */
class Collector {
  readonly bodies: string[] = []
  readonly #server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      if (request.url === '/v1/traces') this.bodies.push(body)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })

  async listen(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => {
      this.#server.close()
      this.#server.closeAllConnections()
    })
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get exported(): Exported['resourceSpans'] {
    return this.bodies.flatMap((body) => (JSON.parse(body) as Exported).resourceSpans)
  }

  get spans(): readonly Span[] {
    return this.exported.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
  }
}

async function startCollector(): Promise<Collector> {
  const collector = new Collector()
  await collector.listen()
  return collector
}

const attributesOf = ({ attributes }: Pick<Span, 'attributes'>) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value['stringValue'] ?? value['intValue']]))

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const CALLER = 'b7ad6b7169203331'
const IN_TRACE = { traceparent: `00-${TRACE}-${CALLER}-01` }
const [SERVER, CLIENT] = [2, 3]
const ERROR = 2

test('a request and its calls are spans of the trace that the caller named', async () => {
  const collector = await startCollector()
  const { url, close } = await startTestFacade({ PAYAPI_OTEL_ENDPOINT: collector.url })
  await post(url, charge('ORDER-1'), IN_TRACE)
  await close()
  const [call, request, ...others] = collector.spans
  expect(others).toEqual([])
  expect(request).toMatchObject({ name: 'graphql mutation', kind: SERVER, traceId: TRACE, parentSpanId: CALLER })
  expect(call).toMatchObject({
    name: 'payapi chargeKeyedInCard',
    kind: CLIENT,
    traceId: TRACE,
    parentSpanId: request?.spanId,
  })
  expect(request && attributesOf(request)).toEqual({
    'graphql.operation.type': 'mutation',
    'http.response.status_code': 200,
  })
  expect(call && attributesOf(call)).toEqual({
    'payapi.service': 'chargeKeyedInCard',
    'payapi.merchant_id': 'welcometst',
    'payapi.ending': 'CardPayment',
    'payapi.outcome': 'SUCCESS',
  })
  expect(collector.exported.map(({ resource }) => attributesOf(resource)['service.name'])).toEqual(['payapi-graphql'])
})

test('the ordinary way through the server is traced like the fast one', async () => {
  const collector = await startCollector()
  const { url, close } = await startTestFacade({ PAYAPI_OTEL_ENDPOINT: `${collector.url}/v1/traces` })
  await post(url, LOOK_UP, { ...IN_TRACE, 'content-type': 'application/graphql+json' })
  await close()
  expect(collector.spans.map(({ name, traceId }) => [name, traceId])).toEqual([
    ['payapi lookUpCardPrefix', TRACE],
    ['graphql query', TRACE],
  ])
})

test('failures say what they are', async () => {
  const collector = await startCollector()
  const { url, close } = await startTestFacade({ PAYAPI_OTEL_ENDPOINT: collector.url })
  for (const scenario of ['decline', 'http-500', 'reset', 'refused']) {
    await post(url, charge(`ORDER-${scenario}`), { 'x-sandbox-scenario': scenario })
  }
  await close()
  const calls = collector.spans.filter(({ kind }) => kind === CLIENT)
  expect(calls.map((call) => ({ ...attributesOf(call), ...call.status }))).toMatchObject([
    { 'payapi.ending': 'PgFailure', 'payapi.outcome': 'NOT_PROCESSED', code: 0 },
    {
      'payapi.ending': 'PayApiHttpServerError',
      'payapi.outcome': 'UNKNOWN',
      'http.response.status_code': 500,
      code: ERROR,
    },
    { 'payapi.ending': 'PayApiTransportError', 'payapi.outcome': 'UNKNOWN', code: ERROR, message: 'CONNECTION_LOST' },
    { 'payapi.outcome': 'NOT_PROCESSED', code: ERROR, message: 'CONNECTION_REFUSED' },
  ])
})

test('nothing that a caller chose is in them', async () => {
  const collector = await startCollector()
  const { url, close } = await startTestFacade({ PAYAPI_OTEL_ENDPOINT: collector.url })
  const body = charge('ORDER-CHOSEN')
  await post(url, { ...body, query: body.query.replace('mutation Charge', 'mutation ChosenName') })
  await close()
  const text = collector.bodies.join()
  expect(text).toContain('CardPayment')
  for (const chosen of [CARD_NUMBER, 'ORDER-CHOSEN', 'ChosenName', '홍길동', '커피']) expect(text).not.toContain(chosen)
})

test('a caller who does not trace is not traced, and without one so many begin a trace', async () => {
  const collector = await startCollector()
  const env = { PAYAPI_OTEL_ENDPOINT: collector.url, PAYAPI_OTEL_SAMPLE_PERCENT: '0' }
  const { url, close } = await startTestFacade(env)
  await post(url, LOOK_UP)
  await post(url, LOOK_UP, { traceparent: `00-${TRACE}-${CALLER}-00` })
  await post(url, LOOK_UP, IN_TRACE)
  await close()
  expect(collector.spans.map(({ name, traceId }) => [name, traceId])).toEqual([
    ['payapi lookUpCardPrefix', TRACE],
    ['graphql query', TRACE],
  ])
})

test.each([
  ['off', undefined],
  ['on', `00-${TRACE}-<span>-01`],
])('with PAYAPI_TRACE_PAYAPI_HEADERS=%s PayAPI gets the header %s', async (setting, expected) => {
  const collector = await startCollector()
  const payApi = await startRawServer(answering(() => httpAnswer(200, '{"ResultCode":"00"}')))
  const { url, close } = await startTestFacade({
    ...usingPayApi(payApi.url),
    PAYAPI_OTEL_ENDPOINT: collector.url,
    PAYAPI_TRACE_PAYAPI_HEADERS: setting,
  })
  await post(url, charge('ORDER-1'), IN_TRACE)
  await close()
  const call = collector.spans.find(({ kind }) => kind === CLIENT)
  const { headers } = await payApi.requests.next()
  expect(headers['traceparent']).toBe(expected?.replace('<span>', call?.spanId ?? ''))
})

test('a collector that is away costs no call, is reported, and does not hold up the end', async () => {
  const { url, close, lines } = await startTestFacade({ PAYAPI_OTEL_ENDPOINT: 'http://127.0.0.1:1' })
  expect(await post(url, charge('ORDER-1'))).toMatchObject({ __typename: 'CardPayment' })
  await close()
  expect(lines.some((line) => line.includes('traces could not be sent'))).toBe(true)
})

test.each([
  ['nothing of OpenTelemetry', {}, false],
  ['it, where traces are written', { PAYAPI_OTEL_ENDPOINT: 'http://127.0.0.1:1' }, true],
])('loads %s', STARTS_PROCESSES, async (_, env, expected) => {
  // What V8 saw of a process is the surest witness of what it loaded.
  const folder = mkdtempSync(join(tmpdir(), 'payapi-coverage-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const facade = await startTestProcess({ NODE_V8_COVERAGE: folder, ...env })
  expect(await post(facade.url, LOOK_UP)).toMatchObject({ __typename: 'CardPrefix' })
  facade.process.kill('SIGTERM')
  expect(await facade.exited).toEqual([0, null])
  // Only the scripts' addresses: source maps, which stand beside them, name also what was never loaded.
  const loaded = readdirSync(folder)
    .flatMap((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] }).result)
    .map(({ url }) => url)
    .join()
  expect(loaded).toContain('/server/main.js')
  expect(loaded.includes('node_modules/@opentelemetry/sdk-trace-base')).toBe(expected)
  expect(loaded.includes('node_modules/@opentelemetry/api/')).toBe(expected)
})

test.each([
  ['', 'nothing'],
  [`00-${TRACE}-${CALLER}`, 'without flags'],
  [`00-${TRACE.slice(1)}-${CALLER}-01`, 'a short trace id'],
  [`00-${TRACE.toUpperCase()}-${CALLER}-01`, 'upper case'],
  [`00-${'0'.repeat(32)}-${CALLER}-01`, 'a trace id of zeros'],
  [`00-${TRACE}-${'0'.repeat(16)}-01`, 'a span id of zeros'],
  [`ff-${TRACE}-${CALLER}-01`, 'version ff'],
  [`00-${TRACE}-${CALLER}-01-more`, 'more than its version allows'],
])('traceparent %j is none: %s', (value) => {
  expect(parseTraceparent(value)).toBeUndefined()
})

test('traceparent is read and written', () => {
  const span = { traceId: TRACE, spanId: CALLER, traceFlags: 1, isRemote: true }
  expect(parseTraceparent(IN_TRACE.traceparent)).toEqual(span)
  expect(parseTraceparent(`01-${TRACE}-${CALLER}-03-more`)).toEqual(span)
  expect(parseTraceparent(`00-${TRACE}-${CALLER}-02`)).toMatchObject({ traceFlags: 0 })
  expect(formatTraceparent(span)).toBe(IN_TRACE.traceparent)
})
