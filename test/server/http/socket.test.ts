import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { readConfig } from '../../../src/config/index.ts'
import { SCENARIO_HEADER } from '../../../src/sandbox/response/scenarios.ts'
import type { Books } from '../../../src/sandbox/server.ts'
import { type RunningFacade, startFacade } from '../../../src/server/lifecycle/start.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { facadeForFile } from '../../support/server/facade.ts'

// What a socket may change: everything else is tested without one.

const inProcess = await facadeForFile()
const output: string[] = []
let facade: RunningFacade

beforeAll(async () => {
  const log = createLogger('info', { write: (line) => void output.push(line) })
  facade = await startFacade(readConfig({ PORT: '0', PAYAPI_JOURNAL: 'off' }), log)
})
afterAll(() => facade.close())

const PATIENCE = { timeout: 240_000 }

const JSON_TYPE = { 'content-type': 'application/json' }
const LOOKUP = '{ cardPrefix(prefix: "949094") { __typename ... on CardPrefix { cardName } } }'
const CHARGE = (orderId: string) => `mutation { chargeMobileBillingKey(input: {
  orderId: "${orderId}", amount: 100, billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "홍길동" }
}) { __typename ... on PayApiFailure { message outcome } ... on MobilePayment { orderId amount } } }`

const booksOf = async ({ sandboxUrl }: RunningFacade) =>
  (await (await fetch(`${sandboxUrl}/sandbox/books`)).json()) as Books

const posted = (body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { ...JSON_TYPE, ...headers },
})

interface Same {
  readonly name: string
  readonly init: RequestInit
  readonly query?: string
}

const SAME: readonly Same[] = [
  { name: 'a lookup', init: posted({ query: LOOKUP }) },
  { name: 'a charge', init: posted({ query: CHARGE('SAME') }) },
  { name: 'a refusal', init: posted({ query: CHARGE('SAME-2') }, { [SCENARIO_HEADER]: 'decline' }) },
  { name: 'nobody listening', init: posted({ query: CHARGE('SAME-3') }, { [SCENARIO_HEADER]: 'refused' }) },
  { name: 'a rejected input', init: posted({ query: CHARGE('') }) },
  {
    name: 'variables',
    init: posted({ query: 'query($p: String!) { cardPrefix(prefix: $p) { __typename } }', variables: { p: '949094' } }),
  },
  {
    name: 'variables of a wrong type',
    init: posted({ query: 'query($p: String!) { cardPrefix(prefix: $p) { __typename } }', variables: { p: { a: 4 } } }),
  },
  { name: 'a syntax error', init: posted({ query: '{ "x" }' }) },
  { name: 'an unknown field', init: posted({ query: '{ nothing }' }) },
  { name: 'no query', init: posted({}) },
  { name: 'an unknown parameter', init: posted({ query: LOOKUP, other: 1 }) },
  { name: 'an unknown operation', init: posted({ query: LOOKUP, operationName: 'Other' }) },
  { name: 'bad JSON', init: posted('{"query"') },
  { name: 'an empty body', init: posted('') },
  { name: 'a text', init: posted('"x"') },
  { name: 'a batch', init: posted([{ query: LOOKUP }]) },
  { name: 'GraphQL JSON', init: posted({ query: LOOKUP }, { 'content-type': 'application/graphql+json' }) },
  { name: 'a charset', init: posted({ query: LOOKUP }, { 'content-type': 'application/json; charset=utf-8' }) },
  { name: 'another spelling', init: posted({ query: LOOKUP }, { 'content-type': 'Application/JSON' }) },
  { name: 'a form', init: posted('query=x', { 'content-type': 'application/x-www-form-urlencoded' }) },
  { name: 'plain text', init: posted({ query: LOOKUP }, { 'content-type': 'text/plain' }) },
  { name: 'the GraphQL media type', init: posted({ query: LOOKUP }, { accept: 'application/graphql-response+json' }) },
  {
    name: 'an error in that media type',
    init: posted({ query: '{ nothing }' }, { accept: 'application/graphql-response+json' }),
  },
  { name: 'an answer that may not be JSON', init: posted({ query: CHARGE('SAME-4') }, { accept: 'image/png' }) },
  {
    name: 'an answer in another charset',
    init: posted({ query: CHARGE('SAME-5') }, { accept: 'application/json; charset=euc-kr' }),
  },
  { name: 'any answer', init: posted({ query: LOOKUP }, { accept: '*/*' }) },
  { name: 'a page of another site', init: posted({ query: LOOKUP }, { origin: 'https://evil.example' }) },
  { name: 'too large a body', init: posted({ query: LOOKUP, padding: 'x'.repeat(100_000) }) },
  {
    name: 'a query in the URL',
    init: { method: 'GET', headers: { 'apollo-require-preflight': 'yes' } },
    query: `?query=${encodeURIComponent(LOOKUP)}`,
  },
  { name: 'a query in the URL of a POST', init: posted({}), query: `?query=${encodeURIComponent(LOOKUP)}` },
  { name: 'a PUT', init: { method: 'PUT', headers: JSON_TYPE } },
]

const whatMatters = async (response: Response) => ({
  status: response.status,
  type: response.headers.get('content-type'),
  allow: response.headers.get('allow'),
  cors: [...response.headers.keys()].filter((name) => name.startsWith('access-control-')),
  body: await response.text(),
})

it.each(SAME)('$name is answered over a socket as without one', async ({ init, query = '' }) => {
  const [over, without] = await Promise.all([fetch(`${facade.url}${query}`, init), inProcess.fetch(init, query)])
  expect(await whatMatters(over)).toEqual(await whatMatters(without))
})

it('a charge runs to its end when the browser hangs up, and is logged', async () => {
  const sent = request(facade.url, { method: 'POST', headers: { ...JSON_TYPE, [SCENARIO_HEADER]: 'slow' } })
  sent.on('error', () => {})
  sent.end(JSON.stringify({ query: CHARGE('HUNG-UP') }))
  await vi.waitFor(async () => {
    const { charges } = await booksOf(facade)
    expect(charges.filter(({ oid }) => oid === 'HUNG-UP').length).toBe(1)
  }, PATIENCE)
  const before = output.length
  sent.destroy()
  await vi.waitFor(() => expect(output.length).toBe(before + 1), PATIENCE)
  expect(JSON.parse(output.at(-1) ?? '')).toMatchObject({ service: 'chargeMobileBillingKey', ending: 'MobilePayment' })
})

it('a body that never says how long it is ends at the limit', async () => {
  const sent = request(facade.url, { method: 'POST', headers: JSON_TYPE })
  sent.on('error', () => {})
  const answered = once(sent, 'response')
  const padding = JSON.stringify({ query: CHARGE('ENDLESS'), variables: { x: 'x'.repeat(150_000) } })
  sent.write(padding)
  const [response] = (await answered) as [IncomingMessage]
  const text = await response.setEncoding('utf8').toArray()
  sent.destroy()
  expect([response.statusCode, text.join('')]).toEqual([413, expect.stringContaining('too large')])
  expect((await booksOf(facade)).charges.filter(({ oid }) => oid === 'ENDLESS')).toEqual([])
})

it('a facade that cannot listen leaves nothing behind that listens', async () => {
  const listening = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length
  const before = listening()
  const { port } = new URL(facade.url)
  const start = startFacade(readConfig({ PORT: port, PAYAPI_JOURNAL: 'off' }), createLogger('silent'))
  await expect(start).rejects.toThrow('another program listens there')
  // What an earlier file had listen may still be closing.
  await vi.waitFor(() => expect(listening()).toBeLessThanOrEqual(before), PATIENCE)
})
