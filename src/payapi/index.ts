/** The PayAPI client, usable from any Node program, and the definitions from which it and the graph are derived. */

export type { InputIssue, WireForm } from './check-input.ts'
export {
  type CallOptions,
  type CallRecord,
  createPayApiClient,
  type PayApiClient,
  type PayApiOptions,
  type PreparedCall,
} from './client.ts'
export type { Enumeration } from './enumeration.ts'
export * from './failure.ts'
export {
  composedText,
  type InputField,
  type InputFields,
  type InputGroup,
  type InputType,
  type IssueCode,
  id,
  optional,
} from './input-field.ts'
export type { MerchantCredentials } from './merchant.ts'
export type { ResultField, ResultFields, ResultType } from './result-field.ts'
export type { Effect, Service, ServiceInput, ServiceResult } from './service.ts'
export { CHAPTERS, SERVICES, type ServiceName, type Services } from './services/index.ts'
