import type { GraphQLError } from 'graphql'
import { requireAccess, requireScope } from '../../auth/authorize.ts'
import type { Caller } from '../../auth/caller.ts'
import { scopeSentence } from '../../auth/caller.ts'
import { SafeError } from '../../auth/errors.ts'
import type { Operation, OperationCursor, OperationFilter, OperationState } from '../../journal/store.ts'
import { limitConcurrency } from '../../lib/concurrency.ts'
import { builder } from '../builder.ts'
import { callerId, journalOf } from '../context.ts'
import { lookupId } from '../scalars/given-ids.ts'
import { operationById, reading } from './read.ts'
import { ServiceNameType } from './service-name.ts'
import { OperationType, StateType } from './types.ts'

const PAGE_SIZE = 20
const MAX_PAGE_SIZE = 100

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
    states: t.field({ type: [StateType], description: 'In one of these states.' }),
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
      return operationById(lookupId(id, 'id'), context)
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
        const found = await withReadSlot(() =>
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
const withReadSlot = limitConcurrency(2)

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
