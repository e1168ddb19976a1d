import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ConfigError, readConfig } from '../../src/config/index.ts'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { AUDIENCE, ISSUER, KEYS } from '../support/server/callers.ts'

type Env = Readonly<Record<string, string>>

const REAL = {
  PAYAPI_MERCHANTS: JSON.stringify(DEMO_MERCHANTS),
  PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 7).toString('base64'),
}
const TEST: Env = { ...REAL, PAYAPI_ENV: 'test' }
const PRODUCTION: Env = { ...REAL, PAYAPI_ENV: 'production' }

const PUBLIC_KEY = KEYS.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const PRIVATE_KEY = KEYS.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const SECRET = 'a-secret-of-the-issuer-that-nobody-may-see'
const KEY = { id: 'shop', hash: '5e'.repeat(32), scopes: ['cards:lookup'] }

const JWT: Env = { PAYAPI_AUTH: 'jwt', PAYAPI_JWT_ISSUER: ISSUER, PAYAPI_JWT_AUDIENCE: AUDIENCE }
const WITH_KEY: Env = { ...JWT, PAYAPI_JWT_PUBLIC_KEY: PUBLIC_KEY }
const WITH_SECRET: Env = { ...JWT, PAYAPI_JWT_SECRET: SECRET }
const WITH_API_KEYS: Env = { PAYAPI_AUTH: 'api-key', PAYAPI_API_KEYS: JSON.stringify([KEY]) }

const problemOf = (env: Env) => {
  try {
    readConfig(env)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
  }
  return 'none'
}

describe('who has to say who they are', () => {
  test.each([
    ['the sandbox', {}],
    ['the sandbox on every address', { HOST: '0.0.0.0' }],
    ['the sandbox, said aloud', { PAYAPI_AUTH: 'none', HOST: '0.0.0.0' }],
    ['another sandbox on this machine', { ...REAL, PAYAPI_BASE_URL: 'http://127.0.0.1:9999' }],
    ['test on this machine, said aloud', { ...TEST, PAYAPI_AUTH: 'none' }],
    ['production on this machine, said aloud', { ...PRODUCTION, PAYAPI_AUTH: 'none', HOST: '::1' }],
    ['production on localhost, said aloud', { ...PRODUCTION, PAYAPI_AUTH: 'none', HOST: 'localhost' }],
  ])('nobody in %s', (_, env) => {
    expect(readConfig(env).auth).toBeUndefined()
  })

  test.each<[string, Env, string]>([
    ['test', TEST, 'PAYAPI_AUTH is needed'],
    ['production', PRODUCTION, 'PAYAPI_AUTH is needed'],
    [
      'a sandbox that is pointed elsewhere',
      { ...REAL, PAYAPI_BASE_URL: 'https://payapi.paywelcome.co.kr' },
      'PAYAPI_AUTH is needed',
    ],
    [
      'a sandbox that is pointed elsewhere, on every address',
      { ...REAL, PAYAPI_BASE_URL: 'https://payapi.paywelcome.co.kr', PAYAPI_AUTH: 'none', HOST: '0.0.0.0' },
      'PAYAPI_AUTH cannot be none here',
    ],
    ['test on every address', { ...TEST, PAYAPI_AUTH: 'none', HOST: '0.0.0.0' }, 'PAYAPI_AUTH cannot be none here'],
    [
      'production on a name',
      { ...PRODUCTION, PAYAPI_AUTH: 'none', HOST: 'pay.example' },
      'PAYAPI_AUTH cannot be none here',
    ],
    [
      'production on a name like localhost',
      { ...PRODUCTION, PAYAPI_AUTH: 'none', HOST: '127.evil.example' },
      'PAYAPI_AUTH cannot be none here',
    ],
  ])('everybody in %s', (_, env, problem) => {
    expect(problemOf(env)).toContain(problem)
  })

  test('a token or a key is asked for where both are configured, also in the sandbox', () => {
    const { auth } = readConfig({ ...WITH_KEY, ...WITH_API_KEYS, PAYAPI_AUTH: 'jwt, api-key' })
    expect(auth?.jwt).toMatchObject({ issuer: ISSUER, audience: AUDIENCE, algorithms: ['RS256'] })
    expect(auth?.apiKeys).toEqual([{ ...KEY, hash: Buffer.from(KEY.hash, 'hex') }])
  })
})

describe('keys of tokens', () => {
  const pem = (pair: { publicKey: { export(options: object): string | Buffer } }) =>
    pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()

  test.each<[string, Env, readonly string[]]>([
    ['an RSA key', { PAYAPI_JWT_PUBLIC_KEY: PUBLIC_KEY }, ['RS256']],
    ['a key in one line', { PAYAPI_JWT_PUBLIC_KEY: PUBLIC_KEY.replaceAll('\n', '\\n') }, ['RS256']],
    ['a P-256 key', { PAYAPI_JWT_PUBLIC_KEY: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' })) }, ['ES256']],
    ['a P-384 key', { PAYAPI_JWT_PUBLIC_KEY: pem(generateKeyPairSync('ec', { namedCurve: 'P-384' })) }, ['ES384']],
    ['an Ed25519 key', { PAYAPI_JWT_PUBLIC_KEY: pem(generateKeyPairSync('ed25519')) }, ['EdDSA']],
    ['a secret', { PAYAPI_JWT_SECRET: SECRET }, ['HS256']],
    ['an address', { PAYAPI_JWT_JWKS_URL: 'https://issuer.example/keys?policy=one' }, ['RS256']],
    ['an address of this machine', { PAYAPI_JWT_JWKS_URL: 'http://127.0.0.1:8080/keys' }, ['RS256']],
    [
      'algorithms that are named',
      { PAYAPI_JWT_PUBLIC_KEY: PUBLIC_KEY, PAYAPI_JWT_ALGORITHMS: 'PS256, RS512' },
      ['PS256', 'RS512'],
    ],
  ])('%s', (_, env, algorithms) => {
    expect(readConfig({ ...JWT, ...env }).auth?.jwt?.algorithms).toEqual(algorithms)
  })

  test('keys of tokens are read from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'payapi-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = (text: string) => {
      const path = join(folder, 'key')
      writeFileSync(path, text)
      return path
    }
    expect(readConfig({ ...JWT, PAYAPI_JWT_PUBLIC_KEY_FILE: file(PUBLIC_KEY) }).auth?.jwt?.algorithms).toEqual([
      'RS256',
    ])
    expect(readConfig({ ...JWT, PAYAPI_JWT_SECRET_FILE: file(`${SECRET}\n`) }).auth?.jwt?.key).toMatchObject({
      symmetricKeySize: SECRET.length,
    })
    const keys = { PAYAPI_AUTH: 'api-key', PAYAPI_API_KEYS_FILE: file(JSON.stringify([KEY])) }
    expect(readConfig(keys).auth?.apiKeys).toHaveLength(1)
  })
})

describe('what is wrong is said, and no value with it:', () => {
  const ROWS: readonly [string, Env, string][] = [
    ['an unknown way', { PAYAPI_AUTH: SECRET }, 'PAYAPI_AUTH must be none, jwt, api-key, or jwt,api-key'],
    ['no way beside another', { PAYAPI_AUTH: 'none,jwt' }, 'PAYAPI_AUTH must be'],
    ['no key', JWT, 'PAYAPI_JWT_SECRET(_FILE): set one of them'],
    ['two keys', { ...WITH_KEY, PAYAPI_JWT_SECRET: SECRET }, 'PAYAPI_JWT_SECRET(_FILE): set one of them'],
    ['no issuer', { ...WITH_SECRET, PAYAPI_JWT_ISSUER: '' }, 'PAYAPI_JWT_ISSUER is needed'],
    ['no audience', { ...WITH_SECRET, PAYAPI_JWT_AUDIENCE: '' }, 'PAYAPI_JWT_AUDIENCE is needed'],
    ['a short secret', { ...JWT, PAYAPI_JWT_SECRET: SECRET.slice(0, 31) }, 'PAYAPI_JWT_SECRET: the key is too short'],
    [
      'a secret for a longer hash',
      { ...WITH_SECRET, PAYAPI_JWT_ALGORITHMS: 'HS512' },
      'PAYAPI_JWT_ALGORITHMS does not suit PAYAPI_JWT_SECRET: of HS256',
    ],
    [
      'a public key as a secret',
      { ...WITH_KEY, PAYAPI_JWT_ALGORITHMS: 'HS256' },
      'PAYAPI_JWT_ALGORITHMS does not suit',
    ],
    [
      'a secret by an address',
      { ...JWT, PAYAPI_JWT_JWKS_URL: 'https://issuer.example/', PAYAPI_JWT_ALGORITHMS: 'HS256' },
      'PAYAPI_JWT_ALGORITHMS does not suit',
    ],
    ['no signature', { ...WITH_KEY, PAYAPI_JWT_ALGORITHMS: 'none' }, 'PAYAPI_JWT_ALGORITHMS[0] must be of RS256'],
    [
      'a private key',
      { ...JWT, PAYAPI_JWT_PUBLIC_KEY: PRIVATE_KEY },
      'PAYAPI_JWT_PUBLIC_KEY must be a public key in PEM',
    ],
    ['what is no key', { ...JWT, PAYAPI_JWT_PUBLIC_KEY: SECRET }, 'PAYAPI_JWT_PUBLIC_KEY must be a public key in PEM'],
    [
      'a short RSA key',
      {
        ...JWT,
        PAYAPI_JWT_PUBLIC_KEY: generateKeyPairSync('rsa', {
          modulusLength: 1024,
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        }).publicKey,
      },
      'PAYAPI_JWT_PUBLIC_KEY: the key is too short',
    ],
    [
      'keys over an open line',
      { ...JWT, PAYAPI_JWT_JWKS_URL: 'http://issuer.example/keys' },
      'PAYAPI_JWT_JWKS_URL must be an https URL',
    ],
    [
      'an address with a password',
      { ...JWT, PAYAPI_JWT_JWKS_URL: `https://me:${SECRET}@issuer.example/keys` },
      'PAYAPI_JWT_JWKS_URL must be an https URL',
    ],
    [
      'a file that is not there',
      { ...JWT, PAYAPI_JWT_SECRET_FILE: '/nowhere/at/all' },
      'PAYAPI_JWT_SECRET_FILE cannot be read (ENOENT)',
    ],
    [
      'a key that nobody is asked for',
      { PAYAPI_JWT_SECRET: SECRET },
      'PAYAPI_JWT_SECRET is set, but PAYAPI_AUTH does not name jwt',
    ],
    [
      'a key beside another way',
      { ...WITH_API_KEYS, PAYAPI_JWT_SECRET: SECRET },
      'PAYAPI_JWT_SECRET is set, but PAYAPI_AUTH does not name jwt',
    ],
    [
      'server keys that nobody is asked for',
      { ...WITH_KEY, PAYAPI_API_KEYS: JSON.stringify([KEY]) },
      'PAYAPI_API_KEYS is set, but PAYAPI_AUTH does not name api-key',
    ],
    ['no server keys', { PAYAPI_AUTH: 'api-key' }, 'PAYAPI_API_KEYS (or PAYAPI_API_KEYS_FILE) is needed'],
    ['server keys twice', { ...WITH_API_KEYS, PAYAPI_API_KEYS_FILE: '/dev/null' }, 'PAYAPI_API_KEYS_FILE is not JSON'],
    [
      'an empty list of keys',
      { PAYAPI_AUTH: 'api-key', PAYAPI_API_KEYS: '[]' },
      'PAYAPI_API_KEYS must hold at least one key',
    ],
    ['a key as it is', keys({ ...KEY, hash: SECRET }), 'PAYAPI_API_KEYS[0][hash] must be the SHA-256 of the key'],
    [
      'the key of a variable that was not set',
      keys({ ...KEY, hash: createHash('sha256').update('').digest('hex').toUpperCase() }),
      'PAYAPI_API_KEYS[0][hash] is that of an empty key',
    ],
    [
      'a field too many',
      keys({ ...KEY, [SECRET]: SECRET }),
      'PAYAPI_API_KEYS[0] must be an object of id, hash, scopes',
    ],
    [
      'a scope that is not known',
      keys({ ...KEY, scopes: [SECRET] }),
      'PAYAPI_API_KEYS[0][scopes][0] must be one of payments:charge',
    ],
    [
      'a scope that is no list',
      keys({ ...KEY, scopes: SECRET }),
      'PAYAPI_API_KEYS[0][scopes] must be an array of scopes',
    ],
    [
      'merchants that are no list',
      keys({ ...KEY, merchants: SECRET }),
      'PAYAPI_API_KEYS[0][merchants] must be an array',
    ],
    ['an id that is none', keys({ ...KEY, id: 'a b' }), 'PAYAPI_API_KEYS[0][id] must be 1 to 64 letters'],
    [
      'an id twice',
      { PAYAPI_AUTH: 'api-key', PAYAPI_API_KEYS: JSON.stringify([KEY, KEY]) },
      'PAYAPI_API_KEYS names an id twice',
    ],
    [
      'what is no JSON',
      { PAYAPI_AUTH: 'api-key', PAYAPI_API_KEYS: `[{"id": "${SECRET}"` },
      'PAYAPI_API_KEYS is not JSON',
    ],
  ]

  test.each(ROWS)('%s', (_, env, problem) => {
    const message = problemOf(env)
    expect(message).toContain(problem)
    expect(message).not.toContain(SECRET.slice(0, 16))
    expect(message).not.toContain(PRIVATE_KEY.slice(40, 80))
  })

  test('printing the configuration shows no secret', () => {
    const config = readConfig(WITH_SECRET)
    expect(`${inspect(config, { depth: 9, showHidden: true })}${JSON.stringify(config)}`).not.toContain(SECRET)
  })
})

function keys(key: object): Env {
  return { PAYAPI_AUTH: 'api-key', PAYAPI_API_KEYS: JSON.stringify([key]) }
}
