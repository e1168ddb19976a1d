import type { IdempotencyConflict } from '../../journal/claims/conflict.ts'
import type {
  Failure,
  HttpClientError,
  HttpServerError,
  InputIssue,
  InvalidInput,
  IssueCode,
  PgFailure,
  TransportError,
} from '../../payapi/index.ts'
import type { RefundRefused } from '../../payments/refunds/refunds.ts'
import { builder } from '../builder/builder.ts'
import { type DescribedFailure, FAILURES } from './guide.ts'
import { CONFLICT_REASONS, REFUND_REASONS, TRANSPORT_REASONS } from './reasons.ts'

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

const described = <Name extends string>(reasons: Readonly<Record<Name, DescribedFailure>>, prefix = '') =>
  Object.fromEntries(
    Object.entries<DescribedFailure>(reasons).map(([name, { about }]) => [name, { description: prefix + about.en }]),
  ) as Record<Name, { description: string }>

// One enumeration for all failures that have a `reason`: of several, an ordinary query for both would be invalid.
const Reason = builder.enumType('PayApiTransportErrorReason', {
  description: 'Why there is no answer of PayAPI to go by, or what stands in the way of a request.',
  values: {
    ...described(TRANSPORT_REASONS),
    ...described(CONFLICT_REASONS, 'Of a conflict: '),
    ...described(REFUND_REASONS, 'Of a refund: '),
  },
})

/** Of every `operationId` in the graph. */
export const OPERATION_ID =
  'The operation in the journal: look it up with `paymentOperation`. Null where nothing was sent that a journal would remember.'

/** What every failure has. */
export const FailureInterface = builder
  .interfaceRef<Failure | IdempotencyConflict | RefundRefused>('PayApiFailure')
  .implement({
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

const issueCodes: Record<IssueCode, { description: string }> = {
  REQUIRED: { description: 'It is missing or empty.' },
  WRONG_TYPE: { description: 'It is another kind of value.' },
  TOO_LONG: { description: 'It is longer than PayAPI takes.' },
  OUT_OF_RANGE: { description: 'It is too small, too large, or does not go with what else is there.' },
  INVALID_FORMAT: { description: 'It is not written as it must be, or holds what does not belong there.' },
  INVALID_CARD_NUMBER: { description: 'It is no card number.' },
  UNKNOWN_VALUE: { description: 'It is none of the values that there are.' },
  UNKNOWN_FIELD: { description: 'There is no such field.' },
  UNKNOWN_MERCHANT: { description: 'No such merchant is configured.' },
  UNSUPPORTED: { description: 'This server does not offer it.' },
}

const IssueCodeType = builder.enumType('PayApiInputIssueCode', {
  description: 'What kind of rule an input breaks.',
  values: issueCodes,
})

const Issue = builder.objectRef<InputIssue>('PayApiInputIssue').implement({
  directives: { shareable: {} },
  description: 'One thing that is wrong with an input.',
  fields: (t) => ({
    path: t.exposeStringList('path', {
      nullable: false,
      description: 'Where, from the input downwards, e.g. `["card", "number"]`.',
    }),
    code: t.expose('code', {
      type: IssueCodeType,
      nullable: false,
      description: 'What kind of rule is broken.',
    }),
    message: t.exposeString('message', { nullable: false, description: 'The rule, in words. Never quotes the value.' }),
  }),
})

export const InvalidInputType = builder.objectRef<InvalidInput>('PayApiInvalidInput').implement({
  description: FAILURES.PayApiInvalidInput.about.en,
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
  description: FAILURES.PgFailure.about.en,
  interfaces: [FailureInterface],
  fields: (t) => ({
    resultCode: t.exposeString('resultCode', { description: resultCode }),
    resultMessage: t.exposeString('resultMessage', { description: resultMessage }),
  }),
})

const HttpClientErrorType = builder.objectRef<HttpClientError>('PayApiHttpClientError').implement({
  description: FAILURES.PayApiHttpClientError.about.en,
  interfaces: [FailureInterface],
  fields: (t) => ({
    httpStatus: t.exposeInt('httpStatus', { nullable: false, description: 'HTTP status, 400 to 499.' }),
    resultCode: t.exposeString('resultCode', { description: resultCode }),
    resultMessage: t.exposeString('resultMessage', { description: resultMessage }),
  }),
})

const HttpServerErrorType = builder.objectRef<HttpServerError>('PayApiHttpServerError').implement({
  description: FAILURES.PayApiHttpServerError.about.en,
  interfaces: [FailureInterface],
  fields: (t) => ({
    httpStatus: t.exposeInt('httpStatus', { nullable: false, description: 'HTTP status, 500 to 599.' }),
    resultCode: t.exposeString('resultCode', { description: resultCode }),
    resultMessage: t.exposeString('resultMessage', { description: resultMessage }),
  }),
})

export const TransportErrorType = builder.objectRef<TransportError>('PayApiTransportError').implement({
  description: FAILURES.PayApiTransportError.about.en,
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
  description: FAILURES.PayApiIdempotencyConflict.about.en,
  interfaces: [FailureInterface],
  fields: (t) => ({
    reason: t.expose('reason', { type: Reason, nullable: false, description: 'What stands in the way.' }),
  }),
})

/** The failure of a refund that does not fit the payment; in the union of refunds alone. */
export const RefundRefusedType = builder.objectRef<RefundRefused>('PayApiRefundRefused').implement({
  description: FAILURES.PayApiRefundRefused.about.en,
  interfaces: [FailureInterface],
  fields: (t) => ({
    reason: t.expose('reason', { type: Reason, nullable: false, description: 'Why nothing is given back.' }),
    remainingAmount: t.expose('remainingAmount', {
      type: 'Amount',
      nullable: true,
      description: 'What remains of the payment; null where nobody can tell. 취소 후 남은 금액.',
    }),
  }),
})
