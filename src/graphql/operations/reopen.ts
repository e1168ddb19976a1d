import { requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { NotReopened } from '../../journal/procedures/settlement/reopening.ts'
import { builder } from '../builder/builder.ts'
import { callerId, journalOf } from '../context.ts'
import { limitChanges } from '../services/mutation-limit.ts'
import { impossible, logRecorded, noteIn, noteTooLong, record, recordedResult, rejected } from './recording.ts'

const ReopenInput = builder.inputType('ReopenPaymentOperationInput', {
  description: 'What was recorded wrongly of an operation.',
  fields: (t) => ({
    operationId: t.id({ required: true, description: 'The operation.' }),
    reason: t.string({
      required: true,
      description: 'Why what was recorded is wrong, at most 500 characters. No card data.',
    }),
  }),
})

const REASONS: Readonly<Record<NotReopened, string>> = {
  NOT_RECORDED: 'is of an operation of which nothing was recorded since its own answer',
  ORDER_CLAIMED: 'is of an operation whose order has been claimed by another one since',
  KEY_ANSWERED: 'is of an operation whose idempotencyKey was used again, and answered with what was recorded',
  PAYMENT_MOVED_ON: 'is of an operation after which another one of the same payment was made',
}

builder.mutationField('reopenPaymentOperation', (t) =>
  t.field({
    type: recordedResult(
      'ReopenPaymentOperationResult',
      'The operation, whose outcome is unknown again, or why it is not.',
    ),
    description: `Takes back what was recorded of an operation, by a person or because PayAPI was asked: its outcome is unknown again, and both stand in its \`history\`. Refused where somebody has acted on it by then: the order was claimed by another operation, the idempotency key was used again, a later operation of the same payment stands on it. ${scopeSentence('operations:resolve')}`,
    args: { input: t.arg({ type: ReopenInput, required: true, description: 'Which one, and why.' }) },
    resolve: async (_, { input }, context, info) => {
      limitChanges(info, context.limits.maxChanges)
      requireScope('operations:resolve', context)
      const { operationId } = input
      const reopened = await record('reopenPaymentOperation', operationId, context, async () => {
        const reason = noteIn(input.reason)
        if (reason === undefined) return noteTooLong(operationId, 'reason')
        if (reason.trim() === '') return rejected(operationId, 'reason', 'REQUIRED', 'must say something')
        const by = callerId(context.caller)
        const result = await journalOf(context).settlement.reopen(operationId, { reason, by })
        return 'refused' in result ? impossible(operationId, REASONS[result.refused]) : result.operation
      })
      logRecorded('reopened', reopened, context)
      return reopened
    },
  }),
)
