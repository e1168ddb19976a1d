import { requireAccess, requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { SmsLinkFilter } from '../../journal/procedures/sms-links/index.ts'
import type { SmsLink, SmsLinkStatus } from '../../journal/records/sms-link.ts'
import { builder } from '../builder/builder.ts'
import { type GraphContext, journalOf } from '../context.ts'
import { allowedFilter } from '../lists/filters.ts'
import { checkPageSize, filterId, type PageArguments, readPage } from '../lists/pagination.ts'
import { reading, withReadSlot } from '../lists/reading.ts'
import { givenPaymentFilter, type PaymentFilterInput } from './filter.ts'
import { allowedOrder, orderArguments } from './keys.ts'
import { SmsPaymentStatusType, SmsPaymentType } from './sms-types.ts'

const SCOPE = 'payments:read'

const FilterType = builder.inputType('PayApiSmsPaymentFilter', {
  description: 'Which payments by SMS; what is left out does not restrict.',
  fields: (t) => ({
    statuses: t.field({ type: [SmsPaymentStatusType], description: 'That are as far as one of these.' }),
    orderId: t.id({ description: 'Of this order. 상점주문번호, `P_OID`.' }),
    merchantId: t.id({ description: 'Of this merchant. 가맹점ID, `mid`.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Asked for at this time or later.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Asked for before this time.' }),
  }),
})

builder.queryFields((t) => ({
  smsPayment: t.field({
    type: SmsPaymentType,
    description: `The payment of an order by the link of \`createSmsPaymentUrl\`: of several links, the one that got furthest, else the newest. Null where the server carries none on. ${scopeSentence(SCOPE)}`,
    args: orderArguments,
    resolve: (_, args, context) => smsPaymentOfOrder(allowedOrder(args, context), context),
  }),
  smsPayments: t.connection(
    {
      type: SmsPaymentType,
      description: `Payments by the links of \`createSmsPaymentUrl\` that the server carries on, newest first, of merchants as which the caller may act. ${scopeSentence(SCOPE)}`,
      args: { filter: t.arg({ type: FilterType, description: 'Which ones; all where it is left out.' }) },
      resolve: (_, { filter, ...page }, context) => {
        if (filter?.merchantId == null) requireScope(SCOPE, context)
        else requireAccess(SCOPE, filter.merchantId, context)
        return reading(() => pageOf(filter ?? {}, page, context))
      },
    },
    { name: 'PayApiSmsPaymentConnection', description: 'A page of payments by SMS, newest first.' },
    { name: 'PayApiSmsPaymentEdge', description: 'A payment by SMS and its cursor.' },
  ),
}))

/** Of several links, the one that got furthest, else the newest. Whether the caller may see it was asked before. */
export function smsPaymentOfOrder(
  order: { readonly merchantId: string; readonly orderId: string },
  context: GraphContext,
): Promise<SmsLink | null> {
  const { store } = journalOf(context)
  return reading(async () => furthest(await store.run('smsLinksOfOrder', { ...order, now: Date.now() })))
}

/** Where money is, or may be, before where none is. */
const BY_IMPORTANCE: readonly SmsLinkStatus[] = ['PAID', 'DEPOSIT_WITHDRAWN', 'AUTHENTICATED', 'AWAITING_DEPOSIT']

/** The links come newest first. */
function furthest(links: readonly SmsLink[]): SmsLink | null {
  const charged = links.find(({ status, approvalOperationId }) => status === 'UNKNOWN' && approvalOperationId !== null)
  const [paid] = BY_IMPORTANCE.flatMap((status) => links.find((link) => link.status === status) ?? [])
  return (paid?.status === 'PAID' ? paid : charged) ?? paid ?? links[0] ?? null
}

async function pageOf(given: PaymentFilterInput<SmsLinkStatus>, args: PageArguments, context: GraphContext) {
  checkPageSize(args)
  const filter: SmsLinkFilter = givenPaymentFilter(given)
  const { store } = journalOf(context)
  return readPage<SmsLink>(args, {
    listId: filterId({ list: 'smsPayments', ...filter }),
    placeOf: (link) => link,
    find: (limit, { after, before, backwards = false }) => {
      const part = { limit, after, before, backwards, now: Date.now() }
      return withReadSlot(() => store.run('findSmsLinks', { filter: allowedFilter(filter, context.caller), ...part }))
    },
  })
}
