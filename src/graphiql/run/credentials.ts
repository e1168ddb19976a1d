import type { SignInMethod } from '../setup.ts'

/** Who the visitor is. Kept in memory, and nowhere else. */
export interface Credentials {
  readonly method: SignInMethod
  readonly value: string
}

export function credentialHeaders(credentials: Credentials | undefined): Readonly<Record<string, string>> {
  if (credentials === undefined) return {}
  const { method, value } = credentials
  return method === 'bearer' ? { authorization: `Bearer ${value}` } : { 'x-api-key': value }
}
