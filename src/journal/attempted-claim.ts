import type { NewOperation } from './store.ts'

/**
 * One try to claim. A claim whose caller was told that the store is unavailable may be granted behind his back; it is
 * then withdrawn, and the number keeps that from touching a later try of the same operation, which he may rely on.
 */
export interface AttemptedClaim {
  readonly operation: NewOperation
  /** Grows from one try to the next within an owner. */
  readonly attempt: number
}
