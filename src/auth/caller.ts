import { SCOPES, type Scope } from './scopes.ts'

/** Who calls, and what they may do. */
export interface Caller {
  /** Names the caller in the journal, e.g. `jwt:shop-7`; one caller's idempotency keys are nobody else's. */
  readonly id: string
  readonly scopes: ReadonlySet<Scope>
  /** Which merchants they may act as; undefined for all that are configured. */
  readonly merchants: ReadonlySet<string> | undefined
  /** When their credentials end, in milliseconds since 1970; undefined where they do not. */
  readonly expiresAt?: number
}

/** The caller where nobody is asked who they are. */
export const ANYBODY: Caller = { id: 'anonymous', scopes: new Set(SCOPES), merchants: undefined }
