import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import module from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { SCENARIO_HEADER } from '../../../src/sandbox/response/scenarios.ts'
import { type Books, startSandbox } from '../../../src/sandbox/server.ts'
import { run, STARTS_PROGRAMS, sandboxUrlOf, urlOf } from '../../support/server/processes.ts'

const MERCHANT = {
  mid: 'ownshop',
  signKey: 'TOPSECRETSIGN',
  apiKey: 'TOPSECRET'.padEnd(32, 'k'),
  apiIv: 'TOPSECRET'.padEnd(16, 'v'),
}

const LOOKUP = { query: '{ cardPrefix(prefix: "949094") { __typename ... on CardPrefix { merchantId } } }' }

const CHARGE = {
  query: `mutation { chargeMobileBillingKey(input: {
    orderId: "O-1", amount: 100, billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "홍길동" }
  }) { __typename } }`,
}

const post = (url: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

it(
  'says where GraphiQL and the sandbox are, serves both, logs calls, and told to stop answers what is under way',
  STARTS_PROGRAMS,
  async () => {
    const program = run({})
    const url = await urlOf(program)
    const sandboxUrl = await sandboxUrlOf(program)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/)
    expect((await fetch(url, { headers: { accept: 'text/html' } })).headers.get('content-type')).toContain('text/html')
    expect(await (await post(url, LOOKUP)).json()).toEqual({
      data: { cardPrefix: { __typename: 'CardPrefix', merchantId: 'welcometst' } },
    })
    await program.until(/"service":"lookUpCardPrefix".*"msg":"payapi call"/)

    const answer = post(url, CHARGE, { [SCENARIO_HEADER]: 'slow' })
    await vi.waitFor(async () => {
      const books = (await (await fetch(`${sandboxUrl}/sandbox/books`)).json()) as Books
      expect(books.charges.length).toBe(1)
    }, STARTS_PROGRAMS)
    program.child.kill('SIGTERM')
    expect(await (await answer).json()).toEqual({ data: { chargeMobileBillingKey: { __typename: 'MobilePayment' } } })
    expect(await program.ended).toMatchObject({ code: 0, errors: '' })
  },
)

it(
  'talks to any server that speaks the contract, starts no sandbox then, and is silent where LOG_LEVEL says so',
  STARTS_PROGRAMS,
  async () => {
    const elsewhere = await startSandbox({ merchants: [MERCHANT] })
    onTestFinished(() => elsewhere.close())
    const program = run({
      PAYAPI_BASE_URL: elsewhere.url,
      PAYAPI_MERCHANTS: JSON.stringify([MERCHANT]),
      LOG_LEVEL: 'silent',
    })
    const url = await urlOf(program)
    expect(await (await post(url, LOOKUP)).json()).toEqual({
      data: { cardPrefix: { __typename: 'CardPrefix', merchantId: 'ownshop' } },
    })
    expect(elsewhere.books.requests['/search/card/prefix']).toBe(1)
    program.child.kill('SIGINT')
    expect(await program.ended).toEqual({ code: 0, errors: '', output: `GraphiQL and GraphQL: ${url}\n` })
  },
)

it('takes any sign key that the merchant was given, and so does its sandbox', STARTS_PROGRAMS, async () => {
  const url = await urlOf(run({ PAYAPI_MERCHANTS: JSON.stringify([{ ...MERCHANT, signKey: ' a key, 한글 ' }]) }))
  expect(await (await post(url, CHARGE)).json()).toEqual({
    data: { chargeMobileBillingKey: { __typename: 'MobilePayment' } },
  })
})

it('names PORT where another program listens there, and ends with 1', STARTS_PROGRAMS, async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const { code, errors, output } = await run({ PORT: String((other.address() as AddressInfo).port) }).ended
  expect(code).toBe(1)
  expect(errors).toMatch(/^HOST and PORT: .*another program.*\n$/)
  expect(output).not.toContain('GraphiQL')
})

it('names HOST where it cannot listen there', STARTS_PROGRAMS, async () => {
  const { code, errors } = await run({ HOST: 'no-such-host.invalid' }).ended
  expect(code).toBe(1)
  expect(errors).toMatch(/^HOST and PORT: .*\n$/)
})

it('names every variable that is wrong, shows no secret, and ends with 1', STARTS_PROGRAMS, async () => {
  const { code, errors, output } = await run({
    PAYAPI_MERCHANTS: JSON.stringify([{ ...MERCHANT, apiIv: 'TOPSECRET' }]),
    PAYAPI_TIMEOUT_MS: 'TOPSECRET',
  }).ended
  expect(code).toBe(1)
  expect(errors).toContain('PAYAPI_MERCHANTS[0][apiIv] must be 16 ASCII characters')
  expect(errors).toContain('PAYAPI_TIMEOUT_MS must be a whole number')
  expect(errors + output).not.toContain('TOPSECRET')
  expect(errors).not.toMatch(/^\s+at /m)
})

it('has what it loads late: what prints the SDL, and traces for gateways', STARTS_PROGRAMS, async () => {
  const url = await urlOf(run({ PAYAPI_INLINE_TRACE: 'on' }))
  const { data } = await (await post(url, { query: '{ _service { sdl } }' })).json()
  expect(data._service.sdl.trim()).toBe(readFileSync('schema/schema.graphql', 'utf8').trim())
  const asks = { 'apollo-federation-include-trace': 'ftv1' }
  const traced = await (await post(url, { query: '{ __typename }' }, asks)).json()
  expect(traced).toEqual({ data: { __typename: 'Query' }, extensions: { ftv1: expect.any(String) } })
})

it.skipIf(!('enableCompileCache' in module))(
  'keeps what Node compiled for the next start, in a folder of its own installation (needs a compile cache in Node)',
  STARTS_PROGRAMS,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'payapi-main-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const part of ['package.json', 'schema', 'dist/server']) {
      cpSync(part, join(folder, part), { recursive: true })
    }
    const { stderr } = spawnSync(process.execPath, ['dist/server/main.js'], {
      cwd: folder,
      // So it ends as soon as it runs.
      env: { PATH: process.env['PATH'], PAYAPI_ENV: 'nowhere' },
      encoding: 'utf8',
    })
    expect(stderr).toMatch(/^The configuration is not usable/)
    expect(existsSync(join(folder, 'node_modules/.cache/payapi-graphql'))).toBe(true)
  },
)
