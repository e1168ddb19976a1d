import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { barriers, openContext, picture, withChromium } from '../support/journeys/browser.ts'
import { editorsAreShown, openGraphiql, openOperation, press, run, textOf } from '../support/journeys/graphiql.ts'
import { sha256 } from '../support/payapi/client.ts'
import { openTestFacade, type TestFacade } from '../support/server/running-facade.ts'

const KEY = 'k-5f1d0b7c-of-this-test'
const KEYS = [{ id: 'backoffice', hash: sha256(KEY), scopes: ['cards:lookup'] }]

withChromium('signing in to GraphiQL', () => {
  let facade: TestFacade
  let context: BrowserContext
  let page: Page
  /** What was sent as a key, by each request for an answer. */
  const sent: (string | undefined)[] = []

  beforeAll(async () => {
    facade = await openTestFacade({ PAYAPI_AUTH: 'api-key', PAYAPI_API_KEYS: JSON.stringify(KEYS) })
    context = await openContext({ viewport: { width: 1400, height: 900 }, locale: 'en-US' })
    context.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.headers()['x-api-key'])
    })
    page = await context.newPage()
    await openGraphiql(page, facade.url)
    await openOperation(page, 'cardPrefix')
  })
  afterAll(async () => {
    await context?.close()
    await facade?.close()
  })

  const runButton = () => page.locator('.graphiql-execute-button')
  const answer = () => textOf(page, 'response.json')
  const signIn = async (key: string) => {
    await press(page, page.locator('.payapi-settings button', { hasText: 'Sign in' }))
    await page.locator('.payapi-dialog input[type="password"]').waitFor()
    expect(await barriers(page)).toEqual([])
    await picture(page, 'graphiql-sign-in')
    await page.keyboard.type(key)
    await press(page, page.locator('.payapi-dialog button', { hasText: 'Use it' }))
    await page.locator('.payapi-settings button', { hasText: 'Sign out' }).waitFor()
  }

  it('nothing is sent before somebody signs in, and the page says so', async () => {
    await press(page, runButton())
    await page.locator('.payapi-explanation button', { hasText: 'Sign in' }).waitFor()
    expect(await answer()).toContain('Sign in first')
    expect(sent).toEqual([])
  })

  it('a key that the server does not know is refused, and the page offers to sign in again', async () => {
    await signIn('another')
    await press(page, runButton())
    await expect.poll(answer).toContain('UNAUTHENTICATED')
    const explained = page.locator('.payapi-explanation', { hasText: 'does not accept this token or key' })
    await explained.locator('button', { hasText: 'Sign in' }).waitFor()
    await press(page, page.locator('.payapi-settings button', { hasText: 'Sign out' }))
  })

  it('with a key that was typed in, operations run', async () => {
    await signIn(KEY)
    expect(await run(page)).toMatchObject({ __typename: 'CardPrefix' })
    expect(sent).toEqual(['another', KEY])
  })

  it('the key is in no storage and in no text of the page', async () => {
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]),
    )
    // Something is kept there, but not the key.
    expect(stored).toContain('CardPrefix')
    expect(stored).not.toContain(KEY)
    expect(await page.content()).not.toContain(KEY)
  })

  it('a reload forgets the key', async () => {
    await page.reload()
    await editorsAreShown(page)
    await press(page, runButton())
    await expect.poll(answer).toContain('Sign in first')
    expect(sent).toHaveLength(2)
  })

  it('who signs out sends the key no more', async () => {
    await signIn(KEY)
    await run(page)
    await press(page, page.locator('.payapi-settings button', { hasText: 'Sign out' }))
    await press(page, runButton())
    await expect.poll(answer).toContain('Sign in first')
    expect(sent).toHaveLength(3)
  })
})
