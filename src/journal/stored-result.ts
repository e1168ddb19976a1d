import { type CallResult, type Failure, isFailure, type Service } from '../payapi/index.ts'
import { transportError } from '../payapi/wire/classify.ts'
import type { Finish, Operation } from './store.ts'

/** What a person records of an operation whose outcome was unknown. */
export interface ResolutionRecord {
  /** Whether PayAPI had processed it. */
  readonly processed: boolean
  /** The transaction id that the merchant console showed. */
  readonly transactionId: string | null
  readonly note: string | null
  /** Who recorded it. */
  readonly resolvedBy: string
  /** When, ISO 8601. */
  readonly resolvedAt: string
}

/** Takes how a call ended; returns what the store records of it. */
export function finishOf(ending: CallResult, finishedAt: number): Finish {
  const state = !isFailure(ending) ? 'SUCCEEDED' : ending.outcome === 'UNKNOWN' ? 'UNKNOWN' : 'FAILED'
  return {
    state,
    result: JSON.stringify(ending),
    finishedAt,
    // What surely was never sent may be tried again under its key; what PayAPI refused stays refused under it.
    keepsKey: !(isFailure(ending) && ending.retryable),
    keepsOrder: state !== 'FAILED',
  }
}

/**
 * Takes an operation that is no longer in progress; returns its ending, undefined where that cannot be read. What is unknown
 * without an ending was interrupted.
 */
export function endingOf(operation: Operation, service: Service): CallResult | undefined {
  if (operation.result !== null) return JSON.parse(operation.result) as CallResult
  return operation.state === 'UNKNOWN' && operation.unreadable === null ? interrupted(operation, service) : undefined
}

function interrupted(operation: Operation, service: Service): CallResult {
  const metadata = {
    requestId: operation.id,
    requestedAt: new Date(operation.createdAt).toISOString(),
    merchantId: operation.merchantId,
    orderId: operation.orderId,
    transactionId: operation.transactionId,
    operationId: operation.id,
  }
  return transportError({ service, metadata }, 'INTERRUPTED', true)
}

/**
 * Takes an operation whose outcome was unknown and what a person recorded of it; returns the ending that its key
 * answers with from then on.
 */
export function resolvedEnding(operation: Operation, service: Service, record: ResolutionRecord): CallResult {
  if (record.processed) return recordedSuccess(operation, service, record)
  const failure = (endingOf(operation, service) ?? interrupted(operation, service)) as Failure
  return {
    ...failure,
    outcome: 'NOT_PROCESSED',
    retryable: false,
    message:
      'A person recorded from the merchant console that this was not processed. A new request needs a new idempotencyKey.',
  }
}

/** A success as far as a person can know it: what else PayAPI answered is lost. */
function recordedSuccess(operation: Operation, service: Service, record: ResolutionRecord): CallResult {
  const known: Readonly<Record<string, unknown>> = {
    merchantId: operation.merchantId,
    orderId: operation.orderId,
    transactionId: record.transactionId ?? operation.transactionId,
    amount: operation.amount,
  }
  const fields = Object.keys(service.result.fields).map((name) => [name, known[name] ?? null])
  return { type: service.result.type, ...Object.fromEntries(fields), operationId: operation.id }
}

/** Takes an operation; returns what a person recorded of it, null where nobody did or no key opens it. */
export function resolutionOf({ resolution }: Operation): ResolutionRecord | null {
  return resolution === null ? null : (JSON.parse(resolution) as ResolutionRecord)
}
