import { hash, timingSafeEqual } from 'node:crypto'
import type { ApiKey } from '../../auth-config.ts'
import type { Caller } from '../../graphql/caller.ts'
import { BadCredentialsError } from './refusals.ts'

/**
 * Takes the keys that are known, as hashes; returns what finds out whose a key is, and throws where it is nobody's. It
 * takes as long whichever key it is, and however much of it is right.
 */
export function createKeyReader(keys: readonly ApiKey[]): (key: string) => Caller {
  const known = keys.map(({ id, hash, scopes, merchants }) => ({
    hash,
    caller: { id: `key:${id}`, scopes: new Set(scopes), merchants: merchants && new Set(merchants) } satisfies Caller,
  }))
  return (key) => {
    const given = hash('sha256', key, 'buffer')
    const [found] = known.filter((entry) => timingSafeEqual(entry.hash, given))
    if (found === undefined) throw new BadCredentialsError('no such key')
    return found.caller
  }
}
