import type { JWTPayload } from 'jose'
import type { Caller } from '../../graphql/caller.ts'
import { SCOPES, type Scope } from '../../graphql/scopes.ts'
import { BadCredentialsError } from './refusals.ts'

const MAX_SUBJECT_LENGTH = 255

/**
 * Takes the claims of a token that was verified; returns who calls. What may be done stands in `scope` (separated by
 * spaces) or `scopes` (a list); `merchants` limits as whom. Throws where a claim is not what it should be: a limit that
 * cannot be read must not be taken for none.
 */
export function callerOf({ sub, scope, scopes, merchants }: JWTPayload): Caller {
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT_LENGTH) throw badClaim('sub')
  if (scope !== undefined && typeof scope !== 'string') throw badClaim('scope')
  if (scopes !== undefined && !isListOfTexts(scopes)) throw badClaim('scopes')
  if (merchants !== undefined && !isListOfTexts(merchants)) throw badClaim('merchants')
  const granted = new Set([...(scope?.split(' ') ?? []), ...(scopes ?? [])])
  return {
    id: `jwt:${sub}`,
    scopes: new Set<Scope>(SCOPES.filter((known) => granted.has(known))),
    merchants: merchants === undefined ? undefined : new Set(merchants),
  }
}

const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

const badClaim = (name: string) => new BadCredentialsError(`the claim ${name} is not what it should be`)
