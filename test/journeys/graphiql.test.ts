import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { barriers, openContext, overflow, picture, withChromium } from '../support/journeys/browser.ts'
import { startCountingProxy } from '../support/journeys/counting-proxy.ts'
import {
  activeTab,
  editorsAreShown,
  exchangeOf,
  onlyValue,
  openGraphiql,
  openOperation,
  press,
  run,
  setText,
  showTab,
  takersOfClicks,
  textOf,
  variablesOf,
} from '../support/journeys/graphiql.ts'
import { openTestFacade, type TestFacade } from '../support/server/running-facade.ts'

const SIZES = [
  { width: 1400, height: 900 },
  { width: 390, height: 844 },
] as const

const WORDS = {
  en: { lookUp: 'Look it up', resolve: 'Resolve', run: 'Run', other: '한국어', otherRun: '실행' },
  ko: { lookUp: '조회하기', resolve: '결과 확정하기', run: '실행', other: 'English', otherRun: 'Run' },
} as const

const MOST_BYTES = 1_000_000

withChromium('GraphiQL', () => {
  let facade: TestFacade
  beforeAll(async () => {
    facade = await openTestFacade()
  })
  afterAll(() => facade?.close())

  for (const viewport of SIZES)
    for (const language of ['en', 'ko'] as const)
      describe(`GraphiQL at ${viewport.width} pixels in ${language}`, () => {
        const words = WORDS[language]
        const errors: string[] = []
        const elsewhere: string[] = []
        let context: BrowserContext
        let page: Page

        beforeAll(async () => {
          const { origin } = new URL(facade.url)
          context = await openContext({ viewport, locale: language === 'ko' ? 'ko-KR' : 'en-US' })
          context.on('request', (request) => {
            if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(`${origin}/`))
              elsewhere.push(request.url())
          })
          page = await context.newPage()
          page.on('pageerror', ({ message }) => errors.push(message))
          page.on('console', (message) => {
            if (['error', 'warning'].includes(message.type())) errors.push(message.text())
          })
          await openGraphiql(page, facade.url)
        })
        afterAll(() => context?.close())

        const look = async (name: string) => {
          await picture(page, `graphiql-${viewport.width}-${language}-${name}`)
          expect(await barriers(page), name).toEqual([])
          expect(await overflow(page), name).toBe(0)
        }
        const follow = (name: string) => page.locator('.payapi-actions button', { hasText: name })
        const choose = (scenario: string) => page.locator('.payapi-scenario select').selectOption(scenario)

        it('opens with the charge of the README, which is charged by one click', async () => {
          expect(await activeTab(page)).toBe('ChargeKeyedInCard')
          expect(await page.locator('.graphiql-execute-button').innerText()).toBe(words.run)
          await look('open')
          expect(await run(page)).toMatchObject({ __typename: 'CardPayment', amount: '1004' })
          await look('charged')
        })

        it('a second run of a charge takes a new order number, and is no conflict', async () => {
          const before = (await variablesOf(page)).input['orderId']
          const { variables, answer } = await exchangeOf(page, () =>
            press(page, page.locator('.graphiql-execute-button')),
          )
          expect(onlyValue(answer)).toMatchObject({ __typename: 'CardPayment' })
          expect(variables).not.toMatchObject({ input: { orderId: before } })
          // And is seen.
          expect(await variablesOf(page)).toEqual(variables)
        })

        it('an order number that somebody typed stays, and its second charge is a conflict that is explained', async () => {
          const { input } = await variablesOf(page)
          const orderId = `MY-ORDER-${viewport.width}-${language}`
          await setText(page, 'variables.json', JSON.stringify({ input: { ...input, orderId } }, null, 2))
          expect(await run(page)).toMatchObject({ __typename: 'CardPayment', orderId })
          expect(await run(page)).toMatchObject({ __typename: 'PayApiIdempotencyConflict', reason: 'SAME_ORDER' })
          await page.locator('.payapi-failed', { hasText: 'SAME_ORDER' }).waitFor()
          await look('conflict')
          expect(await takersOfClicks(page, '.graphiql-response')).toEqual(['.graphiql-response'])
          const { answer } = await exchangeOf(page, () => press(page, follow(words.lookUp)))
          expect(onlyValue(answer)).toMatchObject({ state: 'SUCCEEDED', orderId })
          await press(page, page.locator('.graphiql-tab-active .graphiql-tab-close'))
          await expect.poll(() => activeTab(page)).toBe('ChargeKeyedInCard')
          await setText(page, 'variables.json', JSON.stringify({ input }, null, 2))
        })

        it('without new order numbers a second run is a conflict, too', async () => {
          const fresh = page.locator('.payapi-fresh input')
          await press(page, fresh)
          expect(await run(page)).toMatchObject({ reason: 'SAME_ORDER' })
          expect(await run(page)).toMatchObject({ reason: 'SAME_ORDER' })
          await press(page, fresh)
          expect(await run(page)).toMatchObject({ __typename: 'CardPayment' })
        })

        it('the chooser has a card declined, says what happens, and the failure is explained', async () => {
          await choose('decline')
          expect(await page.locator('#scenario-about').innerText()).toContain('PgFailure')
          expect(await run(page)).toMatchObject({ __typename: 'PgFailure', outcome: 'NOT_PROCESSED' })
          await page.locator('.payapi-failed', { hasText: 'PgFailure' }).waitFor()
          await look('declined')
        })

        it('what may have been processed is looked up and resolved, and charged again', async () => {
          await choose('http-500')
          const unknown = await run(page)
          expect(unknown).toMatchObject({ outcome: 'UNKNOWN' })
          await page.locator('.payapi-unknown').waitFor()
          await look('unknown')
          const { variables, answer } = await exchangeOf(page, () => press(page, follow(words.lookUp)))
          expect(variables).toEqual({ id: unknown['operationId'] })
          expect(onlyValue(answer)).toMatchObject({ state: 'UNKNOWN' })
          await look('looked-up')
          await showTab(page, 'ChargeKeyedInCard')
          await press(page, follow(words.resolve))
          await expect.poll(() => activeTab(page)).toBe('ResolvePaymentOperation')
          const { input } = await variablesOf(page)
          expect(input).toMatchObject({ operationId: unknown['operationId'] })
          // As it is filled in nothing is recorded.
          expect(await run(page)).toMatchObject({ __typename: 'PayApiInvalidInput' })
          const found = { input: { ...input, transactionId: 'TID-IN-THE-CONSOLE' } }
          await setText(page, 'variables.json', JSON.stringify(found, null, 2))
          expect(await run(page)).toMatchObject({ __typename: 'PayApiOperation', id: unknown['operationId'] })
          await look('resolved')
          await showTab(page, 'ChargeKeyedInCard')
          await choose('')
          expect(await run(page)).toMatchObject({ __typename: 'CardPayment' })
        })

        it('the first click on a tab shows it, each time, with its own variables', async () => {
          for (let time = 0; time < 3; time++)
            for (const [name, field] of [
              ['PaymentOperation', 'id'],
              ['ChargeKeyedInCard', 'input'],
            ] as const) {
              await showTab(page, name)
              expect(Object.keys(JSON.parse(await textOf(page, 'variables.json')) as object)).toEqual([field])
              expect(await textOf(page, 'operation.graphql')).toContain(name)
            }
        })

        it('a tab keeps its name where it is left in the moment that it is shown', async () => {
          const names = await page.locator('.graphiql-tab-button').allInnerTexts()
          await showTab(page, 'PaymentOperation')
          await page.evaluate((index) => {
            document.querySelectorAll<HTMLElement>('.graphiql-tab-button')[index]?.click()
            document.querySelector<HTMLElement>('.graphiql-tab-add')?.click()
          }, names.indexOf('ChargeKeyedInCard'))
          await expect.poll(() => page.locator('.graphiql-tab-button').count()).toBe(names.length + 1)
          expect((await page.locator('.graphiql-tab-button').allInnerTexts()).slice(0, -1)).toEqual(names)
          await press(page, page.locator('.graphiql-tab-active .graphiql-tab-close'))
          await showTab(page, 'ChargeKeyedInCard')
        })

        it('an operation of the panel opens in a tab that works at once', async () => {
          await openOperation(page, 'cardPrefix')
          await expect.poll(() => activeTab(page)).toBe('CardPrefix')
          expect(await run(page)).toMatchObject({ __typename: 'CardPrefix' })
        })

        it('the schema opens at its top, however far the list of operations was scrolled', async () => {
          const [operations, schema] = [0, 1].map((index) => page.locator('.payapi-panels button').nth(index))
          if (operations === undefined || schema === undefined) throw new Error('There are not two panels.')
          if ((await operations.getAttribute('aria-expanded')) === 'false') await press(page, operations)
          const panel = page.locator('.graphiql-plugin')
          await panel.evaluate((element) => element.scrollTo(0, 600))
          expect(await panel.evaluate((element) => element.scrollTop)).toBe(600)
          await press(page, schema)
          await page.locator('.graphiql-doc-explorer').waitFor()
          expect(await panel.evaluate((element) => element.scrollTop)).toBe(0)
          await look('schema')
          await press(page, viewport.width > 760 ? operations : schema)
        })

        it('a reload brings back what was open, once, each with its own variables, and no charge that was sent', async () => {
          const names = await page.locator('.graphiql-tab-button').allInnerTexts()
          await showTab(page, 'ChargeKeyedInCard')
          const { input } = await variablesOf(page)
          await setText(page, 'variables.json', JSON.stringify({ input: { ...input, amount: '2008' } }, null, 2))
          await showTab(page, 'CardPrefix')
          await page.reload()
          await editorsAreShown(page)
          expect(await page.locator('.graphiql-tab-button').allInnerTexts()).toEqual(names)
          expect(await activeTab(page)).toBe('CardPrefix')
          expect(JSON.parse(await textOf(page, 'variables.json'))).toEqual({ prefix: expect.any(String) })
          await showTab(page, 'ChargeKeyedInCard')
          expect(await run(page)).toMatchObject({ __typename: 'CardPayment', amount: '2008' })
        })

        it('a card number that somebody typed is in no storage, and gone with a reload', async () => {
          const card = '5105105105105100'
          const { input } = await variablesOf(page)
          const typed = JSON.stringify({ input: { ...input, card: { ...(input['card'] as object), number: card } } })
          await setText(page, 'variables.json', typed)
          const query = await textOf(page, 'operation.graphql')
          await run(page)
          await setText(page, 'operation.graphql', query.replace('{', `# 5105 1051-0510 5100\n{`))
          await showTab(page, 'CardPrefix')
          await showTab(page, 'ChargeKeyedInCard')
          const stored = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))
          expect(stored).toContain('CardPrefix')
          expect(stored.replaceAll(/[\s-]/g, '')).not.toContain('51051051')
          await page.reload()
          await editorsAreShown(page)
          expect(await page.evaluate(() => document.body.innerText)).not.toContain('5105')
        })

        it('is used by keyboard alone: to the operations, to ▶, and out of the editors', async () => {
          await showTab(page, 'CardPrefix')
          await page.locator('.graphiql-execute-button').focus()
          const { answer } = await exchangeOf(page, () => page.keyboard.press('Enter'))
          expect(answer).toHaveProperty('data')
          expect(await page.evaluate(() => document.activeElement?.className)).toContain('graphiql-execute-button')
          await page.locator('.graphiql-query-editor .graphiql-editor').focus()
          await page.keyboard.press('Tab')
          expect(await page.evaluate(() => document.activeElement?.closest('.graphiql-query-editor'))).toBeNull()
        })

        it('changes its language by one click, and keeps it', async () => {
          const other = page.locator('.payapi-settings button', { hasText: words.other })
          await press(page, other)
          expect(await page.locator('.graphiql-execute-button').innerText()).toBe(words.otherRun)
          await page.reload()
          await editorsAreShown(page)
          expect(await page.locator('.graphiql-execute-button').innerText()).toBe(words.otherRun)
        })

        it('is readable in the dark', async () => {
          await page.emulateMedia({ colorScheme: 'dark' })
          await page.locator('.graphiql-query-editor .monaco-editor.vs-dark').first().waitFor()
          await look('dark')
          await press(page, page.locator('.payapi-theme'))
          await page.locator('.graphiql-query-editor .monaco-editor.vs').first().waitFor()
          await look('light-in-the-dark')
        })

        it('asked nobody but the facade for anything, and met no error', () => {
          expect(elsewhere).toEqual([])
          expect(errors).toEqual([])
        })
      })

  it(`loads at first with less than ${MOST_BYTES} bytes, then with few, and prints how long the first answer takes`, async () => {
    const line = await startCountingProxy(facade.url, { bytesPerSecond: 10_000_000 / 8, latencyMs: 10 })
    const context = await openContext({ viewport: SIZES[0] })
    onTestFinished(async () => {
      await context.close()
      line.close()
    })
    const page = await context.newPage()
    const begun = performance.now()
    await openGraphiql(page, line.url)
    await run(page)
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1)
    const first = await settled(() => line.received)
    process.stdout.write(`GraphiQL: ${first} bytes at first, first answer after ${seconds} s at 10 Mbit/s\n`)
    expect(first).toBeLessThan(MOST_BYTES)
    // As it is opened by whoever was here before.
    await page.goto('about:blank')
    await openGraphiql(page, line.url)
    expect(line.received - first).toBeLessThan(MOST_BYTES / 10)
  })
})

/** A number once it has stopped growing. */
async function settled(count: () => number): Promise<number> {
  let before = -1
  await expect
    .poll(
      () => {
        const grown = count() - before
        before = count()
        return grown
      },
      { interval: 1_000 },
    )
    .toBe(0)
  return before
}
