import type { BrowserContext, BrowserContextOptions, Locator, Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import { whatIsKept } from '../react/shop-page.ts'
import { openContext } from './browser.ts'
import { ADMIN_PASSWORD, type RunningShop } from './shop.ts'

export const CARD_NUMBER = '4000000000000002'

/** A number however it is written. */
const digits = (text: string) => text.replace(/(?<=\d)[\s,.\-_/+]+(?=\d)/g, '')

/** A browser at the example shop: what a buyer does there, and everything that it sent, was answered and said. */
export class ShopVisit {
  readonly page: Page
  readonly said: string[] = []
  readonly #shop: RunningShop
  readonly #context: BrowserContext
  readonly #requests: Request[] = []
  readonly #answers: Promise<string>[] = []

  static async begin(shop: RunningShop, options: BrowserContextOptions): Promise<ShopVisit> {
    const httpCredentials = { username: 'admin', password: ADMIN_PASSWORD }
    const context = await openContext({ ...options, httpCredentials })
    return new ShopVisit(shop, context, await context.newPage())
  }

  private constructor(shop: RunningShop, context: BrowserContext, page: Page) {
    this.#shop = shop
    this.#context = context
    this.page = page
    context.on('request', (request) => this.#requests.push(request))
    context.on('response', (response) => {
      const isEndless = response.headers()['content-type']?.startsWith('text/event-stream')
      if (!isEndless) this.#answers.push(response.text().catch(() => ''))
    })
    context.on('weberror', (error) => this.said.push(String(error.error())))
    context.on('console', (line) => this.said.push(`${line.type()}: ${line.text()} ${line.location().url}`))
  }

  readonly close = () => this.#context.close()

  readonly ends = (kind: string, on = this.page) => on.locator(`main [data-kind=${kind}]`).waitFor()

  /** What the sandbox shall do from now on. */
  readonly choose = (scenario: string) => this.page.locator('footer select').selectOption(scenario)

  readonly pay = (on = this.page) => on.locator('form.card button').click()

  async typeCard(on = this.page): Promise<void> {
    await on.locator('[autocomplete=cc-number]').fill(CARD_NUMBER)
    await on.locator('[autocomplete=cc-exp]').fill('1234')
  }

  /** Puts something into the cart and orders it; returns the id of the order. */
  async order(): Promise<string> {
    await this.page.goto(this.#shop.origin)
    await this.page.locator('#beans').fill('2')
    await this.page.locator('#mug').fill('1')
    await this.page.locator('main > button').click()
    await this.page.waitForURL('**/orders/*')
    await this.page.locator('form.card').waitFor()
    return this.page.url().split('/').at(-1) ?? ''
  }

  /** Has a link made for the order that is shown. */
  async makeLink(on = this.page): Promise<Locator> {
    await on.locator('.methods input').nth(1).check()
    await on.locator('main > button').click()
    return on.locator('main a[href*="/s/"]')
  }

  /** The same order in another tab, which has a storage of its own. */
  async openTab(url = this.page.url()): Promise<Page> {
    const tab = await this.#context.newPage()
    await tab.goto(url)
    return tab
  }

  /** What the shop's own people see of an order. */
  async openAdmin(id: string): Promise<{ readonly admin: Page; readonly row: Locator }> {
    const admin = await this.openTab(`${this.#shop.origin}/admin`)
    const row = admin.locator(`article[aria-label="${id}"]`)
    await row.waitFor()
    return { admin, row }
  }

  /** The keys with which an order was sent to be charged, one for each time. */
  keysOf(id: string): readonly string[] {
    const path = `/api/orders/${id}/charge`
    const sent = this.#requests.filter(
      (request) => request.method() === 'POST' && new URL(request.url()).pathname === path,
    )
    return sent.map((request) => (request.postDataJSON() as { readonly key: string }).key)
  }

  /** Fails where the page that is shown keeps a card number. */
  async keepsNoCard(): Promise<void> {
    expect(digits(await whatIsKept(this.page))).not.toContain(CARD_NUMBER)
    const databases = await this.page.evaluate(async () => [
      ...(await indexedDB.databases()).map(({ name }) => name),
      ...(await caches.keys()),
    ])
    expect(databases).toEqual([])
  }

  /** Fails where a card number was sent to anywhere but to be charged, or was told by anybody; returns how often it was sent. */
  async cardsSent(): Promise<number> {
    const isCarrier = (request: Request) =>
      digits(JSON.stringify([request.url(), request.headers(), request.postData()])).includes(CARD_NUMBER)
    const carriers = this.#requests.filter(isCarrier)
    for (const request of carriers) {
      expect(request.method()).toBe('POST')
      expect(request.url()).toMatch(new RegExp(`^${this.#shop.origin}/api/orders/[\\w-]+/charge$`))
      expect(digits(JSON.stringify(request.headers()))).not.toContain(CARD_NUMBER)
    }
    const told = [...(await Promise.all(this.#answers)), this.#shop.output()]
    for (const text of told) expect(digits(text)).not.toContain(CARD_NUMBER)
    expect(told[0]).toContain('<!doctype html>')
    expect(told.at(-1)).toContain('chargeKeyedInCard')
    return carriers.length
  }
}
