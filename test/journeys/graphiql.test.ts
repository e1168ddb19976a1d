import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningFacade } from '../../src/server/start.ts'
import { CALLS } from '../support/graphql/operations.ts'
import { openContext, withChromium } from '../support/journeys/browser.ts'
import { focusEditor, openGraphiql, openTab, run } from '../support/journeys/graphiql.ts'
import { openTestFacade } from '../support/server/running-facade.ts'

withChromium('GraphiQL', () => describe('GraphiQL in Chromium', inBrowser))

function inBrowser(): void {
  const elsewhere: string[] = []
  const scriptErrors: string[] = []
  let facade: RunningFacade
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    facade = await openTestFacade()
    const { origin } = new URL(facade.url)
    context = await openContext({ viewport: { width: 1440, height: 900 } })
    await context.route('**', async (route) => {
      const url = route.request().url()
      if (url.startsWith(`${origin}/`)) return route.continue()
      elsewhere.push(url)
      return route.abort()
    })
    page = await context.newPage()
    page.on('pageerror', ({ message }) => scriptErrors.push(message))
    await openGraphiql(page, facade.url)
  })

  afterAll(async () => {
    await context?.close()
    await facade?.close()
  })

  it('has a tab to start with, and one for every operation', async () => {
    const names = await page.locator('.graphiql-tab-button').allInnerTexts()
    const capitalized = (field: string) => `${field[0]?.toUpperCase()}${field.slice(1)}`
    expect(names).toEqual(expect.arrayContaining(['Start', ...CALLS.map(({ field }) => capitalized(field))]))
  })

  it('runs the first tab as it stands', async () => {
    expect(await run(page, '"cardPrefix"')).toContain('"국민"')
  })

  it('charges a card by the keyed-in tab, and sees the failure of the scenario decline', async () => {
    await openTab(page, 'ChargeKeyedInCard')
    const success = await run(page, '"chargeKeyedInCard"')
    expect(success).toContain('"__typename": "CardPayment"')
    expect(success).toMatch(/"approvalNumber": "\d{8}"/)

    await focusEditor(page, 'Headers')
    // Between the quotes of the second line.
    for (const key of ['ControlOrMeta+Home', 'ArrowDown', 'End', 'ArrowLeft']) await page.keyboard.press(key)
    await page.keyboard.type('decline')
    const failure = await run(page, '"PgFailure"')
    expect(failure).toContain('"resultCode": "1001"')
    expect(failure).toContain('"outcome": "NOT_PROCESSED"')
  })

  it('asked nobody but the facade for anything, and met no error in its scripts', () => {
    expect(elsewhere.filter((url) => !/^(?:blob|data):/.test(url))).toEqual([])
    expect(scriptErrors).toEqual([])
  })
}
