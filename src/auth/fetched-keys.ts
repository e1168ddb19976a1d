import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { KeysUnavailableError } from './errors.ts'

/** How long keys are taken for the issuer's, in milliseconds. */
const MAX_AGE_MS = 600_000

/** How long after an attempt to fetch keys nobody tries again, in milliseconds: within it a key that is new is not known yet. */
const COOL_DOWN_MS = 500

/**
 * The keys behind an address; `elapsed` gives milliseconds that are never set back. A token that none of them fits is its
 * caller's fault as long as the keys are fresh, also where they cannot be fetched again; that they are not there is not.
 */
export function fetchedKeys(address: URL, elapsed: () => number): JWTVerifyGetKey {
  // When to fetch is decided here: jose itself would try again for every unknown key while the issuer is away.
  const keys = createRemoteJWKSet(address, { cooldownDuration: Infinity, cacheMaxAge: Infinity })
  let fetchedAt = -Infinity
  let attemptedAt = -Infinity
  const areFresh = () => elapsed() - fetchedAt < MAX_AGE_MS
  /** Fetches the keys, or waits for who does so already. */
  const refresh = async (): Promise<void> => {
    if (!keys.reloading && elapsed() - attemptedAt < COOL_DOWN_MS) return
    try {
      await keys.reload()
      fetchedAt = elapsed()
    } finally {
      attemptedAt = elapsed()
    }
  }
  return async (header, token) => {
    try {
      if (!areFresh()) await refresh()
      if (!areFresh()) throw new KeysUnavailableError('the keys could not be fetched a moment ago')
      try {
        return await keys(header, token)
      } catch (fault) {
        if (!(fault instanceof errors.JWKSNoMatchingKey)) throw fault
        await refresh().catch(() => {})
        return await keys(header, token)
      }
    } catch (fault) {
      if (fault instanceof KeysUnavailableError || CALLERS_FAULTS.some((known) => fault instanceof known)) throw fault
      throw new KeysUnavailableError(fault instanceof errors.JOSEError ? fault.code : 'the keys cannot be fetched')
    }
  }
}

const CALLERS_FAULTS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported]
