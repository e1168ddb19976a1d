import { expect, it } from 'vitest'
import { SCENARIO_HEADER, SCENARIOS } from '../../../src/sandbox/response/scenarios.ts'
import { facadeForFile, facadeForScenario, facadeForTest } from '../../support/server/facade.ts'

const facade = await facadeForFile()

const MAX_BODY_BYTES = 100_000

const JSON_TYPE = { 'content-type': 'application/json' }

const CHARGE = `mutation { chargeMobileBillingKey(input: {
  orderId: "O", amount: 100, billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "홍길동" }
}) { __typename ... on PayApiFailure { outcome } } }`

const LOOKUP = '{ cardPrefix(prefix: "949094") { __typename } }'

const charges = () => facade.sandbox.books.charges.length

const posted = (body: string, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { ...JSON_TYPE, ...headers },
})
const post = (...request: Parameters<typeof posted>) => facade.fetch(posted(...request))

it.each(['application/json', 'application/json; charset=utf-8', 'application/graphql+json'])(
  'takes %s',
  async (type) => {
    const response = await post(JSON.stringify({ query: LOOKUP }), { 'content-type': type })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^application\/(?:graphql-response\+)?json; charset=utf-8$/)
    expect(await response.json()).toEqual({ data: { cardPrefix: { __typename: 'CardPrefix' } } })
  },
)

it.each([
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'text/plain; application/json',
  'application/graphql',
  'application/jsonp',
  'application/x-json',
  '',
])('refuses a POST of "%s" with 415, and does not execute it', async (type) => {
  const before = charges()
  const response = await post(JSON.stringify({ query: CHARGE }), { 'content-type': type })
  expect(response.status).toBe(415)
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] })
  expect(charges()).toBe(before)
})

it.each([
  'image/png',
  'text/html',
  'text/event-stream',
  'multipart/mixed',
  'application/json; charset=euc-kr',
  'application/xml, text/*',
])('refuses a POST that accepts only "%s" with 406, and does not execute it', async (accept) => {
  const before = charges()
  const response = await post(JSON.stringify({ query: CHARGE }), { accept })
  expect(response.status).toBe(406)
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_ACCEPTABLE' } }] })
  expect(charges()).toBe(before)
})

it.each([
  '*/*',
  'application/*;q=0.8',
  'application/json',
  'application/graphql-response+json, application/json;q=0.9',
  'text/event-stream, multipart/mixed, application/json',
  'APPLICATION/JSON; Charset=UTF-8',
])('answers a POST that accepts "%s"', async (accept) => {
  const response = await post(JSON.stringify({ query: CHARGE }), { accept })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ data: { chargeMobileBillingKey: { __typename: 'MobilePayment' } } })
})

// A page of another site cannot send this header unasked.
const GET = { method: 'GET', headers: { 'apollo-require-preflight': 'yes' } }

it('a query may be a GET, with its variables as JSON', async () => {
  const parameters = new URLSearchParams({
    query: 'query($prefix: String!) { cardPrefix(prefix: $prefix) { __typename } }',
    variables: '{"prefix":"949094"}',
  })
  const response = await facade.fetch(GET, `?${parameters}`)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ data: { cardPrefix: { __typename: 'CardPrefix' } } })
})

it('a mutation by GET is refused with 405, and not executed', async () => {
  const before = charges()
  const response = await facade.fetch(GET, `?${new URLSearchParams({ query: CHARGE })}`)
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('POST')
  expect(charges()).toBe(before)
})

it.each(['variables', 'extensions'])('a GET whose %s are no JSON is the caller’s fault', async (name) => {
  const logged = facade.output.length
  const headers = { ...GET.headers, accept: 'application/graphql-response+json' }
  const parameters = new URLSearchParams({ query: LOOKUP, [name]: '{' })
  const response = await facade.fetch({ method: 'GET', headers }, `?${parameters}`)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  expect(facade.output.length).toBe(logged)
})

it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused with 405', async (method) => {
  const response = await facade.fetch({ method, headers: JSON_TYPE })
  expect(response.status).toBe(405)
})

it('another path is not found', async () => {
  expect((await facade.app.fetch('http://facade.test/other')).status).toBe(404)
})

it.each([undefined, ...SCENARIOS.map(({ name }) => name)])(
  'an answer of PayAPI’s is HTTP 200 without Retry-After (%s)',
  async (scenario) => {
    const headers = scenario === undefined ? {} : { [SCENARIO_HEADER]: scenario }
    const accepts = ['application/json', 'application/graphql-response+json']
    const body = JSON.stringify({ query: CHARGE })
    const { fetch } = await facadeForScenario(scenario)
    for (const response of await Promise.all(accepts.map((accept) => fetch(posted(body, { ...headers, accept }))))) {
      expect(response.status).toBe(200)
      expect(response.headers.has('retry-after')).toBe(false)
      expect(await response.json()).toEqual({
        data: { chargeMobileBillingKey: expect.objectContaining({ __typename: expect.any(String) }) },
      })
    }
  },
)

it('a rejected input is HTTP 200 as well', async () => {
  const response = await post(JSON.stringify({ query: CHARGE.replace('100', '0') }))
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    data: { chargeMobileBillingKey: { __typename: 'PayApiInvalidInput' } },
  })
})

it('no answer has CORS headers, whoever asks', async () => {
  const origin = { origin: 'https://evil.example' }
  const preflight = {
    ...origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  }
  const responses = [
    await post(JSON.stringify({ query: LOOKUP }), origin),
    await post('{', origin),
    await facade.fetch({ method: 'OPTIONS', headers: preflight }),
    await facade.fetch({ method: 'GET', headers: { ...origin, accept: 'application/json' } }, `?query=${LOOKUP}`),
  ]
  for (const { headers } of responses) {
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  }
})

it('a body over the limit is refused with 413, and not executed', async () => {
  const before = charges()
  const body = (size: number) => {
    const start = JSON.stringify({ query: CHARGE })
    return start.slice(0, -1) + ' '.repeat(size - Buffer.byteLength(start)) + start.slice(-1)
  }
  expect((await post(body(MAX_BODY_BYTES + 1))).status).toBe(413)
  expect((await post(body(10 * MAX_BODY_BYTES))).status).toBe(413)
  expect(charges()).toBe(before)
  expect((await post(body(MAX_BODY_BYTES))).status).toBe(200)
  expect(charges()).toBe(before + 1)
})

it('a batch is refused, and nothing of it executed', async () => {
  const before = charges()
  const response = await post(JSON.stringify([{ query: CHARGE }, { query: CHARGE }]))
  expect(response.status).toBe(400)
  expect(charges()).toBe(before)
})

it('what is wrong with the GraphQL request itself is a top-level error', async () => {
  const answers = await Promise.all(
    [
      { query: '{' },
      { query: '{ nothing }' },
      { query: 'query($prefix: String!) { cardPrefix(prefix: $prefix) { __typename } }' },
      {},
    ].map((body) => facade.post(body)),
  )
  for (const { data, errors } of answers) {
    expect(data ?? null).toBeNull()
    expect(errors?.length).toBe(1)
  }
})

it('scenarios are heard in the sandbox only', async () => {
  const production = await facadeForTest({ app: { unreachable: undefined as never } })
  const body = { query: LOOKUP }
  const success = { data: { cardPrefix: { __typename: 'CardPrefix' } } }
  expect(await production.post(body, { scenario: 'refused' })).toEqual(success)
  expect(await production.post(body, { scenario: 'decline' })).toEqual(success)
  expect(await facade.post(body, { scenario: 'refused' })).not.toEqual(success)
})

it('an empty or unknown scenario does not get in the way', async () => {
  const body = { query: LOOKUP }
  expect(await facade.post(body, { scenario: '' })).toEqual({ data: { cardPrefix: { __typename: 'CardPrefix' } } })
  expect(await facade.post(body, { scenario: 'no-such-thing' })).toEqual({
    data: { cardPrefix: { __typename: 'PayApiHttpClientError' } },
  })
})
