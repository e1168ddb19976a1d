export {
  createIdempotencyKey,
  type IdempotencyKey,
  type IdempotencyKeyOptions,
  type KeyStorage,
} from './idempotency-key.ts'
export { interpret } from './interpret.ts'
export type { Localized, Outcome, OutcomeField, OutcomeKind } from './types.ts'
