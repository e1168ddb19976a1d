import { GraphQLError } from 'graphql'
import type { Caller } from './caller.ts'
import type { GraphContext } from './context.ts'
import type { Scope } from './scopes.ts'

// Decides in the schema, before an input is looked at, whether a caller may use a field.

/** What a field may ask for: that the caller has a scope, and may act as a merchant. */
export interface AuthScopes {
  scope: Scope
  merchant: string
}

/** How `@pothos/plugin-scope-auth` decides and refuses. */
export const scopeAuth = {
  // Whoever lacks one of two rights lacks the right.
  defaultStrategy: 'all' as const,
  authScopes: ({ caller }: GraphContext) => ({
    scope: (scope: Scope) => caller?.scopes.has(scope) ?? false,
    merchant: (merchantId: string) => mayActAs(caller, merchantId),
  }),
  unauthorizedError: (_parent: unknown, { caller }: GraphContext, _info: unknown, { failure }: { failure: unknown }) =>
    caller === undefined ? unauthenticated() : forbidden(missingScope(failure)),
}

/** Takes who calls and a merchant; returns whether they may act as that merchant. */
export function mayActAs(caller: Caller | undefined, merchantId: string): boolean {
  return caller !== undefined && (caller.merchants?.has(merchantId) ?? true)
}

/** Takes a scope, the merchant that is asked for (the default one where none is) and the context; returns what a field asks for. */
export function rightTo(scope: Scope, merchantId: string | null | undefined, context: GraphContext): AuthScopes {
  return { scope, merchant: merchantId ?? context.defaultMerchantId }
}

/** As the schema does where a field asks for a right: throws the error where the caller lacks it. */
export function demand(scope: Scope, merchantId: string | null | undefined, context: GraphContext): void {
  const { caller, defaultMerchantId } = context
  if (caller === undefined) throw unauthenticated()
  if (!caller.scopes.has(scope)) throw forbidden(scope)
  if (!mayActAs(caller, merchantId ?? defaultMerchantId)) throw forbidden()
}

/** Returns the error of a field that needs a known caller. */
function unauthenticated(): GraphQLError {
  return new GraphQLError('Credentials are needed.', { extensions: { code: 'UNAUTHENTICATED' } })
}

/** Takes the scope that is missing, undefined where it is the merchant; returns the error of a field that a caller may not use. */
function forbidden(scope?: string): GraphQLError {
  const message = scope === undefined ? 'The caller may not act as this merchant.' : `The scope ${scope} is needed.`
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } })
}

/** The plugin tells of a map that failed as a tree; the scope that was asked for stands in one of its leaves. */
function missingScope(failure: unknown): string | undefined {
  const { scope, parameter, failures } = failure as {
    scope?: string
    parameter?: string
    failures?: readonly unknown[]
  }
  if (scope === 'scope') return parameter
  return failures?.map(missingScope).find((missing) => missing !== undefined)
}
