import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { configFromOptions } from '../../src/config/options/index.ts'
import { OPTIONS, optionsOf } from '../../src/config/options/table.ts'
import { VARIABLE_NAMES } from '../../src/config/variables/index.ts'
import { ConfigError, optionsFromEnvironment } from '../../src/package/config.ts'
import { createPayApiGraphql, OptionsError, type PayApiGraphqlOptions } from '../../src/package/index.ts'

const merchant = { mid: 'shop', signKey: 'sign', apiKey: 'a'.repeat(32), apiIv: 'i'.repeat(16) }
const key = Buffer.alloc(32, 7).toString('base64')
const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`
const apiKey = { id: 'shop', hash: createHash('sha256').update('x').digest('hex'), scopes: ['payments:charge'] }

/** What is complained of, given any options. */
function problemsOf(options: unknown): readonly string[] {
  try {
    createPayApiGraphql(options as PayApiGraphqlOptions)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(OptionsError)
    return (error as OptionsError).problems
  }
}

describe('options', () => {
  it('that are wrong are told all at once, by their paths and without a value', () => {
    const options = {
      environment: 'production',
      merchants: [{ ...merchant, signKey: '', apiKey: 'HIDDEN' }],
      timeoutMs: '5',
      journal: { url: 'ftp://HIDDEN', keys: ['HIDDEN!'], retentionDays: 1.5 },
      auth: { jwt: { issuer: 5 }, apiKeys: [{ ...apiKey, hash: 'HIDDEN' }] },
      limits: { maxCost: -1 },
      notices: { endpoints: [{ kind: 'HIDDEN', mid: 'shop', token: 'x' }], addresses: ['HIDDEN'], settle: 'verified' },
      webhooks: { endpoints: [{ id: 'a', url: 'http://HIDDEN', secrets: ['HIDDEN'], events: [] }] },
      corsOrigins: ['HIDDEN'],
      graphiql: 'HIDDEN',
      endpoint: 'HIDDEN',
      basePath: '/HIDDEN/',
      tracing: {},
      log: {},
      onCall: 'HIDDEN',
    }
    const problems = problemsOf(options)
    expect(problems.join('\n')).not.toContain('HIDDEN')
    expect(problems.join('\n')).not.toMatch(/PAYAPI_|JSON|undefined/)
    const starts = problems.map((line) => line.split(' ', 1)[0])
    expect(new Set(starts)).toEqual(
      new Set([
        'auth.apiKeys[0].hash',
        'auth.jwt.audience',
        'auth.jwt.issuer',
        'auth.jwt.jwksUrl,',
        'basePath',
        'corsOrigins',
        'endpoint',
        'graphiql',
        'journal.keys[0]',
        'journal.retentionDays',
        'journal.url',
        'limits.maxCost',
        'log',
        'merchants[0].apiKey',
        'merchants[0].signKey',
        'notices.addresses',
        'notices.endpoints[0].kind',
        'notices.endpoints[0].token',
        'onCall',
        'timeoutMs',
        'tracing.endpoint',
        'webhooks.endpoints[0].events',
        'webhooks.endpoints[0].secrets[0]',
      ]),
    )
  })

  it('that are none are refused by name, with the one that was meant where that is near', () => {
    expect(problemsOf({ enviroment: 'test', limits: { maxDepht: 3 }, PORT: 4000 })).toEqual([
      'limits.maxDepht is no option; limits.maxDepth is',
      'enviroment is no option; environment is',
      'PORT is no option',
    ])
    for (const none of [null, 'x', 5]) expect(problemsOf(none)).toEqual(['the options must be an object'])
    for (const [name, none] of Object.entries({ limits: 5, journal: 'x', auth: true, webhooks: null, merchants: {} }))
      expect(problemsOf({ [name]: none })).toEqual([expect.stringMatching(`^${name} must be an `)])
  })

  it('that are missing outside the sandbox are told: merchants, journal, its keys, and who may call', () => {
    expect(problemsOf({ environment: 'production' })).toEqual([
      expect.stringMatching(/^merchants is needed /),
      expect.stringMatching(/^journal\.keys is needed: /),
      'auth is needed: jwt or apiKeys; or false, where the server around it lets nobody in who must not',
      'journal.url is needed: a file: or postgres: URL',
    ])
    expect(problemsOf({ environment: 'production', merchants: [merchant], auth: {}, journal: false })).toEqual([
      expect.stringMatching(/^journal cannot be off in production/),
      'auth must have jwt or apiKeys, or be false',
    ])
    expect(problemsOf({ auth: false, metrics: {}, tracing: {} })).toEqual([
      'metrics.token is needed',
      'tracing.endpoint is needed',
    ])
  })

  it('switch off what is false: the journal in the sandbox, and asking who calls anywhere', () => {
    expect(configFromOptions({ journal: false }).journal).toBeUndefined()
    const options = {
      environment: 'test',
      merchants: [merchant],
      auth: false,
      journal: { url: 'file:/x/j.db', keys: [key] },
    }
    expect(configFromOptions(options as PayApiGraphqlOptions).auth).toBeUndefined()
  })
})

/** Those of a program that listens, or of what stands for an option of another form. */
const PROGRAM_ONLY = [
  'HOST',
  'LOG_LEVEL',
  'PAYAPI_AUTH',
  'PAYAPI_DATA_DIR',
  'PAYAPI_HEADERS_TIMEOUT_MS',
  'PAYAPI_JOURNAL',
  'PAYAPI_KEEP_ALIVE_TIMEOUT_MS',
  'PAYAPI_MAX_CONNECTIONS',
  'PAYAPI_MAX_HEADER_BYTES',
  'PAYAPI_MAX_WAITING_REQUESTS',
  'PAYAPI_METRICS_HOST',
  'PAYAPI_METRICS_PORT',
  'PAYAPI_REQUEST_TIMEOUT_MS',
  'PAYAPI_STOP_DELAY_MS',
  'PAYAPI_WORKERS',
  'PORT',
]

it('every variable is an option, or one of a program that listens', () => {
  const options = [...optionsOf(OPTIONS)].map(({ option }) => option.variable as string)
  const names = new Set(options.flatMap((name) => [name, `${name}_FILE`]))
  expect(VARIABLE_NAMES.filter((name) => !names.has(name)).toSorted()).toEqual(PROGRAM_ONLY)
})

const folder = mkdtempSync(join(tmpdir(), 'payapi-options-'))

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const publicKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
  type: 'spki',
  format: 'pem',
}) as string

const SOMEWHERE = {
  PAYAPI_ENV: 'test',
  PAYAPI_MERCHANTS: JSON.stringify([merchant]),
  PAYAPI_JOURNAL_KEYS: key,
  PAYAPI_DATA_DIR: folder,
}

const ENVIRONMENTS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['nothing', {}],
  ['an empty text', { PAYAPI_BASE_URL: '' }],
  ['no journal', { PAYAPI_JOURNAL: 'off' }],
  ['another sandbox', { PAYAPI_BASE_URL: 'http://127.0.0.1:4010', PAYAPI_MERCHANTS: JSON.stringify([merchant]) }],
  ['nobody being asked', { ...SOMEWHERE, PAYAPI_AUTH: 'none' }],
  [
    'whatever else it can',
    {
      ...SOMEWHERE,
      PAYAPI_AUTH: 'jwt,api-key',
      PAYAPI_JWT_PUBLIC_KEY_FILE: file('jwt.pem', publicKey),
      PAYAPI_JWT_ISSUER: 'https://auth.example/',
      PAYAPI_JWT_AUDIENCE: 'payments',
      PAYAPI_JWT_ALGORITHMS: 'RS256, RS512',
      PAYAPI_API_KEYS_FILE: file('keys.json', `\ufeff${JSON.stringify([apiKey])}`),
      PAYAPI_TIMEOUT_MS: '9000',
      PAYAPI_KEEP_ALIVE: 'all',
      PAYAPI_PATHS: '{"confirmEscrowDenial":"/escrow/x"}',
      PAYAPI_PUBLIC_URL: 'https://pay.shop.example/',
      PAYAPI_TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1',
      PAYAPI_STORE_URL: `file:${folder}/other.db?mode=shared`,
      PAYAPI_ORDER_GUARD: 'off',
      PAYAPI_RETENTION_DAYS: '7',
      PAYAPI_AUTO_SETTLE: 'off',
      PAYAPI_MAX_COST: '900',
      PAYAPI_RATE_LIMIT_PER_MINUTE: '0',
      PAYAPI_NOTICES: JSON.stringify([{ kind: 'escrow', mid: 'shop', token: 't'.repeat(16), answer: 'json' }]),
      PAYAPI_NOTICES_ADDRESSES: '192.0.2.0/24',
      PAYAPI_NOTICES_SETTLE: 'verified',
      PAYAPI_WEBHOOKS_FILE: file(
        'webhooks.json',
        JSON.stringify([{ id: 'shop', url: 'https://shop.example', secrets: [secret], events: ['payment.approved'] }]),
      ),
      PAYAPI_GRAPHIQL: 'off',
      PAYAPI_CORS_ORIGINS: 'https://shop.example,https://other.example',
      PAYAPI_TRUSTED_DOCUMENTS: file('documents.json', '{"a":"{ __typename }"}'),
      PAYAPI_PREFIX_CACHE_SIZE: '0',
      PAYAPI_INLINE_TRACE: 'on',
      PAYAPI_METRICS_TOKEN: 'token-of-16-or-more',
      PAYAPI_OTEL_ENDPOINT: 'http://collector:4318',
      OTEL_SERVICE_NAME: 'shop',
      PAYAPI_DRAIN_MS: '5',
    },
  ],
]

it.each(ENVIRONMENTS)('options from an environment with %s are the program’s configuration', (_, env) => {
  const options = optionsFromEnvironment(env)
  // What is compared by identity alone, is compared as it is written.
  const plain = (config: object) =>
    JSON.parse(JSON.stringify(config, (_name, value) => value?.export?.({ format: 'jwk' }) ?? value))
  expect(plain(configFromOptions(options))).toEqual(plain(readConfig(env)))
})

it('options from an environment that is wrong are none: the variables are told by their names', () => {
  expect(() => optionsFromEnvironment({ PAYAPI_TIMEOUT_MS: 'x', PAYAPI_ENV: 'y' })).toThrow(ConfigError)
})
