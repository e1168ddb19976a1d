import type { LostReason, NotSentReason } from './transport/exchange.ts'
import type { InputIssue } from './wire/validate-input.ts'

/** Whether money or state may have moved. `NOT_PROCESSED` is only said when it is certain. */
export type Outcome = 'NOT_PROCESSED' | 'UNKNOWN'

/** Why there is no answer of PayAPI to go by. */
export type TransportErrorReason =
  | NotSentReason
  | LostReason
  | 'MISMATCHED_RESPONSE'
  /** Where a journal is kept: it could not be written, so nothing was sent. */
  | 'JOURNAL_UNAVAILABLE'
  /** Where a journal is kept: the process ended while the call was under way. */
  | 'INTERRUPTED'

/** What is known of a call whatever becomes of it. */
export interface CallMetadata {
  /** The same id stands in the log line of the call. */
  readonly requestId: string
  /** When the call was taken, ISO 8601. */
  readonly requestedAt: string
  /** The `mid` that acted; null where the one asked for is not configured. */
  readonly merchantId: string | null
  readonly orderId: string | null
  readonly transactionId: string | null
  /** The operation in the journal; null where none is kept for the call. */
  readonly operationId: string | null
}

interface FailureDetails extends CallMetadata {
  /** For a developer; safe to log: no card data, no secret. */
  readonly message: string
  readonly outcome: Outcome
  /** Whether the same request, with the same idempotency key, may be sent again without risk. */
  readonly retryable: boolean
}

/** What PayAPI said, where it said something. */
interface PgAnswer {
  readonly resultCode: string | null
  readonly resultMessage: string | null
}

/** Rejected before anything was sent. */
export interface InvalidInput extends FailureDetails {
  readonly type: 'PayApiInvalidInput'
  readonly issues: readonly InputIssue[]
}

/** HTTP 200 with a code other than the service's success code. */
export interface PgFailure extends FailureDetails, PgAnswer {
  readonly type: 'PgFailure'
}

/** HTTP 4XX. */
export interface HttpClientError extends FailureDetails, PgAnswer {
  readonly type: 'PayApiHttpClientError'
  readonly httpStatus: number
}

/** HTTP 5XX. */
export interface HttpServerError extends FailureDetails, PgAnswer {
  readonly type: 'PayApiHttpServerError'
  readonly httpStatus: number
}

/** Not sent, or sent and nothing readable came back. */
export interface TransportError extends FailureDetails {
  readonly type: 'PayApiTransportError'
  readonly reason: TransportErrorReason
}

/** Every way a call can fail. */
export type Failure = InvalidInput | PgFailure | HttpClientError | HttpServerError | TransportError

/** How a call ended: a success, whose `type` names its result, or a failure. */
export type CallResult<Result extends { readonly type: string } = { readonly type: string }> = Result | Failure

export function isFailure(result: CallResult): result is Failure {
  return 'outcome' in result
}
