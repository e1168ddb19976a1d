import { hash } from 'node:crypto'
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Caller } from './caller.ts'
import { BadCredentialsError } from './errors.ts'
import { fetchedKeys } from './fetched-keys.ts'
import type { JwtConfig } from './jwt-config.ts'
import { SCOPES, type Scope } from './scopes.ts'

/** How far the clock of whoever issues tokens may be ahead or behind, in seconds. */
const CLOCK_TOLERANCE_S = 5
const MAX_KNOWN_TOKENS = 10_000

type KnownCaller = Caller & Required<Pick<Caller, 'expiresAt'>>

/** What gives the time: in milliseconds since 1970, and in milliseconds since any moment, never set back. */
export interface Clocks {
  readonly now: () => number
  readonly elapsed: () => number
}

/**
 * The reader throws, or rejects with, why a token is refused. Verifying costs some 300 µs, so a token is verified once:
 * until it expires its hash is known.
 */
export function createTokenReader(config: JwtConfig, clocks: Clocks): (token: string) => Caller | Promise<Caller> {
  const known = new LRUCache<string, KnownCaller>({ max: MAX_KNOWN_TOKENS })
  const { now } = clocks
  const verify = createVerifier(config, clocks)
  return (token) => {
    const name = hash('sha256', token, 'base64')
    const seen = known.get(name)
    if (seen !== undefined && seen.expiresAt > now()) return seen
    return verify(token).then((verified) => {
      known.set(name, verified)
      return verified
    })
  }
}

function createVerifier({ key, algorithms, issuer, audience }: JwtConfig, { now, elapsed }: Clocks) {
  const keyFor = key instanceof URL ? fetchedKeys(key, elapsed) : () => key
  const options = {
    algorithms: [...algorithms],
    issuer,
    audience,
    requiredClaims: ['exp', 'sub'],
    clockTolerance: CLOCK_TOLERANCE_S,
  }
  return async (token: string): Promise<KnownCaller> => {
    try {
      const { payload } = await jwtVerify(token, keyFor as JWTVerifyGetKey, {
        ...options,
        currentDate: new Date(now()),
      })
      return callerOf(payload)
    } catch (fault) {
      if (!(fault instanceof errors.JOSEError)) throw fault
      // The error holds the token's claims, and its message may: only its code goes on.
      throw new BadCredentialsError(fault.code, fault instanceof errors.JWTExpired)
    }
  }
}

const MAX_SUBJECT_LENGTH = 255

/** Whom the journal can remember: a control character, or half of a pair, not every store keeps. */
const SUBJECT = /^[^\p{Cc}\p{Cs}]+$/u

/**
 * Reads the claims of a verified token. What may be done stands in `scope` (separated by spaces) or `scopes` (a list);
 * `merchants` limits as whom. Throws where a claim is not what it should be: a limit that cannot be read must not be
 * taken for none.
 */
function callerOf({ sub, exp, scope, scopes, merchants }: JWTPayload): KnownCaller {
  if (typeof sub !== 'string' || sub.length > MAX_SUBJECT_LENGTH || !SUBJECT.test(sub)) throw badClaim('sub')
  if (scope !== undefined && typeof scope !== 'string') throw badClaim('scope')
  if (scopes !== undefined && !isListOfTexts(scopes)) throw badClaim('scopes')
  if (merchants !== undefined && !isListOfTexts(merchants)) throw badClaim('merchants')
  const granted = new Set([...(scope?.split(' ') ?? []), ...(scopes ?? [])])
  return {
    id: `jwt:${sub}`,
    scopes: new Set<Scope>(SCOPES.filter((known) => granted.has(known))),
    merchants: merchants === undefined ? undefined : new Set(merchants),
    expiresAt: (exp ?? 0) * 1000,
  }
}

const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

const badClaim = (name: string) => new BadCredentialsError(`the claim ${name} is not what it should be`)
