import { requireAccess, requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { Operation } from '../../journal/store.ts'
import { builder } from '../builder/builder.ts'
import { callerId, type GraphContext, journalOf } from '../context.ts'
import { allowedFilter } from '../lists/filters.ts'
import { lookupId } from '../lists/given-ids.ts'
import { checkPageSize, filterId, type PageArguments, readPage } from '../lists/pagination.ts'
import { reading, withReadSlot } from '../lists/reading.ts'
import { type FilterInput, FilterType, givenFilter } from './filter.ts'
import { mayHaveOwn, OWN_OR_SCOPE, requireOwnAccess } from './own.ts'
import { operationOrOwnById } from './read.ts'
import { ServiceNameType } from './service-name.ts'
import { OperationType } from './types.ts'

builder.queryFields((t) => ({
  paymentOperation: t.field({
    type: OperationType,
    description: `One operation by its id; null where there is none (any more), or it is of a merchant as which the caller may not act. ${OWN_OR_SCOPE}`,
    args: { id: t.arg.id({ required: true, description: 'The `operationId` of an answer.' }) },
    resolve: (_, { id }, context) => {
      if (!mayHaveOwn(context)) requireScope('operations:read', context)
      return operationOrOwnById(lookupId(id, 'id'), context)
    },
  }),
  paymentOperationByKey: t.field({
    type: OperationType,
    description: `The operation that has an idempotency key of the caller's own, e.g. where its answer was lost on the way. Null where none has so far: nothing was sent with it, or surely nothing was processed and the key is free again. A request that is still on its way may yet take it, so take no new key for the same payment. ${OWN_OR_SCOPE}`,
    args: {
      idempotencyKey: t.arg.id({ required: true, description: 'The key, as it was sent. 멱등키.' }),
      service: t.arg({ type: ServiceNameType, required: true, description: 'The mutation that it was sent with.' }),
      merchantId: t.arg.id({
        description: 'The merchant it was sent for; the default one where it is left out. 가맹점ID, `mid`.',
      }),
    },
    resolve: (_, { idempotencyKey, service, merchantId }, context) => {
      requireOwnAccess(service, merchantId, context)
      return reading(async () => {
        const key = {
          caller: callerId(context.caller),
          merchantId: merchantId ?? context.defaultMerchantId,
          service,
          idempotencyKey: lookupId(idempotencyKey, 'idempotencyKey'),
        }
        return (await journalOf(context).store.getByKey(key)) ?? null
      })
    },
  }),
  paymentOperations: t.connection(
    {
      type: OperationType,
      description: `Operations, newest first, of merchants as which the caller may act. ${scopeSentence('operations:read')}`,
      args: { filter: t.arg({ type: FilterType, description: 'Which ones; all where it is left out.' }) },
      resolve: (_, { filter, ...page }, context) => {
        if (filter?.merchantId == null) requireScope('operations:read', context)
        else requireAccess('operations:read', filter.merchantId, context)
        return reading(() => pageOf(filter ?? {}, page, context))
      },
    },
    { name: 'PayApiOperationConnection', description: 'A page of operations, newest first.' },
    { name: 'PayApiOperationEdge', description: 'An operation and its cursor.' },
  ),
}))

async function pageOf(given: FilterInput, args: PageArguments, context: GraphContext) {
  checkPageSize(args)
  const filter = givenFilter(given)
  const { store } = journalOf(context)
  return readPage<Operation>(args, {
    listId: filterId(filter),
    placeOf: (operation) => operation,
    find: (limit, range) => withReadSlot(() => store.find(allowedFilter(filter, context.caller), limit, range)),
  })
}
