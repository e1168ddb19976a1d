import type { ConflictReason, IdempotencyConflict } from '../journal/conflict.ts'
import type {
  Failure,
  HttpClientError,
  HttpServerError,
  InputIssue,
  InvalidInput,
  PgFailure,
  TransportError,
  TransportErrorReason,
} from '../payapi/index.ts'
import { builder } from './builder.ts'

const Outcome = builder.enumType('PayApiOutcome', {
  description: 'Whether money or state may have moved.',
  values: {
    NOT_PROCESSED: { description: 'Surely nothing was processed.' },
    UNKNOWN: {
      description:
        'It may have been processed. Unless `retryable` is true, do not send it again before somebody has looked into the merchant console.',
    },
  } as const,
})

// One enumeration for both failures that have a `reason`: of two, an ordinary query for both would be invalid.
const reasons: Record<TransportErrorReason | ConflictReason, { description: string }> = {
  NAME_NOT_FOUND: { description: "PayAPI's host name was not found. Not sent." },
  CONNECTION_REFUSED: { description: 'No connection to PayAPI could be made. Not sent.' },
  CONNECT_TIMEOUT: { description: 'No connection to PayAPI could be made in time. Not sent.' },
  TLS_FAILURE: { description: 'No secure connection to PayAPI could be made. Not sent.' },
  OVERLOADED: { description: "The facade's own bound on calls, under way or of one request, was reached. Not sent." },
  SHUTTING_DOWN: { description: 'The facade is about to stop and begins no further call. Not sent.' },
  CONNECTION_LOST: { description: 'The connection was lost after the request was sent.' },
  TIMEOUT: { description: 'No complete answer came in time after the request was sent.' },
  JOURNAL_UNAVAILABLE: {
    description:
      'The journal of operations could not be written. Not sent. Under its idempotencyKey an earlier request may have been processed, so ask again with the same key.',
  },
  INTERRUPTED: { description: 'The facade itself stopped while the call was under way.' },
  UNREADABLE_RESPONSE: {
    description: 'What came back is no answer of PayAPI, or one that may mean success as well as failure.',
  },
  MISMATCHED_RESPONSE: { description: 'The answer names another merchant or transaction: it is not ours.' },
  IN_PROGRESS: {
    description: 'Of a conflict: a request with the same key is still under way. Ask again with the same key.',
  },
  DIFFERENT_INPUT: { description: 'Of a conflict: the key was used for another input. A new request needs a new key.' },
  CANNOT_BE_COMPARED: {
    description:
      'Of a conflict: the key was used before, but the server lacks the journal key to tell whether for the same input. The earlier request may have been processed: take no new key.',
  },
  SAME_ORDER: { description: 'Of a conflict: the order was, or may have been, charged before.' },
}

const Reason = builder.enumType('PayApiTransportErrorReason', {
  description: 'Why there is no answer of PayAPI to go by, or what stands in the way of a request.',
  values: reasons,
})

/** Of every `operationId` in the graph. */
export const OPERATION_ID =
  'The operation in the journal: look it up with `operation`. Null where nothing was sent that a journal would remember.'

/** What every failure has. */
export const FailureInterface = builder.interfaceRef<Failure | IdempotencyConflict>('PayApiFailure').implement({
  description: 'What every failure has, also those that will be added. `__typename` says which one it is.',
  resolveType: (failure) => failure.type,
  fields: (t) => ({
    message: t.exposeString('message', {
      nullable: false,
      description: 'For a developer; safe to log: no card data, no secret.',
    }),
    outcome: t.expose('outcome', {
      type: Outcome,
      nullable: false,
      description: 'Whether money or state may have moved.',
    }),
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description: 'Whether the same request, with the same `idempotencyKey`, may be sent again without risk.',
    }),
    requestId: t.exposeID('requestId', {
      nullable: false,
      description: 'The same id stands in the log line of this call.',
    }),
    requestedAt: t.expose('requestedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the facade took the call: with the ids below, what one looks for in the merchant console.',
    }),
    merchantId: t.exposeID('merchantId', { description: 'The merchant it acted as. 가맹점ID, `mid`.' }),
    orderId: t.exposeID('orderId', { description: 'From the input, where it has one. 주문번호, `oid`.' }),
    transactionId: t.exposeID('transactionId', { description: 'From the input, where it has one. 거래ID, `tid`.' }),
    operationId: t.exposeID('operationId', { description: OPERATION_ID }),
  }),
})

const resultCode = 'The code that PayAPI gave. 결과코드, `ResultCode`.'
const resultMessage = "PayAPI's own words. 결과메시지, `ResultMsg`."

const Issue = builder.objectRef<InputIssue>('PayApiInputIssue').implement({
  directives: { shareable: {} },
  description: 'One thing that is wrong with an input.',
  fields: (t) => ({
    path: t.exposeStringList('path', {
      nullable: false,
      description: 'Where, from the input downwards, e.g. `["card", "number"]`.',
    }),
    code: t.exposeString('code', {
      nullable: false,
      description: 'What kind of rule is broken, e.g. `REQUIRED`, `TOO_LONG`.',
    }),
    message: t.exposeString('message', { nullable: false, description: 'The rule, in words. Never quotes the value.' }),
  }),
})

/** The failure of an input that was rejected. */
export const InvalidInputType = builder.objectRef<InvalidInput>('PayApiInvalidInput').implement({
  description: 'The facade rejected the input; nothing was sent. Correct it and send it again.',
  interfaces: [FailureInterface],
  fields: (t) => ({
    issues: t.expose('issues', {
      type: [Issue],
      nullable: false,
      description: 'Everything that is wrong with the input.',
    }),
  }),
})

const PgFailureType = builder.objectRef<PgFailure>('PgFailure').implement({
  description: 'PayAPI refused the request: a declined card, an unknown transaction and so on. Nothing was processed.',
  interfaces: [FailureInterface],
  fields: (t) => ({
    resultCode: t.exposeString('resultCode', { description: resultCode }),
    resultMessage: t.exposeString('resultMessage', { description: resultMessage }),
  }),
})

const HttpClientErrorType = builder.objectRef<HttpClientError>('PayApiHttpClientError').implement({
  description:
    'PayAPI answered HTTP 4XX: something about the request is wrong. Not processed, except for 408 and where its code may mean success.',
  interfaces: [FailureInterface],
  fields: (t) => ({
    httpStatus: t.exposeInt('httpStatus', { nullable: false, description: 'HTTP status, 400 to 499.' }),
    resultCode: t.exposeString('resultCode', { description: resultCode }),
    resultMessage: t.exposeString('resultMessage', { description: resultMessage }),
  }),
})

const HttpServerErrorType = builder.objectRef<HttpServerError>('PayApiHttpServerError').implement({
  description: 'PayAPI answered HTTP 5XX: it had an internal error, and may or may not have processed the request.',
  interfaces: [FailureInterface],
  fields: (t) => ({
    httpStatus: t.exposeInt('httpStatus', { nullable: false, description: 'HTTP status, 500 to 599.' }),
    resultCode: t.exposeString('resultCode', { description: resultCode }),
    resultMessage: t.exposeString('resultMessage', { description: resultMessage }),
  }),
})

/** The failure of a call without an answer to go by. */
export const TransportErrorType = builder.objectRef<TransportError>('PayApiTransportError').implement({
  description: 'No answer of PayAPI to go by: the request could not be sent, or what came back cannot be read.',
  interfaces: [FailureInterface],
  fields: (t) => ({
    reason: t.expose('reason', { type: Reason, nullable: false, description: 'What happened.' }),
  }),
})

/** The failures that stand in every result union, behind the success. */
export const FAILURE_TYPES = [
  PgFailureType,
  HttpClientErrorType,
  HttpServerErrorType,
  TransportErrorType,
  InvalidInputType,
] as const

/** The failure of a request that an earlier operation stands in the way of; in the unions of all that changes state. */
export const ConflictType = builder.objectRef<IdempotencyConflict>('PayApiIdempotencyConflict').implement({
  description:
    'An earlier operation stands in the way: `operationId` names it. Nothing was sent for this request; what became of the earlier one, `operation` tells.',
  interfaces: [FailureInterface],
  fields: (t) => ({
    reason: t.expose('reason', { type: Reason, nullable: false, description: 'What stands in the way.' }),
  }),
})
