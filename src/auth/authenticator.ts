import { hash, timingSafeEqual } from 'node:crypto'
import type { Caller } from './caller.ts'
import { BadCredentialsError, type Challenge, challengeFor } from './errors.ts'
import { type Clocks, createTokenReader } from './jwt.ts'
import type { JwtConfig } from './jwt-config.ts'
import type { Scope } from './scopes.ts'

/** How callers are known: by tokens, by keys, or by either. */
export interface AuthConfig {
  readonly jwt: JwtConfig | undefined
  /** Undefined where keys are not asked for. */
  readonly apiKeys: readonly ApiKey[] | undefined
}

/** A key of a server. */
export interface ApiKey {
  readonly id: string
  /** SHA-256 of the key, 32 bytes. */
  readonly hash: Buffer
  readonly scopes: readonly Scope[]
  /** Which merchants it may act as; undefined for all. */
  readonly merchants?: readonly string[] | undefined
}

/** The header of static keys. */
export const API_KEY_HEADER = 'x-api-key'

/** Finds out who calls. */
export interface Authenticator {
  /**
   * Undefined where the headers hold no credentials. Throws or rejects with a `BadCredentialsError` or a
   * `KeysUnavailableError`. Gives a promise only where it has to: a token that was seen before is known at once.
   */
  authenticate(headers: { get(name: string): string | null }): Caller | undefined | Promise<Caller>
  /** How a caller is asked for credentials. */
  readonly challenge: Challenge
  /** What credentials are taken. */
  readonly methods: readonly ('bearer' | 'apiKey')[]
}

/** The clocks are the system's where none are given. */
export function createAuthenticator(config: AuthConfig, clocks: Partial<Clocks> = {}): Authenticator {
  const readToken =
    config.jwt && createTokenReader(config.jwt, { now: Date.now, elapsed: () => performance.now(), ...clocks })
  const readKey = config.apiKeys && createKeyReader(config.apiKeys)
  return {
    challenge: challengeFor(config),
    methods: [...(readToken ? (['bearer'] as const) : []), ...(readKey ? (['apiKey'] as const) : [])],
    authenticate(headers) {
      const authorization = readToken ? headers.get('authorization') : null
      const key = readKey ? headers.get(API_KEY_HEADER) : null
      if (authorization !== null && key !== null) throw new BadCredentialsError('a token and a key at once')
      if (key !== null) return readKey?.(key)
      if (authorization !== null) return readToken?.(bearerToken(authorization))
      return undefined
    },
  }
}

function bearerToken(authorization: string): string {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1]
  if (token === undefined) throw new BadCredentialsError('authorization is not a bearer token')
  return token
}

/** Throws where a key is nobody's. It takes as long whichever key it is, and however much of it is right. */
function createKeyReader(keys: readonly ApiKey[]): (key: string) => Caller {
  const known = keys.map(({ id, hash, scopes, merchants }) => ({
    hash,
    caller: { id: `key:${id}`, scopes: new Set(scopes), merchants: merchants && new Set(merchants) } satisfies Caller,
  }))
  return (key) => {
    // A buffer that `hash` makes itself is memory outside the heap, allocated and freed for each request.
    const given = Buffer.from(hash('sha256', key, 'hex'), 'hex')
    const [found] = known.filter((entry) => timingSafeEqual(entry.hash, given))
    if (found === undefined) throw new BadCredentialsError('no such key')
    return found.caller
  }
}
