import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { Setup } from '../../../src/graphiql/setup.ts'
import { facadeForFile, facadeForTest } from '../../support/server/facade.ts'
import { startTestFacade } from '../../support/server/running-facade.ts'

const HTML = { accept: 'text/html,application/xhtml+xml' }

const facade = await facadeForFile()

const pageOf = async ({ fetch }: Pick<typeof facade, 'fetch'>) => {
  const response = await fetch({ method: 'GET', headers: HTML })
  expect(response.status).toBe(200)
  return { response, html: await response.text() }
}

function setupIn(html: string): Setup {
  const [, json = ''] = /<script type="application\/json" id="setup"[^>]*>([^<]*)<\/script>/.exec(html) ?? []
  return JSON.parse(json) as Setup
}

/** The files that a page names, relative to it. */
const filesIn = (html: string) => [...new Set([...html.matchAll(/graphql\/assets\/[\w.-]+/g)].map(([file]) => file))]

it('the page names files of its own and none of another host, and may run no script but those', async () => {
  const { response, html } = await pageOf(facade)
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-cache')
  const policy = response.headers.get('content-security-policy')
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
  ])
    expect(policy?.split('; ')).toContain(part)
  const markup = html.replace(/(<script type="application\/json"[^>]*>)[^<]*/, '$1')
  expect(markup).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  // What runs is in files; what stands in the page is data.
  for (const [, attributes] of markup.matchAll(/<script([^>]*)>/g))
    expect(attributes).toMatch(/ src="graphql\/assets\/|type="application\/json"/)
  expect(filesIn(html).length).toBeGreaterThan(5)
})

it('the setup is in the page as data that nothing in it can end', async () => {
  const { html } = await pageOf(facade)
  const setup = setupIn(html)
  expect(setup).toMatchObject({ sandbox: true, signIn: [], introspection: true, first: 'ChargeKeyedInCard' })
  expect(setup.chapters.flatMap(({ operations }) => operations).length).toBeGreaterThan(15)
  expect(html).not.toContain('SU5JTElURV9UUklQTEVERVNfS0VZU1RS')
})

it('outside of the sandbox no scenario is offered', async () => {
  const production = await facadeForTest({ app: { unreachable: undefined as never } })
  expect(setupIn((await pageOf(production)).html)).toMatchObject({ sandbox: false, scenarios: [] })
})

it('a closed schema is no file of the page, and the setup says so and which documents run', async () => {
  const closed = await startTestFacade({ PAYAPI_INTROSPECTION: 'off' })
  const page = await (await fetch(closed.url, { headers: HTML })).text()
  expect(setupIn(page).introspection).toBe(false)
  const [schemaFile = ''] = /assets\/schema-[\w.]+/.exec((await pageOf(facade)).html) ?? []
  expect(schemaFile).not.toBe('')
  expect(page).not.toContain('assets/schema-')
  expect((await fetch(`${closed.url}/${schemaFile}`)).status).toBe(404)
  const trusted = await facadeForTest({ app: { security: { trustedDocuments: { one: '{ __typename }' } } } })
  expect(setupIn((await pageOf(trusted)).html).trustedDocumentsOnly).toBe(true)
})

it('each file of the page is there, kept for good, and the same in every encoding', async () => {
  const { url, origin } = await startTestFacade()
  const files = filesIn(await (await fetch(url, { headers: HTML })).text())
  const ask = async (file: string, encoding: string) => {
    // What fetch decodes is no longer what came.
    const response = await fetch(`${origin}/${file}`, { headers: { 'accept-encoding': encoding } })
    expect(response.status, file).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('vary')).toBe('accept-encoding')
    return response
  }
  for (const file of files) {
    const plain = await ask(file, 'identity')
    expect(plain.headers.get('content-encoding')).toBeNull()
    const text = await plain.text()
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
    ] as const) {
      const packed = await ask(file, accepted)
      expect(packed.headers.get('content-encoding')).toBe(encoding)
      expect(await packed.text()).toBe(text)
    }
  }
})

it('the page comes compressed to whom takes that, also over a socket', async () => {
  const { url } = await startTestFacade()
  const plain = await (await fetch(url, { headers: { ...HTML, 'accept-encoding': 'identity' } })).text()
  const packed = await fetch(url, { headers: { ...HTML, 'accept-encoding': 'br' } })
  expect(packed.headers.get('content-encoding')).toBe('br')
  expect(await packed.text()).toBe(plain)
  for (const [encoding, unpack] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const { html } = await pageOf(facade)
    const response = await facade.fetch({ method: 'GET', headers: { ...HTML, 'accept-encoding': encoding } })
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.length).toBeLessThan(60_000)
    expect(unpack(bytes).toString()).toBe(html)
  }
})

it('nothing but files of the page is below its path, however it is asked for', async () => {
  const { origin } = await startTestFacade()
  for (const path of ['', 'nothing.js', '..%2fserver%2fprogram.cjs', 'manifest.json', 'page.js.br', '%00.js'])
    expect((await fetch(`${origin}/graphql/assets/${path}`)).status, path).toBe(404)
  const off = await startTestFacade({ PAYAPI_GRAPHIQL: 'off' })
  const [file = ''] = filesIn((await pageOf(facade)).html)
  expect((await fetch(`${origin}/${file}`, { method: 'HEAD' })).status).toBe(200)
  expect((await fetch(`${off.origin}/${file}`)).status).toBe(404)
})

it('files of the page count towards no rate limit', async () => {
  const { url, origin } = await startTestFacade({ PAYAPI_RATE_LIMIT_PER_MINUTE: '2' })
  const html = await (await fetch(url, { headers: HTML })).text()
  for (const file of filesIn(html)) expect((await fetch(`${origin}/${file}`)).status).toBe(200)
  expect((await fetch(url, { headers: HTML })).status).toBe(200)
})

it('a browser that asks for the server itself is led to GraphiQL, and nobody else', async () => {
  const ask = (path: string, init: RequestInit) => facade.app.fetch(`http://facade.test${path}`, init)
  for (const [path, location] of [
    ['/', './graphql'],
    ['/graphql/', '../graphql'],
  ] as const) {
    const led = await ask(path, { headers: HTML })
    expect(led.status).toBe(302)
    expect(led.headers.get('location')).toBe(location)
    expect(led.headers.get('x-content-type-options')).toBe('nosniff')
  }
  expect((await ask('/', {})).status).toBe(404)
  expect((await ask('/', { method: 'POST', headers: HTML })).status).toBe(404)
  expect((await ask('/other', { headers: HTML })).status).toBe(404)
  const closed = await facadeForTest({ app: { security: { graphiql: false } } })
  expect((await closed.app.fetch('http://facade.test/', { headers: HTML })).status).toBe(404)
})
