import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ConfigError, readConfig } from '../../src/config/index.ts'

const CANARY = 'TOPSECRET'

const MERCHANT = {
  mid: 'shop1',
  signKey: `${CANARY}SIGN`,
  apiKey: CANARY.padEnd(32, 'k'),
  apiIv: CANARY.padEnd(16, 'v'),
}
const OTHER = { ...MERCHANT, mid: 'shop2' }

/** What else a start outside of the sandbox asks for. */
const OUTSIDE = {
  PAYAPI_MERCHANTS: JSON.stringify([MERCHANT]),
  PAYAPI_AUTH: 'none',
  PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 1).toString('base64'),
}

/** What is said of variables that are not usable, one problem each. */
function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    // Whatever is said, no value is.
    expect(error.message).not.toContain(CANARY)
    expect(error.stack).not.toContain(CANARY)
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
  }
  throw new Error('was usable')
}

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, `${CANARY}.json`)
  writeFileSync(file, text)
  return file
}

it('needs nothing: without variables the embedded sandbox is asked', () => {
  expect(readConfig({})).toMatchObject({
    environment: 'sandbox',
    baseUrl: undefined,
    merchants: undefined,
    timeoutMs: 5_000,
    connectTimeoutMs: 5_000,
    maxInFlight: 512,
    keepAlive: 'lookups',
    paths: {},
    port: 4_000,
    host: '127.0.0.1',
    logLevel: 'info',
  })
})

it('takes an empty variable for one that is not set', () => {
  const names = [
    'PAYAPI_ENV',
    'PAYAPI_BASE_URL',
    'PAYAPI_MERCHANTS',
    'PAYAPI_MERCHANTS_FILE',
    'PAYAPI_TIMEOUT_MS',
    'PORT',
    'HOST',
    'LOG_LEVEL',
  ]
  const empty = Object.fromEntries(names.map((name) => [name, '']))
  expect(readConfig(empty)).toEqual(readConfig({}))
  expect(readConfig({ PORT: undefined })).toEqual(readConfig({}))
})

it('every variable that is set is in the configuration', () => {
  expect(
    readConfig({
      ...OUTSIDE,
      PAYAPI_ENV: 'test',
      PAYAPI_BASE_URL: 'https://payapi.example/base',
      PAYAPI_MERCHANTS: JSON.stringify([MERCHANT, OTHER]),
      PAYAPI_TIMEOUT_MS: '30000',
      PAYAPI_CONNECT_TIMEOUT_MS: '1000',
      PAYAPI_MAX_IN_FLIGHT: '7',
      PAYAPI_KEEP_ALIVE: 'all',
      PAYAPI_PATHS: '{"cancelPayment":"/v2/cancel"}',
      PORT: '0',
      HOST: '127.0.0.2',
      LOG_LEVEL: 'debug',
    }),
  ).toMatchObject({
    environment: 'test',
    baseUrl: 'https://payapi.example/base',
    merchants: [MERCHANT, OTHER],
    timeoutMs: 30_000,
    connectTimeoutMs: 1_000,
    maxInFlight: 7,
    keepAlive: 'all',
    paths: { cancelPayment: '/v2/cancel' },
    port: 0,
    host: '127.0.0.2',
    logLevel: 'debug',
  })
})

it.each([
  ['test', 'https://tpayapi.paywelcome.co.kr'],
  ['production', 'https://payapi.paywelcome.co.kr'],
])('the environment %s has its host, and waits a minute', (environment, baseUrl) => {
  expect(readConfig({ ...OUTSIDE, PAYAPI_ENV: environment })).toMatchObject({ environment, baseUrl, timeoutMs: 60_000 })
})

it('in the sandbox, merchants of one’s own may act', () => {
  expect(readConfig({ PAYAPI_MERCHANTS: JSON.stringify([OTHER]) })).toMatchObject({
    baseUrl: undefined,
    merchants: [OTHER],
  })
})

describe('refuses, by its name,', () => {
  it.each([
    ['PAYAPI_ENV', CANARY, 'must be sandbox, test or production'],
    ['PAYAPI_ENV', 'Sandbox', 'must be sandbox, test or production'],
    ['PAYAPI_BASE_URL', CANARY, 'must be an http or https URL'],
    ['PAYAPI_BASE_URL', `ftp://${CANARY}.example`, 'must be an http or https URL'],
    ['PAYAPI_BASE_URL', `http://${CANARY}.example`, 'must be https, except on loopback'],
    ['PAYAPI_BASE_URL', `http://127.0.0.1.${CANARY}.example`, 'must be https, except on loopback'],
    ['PAYAPI_BASE_URL', `https://user:${CANARY}@pg.example`, 'must be a host and a path only'],
    ['PAYAPI_BASE_URL', `https://pg.example/?key=${CANARY}`, 'must be a host and a path only'],
    ['PAYAPI_TIMEOUT_MS', CANARY, 'must be a whole number'],
    ['PAYAPI_TIMEOUT_MS', '99', 'must be at least 100'],
    ['PAYAPI_TIMEOUT_MS', '600001', 'must be at most 600000'],
    ['PAYAPI_TIMEOUT_MS', '1e3', 'must be a whole number'],
    ['PAYAPI_CONNECT_TIMEOUT_MS', '-1', 'must be a whole number'],
    ['PAYAPI_CONNECT_TIMEOUT_MS', '60001', 'must be at most 60000'],
    ['PAYAPI_MAX_IN_FLIGHT', '0', 'must be at least 1'],
    ['PAYAPI_MAX_IN_FLIGHT', '1.5', 'must be a whole number'],
    ['PAYAPI_KEEP_ALIVE', CANARY, 'must be lookups or all'],
    ['PAYAPI_PATHS', CANARY, 'is not JSON'],
    ['PAYAPI_PATHS', `["${CANARY}"]`, 'must be a JSON object of paths by the names of services'],
    ['PAYAPI_PATHS', `{"${CANARY}":"/x"}`, 'must be a JSON object of paths by the names of services'],
    ['PORT', CANARY, 'must be a whole number'],
    ['PORT', '65536', 'must be at most 65535'],
    ['PORT', '99999999999999999999', 'must be a whole number'],
    ['PORT', ' 4000', 'must be a whole number'],
    ['LOG_LEVEL', CANARY, 'must be one of pino’s levels, e.g. info'],
  ])('%s=%s', (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([`${name} ${problem}`])
  })

  it('a path that is none is refused by the name of its service', () => {
    const paths = { cancelPayment: CANARY, lookUpCardPrefix: 5, chargeKeyedInCard: '/ok' }
    expect(problemsOf({ PAYAPI_PATHS: JSON.stringify(paths) })).toEqual([
      'PAYAPI_PATHS[cancelPayment] must be a path',
      'PAYAPI_PATHS[lookUpCardPrefix] must be a text',
    ])
  })

  it('everything that is wrong is refused at once', () => {
    const problems = problemsOf({ PAYAPI_ENV: CANARY, PORT: CANARY, LOG_LEVEL: CANARY, PAYAPI_MERCHANTS: CANARY })
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'LOG_LEVEL',
      'PAYAPI_ENV',
      'PAYAPI_MERCHANTS',
      'PORT',
    ])
  })
})

it.each(['http://127.0.0.1:4010', 'http://localhost:4010', 'http://[::1]:4010', 'https://pg.example'])(
  'takes %s as a base URL',
  (baseUrl) => {
    expect(readConfig({ ...OUTSIDE, PAYAPI_BASE_URL: baseUrl })).toMatchObject({ baseUrl })
  },
)

describe('merchants', () => {
  const OBJECT = 'must be an object of mid, signKey, apiKey and apiIv, and nothing else'

  it.each<readonly [string, unknown, readonly string[]]>([
    ['no list', { [CANARY]: CANARY }, ['PAYAPI_MERCHANTS must be a JSON array with at least one merchant']],
    ['a text', CANARY, ['PAYAPI_MERCHANTS must be a JSON array with at least one merchant']],
    ['an empty list', [], [`PAYAPI_MERCHANTS[0] ${OBJECT}`]],
    ['texts', [CANARY], [`PAYAPI_MERCHANTS[0] ${OBJECT}`]],
    ['a field too many', [{ ...MERCHANT, [CANARY]: CANARY }], [`PAYAPI_MERCHANTS[0] ${OBJECT}`]],
    ['no mid', [{ ...MERCHANT, mid: undefined }], ['PAYAPI_MERCHANTS[0][mid] must be a text']],
    [
      'a mid that is too long',
      [{ ...MERCHANT, mid: `${CANARY}12` }],
      ['PAYAPI_MERCHANTS[0][mid] must be 1 to 10 characters'],
    ],
    ['an empty sign key', [{ ...MERCHANT, signKey: '' }], ['PAYAPI_MERCHANTS[0][signKey] must not be empty']],
    ['a sign key that is a number', [{ ...MERCHANT, signKey: 5 }], ['PAYAPI_MERCHANTS[0][signKey] must be a text']],
    ['a short api key', [{ ...MERCHANT, apiKey: CANARY }], ['PAYAPI_MERCHANTS[0][apiKey] must be 32 ASCII characters']],
    [
      'an api iv that is too long',
      [{ ...MERCHANT, apiIv: CANARY.repeat(2) }],
      ['PAYAPI_MERCHANTS[0][apiIv] must be 16 ASCII characters'],
    ],
    [
      'a second one that is wrong',
      [MERCHANT, { ...OTHER, apiIv: CANARY }],
      ['PAYAPI_MERCHANTS[1][apiIv] must be 16 ASCII characters'],
    ],
    ['a mid twice', [MERCHANT, MERCHANT], ['PAYAPI_MERCHANTS names a mid twice']],
  ])('are refused: %s', (_, merchants, problems) => {
    const text = JSON.stringify(merchants)
    expect(problemsOf({ PAYAPI_MERCHANTS: text })).toEqual(problems)
    const inFile = problems.map((problem) => problem.replace('PAYAPI_MERCHANTS', 'PAYAPI_MERCHANTS_FILE'))
    expect(problemsOf({ PAYAPI_MERCHANTS_FILE: fileWith(text) })).toEqual(inFile)
  })

  it('that are no JSON are refused without a part of their text', () => {
    const cut = JSON.stringify([MERCHANT]).slice(0, -5)
    expect(problemsOf({ PAYAPI_MERCHANTS: cut })).toEqual(['PAYAPI_MERCHANTS is not JSON'])
    expect(problemsOf({ PAYAPI_MERCHANTS_FILE: fileWith(cut) })).toEqual(['PAYAPI_MERCHANTS_FILE is not JSON'])
  })

  it('merchants may stand in a file', () => {
    const file = fileWith(JSON.stringify([MERCHANT, OTHER]))
    expect(readConfig({ PAYAPI_MERCHANTS_FILE: file })).toMatchObject({ merchants: [MERCHANT, OTHER] })
  })

  it('in a file that cannot be read are refused without its path', () => {
    expect(problemsOf({ PAYAPI_MERCHANTS_FILE: `/nowhere/${CANARY}` })).toEqual([
      'PAYAPI_MERCHANTS_FILE cannot be read (ENOENT)',
    ])
    expect(problemsOf({ PAYAPI_MERCHANTS_FILE: tmpdir() })).toEqual(['PAYAPI_MERCHANTS_FILE cannot be read (EISDIR)'])
  })

  it('merchants in a variable and in a file at once are refused', () => {
    const text = JSON.stringify([MERCHANT])
    const [problem, ...others] = problemsOf({ PAYAPI_MERCHANTS: text, PAYAPI_MERCHANTS_FILE: fileWith(text) })
    expect(problem).toMatch(/^PAYAPI_MERCHANTS and PAYAPI_MERCHANTS_FILE: /)
    expect(others).toEqual([])
  })

  it.each([{ PAYAPI_ENV: 'test' }, { PAYAPI_ENV: 'production' }, { PAYAPI_BASE_URL: 'http://127.0.0.1:4010' }])(
    'are needed for %o',
    (env) => {
      const [problem] = problemsOf({ ...OUTSIDE, PAYAPI_MERCHANTS: '', ...env } as Readonly<Record<string, string>>)
      expect(problem).toMatch(/^PAYAPI_MERCHANTS \(or PAYAPI_MERCHANTS_FILE\) is needed/)
    },
  )
})

describe('a byte order mark', () => {
  const MARK = '\ufeff'

  it('before merchants, keys of the journal, keys of servers or documents is taken, in a file or not', () => {
    const apiKeys = JSON.stringify([{ id: 'shop', hash: '5e'.repeat(32), scopes: ['cards:lookup'] }])
    const documents = { lookup: '{ cardPrefix(prefix: "949094") { __typename } }' }
    const key = Buffer.alloc(32, 1)
    const files = readConfig({
      PAYAPI_ENV: 'test',
      PAYAPI_MERCHANTS_FILE: fileWith(MARK + JSON.stringify([MERCHANT])),
      PAYAPI_JOURNAL_KEYS_FILE: fileWith(MARK + key.toString('base64')),
      PAYAPI_AUTH: 'api-key',
      PAYAPI_API_KEYS_FILE: fileWith(MARK + apiKeys),
      PAYAPI_TRUSTED_DOCUMENTS: fileWith(MARK + JSON.stringify(documents)),
    })
    expect(files).toMatchObject({ merchants: [MERCHANT], exposure: { trustedDocuments: documents } })
    expect(files.journal?.keys).toEqual([key])
    expect(files.auth?.apiKeys).toHaveLength(1)
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = fileWith(MARK + publicKey.export({ type: 'spki', format: 'pem' }))
    const jwt = { PAYAPI_AUTH: 'jwt', PAYAPI_JWT_ISSUER: 'i', PAYAPI_JWT_AUDIENCE: 'a' }
    expect(readConfig({ ...jwt, PAYAPI_JWT_PUBLIC_KEY_FILE: pem }).auth?.jwt?.algorithms).toEqual(['ES256'])
    const { merchants } = readConfig({ PAYAPI_MERCHANTS: MARK + JSON.stringify([MERCHANT]) })
    expect(merchants).toEqual([MERCHANT])
  })

  it('of another encoding, and other bytes that are no UTF-8, are refused', () => {
    const file = fileWith('')
    writeFileSync(file, Buffer.from(MARK + JSON.stringify([MERCHANT]), 'utf16le'))
    expect(problemsOf({ PAYAPI_MERCHANTS_FILE: file })).toEqual(['PAYAPI_MERCHANTS_FILE is not UTF-8'])
  })
})

describe('what is missing', () => {
  const names = (env: Readonly<Record<string, string>>) => problemsOf(env).map((problem) => problem.split(' ')[0])

  it('is named all at once', () => {
    expect(names({ PAYAPI_ENV: 'production', PAYAPI_JOURNAL: 'off' })).toEqual([
      'PAYAPI_MERCHANTS',
      'PAYAPI_JOURNAL',
      'PAYAPI_AUTH',
    ])
    expect(names({ PAYAPI_ENV: 'test' })).toEqual(['PAYAPI_MERCHANTS', 'PAYAPI_JOURNAL_KEYS', 'PAYAPI_AUTH'])
  })

  it('in files is named at once as well, beside what no file was given for', () => {
    const given = {
      PAYAPI_ENV: 'production',
      PAYAPI_MERCHANTS_FILE: fileWith('[{"mid":"one"}]'),
      PAYAPI_API_KEYS_FILE: fileWith('[{"id":"shop"}]'),
      PAYAPI_NOTICES_FILE: fileWith('[{"kind":"deposit"}]'),
      PAYAPI_WEBHOOKS_FILE: fileWith('[{"id":"shop"}]'),
    }
    expect(names(given)).toEqual([
      'PAYAPI_MERCHANTS_FILE[0][signKey]',
      'PAYAPI_MERCHANTS_FILE[0][apiKey]',
      'PAYAPI_MERCHANTS_FILE[0][apiIv]',
      'PAYAPI_API_KEYS_FILE[0][hash]',
      'PAYAPI_API_KEYS_FILE[0][scopes]',
      'PAYAPI_NOTICES_FILE[0][mid]',
      'PAYAPI_NOTICES_FILE[0][token]',
      'PAYAPI_WEBHOOKS_FILE[0][url]',
      'PAYAPI_WEBHOOKS_FILE[0][secrets]',
      'PAYAPI_WEBHOOKS_FILE[0][events]',
      'PAYAPI_JOURNAL_KEYS',
      'PAYAPI_AUTH',
    ])
  })
})

describe('variables of nobody', () => {
  it('that begin with PAYAPI_ are refused, each by its name, beside all else that is wrong', () => {
    const problems = problemsOf({
      PAYAPI_MERCHANT: CANARY,
      PAYAPI_TIMEOUT: CANARY,
      PAYAPI_ENV: 'test',
      PORT: CANARY,
      PAYAPI_AUTH: 'jwt',
    })
    expect(problems.map((problem) => problem.split(' ').slice(0, 3).join(' '))).toEqual([
      'PAYAPI_MERCHANT is not',
      'PAYAPI_TIMEOUT is not',
      'PORT must be',
      'PAYAPI_MERCHANTS (or PAYAPI_MERCHANTS_FILE)',
      'PAYAPI_JOURNAL_KEYS (or PAYAPI_JOURNAL_KEYS_FILE)',
      'PAYAPI_JWT_ISSUER is needed',
      'PAYAPI_JWT_AUDIENCE is needed',
      'PAYAPI_JWT_JWKS_URL, PAYAPI_JWT_PUBLIC_KEY(_FILE) or',
    ])
  })

  it.each([
    ['PAYAPI_JURNAL', 'PAYAPI_JOURNAL'],
    ['PAYAPI_MERCHANT_FILE', 'PAYAPI_MERCHANTS_FILE'],
    ['PAYAPI_TIMEOUT', 'PAYAPI_TIMEOUT_MS'],
    ['payapi_journal', 'PAYAPI_JOURNAL'],
    ['PayApi_Env', 'PAYAPI_ENV'],
    ['PAYAPI-ENV', 'PAYAPI_ENV'],
    ['PAYPAI_ENV', 'PAYAPI_ENV'],
    ['PAY_API_AUTH', 'PAYAPI_AUTH'],
  ])('%s is refused, and the name that was meant is told', (name, meant) => {
    expect(problemsOf({ [name]: CANARY })).toEqual([`${name} is not known; did you mean ${meant}?`])
  })

  it.each(['PAYAPI_GRAPHQL_VERSION', 'payapi_something_else'])(
    '%s, which is near to none of ours, is refused',
    (name) => {
      expect(problemsOf({ [name]: CANARY })).toEqual([`${name} is not known; check how it is spelt`])
    },
  )

  it('that belong to another program are nothing', () => {
    const others = { PAYPAL_ENV: CANARY, PAYAPP_BASE_URL: CANARY, MY_PAYAPI_ENV: CANARY, POST: '1', HOSTNAME: CANARY }
    expect(readConfig(others)).toEqual(readConfig({}))
  })

  it('that are empty, or begin otherwise, are nothing', () => {
    expect(readConfig({ PAYAPI_TIMEOUT: '', PATH: CANARY, PAYAPIS: CANARY })).toEqual(readConfig({}))
  })

  it('that Kubernetes sets for a Service are nothing', () => {
    const links = {
      PAYAPI_SERVICE_HOST: '10.0.0.1',
      PAYAPI_SERVICE_PORT: '4000',
      PAYAPI_SERVICE_PORT_HTTP: '4000',
      PAYAPI_PORT: 'tcp://10.0.0.1:4000',
      PAYAPI_PORT_4000_TCP: 'tcp://10.0.0.1:4000',
      PAYAPI_PORT_4000_TCP_PROTO: 'tcp',
      PAYAPI_PORT_4000_TCP_PORT: '4000',
      PAYAPI_PORT_4000_TCP_ADDR: '10.0.0.1',
      PAYAPI_GRAPHQL_SERVICE_HOST: '10.0.0.2',
      PAYAPI_GRAPHQL_PORT_53_UDP_ADDR: '10.0.0.2',
      PAYAPI_METRICS_SERVICE_PORT: '9400',
      PAYAPI_JURNAL_SERVICE_HOST: '10.0.0.3',
      PAYAPI_JURNAL_PORT: 'tcp://10.0.0.3:80',
      PAY_API_PORT: 'tcp://10.0.0.4:80',
    }
    expect(readConfig(links)).toEqual(readConfig({}))
  })

  it('a Service whose address hides a variable of ours is named', () => {
    const [problem, ...others] = problemsOf({ PAYAPI_METRICS_PORT: 'tcp://10.0.0.1:9400' })
    expect(problem).toMatch(/^PAYAPI_METRICS_PORT was set by Kubernetes for a Service named payapi-metrics/)
    expect(others).toEqual([])
  })
})

describe('the URL of the store', () => {
  const storeUrl = (url: string) => readConfig({ PAYAPI_STORE_URL: url }).journal?.storeUrl
  const here = (path: string) => pathToFileURL(resolve(path)).href

  it.each([
    ['file:./x/journal.db', here('x/journal.db')],
    ['file:x/journal.db?mode=shared', here('x/journal.db')],
    ['file:../my data/100%25.db', here('../my data/100%.db')],
    ['file:저널.db', here('저널.db')],
    ['file:/my data/journal.db', 'file:///my%20data/journal.db'],
    ['file:///my%20data/journal.db', 'file:///my%20data/journal.db'],
    ['file://localhost/journal.db', 'file:///journal.db'],
  ])('%s is one place wherever it is read', (url, place) => {
    expect(storeUrl(url)).toBe(place)
  })

  it.each([
    [`postgres://u:${CANARY}@one.example,two.example/db`, 'names several hosts'],
    [`postgres://u:${CANARY}@one.example:1,two.example:2/db`, 'names several hosts'],
    [`postgres://u:${CANARY}@/db?host=one.example,two.example`, 'names several hosts'],
    [`postgres://u:${CANARY}@host.example:port/db`, 'is no valid postgres:// URL'],
    [`postgres://u@host.example/db?sslrootcert=/nowhere/${CANARY}`, 'names a file of certificates'],
    [`mysql://u:${CANARY}@host.example/db`, 'must begin with file: or postgres://'],
    [`file://${CANARY}.example/journal.db`, 'must name a file of this machine'],
    [`file:/${CANARY}%zz.db`, 'must name a file of this machine'],
    [`file:./${CANARY}/`, 'must name a file, not a folder'],
  ])('%s is refused', (url, problem) => {
    const [first, ...others] = problemsOf({
      PAYAPI_STORE_URL: url,
      PAYAPI_JOURNAL_KEYS: Buffer.alloc(32).toString('base64'),
    })
    expect(first).toContain(`PAYAPI_STORE_URL ${problem}`)
    expect(others).toEqual([])
  })
})

it('metrics cannot have the port of GraphQL, nor one beyond the last for a worker', () => {
  expect(problemsOf({ PORT: '9400', PAYAPI_METRICS_PORT: '9399', PAYAPI_WORKERS: '2' })).toEqual([
    'PORT is one that PAYAPI_METRICS_PORT takes: set one of them to another',
  ])
  expect(problemsOf({ PAYAPI_METRICS_PORT: '65535', PAYAPI_WORKERS: '2' })).toEqual([
    'PAYAPI_METRICS_PORT must be at most 65534 with so many workers',
  ])
})

describe('PAYAPI_AUTO_SETTLE', () => {
  const settled = (value?: string) =>
    readConfig(value === undefined ? {} : { PAYAPI_AUTO_SETTLE: value }).journal?.autoSettle

  it.each([
    [undefined, ['confirmEscrowPurchase', 'denyEscrowPurchase']],
    ['off', []],
    ['cancelPayment', ['cancelPayment']],
    [' confirmEscrowPurchase, cancelPayment ', ['confirmEscrowPurchase', 'cancelPayment']],
  ])('%j settles %j', (value, names) => {
    expect(settled(value)).toEqual(names)
  })

  it.each(['chargeKeyedInCard', 'cancelPaymentPartially', 'on', 'off,cancelPayment'])('%j is not usable', (value) => {
    expect(problemsOf({ PAYAPI_AUTO_SETTLE: value })).toEqual([expect.stringContaining('PAYAPI_AUTO_SETTLE')])
  })
})

describe('PAYAPI_PUBLIC_URL', () => {
  const publicUrl = (url: string, env: Record<string, string> = {}) =>
    readConfig({ PAYAPI_PUBLIC_URL: url, ...env }).publicUrl

  it.each([
    ['https://pay.shop.example', 'https://pay.shop.example'],
    ['https://pay.shop.example/', 'https://pay.shop.example'],
    ['https://pay.shop.example:8443', 'https://pay.shop.example:8443'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://localhost:4000', 'http://localhost:4000'],
  ])('%s is taken in sandbox mode', (url, read) => expect(publicUrl(url)).toBe(read))

  it.each([
    'pay.shop.example',
    'ftp://pay.shop.example',
    'https://pay.shop.example/pay',
    'https://pay.shop.example/../',
    'https://pay.shop.example?x=1',
    'https://pay.shop.example#x',
    'https://user@pay.shop.example',
    'https://pay.shop.example:443',
    'https://결제.example',
    'https://PAY.shop.example',
    ' https://pay.shop.example',
    'https://pay.shop.example//',
  ])('%s is no origin', (url) => {
    const problem = 'PAYAPI_PUBLIC_URL must be an origin, such as https://pay.shop.example, without a path'
    expect(problemsOf({ PAYAPI_PUBLIC_URL: url })).toEqual([problem])
  })

  it('one that leaves too little of a hundred characters is refused', () => {
    expect(problemsOf({ PAYAPI_PUBLIC_URL: `https://${'a'.repeat(56)}.kr` })).toEqual([
      'PAYAPI_PUBLIC_URL must be at most 66 characters',
    ])
  })

  it('plain HTTP is for this machine alone, before a sandbox', () => {
    const problem = 'PAYAPI_PUBLIC_URL must be https, except for a host of this machine in sandbox mode'
    expect(problemsOf({ PAYAPI_PUBLIC_URL: 'http://pay.shop.example' })).toEqual([problem])
    expect(problemsOf({ ...OUTSIDE, PAYAPI_ENV: 'production', PAYAPI_PUBLIC_URL: 'http://127.0.0.1:4000' })).toEqual([
      problem,
    ])
  })

  it('needs the journal', () => {
    expect(problemsOf({ PAYAPI_PUBLIC_URL: 'https://pay.shop.example', PAYAPI_JOURNAL: 'off' })).toEqual([
      'PAYAPI_PUBLIC_URL needs the journal: PAYAPI_JOURNAL must be on',
    ])
  })
})
