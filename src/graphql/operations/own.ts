import { requireAccess } from '../../auth/authorize.ts'
import { type Scope, scopeOf, scopeSentence } from '../../auth/scopes.ts'
import type { Operation } from '../../journal/store.ts'
import { SERVICES, type Service } from '../../payapi/index.ts'
import { callerId, type GraphContext } from '../context.ts'

// Whoever made an operation may read it with the scope that made it: who may charge a card may ask what became of the
// charge, and of no other.

/** How the description of a field ends that shows a caller their own operations. */
export const OWN_OR_SCOPE = `Whoever made an operation may read it with the scope that made it. For all others: ${scopeSentence('operations:read')}`

/** By what makes operations: the scope that does. */
const scopes: ReadonlyMap<string, Scope> = new Map(
  Object.values<Service>(SERVICES)
    .filter(({ effect }) => effect !== 'lookup')
    .map((service) => [service.name, scopeOf(service)]),
)

/** Whether the journal may hold an operation that the caller made and may still make. */
export function mayHaveOwn({ caller, journal }: GraphContext): boolean {
  return journal !== undefined && caller !== undefined && [...scopes.values()].some((scope) => caller.scopes.has(scope))
}

export function isOwn({ caller: madeBy, service }: Operation, { caller }: GraphContext): boolean {
  const scope = scopes.get(service)
  return madeBy === callerId(caller) && scope !== undefined && caller?.scopes.has(scope) === true
}

/** Throws the error for the caller where they may neither read the journal nor make such an operation as the merchant. */
export function requireOwnAccess(service: string, merchantId: string | null | undefined, context: GraphContext): void {
  const scope = scopes.get(service)
  const isMaker = context.journal !== undefined && scope !== undefined && context.caller?.scopes.has(scope) === true
  requireAccess(isMaker ? scope : 'operations:read', merchantId, context)
}
