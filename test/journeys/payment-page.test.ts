import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { barriers, openContext, overflow, picture, withChromium } from '../support/journeys/browser.ts'
import { NOW } from '../support/sandbox/forms.ts'
import { makeLink, readPairs } from '../support/sandbox/links.ts'
import { receiveNotices } from '../support/sandbox/receiver.ts'

withChromium('The payment page of the sandbox', () => {
  describe.each([
    ['ko', 390, 'light'],
    ['ko', 1400, 'dark'],
    ['en', 390, 'dark'],
    ['en', 1400, 'light'],
  ] as const)('the payment page in %s at %i pixels, %s', (language, width, colorScheme) => {
    let sandbox: Sandbox
    let context: BrowserContext
    let page: Page
    const elsewhere: string[] = []

    beforeAll(async () => {
      sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, clock: () => NOW })
      const locale = language === 'ko' ? 'ko-KR' : 'en-US'
      context = await openContext({ viewport: { width, height: 844 }, locale, colorScheme })
      page = await context.newPage()
      page.on('request', (request) => {
        if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(request.url())) elsewhere.push(request.url())
      })
    })

    afterAll(async () => {
      await context?.close()
      await sandbox?.close()
    })

    /** No barrier, and nothing beside the window. */
    async function isUsable(name: string): Promise<void> {
      expect(await barriers(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
      await picture(page, `page-${name}-${language}-${width}`)
    }

    it('shows a card payment to everybody, with all that a developer may choose', async () => {
      const goods = '가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토'
      await page.goto(
        await makeLink(sandbox, 'CARD-123456789012345678901234', 'card', { P_AMT: '132000', P_GOODS: goods }),
      )
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      await page.locator('summary').click()
      await isUsable('card')
    })

    it('is used by keyboard alone, and posts to the shop in the charset of the link', async () => {
      const shop = await receiveNotices()
      await page.goto(await makeLink(sandbox, 'KEYS', 'hpp', { P_NEXT_URL: shop.url }))
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('value') ?? '')
      for (let each = 0; each < 10 && (await focused()) !== 'pay'; each += 1) await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.waitForURL(shop.url)
      expect(readPairs(shop.bodies[0] ?? Buffer.alloc(0))).toMatchObject({
        P_STATUS: '00',
        P_RMESG1: '인증되었습니다.',
      })
      expect(shop.requests[0]).toBe('POST /notices application/x-www-form-urlencoded')
    })

    it('leads through account, deposit and withdrawal, and shows what the shop answered', async () => {
      const shop = await receiveNotices((index) => (index === 1 ? { status: 500, body: 'FAIL' } : {}))
      await page.goto(await makeLink(sandbox, 'ACCOUNT', 'vbank', { P_NOTI_URL: shop.url, P_NEXT_URL: shop.url }))
      await isUsable('account-open')
      const press = async (action: string, status: string) => {
        await page.locator(`button[value=${action}]`).click()
        await page.locator(`main[data-status=${status}]`).waitFor()
      }
      await press('issue', 'awaiting-deposit')
      await isUsable('account-issued')
      await press('deposit', 'deposited')
      await isUsable('account-deposited')
      expect(await page.locator('tbody').innerText()).toContain('HTTP 500 FAIL')
      await page.locator('button[value=send-again]').click()
      await page.locator('button[value=send-again]').waitFor({ state: 'detached' })
      await press('withdraw', 'withdrawn')
      await page.locator('#to-shop button').click()
      await page.waitForURL(shop.url)
      expect(readPairs(shop.bodies.at(-1) ?? Buffer.alloc(0))).toMatchObject({
        P_STATUS: '00',
        P_VACT_NAME: '웰컴페이먼츠',
      })
    })

    it('switches to the other language, and stays there', async () => {
      await page.goto(await makeLink(sandbox, 'SWITCH', 'vbank'))
      await page.locator('header a').click()
      const other = language === 'ko' ? 'en' : 'ko'
      await page.locator(`html[lang=${other}]`).waitFor()
      await page.locator('button[value=issue]').click()
      await page.locator('main[data-status=awaiting-deposit]').waitFor()
      expect(await page.locator('html').getAttribute('lang')).toBe(other)
    })

    it('asked nobody but sandbox and shop for anything', () => {
      expect(elsewhere).toEqual([])
    })
  })
})
