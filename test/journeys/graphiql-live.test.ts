import { expect, it, onTestFinished } from 'vitest'
import { barriers, openContext, picture, withChromium } from '../support/journeys/browser.ts'
import { activeTab, openGraphiql, openOperation, press, setText, textOf } from '../support/journeys/graphiql.ts'
import { charge, post, startTestFacade } from '../support/server/running-facade.ts'

const RESOLVE = `mutation Resolve($id: ID!) {
  result: resolvePaymentOperation(input: { operationId: $id, processed: false, note: "test" }) { __typename }
}`

withChromium('subscriptions in GraphiQL', () => {
  it('a subscription shows the state at once and then each change, until it is stopped', async () => {
    const facade = await startTestFacade()
    const { operationId: id } = await post(facade.url, charge('ORDER-LIVE'), { 'x-sandbox-scenario': 'http-500' })
    const context = await openContext({ viewport: { width: 1400, height: 900 }, locale: 'en-US' })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const button = page.locator('.graphiql-execute-button')
    const shown = async () => {
      const { data } = JSON.parse((await textOf(page, 'response.json')) || '{}') as {
        data?: { paymentOperationChanged: { id: string; state: string } }
      }
      return data?.paymentOperationChanged
    }

    await openGraphiql(page, facade.url)
    await openOperation(page, 'paymentOperationChanged')
    await expect.poll(() => activeTab(page)).toBe('PaymentOperationChanged')
    await setText(page, 'variables.json', JSON.stringify({ id }))
    await press(page, button)
    await expect.poll(shown).toMatchObject({ id, state: 'UNKNOWN' })
    await expect.poll(() => button.innerText()).toBe('Stop')
    expect(await barriers(page)).toEqual([])
    await picture(page, 'graphiql-live')

    expect(await post(facade.url, { query: RESOLVE, variables: { id } })).toEqual({ __typename: 'PayApiOperation' })
    await expect.poll(shown).toMatchObject({ id, state: 'FAILED' })
    await page.locator('.payapi-unknown').waitFor({ state: 'detached' })

    await press(page, button)
    await expect.poll(() => button.innerText()).toBe('Run')
  })
})
