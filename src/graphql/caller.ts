import type { Scope } from './scopes.ts'

/** Who calls, and what they may do. */
export interface Caller {
  /** Names the caller in the journal, e.g. `jwt:shop-7`; one caller's idempotency keys are nobody else's. */
  readonly id: string
  /** What they may do. */
  readonly scopes: ReadonlySet<Scope>
  /** Which merchants they may act as; undefined for all that are configured. */
  readonly merchants: ReadonlySet<string> | undefined
}
