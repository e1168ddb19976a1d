// The PayAPI client, usable from any Node program, and the definitions from which it and the graph are derived.

export type { CallOptions, PreparedCall } from './call.ts'
export { type CallRecord, createPayApiClient, type PayApiClient, type PayApiOptions } from './client.ts'
export type { Enumeration } from './definition/enums.ts'
export { id, optional } from './definition/request-fields.ts'
export type { InputField, InputFields, InputGroup, InputType, IssueCode } from './definition/request-types.ts'
export type { ResultField, ResultFields, ResultType } from './definition/result-fields.ts'
export {
  type Effect,
  type PaymentStep,
  type ProtocolName,
  type Service,
  type ServiceInput,
  type ServiceResult,
  type Settling,
  stepOf,
} from './definition/service.ts'
export { composedText } from './definition/value-rules.ts'
export type { MerchantCredentials } from './merchant.ts'
export * from './result.ts'
export {
  ALL_SERVICES,
  type AnyServiceName,
  CHAPTER_TITLES,
  CHAPTERS,
  SERVICES,
  type ServiceName,
  type Services,
  SMS_LINK_LIFETIME_MS,
} from './services/index.ts'
export { fillSmsAddresses, type SmsLinkAddresses, smsLinkRequest } from './services/sms-addresses.ts'
export type * from './wire/validate-input.ts'
export type { InputIssue, WireForm } from './wire/validate-input.ts'
