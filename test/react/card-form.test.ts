import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { barriers, openContext, overflow, picture, withChromium } from '../support/journeys/browser.ts'
import { serveShop, whatIsKept } from '../support/react/shop-page.ts'
import { openTestFacade, type TestFacade } from '../support/server/running-facade.ts'

const NUMBER = '4000000000000002'
const SHOWN = '4000 0000 0000 0002'
const PASSWORD = '73'

/** A number however it is written. */
const digits = (text: string) => text.replace(/(?<=\d)[\s,.\-_/]+(?=\d)/g, '')

withChromium('The card form', () => {
  let facade: TestFacade
  let orders = 0

  beforeAll(async () => {
    facade = await openTestFacade()
  })
  afterAll(() => facade?.close())

  /** Opens the shop; what the page said is in `said`. */
  async function openShop(context: BrowserContext, search: Readonly<Record<string, string>>) {
    await serveShop(context, facade.origin)
    const page = await context.newPage()
    onTestFinished(() => page.close())
    const said: string[] = []
    page.on('console', (line) => said.push(`${line.text()} ${line.location().url}`))
    page.on('pageerror', (error) => said.push(`${error.message} ${error.stack}`))
    orders += 1
    const order = `FORM-${process.pid}-${orders}`
    await page.goto(`${facade.origin}/shop?${new URLSearchParams({ order, ...search })}`)
    await page.locator('form').waitFor()
    return { page, said }
  }

  const input = (page: Page, token: string) => page.locator(`input[autocomplete="${token}"]`)

  async function typeCard(page: Page, number = NUMBER): Promise<void> {
    await input(page, 'cc-number').pressSequentially(number)
    await input(page, 'cc-exp').pressSequentially('1234')
  }

  const press = (page: Page) => page.locator('button[type=submit]').click()

  const ends = (page: Page, kind: string) => page.locator(`section[data-kind=${kind}]`).waitFor()

  describe.each([
    ['ko', 390],
    ['ko', 1400],
    ['en', 390],
    ['en', 1400],
  ] as const)('in %s at %i pixels', (language, width) => {
    let context: BrowserContext
    beforeAll(async () => {
      context = await openContext({ viewport: { width, height: 844 } })
    })
    afterAll(() => context?.close())

    async function isUsable(page: Page, name: string): Promise<void> {
      expect(await barriers(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
      await picture(page, `card-form-${name}-${language}-${width}`)
    }

    it('can be used by everybody: empty, with mistakes, and when it is paid', async () => {
      const { page, said } = await openShop(context, { language, holder: '1' })
      await isUsable(page, 'empty')
      await press(page)
      await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBe(4)
      expect(await input(page, 'cc-number').evaluate((node) => node === document.activeElement)).toBe(true)
      await isUsable(page, 'mistakes')
      await typeCard(page)
      await page.locator('input[type=text][autocomplete=off]').fill('900101')
      await page.locator('input[type=password]').fill(PASSWORD)
      expect(await page.locator('[aria-invalid=true]').count()).toBe(0)
      await page.keyboard.press('Enter')
      await ends(page, 'done')
      await isUsable(page, 'done')
      expect(said.filter((line) => !line.includes('Download the React DevTools'))).toEqual([])
    })
  })

  describe('what is typed', () => {
    let context: BrowserContext
    beforeAll(async () => {
      context = await openContext({ viewport: { width: 390, height: 844 } })
    })
    afterAll(() => context?.close())

    it('is grouped while it is typed, and the caret stays where it was', async () => {
      const { page } = await openShop(context, { language: 'en' })
      const number = input(page, 'cc-number')
      await number.pressSequentially('40000000002')
      expect(await number.inputValue()).toBe('4000 0000 002')
      for (let each = 0; each < 4; each += 1) await page.keyboard.press('ArrowLeft')
      await page.keyboard.type('1')
      expect(await number.inputValue()).toBe('4000 0000 1002')
      await page.keyboard.press('Backspace')
      expect(await number.inputValue()).toBe('4000 0000 002')
      await number.fill('4000-0000-0000-0002 99')
      expect(await number.inputValue()).toBe(SHOWN)
      const expiry = input(page, 'cc-exp')
      await expiry.pressSequentially('934')
      expect(await expiry.inputValue()).toBe('09 / 34')
      await expiry.fill('12/2034')
      expect(await expiry.inputValue()).toBe('12 / 34')
    })

    it('is told to be wrong once it is left, beside its input, and right as soon as it is', async () => {
      const { page } = await openShop(context, { language: 'en' })
      const number = input(page, 'cc-number')
      await number.pressSequentially('4000000000000001')
      expect(await number.getAttribute('aria-invalid')).toBe('false')
      await page.keyboard.press('Tab')
      const described = await number.getAttribute('aria-describedby')
      expect(await page.locator(`[id="${described}"]`).innerText()).toBe('Please check the card number.')
      await number.press('End')
      await number.press('Backspace')
      await number.pressSequentially('2')
      expect(await number.getAttribute('aria-describedby')).toBeNull()
    })

    it('is gone from a page that the browser keeps to go back to', async () => {
      const { page } = await openShop(context, { language: 'en' })
      await typeCard(page)
      // Chromium keeps no page while it is driven from outside, so it is told what it would be told.
      await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
      expect(await input(page, 'cc-number').inputValue()).toBe('')
      expect(await input(page, 'cc-exp').inputValue()).toBe('')
    })

    it('is gone when one comes back to the page, by reload or by going back', async () => {
      const { page } = await openShop(context, { language: 'en' })
      for (const leave of [
        () => page.reload(),
        () => page.goto(`${facade.origin}/elsewhere`).then(() => page.goBack()),
      ]) {
        await typeCard(page)
        await leave()
        await page.locator('form').waitFor()
        expect(
          await page.locator('input').evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value)),
        ).toEqual(['', ''])
      }
    })
  })

  describe.each(['apollo', 'urql', 'graphql-request'])('with %s', (client) => {
    let context: BrowserContext
    beforeAll(async () => {
      context = await openContext({ viewport: { width: 390, height: 844 } })
    })
    afterAll(() => context?.close())

    it.each([
      ['', 'done'],
      ['decline', 'refused'],
      ['refused', 'retry'],
      ['http-502-html', 'checking'],
      ['lost', 'checking'],
    ])('in the scenario %j it is %s, and the card is kept nowhere', async (scenario, kind) => {
      const { page, said } = await openShop(context, {
        client,
        language: 'en',
        holder: '1',
        ...(scenario && scenario !== 'lost' && { scenario }),
      })
      if (scenario === 'lost') await context.route(`${facade.origin}/graphql`, (route) => route.abort(), { times: 1 })
      await typeCard(page)
      await page.locator('input[type=text][autocomplete=off]').fill('900101')
      await page.locator('input[type=password]').fill(PASSWORD)
      expect(digits(await whatIsKept(page))).not.toContain(NUMBER)
      await press(page)
      await ends(page, kind)
      expect(digits(await whatIsKept(page))).not.toContain(NUMBER)
      expect(await whatIsKept(page)).not.toContain('900101')
      expect(digits(said.join('\n'))).not.toContain(NUMBER)
      const kept = await input(page, 'cc-number').inputValue()
      expect(kept).toBe(kind === 'refused' || kind === 'retry' ? SHOWN : '')
    })

    it('what was unknown is found out, after a reload too, and its key is spent', async () => {
      const { page } = await openShop(context, { client, language: 'en', scenario: 'reset' })
      await typeCard(page)
      await press(page)
      await ends(page, 'checking')
      const key = await page.evaluate(() => JSON.stringify({ ...sessionStorage }))
      await page.reload()
      await ends(page, 'checking')
      expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).toBe(key)
      await resolve(page.url())
      await ends(page, 'done')
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
    })
  })

  it('an answer for another order than the one that is shown by then is not shown', async () => {
    const context = await openContext({ viewport: { width: 390, height: 844 } })
    onTestFinished(() => context.close())
    const { page } = await openShop(context, { language: 'en' })
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const sent: string[] = []
    await context.route(`${facade.origin}/graphql`, async (route) => {
      sent.push(route.request().postDataJSON().variables.input.orderId)
      if (sent.length === 1) await released
      await route.continue()
    })
    await typeCard(page)
    await press(page)
    await expect.poll(() => sent.length).toBe(1)
    const other = `${sent[0]}-OTHER`
    await page.evaluate((hash) => {
      location.hash = hash
    }, other)
    release()
    await page.locator('button[type=submit]:enabled').waitFor()
    expect(await page.locator('section[data-kind]').count()).toBe(0)
    await typeCard(page)
    await press(page)
    await ends(page, 'done')
    expect(sent).toEqual([sent[0], other])
  })

  /** Records of the order in a page's address that it was charged. */
  async function resolve(url: string): Promise<void> {
    const orderId = new URL(url).searchParams.get('order')
    const ask = async (query: string, variables: object) => {
      const answer = await fetch(facade.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      return ((await answer.json()) as { data: Record<string, never> }).data
    }
    const { paymentOperations } = (await ask(
      'query ($orderId: ID!) { paymentOperations(filter: { orderId: $orderId }) { edges { node { id } } } }',
      { orderId },
    )) as { paymentOperations?: { edges: { node: { id: string } }[] } }
    const operationId = paymentOperations?.edges[0]?.node.id
    const input = { operationId, processed: true, transactionId: 'TID-1' }
    await ask(
      'mutation ($input: ResolvePaymentOperationInput!) { resolvePaymentOperation(input: $input) { __typename } }',
      { input },
    )
  }
})
