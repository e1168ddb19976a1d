import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'

const real = (environment: string) => ({
  PAYAPI_ENV: environment,
  PAYAPI_MERCHANTS: JSON.stringify(DEMO_MERCHANTS),
  PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 7).toString('base64'),
  PAYAPI_AUTH: 'none',
})

const LIMITS = {
  maxDepth: 12,
  maxAliases: 30,
  maxDirectives: 50,
  maxTokens: 1_500,
  maxCost: 50_000,
  maxChanges: 1,
  maxLookups: 1_000,
  maxRepresentations: 1_000,
  maxBodyBytes: 100_000,
  maxStreams: 2_000,
  maxStreamsPerCaller: 1_000,
}
const OPEN = { introspection: true, graphiql: true, corsOrigins: [], behindTls: false, trustedDocuments: undefined }

test.each([
  ['sandbox', 0, true],
  ['test', 6_000, true],
  ['production', 6_000, false],
])('what holds in %s where nothing is set', (environment, rateLimitPerMinute, shown) => {
  const { limits, exposure } = readConfig(real(environment))
  expect(limits).toEqual({ ...LIMITS, rateLimitPerMinute })
  expect(exposure).toEqual({ ...OPEN, introspection: shown, graphiql: shown })
})

test('every limit can be set', () => {
  const set = {
    PAYAPI_MAX_DEPTH: '1',
    PAYAPI_MAX_ALIASES: '2',
    PAYAPI_MAX_DIRECTIVES: '3',
    PAYAPI_MAX_TOKENS: '400',
    PAYAPI_MAX_COST: '5',
    PAYAPI_MAX_CHANGES_PER_OPERATION: '6',
    PAYAPI_MAX_LOOKUPS_PER_REQUEST: '9',
    PAYAPI_MAX_REPRESENTATIONS: '10',
    PAYAPI_MAX_BODY_BYTES: '7000',
    PAYAPI_RATE_LIMIT_PER_MINUTE: '8',
    PAYAPI_MAX_STREAMS: '12',
    PAYAPI_MAX_STREAMS_PER_CALLER: '11',
  }
  expect(readConfig(set).limits).toEqual({
    maxDepth: 1,
    maxAliases: 2,
    maxDirectives: 3,
    maxTokens: 400,
    maxCost: 5,
    maxChanges: 6,
    maxLookups: 9,
    maxRepresentations: 10,
    maxBodyBytes: 7_000,
    rateLimitPerMinute: 8,
    maxStreams: 12,
    maxStreamsPerCaller: 11,
  })
})

test('what is open to whom can be set', () => {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const manifest = join(folder, 'manifest.json')
  writeFileSync(manifest, '{ "one": "{ __typename }" }')
  const set = {
    ...real('production'),
    PAYAPI_INTROSPECTION: 'on',
    PAYAPI_GRAPHIQL: 'on',
    PAYAPI_BEHIND_TLS: 'on',
    PAYAPI_CORS_ORIGINS: 'https://shop.example, https://shop.example:8443',
    PAYAPI_TRUSTED_DOCUMENTS: manifest,
  }
  expect(readConfig(set).exposure).toEqual({
    introspection: true,
    graphiql: true,
    behindTls: true,
    corsOrigins: ['https://shop.example', 'https://shop.example:8443'],
    trustedDocuments: { one: '{ __typename }' },
  })
  expect(readConfig({ PAYAPI_INTROSPECTION: 'off' }).exposure).toEqual({ ...OPEN, introspection: false })
})

describe('what is wrong is said:', () => {
  test.each([
    ['PAYAPI_MAX_DEPTH', '0', 'must be at least 1'],
    ['PAYAPI_MAX_ALIASES', 'many', 'must be a whole number'],
    ['PAYAPI_MAX_CHANGES_PER_OPERATION', '0', 'must be at least 1'],
    ['PAYAPI_INTROSPECTION', 'yes', 'must be on or off'],
    ['PAYAPI_CORS_ORIGINS', '*', 'must be origins such as https://shop.example'],
    ['PAYAPI_CORS_ORIGINS', 'null', 'must be origins'],
    ['PAYAPI_CORS_ORIGINS', 'https://shop.example/', 'must be origins'],
    ['PAYAPI_CORS_ORIGINS', 'https://*.example', 'must be origins'],
    ['PAYAPI_CORS_ORIGINS', 'shop.example', 'must be origins'],
    ['PAYAPI_TRUSTED_DOCUMENTS', '/nowhere/at/all', 'cannot be read (ENOENT)'],
    ['PAYAPI_TRUSTED_DOCUMENTS', '/dev/null', 'is not JSON'],
  ])('%s=%s', (name, value, problem) => {
    expect(() => readConfig({ [name]: value })).toThrow(`${name} ${problem}`)
  })
})
