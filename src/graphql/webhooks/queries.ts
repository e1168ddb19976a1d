import { requireAccess, requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { WebhookDelivery } from '../../journal/records/events.ts'
import { builder } from '../builder/builder.ts'
import { type GraphContext, journalOf } from '../context.ts'
import { allowedFilter } from '../lists/filters.ts'
import { checkPageSize, filterId, type PageArguments, readPage } from '../lists/pagination.ts'
import { reading } from '../lists/reading.ts'
import { givenWebhookFilter, type WebhookFilterInput, WebhookFilterType } from './filter.ts'
import { WebhookDeliveryType } from './types.ts'

builder.queryField('webhookDeliveries', (t) =>
  t.connection(
    {
      type: WebhookDeliveryType,
      description: `What was told to endpoints, or is to be, newest first, of merchants as which the caller may act. ${scopeSentence('webhooks:manage')}`,
      args: { filter: t.arg({ type: WebhookFilterType, description: 'Which ones; all where it is left out.' }) },
      resolve: (_, { filter, ...page }, context) => {
        if (filter?.merchantId == null) requireScope('webhooks:manage', context)
        else requireAccess('webhooks:manage', filter.merchantId, context)
        return reading(() => pageOf(filter ?? {}, page, context))
      },
    },
    { name: 'PayApiWebhookDeliveryConnection', description: 'A page of deliveries, newest first.' },
    { name: 'PayApiWebhookDeliveryEdge', description: 'A delivery and its cursor.' },
  ),
)

async function pageOf(given: WebhookFilterInput, args: PageArguments, context: GraphContext) {
  checkPageSize(args)
  const filter = givenWebhookFilter(given)
  const { store } = journalOf(context)
  return readPage<WebhookDelivery>(args, {
    listId: filterId(filter),
    placeOf: ({ id, event }) => ({ createdAt: event.createdAt, id }),
    find: (limit, range) =>
      store.run('findWebhookDeliveries', { filter: allowedFilter(filter, context.caller), limit, ...range }),
  })
}
