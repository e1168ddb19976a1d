import type { GraphQLError } from 'graphql'
import type { Caller } from './caller.ts'
import { SafeError } from './errors.ts'
import type { Scope } from './scopes.ts'

// Decides in the resolvers, before an input is looked at, whether a caller may use a field.

/** Who asks; undefined where nobody is known. */
interface Asking {
  readonly caller: Caller | undefined
  /** The merchant that acts where none is named. */
  readonly defaultMerchantId: string
}

export function mayActAs(caller: Caller | undefined, merchantId: string): boolean {
  return caller !== undefined && (caller.merchants?.has(merchantId) ?? true)
}

/** Throws the error for the caller where nobody is known. */
export function requireCaller({ caller }: Pick<Asking, 'caller'>): void {
  if (caller === undefined) throw unauthenticated()
}

/** Throws the error for the caller where they lack the scope. */
export function requireScope(scope: Scope, { caller }: Pick<Asking, 'caller'>): void {
  if (caller === undefined) throw unauthenticated()
  if (!caller.scopes.has(scope)) throw forbidden(`The scope ${scope} is needed.`)
}

/**
 * Throws the error for the caller where they lack the scope or may not act as the merchant, which is the default one
 * where none is named.
 */
export function requireAccess(scope: Scope, merchantId: string | null | undefined, context: Asking): void {
  requireScope(scope, context)
  if (!mayActAs(context.caller, merchantId ?? context.defaultMerchantId)) {
    throw forbidden('The caller may not act as this merchant.')
  }
}

function unauthenticated(): GraphQLError {
  return new SafeError('Credentials are needed.', { extensions: { code: 'UNAUTHENTICATED' } })
}

function forbidden(message: string): GraphQLError {
  return new SafeError(message, { extensions: { code: 'FORBIDDEN' } })
}
