import { describe, expect, it } from 'vitest'
import { reachableUrl } from '../../src/server/sandbox/embedded-sandbox.ts'
import { STARTS_PROCESSES, startTestFacade, startTestProcess } from '../support/server/running-facade.ts'

const LINK = `mutation ($input: CreateSmsPaymentUrlInput!) {
  createSmsPaymentUrl(input: $input) { __typename ... on SmsPaymentUrl { paymentUrl } }
}`

const NOTICES = `query { notices(first: 10, filter: { kinds: [DEPOSIT] }) { edges { node { kind event orderId trust { token } } } } }`

async function ask(url: string, query: string, variables: object = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await answer.json()) as { data: never }
}

async function createLink(url: string, more: object = {}): Promise<string> {
  const shop = 'http://127.0.0.1:1'
  const urls = { nextUrl: `${shop}/next`, returnUrl: `${shop}/return`, reserved: 'shop=1' }
  const input = {
    paymentMethod: 'VIRTUAL_ACCOUNT',
    goodsName: '커피',
    orderId: 'V-1',
    amount: '5000',
    ...urls,
    ...more,
  }
  const { data } = (await ask(url, LINK, { input })) as { data: { createSmsPaymentUrl: { paymentUrl: string } } }
  return data.createSmsPaymentUrl.paymentUrl
}

async function press(page: string, action: string): Promise<string> {
  const answer = await fetch(page, { method: 'POST', body: new URLSearchParams({ action }) })
  return answer.text()
}

async function noticesOf(url: string): Promise<unknown> {
  const { data } = (await ask(url, NOTICES)) as { data: { notices: { edges: readonly { node: unknown }[] } } }
  return data.notices.edges.map(({ node }) => node)
}

const WITHDRAWN = [{ kind: 'DEPOSIT', event: 'DEPOSIT_WITHDRAWN', orderId: 'V-1', trust: { token: true } }]

describe('the embedded sandbox', () => {
  it('opens its short URLs at the address of the server', async () => {
    const facade = await startTestFacade()
    const page = await createLink(facade.url)
    expect(page.startsWith(`${facade.origin}/s/`)).toBe(true)
    const answer = await fetch(page)
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('커피')])
    expect((await fetch(`${facade.origin}/s/style.css`)).headers.get('content-type')).toBe('text/css; charset=utf-8')
  })

  it('opens them there too where payments do not come back to the server, as in a container without a public URL', async () => {
    const facade = await startTestFacade({}, { isLocalSandbox: false })
    const shop = 'http://127.0.0.1:1'
    const page = await createLink(facade.url, { notificationUrl: `${shop}/notice` })
    expect(new URL(page).origin).toBe(new URL(facade.url).origin)
    expect((await fetch(page)).status).toBe(200)
  })

  it('tells the server of a withdrawn deposit', async () => {
    const facade = await startTestFacade()
    const page = await createLink(facade.url)
    for (const action of ['issue', 'deposit', 'withdraw']) await press(page, action)
    expect(await noticesOf(facade.url)).toEqual(WITHDRAWN)
  })

  it('tells nothing at addresses that somebody configured to send to them', async () => {
    const configured = [{ kind: 'deposit', mid: 'welcometst', token: 'deposit-0123456789abcdef' }]
    const facade = await startTestFacade({ PAYAPI_NOTICES: JSON.stringify(configured) })
    const page = await createLink(facade.url)
    for (const action of ['issue', 'deposit', 'withdraw']) await press(page, action)
    expect(await noticesOf(facade.url)).toEqual([])
  })

  it('without a journal plays the buyer all the same', async () => {
    const facade = await startTestFacade({ PAYAPI_JOURNAL: 'off' })
    const page = await createLink(facade.url)
    expect(await press(page, 'issue')).toContain('data-status="awaiting-deposit"')
  })

  it(
    'of several workers opens its short URLs at its own address, and tells one of them',
    STARTS_PROCESSES,
    async () => {
      const { url } = await startTestProcess({ PAYAPI_WORKERS: '2' })
      const page = await createLink(url)
      expect(new URL(page).origin).not.toBe(new URL(url).origin)
      for (const action of ['issue', 'deposit', 'withdraw']) await press(page, action)
      expect(await noticesOf(url)).toEqual(WITHDRAWN)
    },
  )

  it('of a server before another PayAPI there is none: the path of its pages is nobody’s', async () => {
    const facade = await startTestFacade({
      PAYAPI_BASE_URL: 'http://127.0.0.1:1',
      PAYAPI_MERCHANTS: JSON.stringify([{ mid: 'm', signKey: 's', apiKey: 'k'.repeat(32), apiIv: 'v'.repeat(16) }]),
    })
    expect((await fetch(`${facade.origin}/s/0001`)).status).toBe(404)
  })
})

it.each([
  ['127.0.0.1', 'http://127.0.0.1:4000'],
  ['localhost', 'http://localhost:4000'],
  ['0.0.0.0', 'http://127.0.0.1:4000'],
  ['::', 'http://[::1]:4000'],
  ['::1', 'http://[::1]:4000'],
  ['192.168.0.7', 'http://192.168.0.7:4000'],
])('a server on %s is reached from its own machine at %s', (host, url) => {
  expect(reachableUrl(host, 4000)).toBe(url)
})
