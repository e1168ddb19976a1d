export {
  createIdempotencyKey,
  type IdempotencyKey,
  type IdempotencyKeyOptions,
  type KeyStorage,
} from './idempotency-key.ts'
export { interpret, interpretStatus } from './interpret.ts'
export type { Localized, Outcome, OutcomeField, OutcomeKind } from './types.ts'
