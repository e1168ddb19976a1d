import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPayApiGraphql, type PayApiGraphql, type PayApiGraphqlOptions } from '../../src/package/index.ts'

function mount(options: PayApiGraphqlOptions = {}): PayApiGraphql {
  const payments = createPayApiGraphql(options)
  onTestFinished(() => payments.close())
  return payments
}

/** A server that has the handler; resolves to its origin. */
async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A journal cannot be in a file's folder. */
const NO_JOURNAL = { journal: { url: `file:${import.meta.filename}/journal.db` } }

type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** The two ways in. */
const WAYS: readonly (readonly [string, (payments: PayApiGraphql) => Promise<Ask>])[] = [
  [
    'fetch',
    async ({ fetch }) =>
      (path, init) =>
        fetch(new Request(`http://shop.test${path}`, init)),
  ],
  [
    'nodeHandler',
    async (payments) => {
      const origin = await listen(payments.nodeHandler)
      return (path, init) => fetch(`${origin}${path}`, { redirect: 'manual', ...init })
    },
  ],
]

const CHARGE = `mutation ($input: ChargeKeyedInCardInput!) {
  chargeKeyedInCard(input: $input) { __typename ... on CardPayment { transactionId operationId } }
}`

const charge = (orderId: string) => ({
  input: {
    orderId,
    amount: '1000',
    goodsName: '커피',
    buyer: { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' },
    card: { number: '4000000000000002', expiryYear: '29', expiryMonth: '12' },
    installmentMonths: 0,
    idempotencyKey: `pay ${orderId}`,
  },
})

const graphql = (query: string, variables: object = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query, variables }),
})

const PAGE = { headers: { accept: 'text/html' } }

/** Opens GraphiQL at a path; resolves to the status of its script, asked for as a browser would. */
async function openPage(ask: Ask, path: string): Promise<number> {
  const page = await ask(path, PAGE)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(await page.text()) ?? []
  const answer = await ask(new URL(script, `http://shop.test${path}`).pathname)
  await answer.arrayBuffer()
  return answer.status
}

describe.each(WAYS)('by %s', (_, open) => {
  it('charges a card in its own sandbox, and answers the same to the same key', async () => {
    const ask = await open(mount())
    const first = await (await ask('/graphql', graphql(CHARGE, charge('P-1')))).json()
    expect(first).toEqual({ data: { chargeKeyedInCard: expect.objectContaining({ __typename: 'CardPayment' }) } })
    expect(await (await ask('/graphql', graphql(CHARGE, charge('P-1')))).json()).toEqual(first)
  })

  it('serves GraphiQL with its files, health, and nothing at any other path', async () => {
    const ask = await open(mount())
    expect(await openPage(ask, '/graphql')).toBe(200)
    expect(await (await ask('/health/live')).json()).toEqual({ status: 'live' })
    expect(await (await ask('/health/ready')).json()).toEqual({ status: 'ready' })
    for (const path of ['/', '/other', '/graphq', '/metrics']) expect((await ask(path, PAGE)).status, path).toBe(404)
  })

  it('has GraphQL and GraphiQL at another endpoint, and nothing where they were', async () => {
    const ask = await open(mount({ endpoint: '/api/graphql' }))
    expect(await (await ask('/api/graphql', graphql('{ __typename }'))).json()).toEqual({
      data: { __typename: 'Query' },
    })
    expect(await openPage(ask, '/api/graphql')).toBe(200)
    const lead = await ask('/api/graphql/', PAGE)
    expect([lead.status, lead.headers.get('location')]).toEqual([302, '../graphql'])
    expect((await ask('/graphql', graphql('{ __typename }'))).status).toBe(404)
  })

  it('has everything behind a base that stands in the URL, and nothing before it', async () => {
    const ask = await open(mount({ basePath: '/payments' }))
    expect((await ask('/payments/graphql', graphql('{ __typename }'))).status).toBe(200)
    expect(await openPage(ask, '/payments/graphql')).toBe(200)
    expect((await ask('/payments/health/live')).status).toBe(200)
    expect(await (await ask('/payments/pg/next/none')).text()).toContain('<main data-status="NOT_FOUND">')
    for (const path of ['/graphql', '/payments', '/paymentsgraphql', '/health/live'])
      expect((await ask(path, graphql('{ __typename }'))).status, path).toBe(404)
  })

  it('answers the PG and buyers who come back: who is unknown is refused, as the PG and browsers read it', async () => {
    const ask = await open(mount())
    const notice = await ask('/pg/notices/nobody', { method: 'POST', body: new URLSearchParams({ a: '1' }) })
    expect([notice.status, await notice.text()]).toEqual([404, 'FAIL'])
    const buyer = await ask('/pg/return/nobody')
    expect([buyer.status, buyer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  })

  it('tells a subscription what happens, and hears it when nobody listens any more', async () => {
    const ask = await open(mount({ limits: { maxStreams: 1 } }))
    const subscribe = async () =>
      ask('/graphql', {
        ...graphql('subscription { workChanged { __typename } }'),
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      })
    const stream = await subscribe()
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, expect.stringContaining('event-stream')])
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
    let text = ''
    while (!text.includes('workChanged')) text += new TextDecoder().decode((await reader.read()).value)
    expect(await (await subscribe()).text()).toContain('TOO_MANY_STREAMS')
    await reader.cancel()
    // There is room for another only once the first is over.
    await expect
      .poll(async () => {
        const next = await subscribe()
        const first = (await next.body?.getReader().read())?.value
        return new TextDecoder().decode(first)
      })
      .not.toContain('TOO_MANY_STREAMS')
  })

  it('refuses a body that is too large, however it comes, and goes on', async () => {
    const ask = await open(mount({ limits: { maxBodyBytes: 2_000 } }))
    const large = JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(3_000_000) } })
    const answer = await ask('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: large,
    })
    expect(answer.status).toBe(413)
    await answer.text()
    expect((await ask('/graphql', graphql('{ __typename }'))).status).toBe(200)
  })

  it('takes no more requests once it is closed, and says that nothing was sent', async () => {
    const payments = mount()
    const ask = await open(payments)
    await (await ask('/graphql', graphql('{ __typename }'))).text()
    await payments.close()
    const answer = await ask('/graphql', graphql(CHARGE, charge('P-9')))
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { errors: [expect.objectContaining({ extensions: { code: 'SHUTTING_DOWN' } })] },
    ])
    await payments.close()
  })

  it('refuses requests at once where it cannot start, and says why to whoever asks for it to be ready', async () => {
    const payments = mount(NO_JOURNAL)
    const ask = await open(payments)
    const answer = await ask('/graphql', graphql('{ __typename }'))
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('NOT_READY')])
    await expect(payments.ready()).rejects.toThrow(/^journal\.url: /)
  })
})

describe('in a server with paths of its own', () => {
  const withNext =
    (payments: PayApiGraphql): RequestListener =>
    (request, response) => {
      const before = request.url
      payments.nodeHandler(request, response, () =>
        response.end(`mine: ${before === request.url ? request.url : 'other'}`),
      )
    }

  it.each([undefined, '/payments'])('hands on what is not for the facade, with the base %s', async (basePath) => {
    const origin = await listen(withNext(mount(basePath === undefined ? {} : { basePath })))
    const base = basePath ?? ''
    for (const path of ['/', '/cart', '/graphqlx', '/health', '/s', '/metrics', '/pg/', `${base}/pg/other/x`])
      expect(await (await fetch(`${origin}${path}`)).text(), path).toBe(`mine: ${path}`)
    for (const path of [
      '/graphql',
      '/graphql/',
      '/health/live',
      '/pg/next/x',
      '/pg/notices/x',
      '/s/x',
      '/graphql/assets/x',
    ])
      expect(await (await fetch(`${origin}${base}${path}`)).text(), path).not.toContain('mine')
  })

  it('hands on at once what is not for it, also where it cannot start', async () => {
    const origin = await listen(withNext(mount(NO_JOURNAL)))
    expect(await (await fetch(`${origin}/cart`)).text()).toBe('mine: /cart')
    expect((await fetch(`${origin}/graphql`)).status).toBe(503)
  })

  it('works where the framework takes the prefix away', async () => {
    const payments = mount()
    const origin = await listen((request, response) => {
      request.url = request.url?.replace(/^\/shop/, '') ?? ''
      payments.nodeHandler(request, response)
    })
    expect(await openPage((path, init) => fetch(`${origin}${path}`, init), '/shop/graphql')).toBe(200)
  })
})

describe('a Request', () => {
  it('whose body was read before is refused at once, with the reason', async () => {
    const { fetch } = mount()
    const request = new Request('http://shop.test/graphql', graphql('{ __typename }'))
    await request.text()
    const answer = await fetch(request)
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('was read before')])
  })

  it('that is given up is no longer answered', async () => {
    const { fetch } = mount()
    const controller = new AbortController()
    const body = new ReadableStream()
    const init = { ...graphql(''), body, duplex: 'half', signal: controller.signal } as RequestInit
    const answer = fetch(new Request('http://shop.test/graphql', init))
    controller.abort()
    await expect(answer).rejects.toThrow()
  })

  it('is counted by the address that is told, and with all that have none where it is not', async () => {
    const { fetch } = mount({ limits: { rateLimitPerMinute: 1 } })
    const ask = async (clientAddress?: unknown) =>
      (await fetch(new Request('http://shop.test/graphql', graphql('{ __typename }')), { clientAddress } as never))
        .status
    expect(await ask('192.0.2.1')).toBe(200)
    expect(await ask('192.0.2.1')).toBe(429)
    expect(await ask('192.0.2.2')).toBe(200)
    expect(await ask()).toBe(200)
    for (const unknown of [undefined, 'nowhere', '', 7, {}]) expect(await ask(unknown)).toBe(429)
  })
})
