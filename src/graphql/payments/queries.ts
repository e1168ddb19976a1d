import { mayActAs, requireAccess, requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import { stepOf } from '../../payapi/index.ts'
import { findPayments, type ListedPayment, type PaymentFilter } from '../../payments/list.ts'
import type { PaymentStatus } from '../../payments/payment.ts'
import { builder } from '../builder/builder.ts'
import { type GraphContext, journalOf } from '../context.ts'
import { allowedFilter } from '../lists/filters.ts'
import { checkPageSize, filterId, type PageArguments, readPage } from '../lists/pagination.ts'
import { reading, withReadSlot } from '../lists/reading.ts'
import { OperationType } from '../operations/types.ts'
import { givenPaymentFilter, type PaymentFilterInput, PaymentFilterType } from './filter.ts'
import { allowedPayment, paymentArguments } from './keys.ts'
import { paymentByKey } from './read.ts'
import { PaymentType } from './types.ts'

const SCOPE = 'payments:read'

builder.queryFields((t) => ({
  payment: t.field({
    type: PaymentType,
    description: `A payment as it stands; null where nothing that is known here names it. ${scopeSentence(SCOPE)}`,
    args: paymentArguments,
    resolve: (_, args, context) => paymentByKey(allowedPayment(args, context), context),
  }),
  payments: t.connection(
    {
      type: PaymentType,
      description: `Payments that were approved here, and those that notices of the PG alone tell of, newest first, of merchants as which the caller may act. ${scopeSentence(SCOPE)}`,
      args: { filter: t.arg({ type: PaymentFilterType, description: 'Which ones; all where it is left out.' }) },
      resolve: (_, { filter, ...page }, context) => {
        if (filter?.merchantId == null) requireScope(SCOPE, context)
        else requireAccess(SCOPE, filter.merchantId, context)
        return reading(() => pageOf(filter ?? {}, page, context))
      },
    },
    { name: 'PayApiPaymentConnection', description: 'A page of payments, newest first.' },
    { name: 'PayApiPaymentEdge', description: 'A payment and its cursor.' },
  ),
}))

builder.objectField(OperationType, 'payment', (t) =>
  t.field({
    type: PaymentType,
    description: `The payment that it made, changed or was to change; null where it names none. ${scopeSentence(SCOPE)}`,
    resolve: (operation, _, context) => {
      requireScope(SCOPE, context)
      const { merchantId, transactionId } = operation
      const service = journalOf(context).serviceOf(operation)
      const isStep = service !== undefined && stepOf(service) !== undefined
      if (transactionId === null || !isStep || !mayActAs(context.caller, merchantId)) return null
      return paymentByKey({ merchantId, transactionId }, context)
    },
  }),
)

async function pageOf(given: PaymentFilterInput<PaymentStatus>, args: PageArguments, context: GraphContext) {
  checkPageSize(args)
  const filter: PaymentFilter = givenPaymentFilter(given)
  const journal = journalOf(context)
  const { edges, pageInfo } = await readPage<ListedPayment>(args, {
    listId: filterId({ list: 'payments', ...filter }),
    placeOf: (listed) => listed,
    find: (limit, range) =>
      withReadSlot(() => findPayments(journal, allowedFilter(filter, context.caller), limit, range)),
  })
  return { edges: edges.map((edge) => edge && { ...edge, node: edge.node.payment }), pageInfo }
}
