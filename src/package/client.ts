/** The PayAPI client without GraphQL, alone or with a journal. */

export type { JournalOptions, Log, MerchantOptions } from '../config/options/types.ts'
export { OptionsError } from '../config/settings-error.ts'
export type { IdempotencyConflict } from '../journal/claims/conflict.ts'
export type {
  CallOptions,
  CallRecord,
  CallResult,
  Failure,
  HttpClientError,
  HttpServerError,
  InputIssue,
  InvalidInput,
  MerchantCredentials,
  Outcome,
  PayApiClient,
  PayApiOptions,
  PgFailure,
  ServiceName,
  TransportError,
} from '../payapi/index.ts'
export { createPayApiClient, isFailure } from '../payapi/index.ts'
export type { RefundRefused } from '../payments/refunds/refunds.ts'
export {
  createJournaledClient,
  type JournaledCallOptions,
  type JournaledClient,
  type JournaledClientOptions,
  type RefundInput,
} from './journaled-client.ts'
