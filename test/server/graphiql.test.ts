import { expect, it } from 'vitest'
import { operationDocuments } from '../../scripts/operation-documents.ts'
import { ALL_SCENARIOS, SCENARIO_HEADER } from '../../src/server/graphiql.ts'
import { CALLS } from '../support/graphql/operations.ts'
import { startJournaledFacade } from '../support/journal/facade.ts'
import { type Facade, facadeForFile, facadeForTest } from '../support/server/facade.ts'
import { startTestFacade } from '../support/server/running-facade.ts'

interface Tab {
  readonly query: string
  readonly variables: string | null
  readonly headers: string | null
}

const facade = await facadeForFile()

const pageOf = async ({ fetch }: Facade) => {
  const response = await fetch({ method: 'GET', headers: { accept: 'text/html,application/xhtml+xml' } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/html')
  return response.text()
}

const page = await pageOf(facade)

/** The tabs that GraphiQL opens with. */
function tabsOf(html: string): readonly Tab[] {
  const start = html.lastIndexOf('"defaultTabs":') + '"defaultTabs":'.length
  for (let end = html.indexOf(']', start); end > 0; end = html.indexOf(']', end + 1)) {
    try {
      return JSON.parse(html.slice(start, end + 1)) as readonly Tab[]
    } catch {
      // A bracket within a tab.
    }
  }
  throw new Error('the page has no tabs')
}

it('GraphiQL comes from the package: the page asks no other host for anything', () => {
  // Scripts and styles stand in the page itself. What is left outside of them is its own markup.
  const markup = page.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, (element) =>
    element.slice(0, element.indexOf('>') + 1),
  )
  expect(markup).toContain('<script')
  expect(markup.match(/(?:src|href)\s*=\s*["']?(?:https?:)?\/\/[^"'\s>]+/g) ?? []).toEqual([])
  expect(page).not.toMatch(/unpkg\.com|cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com|esm\.sh/)
})

it('there is a tab for every operation, with variables that are JSON', () => {
  const tabs = tabsOf(page)
  for (const { file, field, kind } of operationDocuments()) {
    // The tabs of this page do not subscribe.
    if (kind === 'subscription') continue
    const tab = tabs.find(({ query }) => new RegExp(`${kind} \\w+\\([^{]*\\{\\s*${field}\\(`).test(query))
    expect(tab, file).toBeDefined()
    expect(Object.keys(JSON.parse(tab?.variables ?? '{}')).length, file).toBeGreaterThan(0)
  }
})

const isOfService = ({ query }: Tab) => CALLS.some(({ field }) => query.includes(` ${field}(`))

it('every tab of a service works at once in the sandbox, and meets a failure with a scenario', async () => {
  const own = await facadeForTest()
  for (const { query, variables } of tabsOf(page).filter(isOfService)) {
    const body = { query, variables: JSON.parse(variables ?? '{}') as unknown }
    const declined = await own.post(body, { scenario: 'decline' })
    expect(Object.values(declined.data ?? {})).toMatchObject([{ __typename: 'PgFailure' }])
    const { data, errors } = await own.post(body)
    expect(errors).toBeUndefined()
    expect(Object.values(data ?? {})).not.toMatchObject([{ outcome: expect.anything() }])
  }
})

it('every other tab works at once where a journal is kept', async () => {
  const { send } = await startJournaledFacade()
  const others = tabsOf(page).filter((tab) => !isOfService(tab))
  for (const { query, variables } of others) {
    const { errors } = await send(query, JSON.parse(variables ?? '{}'))
    expect(errors, query).toBeUndefined()
  }
  expect(others.length).toBeGreaterThan(5)
})

it('where the server carries payments by SMS on, their tab leaves out where they come back to, and works at once', async () => {
  const running = await startTestFacade()
  const html = await (await fetch(running.url, { headers: { accept: 'text/html' } })).text()
  const run = async (field: string) => {
    const tab = tabsOf(html).find(({ query }) => query.includes(` ${field}(`))
    const variables = JSON.parse(tab?.variables ?? '{}') as { readonly input?: object }
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ query: tab?.query, variables })
    const { data } = (await (await fetch(running.url, { method: 'POST', headers, body })).json()) as { data: object }
    return { input: variables.input ?? {}, data }
  }
  const { input, data } = await run('createSmsPaymentUrl')
  expect(Object.keys(input)).not.toEqual(expect.arrayContaining([expect.stringMatching(/Url$/)]))
  expect(data).toMatchObject({ createSmsPaymentUrl: { __typename: 'SmsPaymentUrl', paymentUrl: expect.any(String) } })
  expect((await run('smsPayment')).data).toMatchObject({ smsPayment: { status: 'LINK_CREATED' } })
})

it('the tab that is open first has no variables, as GraphiQL would not show them', () => {
  const [first] = tabsOf(page)
  expect(first?.query).toContain('query Start {')
  expect(first?.variables).toBeNull()
})

it('in the sandbox the first tab lists every scenario, and every tab offers the header', () => {
  const tabs = tabsOf(page)
  const [first, ...others] = tabs
  for (const { name, description } of ALL_SCENARIOS)
    expect(first?.query).toContain(`# ${name}\n#     ${description.en}`)
  for (const { query } of others) expect(query).toMatch(/^# [^\n]+\n(?:query|mutation) /)
  for (const { headers } of tabs) expect(JSON.parse(headers ?? '')).toEqual({ [SCENARIO_HEADER]: '' })
})

it('outside of the sandbox no tab speaks of scenarios', async () => {
  const production = await facadeForTest({ app: { unreachable: undefined as never } })
  for (const { query, headers } of tabsOf(await pageOf(production))) {
    expect(query).not.toMatch(/scenario|sandbox:/i)
    expect(headers).toBeNull()
  }
})

it('holds no secret of a merchant', () => {
  expect(page).not.toContain('SU5JTElURV9UUklQTEVERVNfS0VZU1RS')
})

it('a browser that asks for the server itself is led to GraphiQL, and nobody else', async () => {
  const html = { accept: 'text/html,application/xhtml+xml' }
  const ask = (path: string, init: RequestInit) => facade.app.fetch(`http://facade.test${path}`, init)
  const led = await ask('/', { headers: html })
  expect(led.status).toBe(302)
  expect(led.headers.get('location')).toBe('./graphql')
  expect(led.headers.get('x-content-type-options')).toBe('nosniff')
  expect((await ask('/', {})).status).toBe(404)
  expect((await ask('/', { method: 'POST', headers: html })).status).toBe(404)
  expect((await ask('/other', { headers: html })).status).toBe(404)
  const closed = await facadeForTest({ app: { security: { graphiql: false } } })
  expect((await closed.app.fetch('http://facade.test/', { headers: html })).status).toBe(404)
})
