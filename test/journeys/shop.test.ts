import type { BrowserContext, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { barriers, openContext, overflow, picture, withChromium } from '../support/journeys/browser.ts'
import { ADMIN_PASSWORD, type RunningShop, startShop } from '../support/journeys/shop.ts'
import { whatIsKept } from '../support/react/shop-page.ts'
import { connectTo, rawPost } from '../support/server/raw-client.ts'

const NUMBER = '4000000000000002'

/** A number however it is written. */
const digits = (text: string) => text.replace(/(?<=\d)[\s,.\-_/+]+(?=\d)/g, '')

let shop: RunningShop
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop?.close())

withChromium('The example shop', () => {
  describe.each([
    ['ko', 390],
    ['ko', 1400],
    ['en', 390],
    ['en', 1400],
  ] as const)('the shop in %s at %i pixels', (language, width) => {
    let context: BrowserContext
    let page: Page
    const said: string[] = []
    const requests: Request[] = []
    const answers: Promise<string>[] = []
    beforeAll(async () => {
      const locale = language === 'ko' ? 'ko-KR' : 'en-US'
      const httpCredentials = { username: 'admin', password: ADMIN_PASSWORD }
      // Of the two widths, one is seen in the dark.
      const colorScheme = (width === 390) === (language === 'ko') ? 'dark' : 'light'
      context = await openContext({ viewport: { width, height: 844 }, locale, colorScheme, httpCredentials })
      context.on('request', (request) => requests.push(request))
      context.on('response', (response) => {
        const isEndless = response.headers()['content-type']?.startsWith('text/event-stream')
        if (!isEndless) answers.push(response.text().catch(() => ''))
      })
      context.on('weberror', (error) => said.push(String(error.error())))
      context.on('console', (line) => said.push(`${line.type()}: ${line.text()} ${line.location().url}`))
      page = await context.newPage()
    })
    afterAll(() => context?.close())
    afterEach(async () => {
      expect(digits(await whatIsKept(page))).not.toContain(NUMBER)
      expect(await databases(page)).toEqual([])
    })

    const look = async (name: string, on = page) => {
      await picture(on, `shop-${language}-${width}-${name}`)
      expect(await barriers(on), name).toEqual([])
      expect(await overflow(on), name).toBe(0)
    }
    const ends = (kind: string, on = page) => on.locator(`main [data-kind=${kind}]`).waitFor()
    const choose = (scenario: string) => page.locator('footer select').selectOption(scenario)
    const pay = () => page.locator('form.card button').click()

    async function typeCard(): Promise<void> {
      await page.locator('[autocomplete=cc-number]').fill(NUMBER)
      await page.locator('[autocomplete=cc-exp]').fill('1234')
    }

    /** Puts something into the cart and orders it; returns the id of the order. */
    async function order(): Promise<string> {
      await page.goto(shop.origin)
      await page.locator('#beans').fill('2')
      await page.locator('#mug').fill('1')
      await page.locator('main > button').click()
      await page.waitForURL('**/orders/*')
      await page.locator('form.card').waitFor()
      return page.url().split('/').at(-1) ?? ''
    }

    /** Opens what the shop's own people see of an order. */
    async function openAdmin(id: string) {
      const admin = await context.newPage()
      await admin.goto(`${shop.origin}/admin`)
      const row = admin.locator(`article[aria-label="${id}"]`)
      await row.waitFor()
      return { admin, row }
    }

    /** Records what somebody found in the merchant console. */
    async function resolve(id: string, verdict: 'processed' | 'not'): Promise<void> {
      const { admin, row } = await openAdmin(id)
      await row.locator('input').fill(`TID-${id}`)
      await look(`admin-checking-${verdict}`, admin)
      await row.locator(`button[value=${verdict}]`).click()
      await row.locator('form').waitFor({ state: 'detached' })
      await admin.close()
    }

    it('is in the language of the browser, and in the other by one click', async () => {
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
      await page.goto(shop.origin)
      await page.locator('#beans').fill('2')
      await look('cart')
      await page.reload()
      expect(await page.locator('#beans').inputValue()).toBe('2')
      await order()
      await look('order')
      await typeCard()
      await pay()
      await ends('done')
      await expect.poll(() => page.locator('main').innerText()).toMatch(/승인번호|Approval number/)
      expect(await page.locator('.total').innerText()).toContain('₩48,500')
      await look('paid')
      await page.reload()
      await ends('done')
      expect(await page.locator('form.card').count()).toBe(0)
    })

    it('says that a card was declined, and takes another', async () => {
      await order()
      await choose('decline')
      await typeCard()
      await pay()
      await ends('refused')
      await look('declined')
      await choose('')
      await pay()
      await ends('done')
    })

    it('asks again for what was not sent, and charges once', async () => {
      const id = await order()
      await choose('refused')
      await typeCard()
      await pay()
      await ends('retry')
      await look('retry')
      await choose('')
      await pay()
      await ends('done')
      const keys = bodiesOf(requests, `/api/orders/${id}/charge`).map(({ key }) => key)
      expect(keys).toHaveLength(2)
      expect(new Set(keys).size).toBe(1)
    })

    it.each([
      ['reset', 'processed', 'done'],
      ['reset-unprocessed', 'not', 'refused'],
    ] as const)(
      'in the scenario %s is checking, over a reload, until it is %s: then it is %s',
      async (scenario, verdict, kind) => {
        const id = await order()
        await choose(scenario)
        await typeCard()
        await pay()
        await ends('checking')
        await page.reload()
        await ends('checking')
        expect(await page.locator('form.card').count()).toBe(0)
        await look(`checking-${scenario}`)
        await resolve(id, verdict)
        await ends(kind)
        await look(`settled-${scenario}`)
        if (kind === 'done') return
        await typeCard()
        await pay()
        await ends('done')
      },
    )

    it('finds out by itself what became of a charge whose answer was lost on the way to the browser', async () => {
      const id = await order()
      await page.route(
        '**/charge',
        async (route) => {
          await route.fetch()
          await route.abort()
        },
        { times: 1 },
      )
      await typeCard()
      await pay()
      await ends('done')
      expect(bodiesOf(requests, `/api/orders/${id}/charge`)).toHaveLength(1)
      const lost = said.findIndex((line) => line.includes('net::ERR_FAILED'))
      expect(lost).toBeGreaterThanOrEqual(0)
      said.splice(lost, 1)
    })

    it('has a link paid, and gives all back', async () => {
      const id = await order()
      await page.locator('.methods input').nth(1).check()
      await page.locator('main > button').click()
      await page.locator('main a[href*="/s/"]').waitFor()
      await look('link')
      await page.locator('main a[href*="/s/"]').click()
      await page.locator('button[value=pay]').click()
      await page.waitForURL(`**/orders/${id}?*`)
      await ends('done')
      await look('link-paid')
      const { admin, row } = await openAdmin(id)
      await look('admin-paid', admin)
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
      const carriers = requests.filter((request) =>
        digits(JSON.stringify([request.url(), request.headers(), request.postData()])).includes(NUMBER),
      )
      expect(carriers).toHaveLength(9)
      for (const request of carriers) {
        expect(request.method()).toBe('POST')
        expect(request.url()).toMatch(new RegExp(`^${shop.origin}/api/orders/[\\w-]+/charge$`))
        expect(digits(JSON.stringify(request.headers()))).not.toContain(NUMBER)
      }
      const told = await Promise.all(answers)
      expect(told.join()).toContain('chargeKeyedInCard')
      expect(digits(told.join('\n'))).not.toContain(NUMBER)
      expect(shop.output()).toContain('chargeKeyedInCard')
      expect(digits(shop.output())).not.toContain(NUMBER)
      expect(said).toEqual([])
    })
  })
})

function bodiesOf(requests: readonly Request[], path: string): readonly { readonly key?: string }[] {
  return requests
    .filter((request) => request.method() === 'POST' && new URL(request.url()).pathname === path)
    .map((request) => request.postDataJSON())
}

/** What a page keeps beside its storage: IndexedDB and caches. */
const databases = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => [
    ...(await indexedDB.databases()).map(({ name }) => String(name)),
    ...(await caches.keys()),
  ])

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

  const card = { number: NUMBER, expiryYear: '34', expiryMonth: '12' }

  it('reckons the amount itself, whatever a browser says', async () => {
    const { path, headers } = await place([{ id: 'mug', quantity: 2, price: 1, amount: '1' }])
    const answer = await post(`${path}/charge`, { card, key: 'amount', amount: '1', input: { amount: '1' } }, headers)
    expect(await answer.json()).toMatchObject({ data: { chargeKeyedInCard: { __typename: 'CardPayment' } } })
    const order = await (await fetch(`${shop.origin}${path}`, { headers })).json()
    expect(order).toMatchObject({ amount: 25_000, payment: { status: 'APPROVED', amount: '25000' } })
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
      `{"card":{"number":"${NUMBER}`,
      `${NUMBER}`,
      `{"key":"${NUMBER}","card":${NUMBER}}`,
      JSON.stringify({ card, more: 'x'.repeat(10_000) }),
    ]
    for (const body of bodies) {
      const answer = await post(`${path}/charge`, body, headers)
      expect(await answer.text(), body).not.toContain(NUMBER)
    }
    expect(shop.output()).not.toContain(NUMBER)
  })
})
