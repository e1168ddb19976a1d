import { requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { NotTried } from '../../payments/settling/settling.ts'
import { builder } from '../builder/builder.ts'
import { limitChanges } from '../services/mutation-limit.ts'
import { impossible, record, recordedResult } from './recording.ts'

const SettleInput = builder.inputType('SettlePaymentOperationInput', {
  description: 'Which operation is to be settled.',
  fields: (t) => ({ operationId: t.id({ required: true, description: 'The operation of unknown outcome.' }) }),
})

const REASONS: Readonly<Record<NotTried, string>> = {
  NOT_POSSIBLE:
    'is of an operation of which only the merchant console tells what became of it: record that with `resolvePaymentOperation`',
  NOT_UNKNOWN: 'is of an operation whose outcome is not unknown',
  UNDER_WAY: 'is of an operation that is being settled right now: look at it again in a minute',
  NOT_DUE: 'is of an operation that is not to be settled yet',
}

builder.mutationField('settlePaymentOperation', (t) =>
  t.field({
    type: recordedResult(
      'SettlePaymentOperationResult',
      'The operation as it then stands, still `UNKNOWN` where the answer showed nothing, or why PayAPI was not asked.',
    ),
    description: `Asks PayAPI at once what became of an operation of unknown outcome, where that is without risk: the state of an escrow payment is looked up, a full cancel is sent once more. Each try stands in the \`history\` of the operation. ${scopeSentence('operations:resolve')}`,
    args: { input: t.arg({ type: SettleInput, required: true, description: 'Which one.' }) },
    resolve: (_, { input }, context, info) => {
      limitChanges(info, context.limits.maxChanges)
      requireScope('operations:resolve', context)
      const { operationId } = input
      return record('settlePaymentOperation', operationId, context, async () => {
        const settled = await context.settle(operationId)
        return typeof settled === 'string' ? impossible(operationId, REASONS[settled]) : settled
      })
    },
  }),
)
