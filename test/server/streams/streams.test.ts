import { createClient } from 'graphql-sse'
import { expect, it, onTestFinished, vi } from 'vitest'
import { SCOPES } from '../../../src/auth/scopes.ts'
import { bearer, jwt, token } from '../../support/server/callers.ts'
import { EventStream } from '../../support/server/event-stream.ts'
import { connectTo, rawPost } from '../../support/server/raw-client.ts'
import {
  CARD_NUMBER,
  charge,
  LOOK_UP,
  post,
  resultOf,
  startTestFacade,
  type TestFacade,
} from '../../support/server/running-facade.ts'

const WORK = 'subscription Work { workChanged { unknownOperations } }'
const PAYMENT = `subscription ($id: ID!, $mid: ID) { paymentChanged(transactionId: $id, merchantId: $mid) { status } }`

const SSE = { accept: 'text/event-stream' }
const PREFLIGHTED = { 'apollo-require-preflight': 'yes' }

const codesOf = (result: { readonly errors?: readonly { readonly extensions?: object }[] } | undefined) =>
  result?.errors?.map(({ extensions }) => (extensions as { readonly code?: unknown }).code)

/** The code of an answer that is no stream. */
async function refusalOf(stream: EventStream): Promise<unknown> {
  expect(stream.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/)
  return codesOf(JSON.parse(await stream.text()) as object)?.[0]
}

const callsOf = ({ lines }: TestFacade) => lines.filter((line) => line.includes('payapi call'))

const METRICS = { PAYAPI_METRICS_PORT: '0' }

async function openStreams({ metricsUrl = '' }: TestFacade): Promise<number> {
  const text = await (await fetch(metricsUrl)).text()
  return Number(/^payapi_graphql_streams_open (\d+)$/m.exec(text)?.[1])
}

const untilOpen = (facade: TestFacade, count: number) =>
  vi.waitFor(async () => expect(await openStreams(facade)).toBe(count), { timeout: 10_000 })

it.each([
  ['POST', 'text/event-stream', {}],
  ['GET', 'text/event-stream', PREFLIGHTED],
  ['POST', 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed', {}],
] as const)('a subscription by %s that takes %s is answered as a stream', async (method, accept, headers) => {
  const { url } = await startTestFacade()
  const stream = await EventStream.open(url, { query: WORK }, { method, headers: { accept, ...headers } })
  expect(stream.status).toBe(200)
  expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(stream.headers.get('content-encoding')).toBeNull()
  expect(stream.headers.get('cache-control')).toContain('no-store')
  expect(stream.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await stream.next()).toEqual({ data: { workChanged: { unknownOperations: 0 } } })
})

it.each(['application/json', '*/*', 'text/event-stream;q=0, */*'])(
  'a subscription that takes %s is refused: it is answered as a stream only',
  async (accept) => {
    const { url } = await startTestFacade()
    const stream = await EventStream.open(url, { query: WORK }, { headers: { accept } })
    expect(stream.status).toBe(406)
    expect(await refusalOf(stream)).toBe('NOT_ACCEPTABLE')
  },
)

it('a mutation that takes a stream only is refused, and nothing is sent', async () => {
  const facade = await startTestFacade()
  const stream = await EventStream.open(facade.url, charge('ORDER-1'))
  expect(stream.status).toBe(406)
  expect(await refusalOf(stream)).toBe('NOT_ACCEPTABLE')
  expect(callsOf(facade)).toEqual([])
  expect(await post(facade.url, charge('ORDER-1'))).toMatchObject({ __typename: 'CardPayment' })
})

it('a query that takes a stream only is refused, also once its document is known', async () => {
  const facade = await startTestFacade()
  for (const _ of [1, 2]) await post(facade.url, LOOK_UP)
  const sent = callsOf(facade).length
  const stream = await EventStream.open(facade.url, LOOK_UP)
  expect(stream.status).toBe(406)
  expect(callsOf(facade)).toHaveLength(sent)
})

it('a mutation that takes JSON and streams is executed once and answered in JSON', async () => {
  const facade = await startTestFacade()
  const headers = { accept: 'text/event-stream, application/json' }
  const stream = await EventStream.open(facade.url, charge('ORDER-1'), { headers })
  expect(stream.headers.get('content-type')).toMatch(/^application\/json/)
  expect(resultOf(await stream.text())).toMatchObject({ __typename: 'CardPayment' })
  expect(callsOf(facade)).toHaveLength(1)
})

it('a subscription in a URL without a header that no page of another site sends is refused', async () => {
  const { url } = await startTestFacade()
  const stream = await EventStream.open(url, { query: WORK }, { method: 'GET', headers: { 'content-type': '' } })
  expect(stream.status).toBe(403)
})

it('a subscription as a form or a text is refused', async () => {
  const { url } = await startTestFacade()
  const stream = await EventStream.open(url, { query: WORK }, { headers: { 'content-type': 'text/plain' } })
  expect(stream.status).toBe(415)
})

it('a subscription that is too deep, or asks for two things, is refused', async () => {
  const { url } = await startTestFacade({ PAYAPI_MAX_DEPTH: '2' })
  const deep = `subscription { paymentChanged(transactionId: "T") { history { operation { id } } } }`
  const stream = await EventStream.open(
    url,
    { query: deep },
    { headers: { accept: 'application/json, text/event-stream' } },
  )
  expect(await refusalOf(stream)).toBe('DOCUMENT_TOO_COMPLEX')
  const two = await EventStream.open(url, {
    query: 'subscription { workChanged { __typename } a: workChanged { __typename } }',
  })
  expect(await two.text()).toContain('must select only one top level field')
})

it('nothing that a caller wrote stands in the errors of a stream', async () => {
  const { url } = await startTestFacade()
  const stream = await EventStream.open(url, { query: PAYMENT, variables: { id: [CARD_NUMBER] } })
  const text = await stream.text()
  expect(text).toContain('errors')
  expect(text).not.toContain(CARD_NUMBER)
})

it('a page of a known origin may subscribe, and is told so', async () => {
  const { url } = await startTestFacade({ PAYAPI_CORS_ORIGINS: 'https://shop.example' })
  const stream = await EventStream.open(url, { query: WORK }, { headers: { origin: 'https://shop.example' } })
  expect(stream.headers.get('access-control-allow-origin')).toBe('https://shop.example')
  expect(await stream.next()).toMatchObject({ data: {} })
})

it('each subscription counts as a request of its caller', async () => {
  const { url } = await startTestFacade({ PAYAPI_RATE_LIMIT_PER_MINUTE: '2' })
  const streams = []
  for (const _ of [1, 2, 3]) streams.push(await EventStream.open(url, { query: WORK }))
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 429])
})

it('of trusted documents a subscription runs by its id, and no other', async () => {
  const trustedDocuments = { work: WORK }
  const facade = await startTestFacade()
  const exposure = { introspection: true, graphiql: false, corsOrigins: [], behindTls: false, trustedDocuments }
  const { url } = await startTestFacade({}, { exposure })
  await facade.close()
  const known = await EventStream.open(url, { documentId: 'work' })
  expect(await known.next()).toMatchObject({ data: { workChanged: {} } })
  const unknown = await EventStream.open(url, { query: WORK.replace('Work', 'Other') }, { headers: SSE })
  expect(await unknown.text()).toContain('QUERY_NOT_IN_SAFELIST')
})

it.each([
  ['without credentials', {}, 401, 'UNAUTHENTICATED'],
  ['without the scope', { claims: { scope: 'payments:charge' } }, 200, 'FORBIDDEN'],
  ['of another merchant', { claims: { merchants: ['welcometwo'] } }, 200, 'FORBIDDEN'],
] as const)('a subscription %s is refused as the query is', async (name, claims, status, code) => {
  const { url } = await startTestFacade({}, { auth: jwt() })
  const headers = name === 'without credentials' ? {} : bearer(await token(claims))
  const variables = { id: 'TID-1', mid: 'welcometst' }
  const stream = await EventStream.open(url, { query: PAYMENT, variables }, { headers })
  expect(stream.status).toBe(status)
  expect(codesOf(await stream.next())).toEqual([code])
  expect(await stream.next()).toBeUndefined()
  const query = PAYMENT.replace('subscription', 'query').replace('paymentChanged', 'payment')
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  expect([answer.status, codesOf((await answer.json()) as object)]).toEqual([status, [code]])
})

it.each([
  ['paymentOperationChanged', '(id: "x") { state }', 'operations:read'],
  ['paymentChanged', '(transactionId: "x") { status }', 'payments:read'],
  ['smsPaymentChanged', '(orderId: "x") { status }', 'payments:read'],
  ['workChanged', '{ unknownOperations }', 'operations:read'],
])('%s%s needs %s, and no other scope', async (field, rest, scope) => {
  const { url } = await startTestFacade({}, { auth: jwt() })
  const subscribe = async (scopes: readonly string[]) => {
    const headers = bearer(await token({ claims: { scopes, scope: undefined } }))
    return (await EventStream.open(url, { query: `subscription { ${field}${rest} }` }, { headers })).next()
  }
  const refused = await subscribe(SCOPES.filter((other) => other !== scope))
  // What the caller made themselves they may read with the scope that made it: of nothing they are told why not.
  expect(refused?.errors?.map(({ message }) => message)).toEqual([`The scope ${scope} is needed.`])
  expect((await subscribe([scope]))?.errors).toBeUndefined()
})

it('whoever may read no notices is told how many operations wait, and not how many notices', async () => {
  const { url } = await startTestFacade({}, { auth: jwt() })
  const headers = bearer(await token({ claims: { scope: 'operations:read' } }))
  const query = 'subscription { workChanged { unknownOperations openNotices } }'
  const stream = await EventStream.open(url, { query }, { headers })
  expect(await stream.next()).toEqual({ data: { workChanged: { unknownOperations: 0, openNotices: null } } })
})

it('a stream ends with its token, and says so', async () => {
  const facade = await startTestFacade(METRICS, { auth: jwt() })
  const headers = bearer(await token({ claims: { exp: Math.floor(Date.now() / 1_000) + 3 } }))
  const stream = await EventStream.open(facade.url, { query: WORK }, { headers })
  expect(await stream.next()).toMatchObject({ data: {} })
  expect(codesOf(await stream.next())).toEqual(['UNAUTHENTICATED'])
  expect(await stream.next()).toBeUndefined()
  await untilOpen(facade, 0)
})

it('a server that stops ends its streams, and says so', async () => {
  const facade = await startTestFacade()
  const streams = await Promise.all([1, 2].map(() => EventStream.open(facade.url, { query: WORK })))
  for (const stream of streams) expect(await stream.next()).toMatchObject({ data: {} })
  const closed = facade.close()
  for (const stream of streams) {
    expect(codesOf(await stream.next())).toEqual(['SHUTTING_DOWN'])
    expect(await stream.next()).toBeUndefined()
  }
  await closed
})

it('a subscription while the server waits to stop is refused', async () => {
  const facade = await startTestFacade()
  const keptOpen = await connectTo(facade.origin)
  const stream = await EventStream.open(facade.url, { query: WORK })
  await stream.next()
  // A request under way keeps the server from having stopped.
  keptOpen.send(
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n',
  )
  const body = JSON.stringify({ query: WORK })
  keptOpen.send(`Content-Length: ${body.length}\r\n\r\n`)
  await new Promise((resolve) => setImmediate(resolve))
  const closed = facade.close()
  await stream.next()
  keptOpen.send(body)
  const answer = await keptOpen.answer()
  expect(answer.body).toContain('SHUTTING_DOWN')
  await closed
})

it('a stream whose caller hangs up is over at once', async () => {
  // With the comments of every day it would be noticed that nobody reads them after twelve seconds.
  vi.stubEnv('NODE_ENV', 'production')
  onTestFinished(() => void vi.unstubAllEnvs())
  const facade = await startTestFacade(METRICS)
  const streams = await Promise.all([1, 2, 3].map(() => EventStream.open(facade.url, { query: WORK })))
  for (const stream of streams) await stream.next()
  expect(await openStreams(facade)).toBe(3)
  streams[0]?.hangUp()
  await untilOpen(facade, 2)
  for (const stream of streams) stream.hangUp()
  await untilOpen(facade, 0)
})

it.each([
  ['PAYAPI_MAX_STREAMS', 503],
  ['PAYAPI_MAX_STREAMS_PER_CALLER', 429],
] as const)('more streams than %s says are refused with %i, until one is over', async (name, status) => {
  const facade = await startTestFacade({ [name]: '2', ...METRICS })
  const streams = await Promise.all([1, 2].map(() => EventStream.open(facade.url, { query: WORK })))
  for (const stream of streams) await stream.next()
  const more = await EventStream.open(facade.url, { query: WORK })
  expect(more.status).toBe(status)
  expect(more.headers.get('retry-after')).toBe('10')
  expect(codesOf(await more.next())).toEqual(['TOO_MANY_STREAMS'])
  streams[0]?.hangUp()
  await untilOpen(facade, 1)
  expect(await (await EventStream.open(facade.url, { query: WORK })).next()).toMatchObject({ data: {} })
})

it('the streams of one caller do not count as those of another', async () => {
  const { url } = await startTestFacade({ PAYAPI_MAX_STREAMS_PER_CALLER: '1' }, { auth: jwt() })
  for (const sub of ['shop-1', 'shop-2']) {
    const stream = await EventStream.open(url, { query: WORK }, { headers: bearer(await token({ claims: { sub } })) })
    expect(await stream.next()).toMatchObject({ data: {} })
  }
})

it('where no journal is kept, a subscription is refused as the query is', async () => {
  const { url } = await startTestFacade({ PAYAPI_JOURNAL: 'off' })
  const stream = await EventStream.open(url, { query: PAYMENT, variables: { id: 'TID-1' } })
  expect(codesOf(await stream.next())).toEqual(['NO_JOURNAL'])
  expect(await stream.next()).toBeUndefined()
})

it('a quiet stream outlives every time limit of a connection', async () => {
  const { url } = await startTestFacade({
    PAYAPI_HEADERS_TIMEOUT_MS: '200',
    PAYAPI_REQUEST_TIMEOUT_MS: '200',
    PAYAPI_KEEP_ALIVE_TIMEOUT_MS: '1000',
    PAYAPI_RESPONSE_TIMEOUT_MS: '200',
  })
  const stream = await EventStream.open(url, { query: WORK })
  await stream.next()
  // One comes each 300 ms in tests.
  await stream.quiet(8)
  expect(stream.comments).toBeGreaterThanOrEqual(8)
})

it('a request behind a stream on one connection waits for its end', async () => {
  const facade = await startTestFacade()
  const client = await connectTo(facade.origin)
  client.send(rawPost({ query: WORK }).replace('\r\n', '\r\nAccept: text/event-stream\r\n'))
  client.send(rawPost(charge('ORDER-BEHIND')))
  const stream = await EventStream.open(facade.url, { query: WORK })
  await stream.quiet(0)
  await stream.next()
  await stream.quiet(2)
  expect(callsOf(facade)).toEqual([])
})

it('a client of other make follows a payment to its end', async () => {
  const { url } = await startTestFacade()
  const { transactionId: id } = await post(url, charge('ORDER-1'))
  const client = createClient({ url, retryAttempts: 0 })
  onTestFinished(() => client.dispose())
  const states = client.iterate({ query: PAYMENT, variables: { id, mid: 'welcometst' } })
  expect((await states.next()).value).toEqual({ data: { paymentChanged: { status: 'APPROVED' } } })
  const refund = `mutation ($id: ID!) { result: refundPayment(input: { transactionId: $id }) { __typename } }`
  await post(url, { query: refund, variables: { id } })
  for await (const { data } of states) {
    if ((data?.['paymentChanged'] as { readonly status?: string } | null)?.status === 'CANCELED') break
  }
})
