import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findingsOf } from '../../src/bin/doctor/doctor.ts'
import { type Finding, PAGES } from '../../src/bin/doctor/finding.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { overPostgres } from '../support/journal/postgres/over-postgres.ts'
import { CERTIFICATE, KEY } from '../support/payapi/certificates.ts'
import { command } from '../support/server/command.ts'
import { STARTS_PROGRAMS } from '../support/server/processes.ts'
import { dataFolder, startTestFacade, untilReady } from '../support/server/running-facade.ts'

const MERCHANT = {
  mid: 'ownshop',
  signKey: 'C4N4RY-sign-key',
  apiKey: 'C4N4RY-api-key'.padEnd(32, 'k'),
  apiIv: 'C4N4RY-iv'.padEnd(16, 'v'),
}
const JOURNAL_KEY = 'w3C0zRP1Uu4oZJt6sWkq8Yd2bFhXnM5vEaGcQjLiTyA='
const API_KEYS = [{ id: 'shop', hash: 'ab'.repeat(32), scopes: ['payments:charge'] }]
const SECRETS = ['C4N4RY', JOURNAL_KEY, 'abab']

async function sandboxOf(merchant = MERCHANT): Promise<Sandbox> {
  const sandbox = await startSandbox({ merchants: [merchant] })
  onTestFinished(() => sandbox.close())
  return sandbox
}

/** The variables of a server that may go live, in front of a PayAPI of the test's own. */
function complete(baseUrl: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const folder = dataFolder()
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o400 })
    return join(folder, name)
  }
  const notices = [{ kind: 'deposit', mid: 'ownshop', token: 'C4N4RY-token-of-16' }]
  return {
    PAYAPI_ENV: 'production',
    PAYAPI_BASE_URL: baseUrl,
    PAYAPI_MERCHANTS_FILE: file('merchants.json', JSON.stringify([MERCHANT])),
    PAYAPI_JOURNAL_KEYS_FILE: file('journal.keys', JOURNAL_KEY),
    PAYAPI_API_KEYS_FILE: file('api-keys.json', JSON.stringify(API_KEYS)),
    PAYAPI_NOTICES_FILE: file('notices.json', JSON.stringify(notices)),
    PAYAPI_TRUSTED_DOCUMENTS: file('documents.json', '{"one":"{ __typename }"}'),
    PAYAPI_AUTH: 'api-key',
    PAYAPI_DATA_DIR: join(folder, 'data'),
    PAYAPI_PUBLIC_URL: 'https://pay.shop.example',
    PAYAPI_NOTICES_ADDRESSES: '118.129.171.152',
    PAYAPI_BEHIND_TLS: 'on',
    PAYAPI_METRICS_PORT: '9464',
    ...more,
  }
}

const find = (env: Readonly<Record<string, string>>, extent: { offline?: boolean; lookup?: boolean } = {}) =>
  findingsOf(env, { offline: false, lookup: true, ...extent })

const offline = (more: Readonly<Record<string, string>>) =>
  find(complete('http://127.0.0.1:1', more), { offline: true })

const requestsOf = ({ books }: Sandbox) => Object.entries(books.requests).filter(([, count]) => count > 0)

/** What is not in order, by its subject. */
const objections = (findings: readonly Finding[]) =>
  findings.filter(({ status }) => status !== 'ok').map(({ status, subject }) => `${status} ${subject}`)

const textOf = (findings: readonly Finding[], subject: string) =>
  findings.find((finding) => finding.subject === subject)?.text.en

it(
  'a configuration that is complete may go live, and its keys were tried by a lookup alone',
  STARTS_PROGRAMS,
  async () => {
    const sandbox = await sandboxOf()
    const env = complete(sandbox.url)
    const { code, output, errors } = await command(['doctor', '--json', '--lookup'], { env })
    const { ready, findings } = JSON.parse(output)
    expect(findings.filter(({ status }: Finding) => status !== 'ok')).toEqual([])
    expect([code, ready, errors]).toEqual([0, true, ''])
    expect(requestsOf(sandbox)).toEqual([['/search/card/prefix', 1]])
    expect(existsSync(env['PAYAPI_DATA_DIR'] as string)).toBe(false)
    for (const secret of SECRETS) expect(output).not.toContain(secret)
  },
)

it('without a word on it, nothing is looked up in production', async () => {
  const sandbox = await sandboxOf()
  expect(objections(await find(complete(sandbox.url), { lookup: false }))).toEqual(['warning PAYAPI_MERCHANTS'])
  expect(requestsOf(sandbox)).toEqual([])
})

it('in front of a test system, the keys of each merchant are tried anyway', async () => {
  const sandbox = await sandboxOf()
  expect(objections(await find(complete(sandbox.url, { PAYAPI_ENV: 'test' }), { lookup: false }))).toEqual([
    'warning PAYAPI_ENV',
  ])
  expect(requestsOf(sandbox)).toEqual([['/search/card/prefix', 1]])
})

it(
  'where nothing is set, all that is missing is named, in both languages, with a page each',
  STARTS_PROGRAMS,
  async () => {
    const [english, korean] = await Promise.all([command(['doctor']), command(['doctor', '--lang', 'ko'])])
    const needed = ['PAYAPI_MERCHANTS_FILE', 'PAYAPI_AUTH', 'PAYAPI_JOURNAL_KEYS', 'PAYAPI_DATA_DIR']
    expect(
      [...english.output.matchAll(/^MISSING {2}(\w+): .+\n {2}→ docs\/en\/\S+#\S+$/gm)].map(([, name]) => name),
    ).toEqual(needed)
    expect(
      [...korean.output.matchAll(/^필요 {2}(\w+): .*\p{Script=Hangul}.*\n {2}→ docs\/ko\/\S+#\S+$/gmu)].map(
        ([, name]) => name,
      ),
    ).toEqual(needed)
    expect([english.code, korean.code, english.errors, korean.errors]).toEqual([1, 1, '', ''])
  },
)

it('a configuration that is not usable is told with all of its problems', STARTS_PROGRAMS, async () => {
  const env = { PAYAPI_ENV: 'production', PAYAPI_JURNAL: 'C4N4RY', PAYAPI_MERCHANTS: '[{"mid":"C4N4RY"}]' }
  const { code, output } = await command(['doctor', '--lang', 'ko', '--json'], { env })
  const { ready, findings } = JSON.parse(output)
  expect([code, ready]).toEqual([1, false])
  expect(findings.map(({ subject }: Finding) => subject)).toEqual([
    'configuration',
    'PAYAPI_JURNAL',
    'PAYAPI_MERCHANTS[0][signKey]',
    'PAYAPI_MERCHANTS[0][apiKey]',
    'PAYAPI_MERCHANTS[0][apiIv]',
    'PAYAPI_JOURNAL_KEYS',
    'PAYAPI_AUTH',
  ])
  for (const { message } of findings) expect(message).toMatch(/\p{Script=Hangul}/u)
  expect(output).not.toContain('C4N4RY')
})

describe('what is set, and must not be', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'keys of the demonstration',
      {
        PAYAPI_MERCHANTS_FILE: '',
        PAYAPI_MERCHANTS: JSON.stringify([{ ...MERCHANT, apiKey: '0123456789abcdef0123456789abcdef' }]),
      },
      ['missing PAYAPI_MERCHANTS_FILE', 'warning PAYAPI_MERCHANTS'],
    ],
    [
      'a placeholder for a key',
      {
        PAYAPI_MERCHANTS_FILE: '',
        PAYAPI_MERCHANTS: JSON.stringify([{ ...MERCHANT, signKey: 'replace-me-sign-key' }]),
      },
      ['missing PAYAPI_MERCHANTS', 'warning PAYAPI_MERCHANTS'],
    ],
    [
      'a journal key that is all the same',
      { PAYAPI_JOURNAL_KEYS_FILE: '', PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 7).toString('base64') },
      ['missing PAYAPI_JOURNAL_KEYS', 'warning PAYAPI_JOURNAL_KEYS'],
    ],
    [
      'a journal key that is a text',
      {
        PAYAPI_JOURNAL_KEYS_FILE: '',
        PAYAPI_JOURNAL_KEYS: Buffer.from('this is 32 characters of a text!').toString('base64'),
      },
      ['missing PAYAPI_JOURNAL_KEYS', 'warning PAYAPI_JOURNAL_KEYS'],
    ],
    ['the one start that makes a journal anew', { PAYAPI_JOURNAL_INIT: 'on' }, ['missing PAYAPI_JOURNAL_INIT']],
    ['no authentication', { PAYAPI_AUTH: 'none', PAYAPI_API_KEYS_FILE: '' }, ['warning PAYAPI_AUTH']],
    [
      'what shows the schema',
      { PAYAPI_GRAPHIQL: 'on', PAYAPI_INTROSPECTION: 'on' },
      ['warning PAYAPI_INTROSPECTION', 'warning PAYAPI_GRAPHIQL'],
    ],
    [
      'what shows the schema, before production',
      { PAYAPI_ENV: 'test', PAYAPI_GRAPHIQL: 'on' },
      ['warning PAYAPI_ENV', 'warning PAYAPI_GRAPHIQL'],
    ],
    [
      'what weakens it',
      {
        PAYAPI_KEEP_ALIVE: 'all',
        PAYAPI_ORDER_GUARD: 'off',
        PAYAPI_TIMEOUT_MS: '5000',
        LOG_LEVEL: 'silent',
        https_proxy: 'http://proxy',
      },
      [
        'warning PAYAPI_KEEP_ALIVE',
        'warning PAYAPI_ORDER_GUARD',
        'warning PAYAPI_TIMEOUT_MS',
        'warning LOG_LEVEL',
        'warning https_proxy',
      ],
    ],
    [
      'what is left out',
      {
        PAYAPI_PUBLIC_URL: '',
        PAYAPI_NOTICES_ADDRESSES: '',
        PAYAPI_TRUSTED_DOCUMENTS: '',
        PAYAPI_BEHIND_TLS: '',
        PAYAPI_METRICS_PORT: '',
      },
      [
        'warning PAYAPI_TRUSTED_DOCUMENTS',
        'warning PAYAPI_BEHIND_TLS',
        'warning PAYAPI_METRICS_PORT',
        'warning PAYAPI_PUBLIC_URL',
        'warning PAYAPI_NOTICES_ADDRESSES',
      ],
    ],
  ])('%s is objected to', async (_, env, expected) => {
    const findings = await offline(env)
    expect(objections(findings)).toEqual(expected)
    for (const { text } of findings) {
      for (const secret of SECRETS) expect(text.en + text.ko).not.toContain(secret)
      expect(text.ko).toMatch(/\p{Script=Hangul}/u)
    }
  })

  it.skipIf(process.platform === 'win32')('a file of secrets that others may read is objected to', async () => {
    const env = complete('http://127.0.0.1:1')
    chmodSync(env['PAYAPI_MERCHANTS_FILE'] as string, 0o644)
    chmodSync(env['PAYAPI_JOURNAL_KEYS_FILE'] as string, 0o440)
    const findings = await find(env, { offline: true })
    expect(objections(findings)).toEqual(['warning PAYAPI_MERCHANTS_FILE'])
    expect(textOf(findings, 'PAYAPI_MERCHANTS_FILE')).toContain('mode 644')
  })
})

describe('the way to PayAPI', () => {
  const listening = async (server: Server): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return (server.address() as AddressInfo).port
  }

  it.each([
    ['its name', 'https://payapi.invalid', /name is not found/],
    ['a connection', 'http://127.0.0.1:1', /no connection can be made \(ECONNREFUSED\)/],
  ])('is missing where there is not %s', async (_, url, reason) => {
    const findings = await find(complete(url))
    expect(objections(findings)).toEqual(['missing PAYAPI_BASE_URL'])
    expect(textOf(findings, 'PAYAPI_BASE_URL')).toMatch(reason)
  })

  it('is missing where TLS fails', async () => {
    const port = await listening(createServer())
    const findings = await find(complete(`https://127.0.0.1:${port}`))
    expect(objections(findings)).toEqual(['missing PAYAPI_BASE_URL'])
    expect(textOf(findings, 'PAYAPI_BASE_URL')).toMatch(/TLS fails/)
  })

  it(
    'is missing where nobody vouches for the certificate, and there where somebody does',
    STARTS_PROGRAMS,
    async () => {
      const server = createTlsServer(
        { key: KEY, cert: CERTIFICATE },
        (_, response) => void response.writeHead(404).end(),
      )
      const env = complete(`https://127.0.0.1:${await listening(server)}`)
      const findings = await find(env)
      expect(objections(findings)).toEqual(['missing PAYAPI_BASE_URL'])
      expect(textOf(findings, 'PAYAPI_BASE_URL')).toMatch(/TLS fails.*SELF_SIGNED/)
      const file = join(dataFolder(), 'authority.pem')
      writeFileSync(file, CERTIFICATE)
      const trusting = await command(['doctor', '--lookup'], { env: { ...env, NODE_EXTRA_CA_CERTS: file } })
      expect(trusting.output).toMatch(/^OK {2}PAYAPI_BASE_URL: 127\.0\.0\.1:\d+ is reached, over TLSv1\.3\.$/m)
      expect(trusting.output).toMatch(/^MISSING {2}PAYAPI_MERCHANTS: .* ownshop \(PayApiHttpClientError HTTP 404\)/m)
    },
  )

  it('is missing where the keys are not the merchant’s', async () => {
    const sandbox = await sandboxOf({ ...MERCHANT, signKey: 'another' })
    const findings = await find(complete(sandbox.url))
    expect(objections(findings)).toEqual(['missing PAYAPI_MERCHANTS'])
    expect(sandbox.books.charges).toEqual([])
  })

  it.each([
    [3_600_000, 'missing clock', /3\d\d\d seconds behind/],
    [-3_600_000, 'missing clock', /3\d\d\d seconds ahead of/],
    [30_000, 'warning clock', /\d\d seconds behind/],
  ])('tells by its Date where the clock is wrong by %d ms', async (offMs, objection, text) => {
    const server = createServer((_, response) => {
      response.setHeader('date', new Date(Date.now() + offMs).toUTCString()).end()
    })
    const findings = await find(complete(`http://127.0.0.1:${await listening(server)}`), { lookup: false })
    expect(objections(findings)).toContain(objection)
    expect(textOf(findings, 'clock')).toMatch(text)
  })

  it('and to whoever is told by webhooks is looked at, and nothing is sent', async () => {
    const sandbox = await sandboxOf()
    let requests = 0
    const port = await listening(createServer(() => requests++))
    const endpoint = (id: string, url: string) => ({
      id,
      url,
      secrets: [`whsec_${Buffer.alloc(24, 1).toString('base64')}`],
      events: ['payment.approved'],
    })
    const file = join(dataFolder(), 'webhooks.json')
    const text = JSON.stringify([
      endpoint('there', `http://127.0.0.1:${port}/x`),
      endpoint('gone', 'http://127.0.0.1:1/'),
    ])
    writeFileSync(file, text, { mode: 0o400 })
    const env = complete(sandbox.url, { PAYAPI_ENV: 'sandbox', PAYAPI_WEBHOOKS_FILE: file })
    const findings = await find(env)
    expect(objections(findings)).toEqual(['warning PAYAPI_ENV', 'warning PAYAPI_WEBHOOKS_FILE (gone)'])
    expect(requests).toBe(0)
  })
})

describe('the journal', () => {
  it('is opened and written where there is one, beside the server that uses it', STARTS_PROGRAMS, async () => {
    const sandbox = await sandboxOf()
    const folder = dataFolder()
    const env = complete(sandbox.url, { PAYAPI_DATA_DIR: folder, PAYAPI_METRICS_PORT: '0' })
    const facade = await startTestFacade(env)
    await untilReady(facade.url)
    expect(objections(await find(env))).toEqual([])
    expect((await fetch(new URL('/health/ready', facade.url))).status).toBe(200)
    const otherKeys = {
      ...env,
      PAYAPI_JOURNAL_KEYS_FILE: '',
      PAYAPI_JOURNAL_KEYS: 'Dk1p0x8o0bq3pC3k5b2d1Yd2bFhXnM5vEaGcQjLiTyA=',
    }
    expect(objections(await find(otherKeys))).toContain('missing PAYAPI_STORE_URL')
  })

  it('is not looked at where a server has it for itself', STARTS_PROGRAMS, async () => {
    const sandbox = await sandboxOf()
    const store = { PAYAPI_DATA_DIR: '', PAYAPI_STORE_URL: `file:${join(dataFolder(), 'journal.db')}?mode=exclusive` }
    const env = complete(sandbox.url, { ...store, PAYAPI_METRICS_PORT: '0' })
    await untilReady((await startTestFacade(env)).url)
    expect(objections(await find(env))).toEqual(['warning PAYAPI_STORE_URL'])
  })

  it('has no place where a file is in the way', async () => {
    const folder = dataFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(objections(await offline({ PAYAPI_DATA_DIR: join(folder, 'file/data') }))).toEqual([
      'missing PAYAPI_DATA_DIR',
    ])
    mkdirSync(join(folder, 'journal.db'))
    expect(objections(await offline({ PAYAPI_DATA_DIR: folder }))).toEqual(['missing PAYAPI_DATA_DIR'])
  })

  it('that is to be made leaves nothing in its folder before', async () => {
    const folder = dataFolder()
    expect(objections(await offline({ PAYAPI_DATA_DIR: folder }))).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  overPostgres('in PostgreSQL', (server) => {
    it('is not made, and is missing where the server is away', STARTS_PROGRAMS, async () => {
      const database = await server.newDatabase()
      const url = server.url(database)
      expect(objections(await offline({ PAYAPI_DATA_DIR: '', PAYAPI_STORE_URL: url }))).toEqual([])
      expect(await server.sql(`select 1 from pg_namespace where nspname = 'payapi'`, database)).toEqual([])
      const away = await offline({ PAYAPI_DATA_DIR: '', PAYAPI_STORE_URL: 'postgres://nobody@127.0.0.1:1/nowhere' })
      expect(objections(away)).toEqual(['missing PAYAPI_STORE_URL'])
    })
  })
})

it.each(Object.entries(PAGES))('the page of %s is there in both languages', (_, pages) => {
  for (const place of Object.values(pages)) {
    const [file = '', anchor] = place.split('#')
    const anchors = [...readFileSync(file, 'utf8').matchAll(/^#+ +(.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{Pc} -]/gu, '')
        .replaceAll(' ', '-'),
    )
    expect(anchors).toContain(anchor)
  }
})
