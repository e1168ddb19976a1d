import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Books } from '../../src/sandbox/server.ts'
import type { RunningFacade } from '../../src/server/lifecycle/start.ts'
import { barriers, openContext, overflow, picture, withChromium } from '../support/journeys/browser.ts'
import { openGraphiql, openOperation, run } from '../support/journeys/graphiql.ts'
import { receiveNotices } from '../support/sandbox/receiver.ts'
import { openTestFacade } from '../support/server/running-facade.ts'

const LINK = `mutation Link($input: CreateSmsPaymentUrlInput!) {
  createSmsPaymentUrl(input: $input) {
    __typename
    ... on SmsPaymentUrl { paymentUrl expiresAt }
    ... on PayApiFailure { message }
  }
}`

const STATUS = `query Status($orderId: ID!) {
  smsPayment(orderId: $orderId) {
    status
    amount
    paidAt
    virtualAccount { number bank { code } }
  }
  paymentOperations(first: 1, filter: { orderId: $orderId, services: [approveSmsPayment] }) { edges { node { state } } }
}`

interface Status {
  readonly smsPayment: {
    readonly status: string
    readonly amount: string
    readonly paidAt: string | null
    readonly virtualAccount: { readonly number: string } | null
  } | null
  readonly paymentOperations: { readonly edges: readonly { readonly node: { readonly state: string } }[] }
}

withChromium('A payment by SMS', () => {
  describe.each([
    ['ko', 390],
    ['en', 390],
    ['ko', 1400],
    ['en', 1400],
  ] as const)('a payment by SMS, in %s at %i pixels', (language, width) => {
    const scriptErrors: string[] = []
    let facade: RunningFacade
    let context: BrowserContext
    let page: Page

    beforeAll(async () => {
      // A lost connection is noticed at once; nothing here waits for this long.
      facade = await openTestFacade({ PAYAPI_TIMEOUT_MS: '60000' })
      const locale = language === 'ko' ? 'ko-KR' : 'en-US'
      context = await openContext({ viewport: { width, height: 844 }, locale })
      page = await context.newPage()
      page.on('pageerror', ({ message }) => scriptErrors.push(message))
    })

    afterAll(async () => {
      await context?.close()
      await facade?.close()
    })

    async function ask<Data>(query: string, variables: object): Promise<Data> {
      const answer = await fetch(facade.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      const { data, errors } = (await answer.json()) as { data?: Data; errors?: unknown }
      if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors))
      return data
    }

    const statusOf = (orderId: string) => ask<Status>(STATUS, { orderId })

    const inputOf = (orderId: string, paymentMethod: string, more: object = {}) => ({
      input: { paymentMethod, goodsName: '콘서트 티켓', orderId, amount: '132000', ...more },
    })

    /** Opens the link of a new order. */
    async function openLink(orderId: string, paymentMethod: string, more: object = {}): Promise<void> {
      type Link = { readonly createSmsPaymentUrl: { readonly paymentUrl: string } }
      const { createSmsPaymentUrl } = await ask<Link>(LINK, inputOf(orderId, paymentMethod, more))
      await page.goto(createSmsPaymentUrl.paymentUrl)
    }

    const press = (action: string) => page.locator(`button[value=${action}]`).click()

    /** What the buyer is shown at the end: a page of the server, that everybody can use. */
    async function isShown(status: string, name: string): Promise<void> {
      await page.locator(`main[data-status=${status}]`).waitFor()
      expect(await barriers(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
      await picture(page, `${name}-${language}-${width}`)
    }

    async function booksOf(orderId: string): Promise<Books['charges']> {
      const answer = await fetch(`${facade.sandboxUrl}/sandbox/books`)
      const { charges } = (await answer.json()) as Books
      return charges.filter(({ oid }) => oid === orderId)
    }

    it('by card is made, paid, and shown as paid', async () => {
      await openLink('PAID', 'CARD')
      const link = page.url()
      await press('pay')
      await isShown('PAID', 'paid')
      expect(await statusOf('PAID')).toMatchObject({
        smsPayment: { status: 'PAID', amount: '132000', paidAt: expect.any(String) },
        paymentOperations: { edges: [{ node: { state: 'SUCCEEDED' } }] },
      })
      expect(await booksOf('PAID')).toMatchObject([{ price: '132000' }])
      await page.goto(link)
      await isShown('paid', 'paid-link')
    })

    it.each([
      ['fail', 'CARD'],
      ['give-up', 'MOBILE'],
      ['fail', 'BANK_TRANSFER'],
    ])('that ends by %s of a %s is shown as not paid, and charges nothing', async (action, method) => {
      const orderId = `NOT-${action}-${method}`.slice(0, 30)
      await openLink(orderId, method)
      await press(action)
      await isShown('FAILED', `failed-${method}`)
      expect((await statusOf(orderId)).smsPayment).toMatchObject({ status: 'FAILED', paidAt: null })
      expect(await booksOf(orderId)).toEqual([])
    })

    it('whose approval the card company declines is shown as not paid', async () => {
      await openLink('DECLINED', 'CARD')
      await page.locator('summary').click()
      await page.locator('select[name=approval]').selectOption('decline')
      await press('pay')
      await isShown('FAILED', 'declined')
      expect(await booksOf('DECLINED')).toEqual([])
    })

    it('whose approval is lost is shown as being checked, and is UNKNOWN', async () => {
      await openLink('LOST', 'CARD')
      await page.locator('summary').click()
      await page.locator('select[name=approval]').selectOption('close')
      await press('pay')
      await isShown('UNKNOWN', 'unknown')
      expect(await statusOf('LOST')).toMatchObject({
        smsPayment: { status: 'UNKNOWN', paidAt: null },
        paymentOperations: { edges: [{ node: { state: 'UNKNOWN' } }] },
      })
      expect(await booksOf('LOST')).toHaveLength(1)
      await page.reload()
      await isShown('UNKNOWN', 'unknown-again')
      expect(await booksOf('LOST')).toHaveLength(1)
    })

    it('by virtual account waits for the deposit, and is paid by it', async () => {
      await openLink('DEPOSIT', 'VIRTUAL_ACCOUNT')
      const link = page.url()
      await press('issue')
      await page.locator('main[data-status=awaiting-deposit]').waitFor()
      const number = await page.locator('dd code').last().innerText()
      await page.locator('#to-shop button').click()
      await isShown('AWAITING_DEPOSIT', 'awaiting-deposit')
      expect((await statusOf('DEPOSIT')).smsPayment).toMatchObject({
        status: 'AWAITING_DEPOSIT',
        paidAt: null,
        virtualAccount: { number, bank: { code: '04' } },
      })
      await page.goto(link)
      await press('deposit')
      await page.locator('main[data-status=deposited]').waitFor()
      expect(await page.locator('tbody tr').count()).toBe(2)
      await page.locator('#to-shop button').click()
      await isShown('PAID', 'deposited')
      expect((await statusOf('DEPOSIT')).smsPayment).toMatchObject({ status: 'PAID', paidAt: expect.any(String) })
      expect(await booksOf('DEPOSIT')).toMatchObject([{ price: '132000' }])
    })

    it('whose deposit is withdrawn is shown so', async () => {
      await openLink('WITHDRAWN', 'VIRTUAL_ACCOUNT')
      for (const [action, status] of [
        ['issue', 'awaiting-deposit'],
        ['deposit', 'deposited'],
        ['withdraw', 'withdrawn'],
      ]) {
        await press(action ?? '')
        await page.locator(`main[data-status=${status}]`).waitFor()
      }
      await page.locator('#to-shop button').click()
      await isShown('DEPOSIT_WITHDRAWN', 'withdrawn')
    })

    it('leads to the shop where one is named', async () => {
      const shop = await receiveNotices()
      await openLink('SHOP', 'MOBILE', { redirectUrl: `${shop.url}?cart=7` })
      await press('pay')
      await page.waitForURL(`${shop.url}?cart=7&orderId=SHOP&status=PAID`)
      expect((await statusOf('SHOP')).smsPayment).toMatchObject({ status: 'PAID' })
    })

    if (width === 1400)
      it('leads from a tab of GraphiQL as it stands to what is paid', async () => {
        await openGraphiql(page, facade.url)
        await openOperation(page, 'createSmsPaymentUrl')
        const { paymentUrl, orderId } = await run(page)
        await picture(page, `graphiql-${language}`)
        await page.goto(String(paymentUrl))
        await press('pay')
        await isShown('PAID', 'graphiql-paid')
        expect(await booksOf(String(orderId))).toHaveLength(1)
      })

    it('met no error in the scripts of its pages', () => {
      expect(scriptErrors).toEqual([])
    })
  })
})
