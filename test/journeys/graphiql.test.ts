import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { type RunningFacade, startFacade } from '../../src/server/start.ts'
import { createLogger } from '../../src/server/telemetry/logger.ts'
import { CALLS } from '../support/graphql/operations.ts'
import { type Browser, openBrowser, PATIENCE_MS, withChromium } from '../support/journeys/browser.ts'

const PATIENCE = { timeout: PATIENCE_MS, interval: 100 }

withChromium('GraphiQL', () => describe('GraphiQL in Chromium', inBrowser))

function inBrowser(): void {
  const elsewhere: string[] = []
  const scriptErrors: string[] = []
  let facade: RunningFacade
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    facade = await startFacade(readConfig({ PORT: '0' }), createLogger('silent'))
    const { origin } = new URL(facade.url)
    browser = await openBrowser({ viewport: { width: 1440, height: 900 } })
    const { context } = browser
    await context.route('**', async (route) => {
      const url = route.request().url()
      if (url.startsWith(`${origin}/`)) return route.continue()
      elsewhere.push(url)
      return route.abort()
    })
    page = await context.newPage()
    page.on('pageerror', ({ message }) => scriptErrors.push(message))
    await page.goto(facade.url, { timeout: PATIENCE.timeout, waitUntil: 'commit' })
    await page.locator('.graphiql-tab').first().waitFor({ timeout: PATIENCE.timeout })
  })

  afterAll(async () => {
    await browser?.close()
    await facade?.close()
  })

  const tab = (name: string) => page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) })

  /** Opens a tab; while the tabs still move into their places, a click may miss. */
  async function open(name: string): Promise<void> {
    await vi.waitFor(async () => {
      await tab(name).click({ timeout: 2_000 })
      expect(await page.locator('.graphiql-tab-active').innerText()).toContain(name)
    }, PATIENCE)
  }

  /** Runs what is open; waits until the result holds a text. */
  async function run(expected: string): Promise<string> {
    const execute = page.getByRole('button', { name: 'Execute query' })
    await execute.click()
    return vi.waitFor(async () => {
      const result = (await page.locator('.result-window').innerText()).replaceAll('\u00a0', ' ')
      // For a moment after a change of tabs GraphiQL looks for the operation of the one before, and sends nothing.
      if (result.includes('Cannot infer operation')) await execute.click()
      expect(result).toContain(expected)
      return result
    }, PATIENCE)
  }

  it('has a tab to start with, and one for every operation', async () => {
    const names = await page.locator('.graphiql-tab-button').allInnerTexts()
    const capitalized = (field: string) => `${field[0]?.toUpperCase()}${field.slice(1)}`
    expect(names).toEqual(expect.arrayContaining(['Start', ...CALLS.map(({ field }) => capitalized(field))]))
  })

  it('runs the first tab as it stands', async () => {
    expect(await run('"cardPrefix"')).toContain('"국민"')
  })

  it('charges a card by the keyed-in tab, and sees the failure of the scenario decline', async () => {
    await open('ChargeKeyedInCard')
    const success = await run('"chargeKeyedInCard"')
    expect(success).toContain('"__typename": "CardPayment"')
    expect(success).toMatch(/"approvalNumber": "\d{8}"/)

    await page.getByRole('button', { name: 'Headers', exact: true }).click()
    await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .monaco-editor').first().click()
    // Between the quotes of the second line.
    for (const key of ['ControlOrMeta+Home', 'ArrowDown', 'End', 'ArrowLeft']) await page.keyboard.press(key)
    await page.keyboard.type('decline')
    const failure = await run('"PgFailure"')
    expect(failure).toContain('"resultCode": "1001"')
    expect(failure).toContain('"outcome": "NOT_PROCESSED"')
  })

  it('asked nobody but the facade for anything, and met no error in its scripts', () => {
    expect(elsewhere.filter((url) => !/^(?:blob|data):/.test(url))).toEqual([])
    expect(scriptErrors).toEqual([])
  })
}
