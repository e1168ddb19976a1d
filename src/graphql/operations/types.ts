import type { ResolutionRecord } from '../../journal/claims/stored-result.ts'
import type { Journal } from '../../journal/journal.ts'
import type { Operation, OperationState } from '../../journal/store.ts'
import { type Failure, isFailure } from '../../payapi/index.ts'
import { builder } from '../builder/builder.ts'
import { journalOf } from '../context.ts'
import { FailureInterface } from '../failures/types.ts'
import { ServiceNameType, serviceNamed } from './service-name.ts'

const states: Record<OperationState, { description: string }> = {
  IN_PROGRESS: { description: 'Under way.' },
  SUCCEEDED: { description: 'PayAPI processed it, or it was recorded that it had.' },
  FAILED: { description: 'Not processed.' },
  UNKNOWN: {
    description:
      'It may have been processed. What can be found out without risk settles itself (`settlePaymentOperation` does so at once); for all else a person has to look, and record it with `resolvePaymentOperation`.',
  },
}

export const StateType = builder.enumType('PayApiOperationState', {
  description: 'How far an operation is.',
  values: states,
})

const ResolutionType = builder.objectRef<ResolutionRecord>('PayApiOperationResolution').implement({
  description:
    'What was recorded of an operation whose outcome was unknown: by a person, for a notice, or because PayAPI was asked again.',
  fields: (t) => ({
    processed: t.exposeBoolean('processed', { nullable: false, description: 'Whether PayAPI had processed it.' }),
    transactionId: t.exposeID('transactionId', { description: 'What the merchant console showed. 거래ID, `tid`.' }),
    note: t.exposeString('note', { description: 'What the person noted.' }),
    resolvedBy: t.exposeString('resolvedBy', {
      nullable: false,
      description: 'Who recorded it; `settling` for the server itself, `notice:` and its id for a notice.',
    }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: false, description: 'When it was recorded.' }),
  }),
})

export const OperationType = builder.objectRef<Operation>('PayApiOperation').implement({
  description: 'A request that changes money or state, as the journal remembers it.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'The `operationId` of its answer.' }),
    service: t.field({
      type: ServiceNameType,
      description: 'The mutation; null for one that this version of the server does not have.',
      resolve: ({ service }) => serviceNamed(service),
    }),
    state: t.expose('state', { type: StateType, nullable: false, description: 'How far it is.' }),
    merchantId: t.exposeID('merchantId', { description: 'The merchant it acted as. 가맹점ID, `mid`.' }),
    orderId: t.exposeID('orderId', { description: 'From its input, where it has one. 주문번호, `oid`.' }),
    transactionId: t.id({
      description: 'From its answer, else from its input, where they have one. 거래ID, `tid`.',
      resolve: (operation, _, context) => transactionIdOf(operation, journalOf(context)),
    }),
    amount: t.expose('amount', {
      type: 'Amount',
      nullable: true,
      description: 'From its input, where it has one. 금액, `price`.',
    }),
    idempotencyKey: t.exposeID('idempotencyKeyPrefix', {
      description:
        'The first characters of the key it was sent with, at most eight: more is not kept. 멱등키의 앞부분.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it was recorded, before it was sent.',
      resolve: ({ createdAt }) => new Date(createdAt).toISOString(),
    }),
    finishedAt: t.field({
      type: 'DateTime',
      description: 'When its end was recorded; null while it is in progress.',
      resolve: ({ finishedAt }) => (finishedAt === null ? null : new Date(finishedAt).toISOString()),
    }),
    failure: t.field({
      type: FailureInterface,
      description:
        'The failure it ended with; null where it succeeded, is in progress, or was written with a journal key that is gone.',
      resolve: (operation, _, context) => failureOf(operation, journalOf(context)),
    }),
    resolution: t.field({
      type: ResolutionType,
      description: 'What was recorded of it, as it stands; null where nothing was.',
      resolve: (operation, _, context) => journalOf(context).resolution(operation),
    }),
  }),
})

function transactionIdOf(operation: Operation, journal: Journal): string | null {
  const result = journal.result(operation) as { transactionId?: string | null } | undefined
  return result?.transactionId ?? operation.transactionId
}

function failureOf(operation: Operation, journal: Journal): Failure | null {
  const result = journal.result(operation)
  return result !== undefined && isFailure(result) ? result : null
}
