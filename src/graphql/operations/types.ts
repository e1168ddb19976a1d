import type { GraphQLError } from 'graphql'
import { mayActAs, requireAccess, requireScope } from '../../auth/authorize.ts'
import type { Caller } from '../../auth/caller.ts'
import { scopeSentence } from '../../auth/caller.ts'
import { SafeError } from '../../auth/errors.ts'
import type { Journal } from '../../journal/journal.ts'
import {
  type Operation,
  type OperationCursor,
  type OperationFilter,
  type OperationState,
  StoreUnavailableError,
} from '../../journal/store.ts'
import type { ResolutionRecord } from '../../journal/stored-result.ts'
import { limitConcurrency } from '../../lib/concurrency.ts'
import { type Failure, isFailure } from '../../payapi/index.ts'
import { builder } from '../builder.ts'
import { callerId, journalOf } from '../context.ts'
import { FailureInterface } from '../failures.ts'
import { lookupId } from '../scalars/given-ids.ts'
import { ServiceNameType } from './service-name.ts'

// The journal of operations: seeing what was sent.

const PAGE_SIZE = 20
const MAX_PAGE_SIZE = 100

const states: Record<OperationState, { description: string }> = {
  IN_PROGRESS: { description: 'Under way.' },
  SUCCEEDED: { description: 'PayAPI processed it, or a person recorded that it had.' },
  FAILED: { description: 'Not processed.' },
  UNKNOWN: {
    description: 'It may have been processed. A person has to look, and record it with `resolvePaymentOperation`.',
  },
}

const State = builder.enumType('PayApiOperationState', { description: 'How far an operation is.', values: states })

const ResolutionType = builder.objectRef<ResolutionRecord>('PayApiOperationResolution').implement({
  description: 'What a person recorded of an operation whose outcome was unknown.',
  fields: (t) => ({
    processed: t.exposeBoolean('processed', { nullable: false, description: 'Whether PayAPI had processed it.' }),
    transactionId: t.exposeID('transactionId', { description: 'What the merchant console showed. 거래ID, `tid`.' }),
    note: t.exposeString('note', { description: 'What the person noted.' }),
    resolvedBy: t.exposeString('resolvedBy', { nullable: false, description: 'Who recorded it.' }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: false, description: 'When it was recorded.' }),
  }),
})

/** An operation. */
export const OperationType = builder.objectRef<Operation>('PayApiOperation').implement({
  description: 'A request that changes money or state, as the journal remembers it.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'The `operationId` of its answer.' }),
    service: t.exposeString('service', { nullable: false, description: 'The mutation, e.g. `chargeKeyedInCard`.' }),
    state: t.expose('state', { type: State, nullable: false, description: 'How far it is.' }),
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
      description: 'What a person recorded of it; null where nobody did.',
      resolve: (operation, _, context) => journalOf(context).resolution(operation),
    }),
  }),
})

interface Page {
  readonly operations: readonly Operation[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

const PageInfo = builder.objectRef<Page>('PageInfo').implement({
  directives: { shareable: {} },
  description: 'Where a page stands among the others.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { nullable: false, description: 'Whether there are older ones.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      nullable: false,
      description: 'Whether this page began after a cursor.',
    }),
    startCursor: t.string({
      description: 'The first one’s cursor.',
      resolve: ({ operations }) => cursorOf(operations[0]),
    }),
    endCursor: t.string({
      description: 'The last one’s cursor: give it as `after`.',
      resolve: ({ operations }) => cursorOf(operations.at(-1)),
    }),
  }),
})

const Edge = builder.objectRef<Operation>('PayApiOperationEdge').implement({
  description: 'An operation and its cursor.',
  fields: (t) => ({
    cursor: t.string({
      nullable: false,
      description: 'Its place in the list.',
      resolve: (operation) => cursorOf(operation) ?? '',
    }),
    node: t.field({
      type: OperationType,
      nullable: false,
      description: 'The operation.',
      resolve: (operation) => operation,
    }),
  }),
})

const Connection = builder.objectRef<Page>('PayApiOperationConnection').implement({
  description: 'A page of operations, newest first.',
  fields: (t) => ({
    edges: t.field({
      type: [Edge],
      nullable: false,
      description: 'The operations of the page.',
      resolve: ({ operations }) => [...operations],
    }),
    pageInfo: t.field({
      type: PageInfo,
      nullable: false,
      description: 'Where the page stands.',
      resolve: (page) => page,
    }),
  }),
})

const Filter = builder.inputType('PayApiOperationFilter', {
  description: 'Which operations; what is left out does not restrict.',
  fields: (t) => ({
    states: t.field({ type: [State], description: 'In one of these states.' }),
    services: t.stringList({ description: 'Of these mutations, e.g. `chargeKeyedInCard`.' }),
    orderId: t.id({ description: 'Of this order. 주문번호, `oid`.' }),
    merchantId: t.id({ description: 'Of this merchant. 가맹점ID, `mid`.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Recorded at this time or later.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Recorded before this time.' }),
  }),
})

builder.queryFields((t) => ({
  paymentOperation: t.field({
    type: OperationType,
    description: `One operation by its id; null where there is none (any more), or it is of a merchant as which the caller may not act. ${scopeSentence('operations:read')}`,
    args: { id: t.arg.id({ required: true, description: 'The `operationId` of an answer.' }) },
    resolve: (_, { id }, context) => {
      requireScope('operations:read', context)
      return reading(async () => {
        const operation = await journalOf(context).operations.get(lookupId(id, 'id'))
        return operation && mayActAs(context.caller, operation.merchantId) ? operation : null
      })
    },
  }),
  paymentOperationByKey: t.field({
    type: OperationType,
    description: `The operation that has an idempotency key of the caller's own, e.g. where its answer was lost on the way; null where none has: nothing was sent with it, or surely nothing was processed and the key is free again. ${scopeSentence('operations:read')}`,
    args: {
      idempotencyKey: t.arg.id({ required: true, description: 'The key, as it was sent. 멱등키.' }),
      service: t.arg({ type: ServiceNameType, required: true, description: 'The mutation that it was sent with.' }),
      merchantId: t.arg.id({
        description: 'The merchant it was sent for; the default one where it is left out. 가맹점ID, `mid`.',
      }),
    },
    resolve: (_, { idempotencyKey, service, merchantId }, context) => {
      requireAccess('operations:read', merchantId, context)
      return reading(async () => {
        const key = {
          caller: callerId(context.caller),
          merchantId: merchantId ?? context.defaultMerchantId,
          service,
          idempotencyKey: lookupId(idempotencyKey, 'idempotencyKey'),
        }
        return (await journalOf(context).operations.getByKey(key)) ?? null
      })
    },
  }),
  paymentOperations: t.field({
    type: Connection,
    description: `Operations, newest first, of merchants as which the caller may act. ${scopeSentence('operations:read')}`,
    args: {
      filter: t.arg({ type: Filter, description: 'Which ones; all where it is left out.' }),
      first: t.arg.int({ defaultValue: PAGE_SIZE, description: `How many at most, 1 to ${MAX_PAGE_SIZE}.` }),
      after: t.arg.string({ description: 'The cursor after which the page begins.' }),
    },
    resolve: (_, { filter, first, after }, context) => {
      if (filter?.merchantId == null) requireScope('operations:read', context)
      else requireAccess('operations:read', filter.merchantId, context)
      return reading(async () => {
        const limit = first ?? PAGE_SIZE
        if (limit < 1 || limit > MAX_PAGE_SIZE) throw badArgument(`first must be 1 to ${MAX_PAGE_SIZE}.`)
        const cursor = after ? parseCursor(after) : undefined
        const found = await firstBrokenRule(() =>
          journalOf(context).operations.find(filterOf(filter ?? {}, context.caller), limit + 1, cursor),
        )
        return {
          operations: found.slice(0, limit),
          hasNextPage: found.length > limit,
          hasPreviousPage: cursor !== undefined,
        }
      })
    },
  }),
}))

/**
 * A page of a hundred operations keeps the store's thread and ours for longer than any other question. However many are
 * asked for at once, claims and answers come in between.
 */
const firstBrokenRule = limitConcurrency(2)

/** Reads from the journal; where it is away, that is what the error says. */
async function reading<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (fault) {
    if (!(fault instanceof StoreUnavailableError)) throw fault
    throw new SafeError('The journal cannot be read now.', { extensions: { code: 'JOURNAL_UNAVAILABLE' } })
  }
}

function transactionIdOf(operation: Operation, journal: Journal): string | null {
  const ending = journal.ending(operation) as { transactionId?: string | null } | undefined
  return ending?.transactionId ?? operation.transactionId
}

function failureOf(operation: Operation, journal: Journal): Failure | null {
  const ending = journal.ending(operation)
  return ending !== undefined && isFailure(ending) ? ending : null
}

interface FilterInput {
  readonly states?: readonly OperationState[] | null | undefined
  readonly services?: readonly string[] | null | undefined
  readonly orderId?: string | null | undefined
  readonly merchantId?: string | null | undefined
  readonly createdFrom?: string | null | undefined
  readonly createdBefore?: string | null | undefined
}

function filterOf(
  { states, services, orderId, merchantId, createdFrom, createdBefore }: FilterInput,
  caller: Caller | undefined,
): OperationFilter {
  const merchantIds = merchantId ? [merchantId] : caller?.merchants && [...caller.merchants]
  return {
    ...(states ? { states } : {}),
    ...(services ? { services } : {}),
    ...(merchantIds ? { merchantIds } : {}),
    ...(orderId ? { orderId: lookupId(orderId, 'filter.orderId') } : {}),
    ...(createdFrom ? { createdFrom: instant(createdFrom, 'createdFrom') } : {}),
    ...(createdBefore ? { createdBefore: instant(createdBefore, 'createdBefore') } : {}),
  }
}

function instant(text: string, name: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw badArgument(`filter.${name} must be an ISO 8601 date and time.`)
  return time
}

function cursorOf(operation: Operation | undefined): string | null {
  return operation === undefined ? null : Buffer.from(`${operation.createdAt} ${operation.id}`).toString('base64url')
}

function parseCursor(cursor: string): OperationCursor {
  const [createdAt = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (!/^\d{1,15}$/.test(createdAt) || id === '') throw badArgument('after is not a cursor of this list.')
  return { createdAt: Number(createdAt), id }
}

function badArgument(message: string): GraphQLError {
  return new SafeError(message, { extensions: { code: 'BAD_USER_INPUT' } })
}
