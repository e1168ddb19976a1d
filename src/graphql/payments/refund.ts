import { requireAccess } from '../../auth/authorize.ts'
import { scopeOf, scopeSentence } from '../../auth/scopes.ts'
import type { RefundResult } from '../../payments/refunds/refunds.ts'
import { CANCELS, REFUND } from '../../payments/refunds/request.ts'
import { builder } from '../builder/builder.ts'
import type { PerformOptions } from '../context.ts'
import { ConflictType, FAILURE_TYPES, RefundRefusedType } from '../failures/types.ts'
import { limitChanges } from '../services/mutation-limit.ts'
import { inputType, resultObject } from '../services/services.ts'

const SCOPE = scopeOf(CANCELS[0])

const RefundResultType = builder.unionType('RefundPaymentResult', {
  description: 'How `refundPayment` ended: as the cancel that it was carried out as, or a failure.',
  types: [...CANCELS.map(({ result }) => resultObject(result.type)), RefundRefusedType, ConflictType, ...FAILURE_TYPES],
  resolveType: (result) => (result as RefundResult).type as never,
})

builder.mutationField('refundPayment', (t) =>
  t.field({
    type: RefundResultType,
    description: `${REFUND.about}: as a full cancel where nothing was given back before and everything is now, else as a partial one; what then remains is computed here. Never gives back more than remains, however many ask at once. Only of payments that were approved here; for others there are \`cancelPayment\` and \`cancelPaymentPartially\`. ${REFUND.korean}, ${CANCELS.map(({ path }) => `\`${path}\``).join(' and ')}. ${scopeSentence(SCOPE)}`,
    args: { input: t.arg({ type: inputType(REFUND), required: true, description: 'The request.' }) },
    resolve: (_, args, context, info) => {
      limitChanges(info, context.limits.maxChanges)
      const { merchantId, idempotencyKey } = args.input as PerformOptions
      requireAccess(SCOPE, merchantId, context)
      return context.refund(args.input, { merchantId, idempotencyKey })
    },
  }),
)
