import { type CallResult, type Failure, isFailure, type Service, type TransportError } from '../../payapi/index.ts'
import type { TransportErrorReason } from '../../payapi/result.ts'
import { transportError } from '../../payapi/wire/classify.ts'
import type { OperationEvent } from '../procedures/operations/events.ts'
import type { Finish, NewOperation, Operation } from '../store.ts'

/** What is recorded of an operation whose outcome was unknown: by a person, for a notice, or because PayAPI was asked. */
export interface ResolutionRecord {
  readonly processed: boolean
  /** The transaction id that the merchant console showed. */
  readonly transactionId: string | null
  readonly note: string | null
  readonly resolvedBy: string
  /** When, ISO 8601. */
  readonly resolvedAt: string
}

/** What the store records of how a call ended. */
export function finishOf(
  result: CallResult,
  finishedAt: number,
  operation: Pick<NewOperation, 'transactionId'>,
): Finish {
  const state = !isFailure(result) ? 'SUCCEEDED' : result.outcome === 'UNKNOWN' ? 'UNKNOWN' : 'FAILED'
  return {
    state,
    result: JSON.stringify(result),
    finishedAt,
    // What surely was never sent may be tried again under its key; what PayAPI refused stays refused under it.
    keepsKey: !(isFailure(result) && result.retryable),
    keepsOrder: state !== 'FAILED',
    transactionId: state === 'SUCCEEDED' && operation.transactionId === null ? answeredTransactionId(result) : null,
  }
}

function answeredTransactionId(result: CallResult): string | null {
  const { transactionId } = result as { readonly transactionId?: unknown }
  return typeof transactionId === 'string' ? transactionId : null
}

/**
 * The result of an operation that is no longer in progress; undefined where it cannot be read. What is unknown without
 * a result was interrupted, and what failed without one was taken back: its caller was told that the journal is away.
 */
export function resultOf(operation: Operation, service: Service): CallResult | undefined {
  if (operation.result !== null) return JSON.parse(operation.result) as CallResult
  if (operation.unreadable !== null) return undefined
  if (operation.state === 'UNKNOWN') return interrupted(operation, service)
  return operation.state === 'FAILED' ? withoutAnswer(operation, service, 'JOURNAL_UNAVAILABLE', false) : undefined
}

const interrupted = (operation: Operation, service: Service): CallResult =>
  withoutAnswer(operation, service, 'INTERRUPTED', true)

function withoutAnswer(
  operation: Operation,
  service: Service,
  reason: TransportErrorReason,
  sent: boolean,
): TransportError {
  const metadata = {
    requestId: operation.id,
    requestedAt: new Date(operation.createdAt).toISOString(),
    merchantId: operation.merchantId,
    orderId: operation.orderId,
    transactionId: operation.transactionId,
    operationId: operation.id,
  }
  return transportError({ service, metadata }, reason, sent)
}

/** What the key of an operation of unknown outcome answers with once a person has recorded what became of it. */
export function resolvedResult(
  operation: Operation,
  service: Service,
  record: Pick<ResolutionRecord, 'processed' | 'transactionId'>,
  whoSaysSo: string,
): CallResult {
  if (record.processed) return recordedSuccess(operation, service, record.transactionId)
  const failure = (resultOf(operation, service) ?? interrupted(operation, service)) as Failure
  return {
    ...failure,
    outcome: 'NOT_PROCESSED',
    retryable: false,
    message: `${whoSaysSo} that this was not processed. A new request needs a new idempotencyKey.`,
  }
}

/** The result of an operation of unknown outcome whose own is not known. */
export const lostResult = (operation: Operation, service: Service): string =>
  JSON.stringify(interrupted(operation, service))

/** A success as far as a person can know it: what else PayAPI answered is lost. */
function recordedSuccess(operation: Operation, service: Service, transactionId: string | null): CallResult {
  const known: Readonly<Record<string, unknown>> = {
    merchantId: operation.merchantId,
    orderId: operation.orderId,
    transactionId: transactionId ?? operation.transactionId,
    amount: operation.amount,
  }
  const fields = Object.keys(service.result.fields).map((name) => [name, known[name] ?? null])
  return { type: service.result.type, ...Object.fromEntries(fields), operationId: operation.id }
}

/** What a person recorded of an operation; null where nobody did or no key opens it. */
export function resolutionOf({ resolution }: Operation): ResolutionRecord | null {
  return resolution === null ? null : (JSON.parse(resolution) as ResolutionRecord)
}

/** What an event of an operation tells. */
export interface EventContent {
  /** Whether PayAPI had processed it; null where the event tells nothing of that. */
  readonly processed: boolean | null
  readonly transactionId: string | null
  readonly note: string | null
  /** What was answered to a try to settle it. */
  readonly answer: string | null
}

/** What an event tells, as far as a key opens it. */
export function contentOf({ kind, data }: OperationEvent): EventContent {
  const nothing = { processed: null, transactionId: null, note: null, answer: null }
  if (data === null) return nothing
  const told = JSON.parse(data) as Partial<EventContent> & { readonly finding?: Partial<EventContent> }
  const {
    processed = null,
    transactionId = null,
    note = null,
    answer = null,
  } = kind === 'SETTLE_TRY' ? (told.finding ?? nothing) : told
  return { processed, transactionId, note, answer }
}
