import type { CallMetadata, PreparedCall, TransportError } from '../../payapi/index.ts'
import { transportError } from '../../payapi/wire/classify.ts'
import type { NewOperation, Operation } from '../store.ts'

/** Why a request was not carried out beside an earlier one. */
export type ConflictReason = 'IN_PROGRESS' | 'DIFFERENT_INPUT' | 'CANNOT_BE_COMPARED' | 'SAME_ORDER'

/** A request that an earlier operation stands in the way of. Nothing was sent for it. */
export interface IdempotencyConflict extends CallMetadata {
  readonly type: 'PayApiIdempotencyConflict'
  readonly message: string
  readonly outcome: 'NOT_PROCESSED' | 'UNKNOWN'
  readonly retryable: boolean
  readonly reason: ConflictReason
}

/** The failure of a request in whose way an operation is; it names that operation. */
export function conflict(metadata: CallMetadata, operation: Operation, reason: ConflictReason): IdempotencyConflict {
  return {
    type: 'PayApiIdempotencyConflict',
    message: `${EXPLANATIONS[reason](operation)} Nothing was sent for this request.`,
    // It may be the same request, which may have been processed.
    outcome: reason === 'CANNOT_BE_COMPARED' ? 'UNKNOWN' : 'NOT_PROCESSED',
    // The same request under the same key can only be answered with the first one's result.
    retryable: reason === 'IN_PROGRESS',
    ...metadata,
    reason,
    operationId: operation.id,
  }
}

const STATES = {
  IN_PROGRESS: 'is under way',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  UNKNOWN: 'ended with unknown outcome',
} as const

const EXPLANATIONS: Readonly<Record<ConflictReason, (operation: Operation) => string>> = {
  IN_PROGRESS: ({ id }) =>
    `A request with the same idempotencyKey is still under way as operation ${id}; ask again shortly.`,
  DIFFERENT_INPUT: ({ id }) =>
    `The idempotencyKey was used for another input, as operation ${id}. A new request needs a new key.`,
  CANNOT_BE_COMPARED: ({ id, state }) =>
    `The idempotencyKey was used before, as operation ${id}, which ${STATES[state]}. It was written with a journal key that this server does not have, so whether it was this same request cannot be told. Do not take a new key: look the operation up, or ask again with the same key once the server has that journal key.`,
  SAME_ORDER: ({ id, state }) =>
    `The order was charged before: operation ${id} ${STATES[state]}. Look it up with \`paymentOperation\` before you charge again.`,
}

/**
 * The failure of a request for which the store cannot be used. Nothing was sent for it; but an earlier request with its key,
 * or for the order that it claims, may have been processed, and only the journal knows.
 */
export function storeUnavailable(
  { service, metadata }: PreparedCall,
  { idempotencyKey, claimsOrder }: Pick<NewOperation, 'idempotencyKey' | 'claimsOrder'>,
): TransportError {
  const failure = transportError({ service, metadata }, 'JOURNAL_UNAVAILABLE', false)
  if (idempotencyKey === null && !claimsOrder) return failure
  const earlier =
    idempotencyKey === null
      ? 'whether the order was charged before is not known. Ask again with the same orderId, and with no other.'
      : 'whether an earlier one with the same idempotencyKey was processed is not known. Ask again with the same idempotencyKey, and with no other.'
  return {
    ...failure,
    message: `The journal of operations cannot be used now, so nothing was sent for this request; ${earlier}`,
    outcome: 'UNKNOWN',
  }
}
