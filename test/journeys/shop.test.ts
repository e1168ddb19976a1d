import { join } from 'node:path'
import type { Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { barriers, overflow, picture, withChromium } from '../support/journeys/browser.ts'
import { ADMIN_PASSWORD, copyShop, type RunningShop, runShop, startShop } from '../support/journeys/shop.ts'
import { CARD_NUMBER, ShopVisit } from '../support/journeys/shop-visit.ts'
import type { Consumer } from '../support/package/packed.ts'
import { connectTo, rawPost } from '../support/server/raw-client.ts'

const ROOT = join(import.meta.dirname, '../..')

let copy: Consumer
let shop: RunningShop
beforeAll(async () => {
  copy = await copyShop()
  shop = await startShop(copy)
})
afterAll(() => shop?.close())

withChromium('The example shop', () => {
  describe.each([
    ['ko', 390],
    ['ko', 1400],
    ['en', 390],
    ['en', 1400],
  ] as const)('the shop in %s at %i pixels', (language, width) => {
    let visit: ShopVisit
    beforeAll(async () => {
      const locale = language === 'ko' ? 'ko-KR' : 'en-US'
      // Of the two widths, one is seen in the dark.
      const colorScheme = (width === 390) === (language === 'ko') ? 'dark' : 'light'
      visit = await ShopVisit.begin(shop, { viewport: { width, height: 844 }, locale, colorScheme })
    })
    afterAll(() => visit?.close())
    afterEach(() => visit.keepsNoCard())

    const look = async (name: string, page = visit.page) => {
      await picture(page, `shop-${language}-${width}-${name}`)
      expect(await barriers(page), name).toEqual([])
      expect(await overflow(page), name).toBe(0)
    }

    /** Records what somebody found in the merchant console. */
    async function resolve(id: string, verdict: 'processed' | 'not'): Promise<void> {
      const { admin, row } = await visit.openAdmin(id)
      await row.locator('input').fill(`TID-${id}`)
      if (verdict === 'processed') await look('admin-checking', admin)
      await row.locator(`button[value=${verdict}]`).click()
      await row.locator('form').waitFor({ state: 'detached' })
      await admin.close()
    }

    it('is in the language of the browser, and in the other by one click', async () => {
      const { page } = visit
      await page.goto(shop.origin)
      const [title, other] = language === 'ko' ? ['장바구니', 'Your cart'] : ['Your cart', '장바구니']
      await expect.poll(() => page.locator('h1').innerText()).toBe(title)
      await page.locator('header button').click()
      await expect.poll(() => page.locator('h1').innerText()).toBe(other)
      await page.reload()
      await expect.poll(() => page.locator('h1').innerText()).toBe(other)
      await page.locator('header button').click()
      await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language)
    })

    it('takes a card, for the amount that its server reckons, and shows that it is paid after a reload too', async () => {
      const { page } = visit
      await page.goto(shop.origin)
      await page.locator('#beans').fill('2')
      await look('cart')
      await page.reload()
      expect(await page.locator('#beans').inputValue()).toBe('2')
      await visit.order()
      await visit.pay()
      await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBe(2)
      await look('mistakes')
      await visit.typeCard()
      await visit.pay()
      await visit.ends('done')
      await expect.poll(() => page.locator('main').innerText()).toMatch(/승인번호|Approval number/)
      expect(await page.locator('.total').innerText()).toContain('₩48,500')
      await look('paid')
      await page.reload()
      await visit.ends('done')
      expect(await page.locator('form.card').count()).toBe(0)
    })

    it('says that a card was declined, and takes another', async () => {
      await visit.order()
      await visit.choose('decline')
      await visit.typeCard()
      await visit.pay()
      await visit.ends('refused')
      await look('declined')
      await visit.choose('')
      await visit.pay()
      await visit.ends('done')
    })

    it('asks again for what was not sent, with the same key', async () => {
      const id = await visit.order()
      await visit.choose('refused')
      await visit.typeCard()
      await visit.pay()
      await visit.ends('retry')
      await look('retry')
      await visit.choose('')
      await visit.pay()
      await visit.ends('done')
      const [first, ...others] = visit.keysOf(id)
      expect(others).toEqual([first])
    })

    it.each([
      ['reset', 'processed', 'done'],
      ['reset-unprocessed', 'not', 'refused'],
    ] as const)(
      'in the scenario %s is checking, over a reload, until it is %s: then it is %s',
      async (scenario, verdict, kind) => {
        const id = await visit.order()
        await visit.choose(scenario)
        await visit.typeCard()
        await visit.pay()
        await visit.ends('checking')
        await visit.page.reload()
        await visit.ends('checking')
        expect(await visit.page.locator('form.card').count()).toBe(0)
        if (kind === 'done') await look('checking')
        await resolve(id, verdict)
        await visit.ends(kind)
        if (kind === 'done') return
        await look('not-processed')
        await visit.typeCard()
        await visit.pay()
        await visit.ends('done')
        expect(new Set(visit.keysOf(id)).size).toBe(2)
      },
    )

    it('has a link paid, and gives all back', async () => {
      const { page } = visit
      const id = await visit.order()
      const link = await visit.makeLink()
      await link.waitFor()
      await look('link')
      await link.click()
      await page.locator('button[value=pay]').click()
      await page.waitForURL(`**/orders/${id}?*`)
      await visit.ends('done')
      const { admin, row } = await visit.openAdmin(id)
      await row.locator('button').click()
      await row.locator('[data-kind=done]').waitFor()
      await expect.poll(() => row.locator('button').count()).toBe(0)
      await look('admin-refunded', admin)
      await admin.close()
      await page.reload()
      await expect.poll(() => page.locator('main [data-kind]').innerText()).toMatch(/취소되었습니다|canceled/)
      await look('refunded')
    })

    it('has sent the card to one place, which told it to nobody, and met no error', async () => {
      expect(await visit.cardsSent()).toBe(8)
      expect(visit.said).toEqual([])
    })
  })

  describe('the shop', () => {
    let visit: ShopVisit
    beforeEach(async () => {
      visit = await ShopVisit.begin(shop, { viewport: { width: 1400, height: 844 }, locale: 'en-US' })
    })
    afterEach(async () => {
      await visit.keepsNoCard()
      await visit.cardsSent()
      await visit.close()
    })

    it('finds out by itself what became of a charge whose answer was lost on the way to the browser', async () => {
      const id = await visit.order()
      const lose = async (route: Route) => {
        await route.fetch()
        await route.abort()
      }
      await visit.page.route('**/charge', lose, { times: 1 })
      await visit.typeCard()
      await visit.pay()
      await visit.ends('done')
      expect(visit.keysOf(id)).toHaveLength(1)
      expect(visit.said).toEqual([expect.stringContaining('net::ERR_FAILED')])
    })

    it('says that a charge has not arrived where its request was lost, and sends it again with the same key', async () => {
      const id = await visit.order()
      await visit.page.route('**/charge', (route) => route.abort(), { times: 1 })
      await visit.typeCard()
      await visit.pay()
      await expect.poll(() => visit.page.locator('main').innerText()).toContain('We have not received your payment')
      expect(await visit.page.locator('main').innerText()).not.toContain('do not pay again')
      await visit.typeCard()
      await visit.pay()
      await visit.ends('done')
      const [first, ...others] = visit.keysOf(id)
      expect(others).toEqual([first])
      expect(visit.said).toEqual([expect.stringContaining('net::ERR_FAILED')])
    })

    it('tells how a charge ended during which the page was loaded anew', async () => {
      const id = await visit.order()
      await visit.choose('slow')
      await visit.typeCard()
      const sent = visit.page.waitForRequest((request) => request.method() === 'POST')
      await visit.pay()
      await sent
      await visit.page.reload()
      await visit.ends('checking')
      await visit.ends('done')
      expect(visit.keysOf(id)).toHaveLength(1)
      expect(visit.said).toEqual([])
    })

    it.each([
      ['was paid', '', 'done', 'done'],
      ['is being checked', 'reset', 'checking', 'conflict'],
    ])('charges no order that %s in another tab meanwhile', async (_, scenario, kind, ofTab) => {
      const id = await visit.order()
      const tab = await visit.openTab()
      await tab.locator('form.card').waitFor()
      await visit.choose(scenario)
      await visit.typeCard()
      await visit.pay()
      await visit.ends(kind)
      await visit.typeCard(tab)
      await visit.pay(tab)
      await visit.ends(ofTab, tab)
      expect(visit.keysOf(id)).toHaveLength(2)
      await expect.poll(() => tab.locator('form.card').count()).toBe(0)
      await tab.reload()
      await visit.ends(kind, tab)
      expect(await tab.locator('form.card').count()).toBe(0)
      expect(visit.said).toEqual([])
    })

    it('charges no card for an order whose link was paid meanwhile', async () => {
      await visit.order()
      const tab = await visit.openTab()
      const link = await visit.makeLink(tab)
      await link.click()
      await tab.locator('button[value=pay]').click()
      await visit.ends('done', tab)
      await visit.typeCard()
      await visit.pay()
      await visit.ends('done')
      expect(visit.said).toEqual([])
    })

    it('offers no refund while one is being checked, and tells what became of it once that is recorded', async () => {
      const id = await visit.order()
      await visit.typeCard()
      await visit.pay()
      await visit.ends('done')
      const { admin, row } = await visit.openAdmin(id)
      await admin.locator('footer select').selectOption('reset')
      await row.locator('button').click()
      await row.locator('[data-kind=checking]').waitFor()
      await row.locator('form').waitFor()
      expect(await row.locator('button').count()).toBe(2)
      await row.locator('button[value=processed]').click()
      await row.locator('[data-kind=done]').waitFor()
      await expect.poll(() => row.locator('button').count()).toBe(0)
      expect(await row.innerText()).toContain('Payment canceled')
      await visit.page.reload()
      await expect.poll(() => visit.page.locator('main [data-kind]').innerText()).toContain('canceled')
      expect(visit.said).toEqual([])
    })

    it('records no charge as processed without its transaction id, and says so', async () => {
      const id = await visit.order()
      await visit.choose('reset')
      await visit.typeCard()
      await visit.pay()
      await visit.ends('checking')
      const { row } = await visit.openAdmin(id)
      await row.locator('button[value=processed]').click()
      await row.locator('[data-kind=invalid]').waitFor()
      await row.locator('input').fill(`TID-${id}`)
      await row.locator('button[value=processed]').click()
      await visit.ends('done')
      expect(visit.said).toEqual([])
    })

    it('waits at the link for what is tried there, and tells that it was not paid', async () => {
      await visit.order()
      const link = await visit.makeLink()
      const tab = await visit.openTab((await link.getAttribute('href')) ?? '')
      await tab.locator('button[value=fail]').click()
      await visit.ends('retry')
      await visit.page.locator('main > button').waitFor()
      expect(visit.said).toEqual([])
    })
  })
})

describe("the shop's server", () => {
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${shop.origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  /** Places an order; returns where it is, and the cookie of whoever may see it. */
  async function place(lines: unknown = [{ id: 'mug', quantity: 2 }]) {
    const answer = await post('/api/orders', { lines })
    const { id } = (await answer.json()) as { id: string }
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/)
    return { id, path: `/api/orders/${id}`, headers: { cookie: cookie.split(';')[0] ?? '' } }
  }

  const card = { number: CARD_NUMBER, expiryYear: '34', expiryMonth: '12' }

  it('reckons the amount itself, whatever a browser says', async () => {
    const { path, headers } = await place([{ id: 'mug', quantity: 2, price: 1, amount: '1' }])
    const answer = await post(`${path}/charge`, { card, key: 'amount', amount: '1', input: { amount: '1' } }, headers)
    expect(await answer.json()).toMatchObject({ data: { chargeKeyedInCard: { __typename: 'CardPayment' } } })
    const order = await (await fetch(`${shop.origin}${path}`, { headers })).json()
    expect(order).toMatchObject({ amount: 25_000, payment: { status: 'APPROVED', amount: '25000' } })
  })

  it('charges once for a key, and answers the same to whoever sends it again', async () => {
    const { path, headers } = await place()
    const send = async () => (await post(`${path}/charge`, { card, key: 'again' }, headers)).json()
    const first = await send()
    expect(first).toMatchObject({ data: { chargeKeyedInCard: { operationId: expect.any(String) } } })
    expect(await send()).toEqual(first)
  })

  it.each([
    ['nothing', []],
    ['no list', 'mug'],
    ['what there is not', [{ id: 'gold', quantity: 1 }]],
    ['less than one', [{ id: 'mug', quantity: -1 }]],
    ['a part of one', [{ id: 'mug', quantity: 0.5 }]],
    ['more than there are', [{ id: 'mug', quantity: 10_000 }]],
    [
      'the same twice',
      [
        { id: 'mug', quantity: 1 },
        { id: 'mug', quantity: 1 },
      ],
    ],
  ])('takes no order of %s', async (_, lines) => {
    expect((await post('/api/orders', { lines })).status).toBe(400)
  })

  it('shows an order to the browser that placed it, and to no other', async () => {
    const { path, headers } = await place()
    const other = await place()
    expect((await fetch(`${shop.origin}${path}`, { headers })).status).toBe(200)
    for (const stranger of [{}, other.headers]) {
      expect((await fetch(`${shop.origin}${path}`, { headers: stranger })).status).toBe(404)
      expect((await post(`${path}/charge`, { card, key: 'stranger' }, stranger)).status).toBe(404)
    }
  })

  it.each([
    '/graphql',
    '/graphql/',
    '/GraphQL',
    '//graphql',
    '/api/../graphql',
    '/pg/../graphql',
    '/s/../graphql',
    '/pg/%2e%2e/graphql',
    '/pg/next/../../graphql',
  ])('has no graph for browsers at %s', async (path) => {
    // As it stands: `fetch` would put it in order first.
    const client = await connectTo(shop.origin)
    client.send(rawPost({ query: '{ __typename }' }).replace('/graphql', path))
    const { status, body } = await client.answer()
    expect([400, 404, 405]).toContain(status)
    expect(body).not.toContain('__typename')
  })

  it('refunds for nobody without the password', async () => {
    const { id } = await place()
    for (const authorization of ['', `Basic ${btoa('admin:wrong')}`, `Basic ${btoa(`admin:${ADMIN_PASSWORD}!`)}`]) {
      const headers = authorization === '' ? {} : { authorization }
      for (const path of [`/admin/api/orders/${id}/refund`, '/admin/api/resolve'])
        expect((await post(path, { key: 'refund' }, headers)).status).toBe(401)
      expect((await fetch(`${shop.origin}/admin`, { headers })).status).toBe(401)
      expect((await fetch(`${shop.origin}/admin/api/orders`, { headers })).status).toBe(401)
    }
  })

  it('tells nothing of a body that it cannot read', async () => {
    const { path, headers } = await place()
    const bodies = [
      `{"card":{"number":"${CARD_NUMBER}`,
      `${CARD_NUMBER}`,
      `{"key":"${CARD_NUMBER}","card":${CARD_NUMBER}}`,
      JSON.stringify({ card, more: 'x'.repeat(10_000) }),
    ]
    for (const body of bodies) {
      const answer = await post(`${path}/charge`, body, headers)
      expect(await answer.text(), body).not.toContain(CARD_NUMBER)
    }
    expect(shop.output()).not.toContain(CARD_NUMBER)
  })
})

describe('the example', () => {
  it('compiles outside of this repository, against the package as it is installed', () => {
    expect(copy.node(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'examples/shop')).toBe('')
  })

  it('starts by `npm run shop`, on a free port where another program has its own', async () => {
    const { port } = new URL(shop.origin)
    const other = await runShop(Number(port))
    onTestFinished(() => other.close())
    expect(other.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(new URL(other.origin).port).not.toBe(port)
    const page = await fetch(`${other.origin}/`)
    expect(await page.text()).toContain('<div id="root">')
  })
})
