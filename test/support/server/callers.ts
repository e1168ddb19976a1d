import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import type { ApiKey, AuthConfig } from '../../../src/auth/authenticator.ts'
import type { JwtConfig } from '../../../src/auth/jwt-config.ts'
import { SCOPES } from '../../../src/auth/scopes.ts'

// Tokens and keys as an issuer and an operator make them.

export const ISSUER = 'https://issuer.example'
export const AUDIENCE = 'payapi-graphql'

/** The issuer's keys. */
export const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** How the tests' tokens are taken; takes what differs. */
export const jwt = (differing: Partial<JwtConfig> = {}): AuthConfig => ({
  jwt: { key: KEYS.publicKey, algorithms: ['RS256'], issuer: ISSUER, audience: AUDIENCE, ...differing },
  apiKeys: undefined,
})

/** What differs from a token that is good for everything. */
export interface TokenOptions {
  readonly claims?: Readonly<Record<string, unknown>>
  /** Claims to leave out. */
  readonly without?: readonly string[]
  readonly key?: KeyObject | Uint8Array
  readonly header?: { readonly alg?: string; readonly kid?: string }
}

/** Signs a token: good for everything for an hour, but for what the options say. */
export function token({ claims = {}, without = [], key = KEYS.privateKey, header = {} }: TokenOptions = {}) {
  const now = Math.floor(Date.now() / 1000)
  const all = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'shop-7',
    iat: now,
    exp: now + 3600,
    scope: SCOPES.join(' '),
    ...claims,
  }
  const payload = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)))
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', ...header }).sign(key)
}

/** The header of a token. */
export const bearer = (text: string) => ({ authorization: `Bearer ${text}` })

/** A key of a server, as the configuration has it. */
export const apiKey = (key: string, more: Partial<ApiKey> = {}): ApiKey => ({
  id: 'shop-server',
  hash: createHash('sha256').update(key).digest(),
  scopes: SCOPES,
  ...more,
})
