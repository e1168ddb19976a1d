import type { AuthConfig } from '../../auth-config.ts'
import type { Caller } from '../../graphql/caller.ts'
import { createKeyReader } from './api-keys.ts'
import { BadCredentialsError, type Challenge, challengeFor } from './refusals.ts'
import { type Clocks, createTokenReader } from './tokens.ts'

/** The header of static keys. */
export const API_KEY_HEADER = 'x-api-key'

/** Finds out who calls. */
export interface Authenticator {
  /**
   * Takes the headers of a request; returns who calls, undefined where they hold no credentials. Throws or rejects with a
   * `BadCredentialsError` or a `KeysUnavailableError`. Gives a promise only where it has to: a token that was seen before
   * is known at once.
   */
  authenticate(headers: { get(name: string): string | null }): Caller | undefined | Promise<Caller>
  /** How a caller is asked for credentials. */
  readonly challenge: Challenge
}

/** Takes how callers are known, and clocks where they are not the system's. */
export function createAuthenticator(config: AuthConfig, clocks: Partial<Clocks> = {}): Authenticator {
  const readToken =
    config.jwt && createTokenReader(config.jwt, { now: Date.now, elapsed: () => performance.now(), ...clocks })
  const readKey = config.apiKeys && createKeyReader(config.apiKeys)
  return {
    challenge: challengeFor(config),
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
