import { requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { Operation } from '../../journal/store.ts'
import { HIDDEN, redactCardNumbers } from '../../lib/redact.ts'
import { ALL_SERVICES, type Effect, id, type Service } from '../../payapi/index.ts'
import { builder } from '../builder/builder.ts'
import { callerId, type GraphContext, journalOf } from '../context.ts'
import { limitChanges } from '../services/mutation-limit.ts'
import {
  impossible,
  logRecorded,
  noteIn,
  noteTooLong,
  type Recorded,
  record,
  recordedResult,
  rejected,
} from './recording.ts'

// The journal of operations: settling what nobody knows the outcome of.

const ResolveInput = builder.inputType('ResolvePaymentOperationInput', {
  description: 'What the merchant console showed of an operation.',
  fields: (t) => ({
    operationId: t.id({ required: true, description: 'The operation of unknown outcome.' }),
    processed: t.boolean({ required: true, description: 'Whether PayAPI had processed it.' }),
    transactionId: t.id({
      description: 'The transaction id that the console showed; needed for a processed charge. 거래ID, `tid`.',
    }),
    note: t.string({ description: 'Anything worth remembering, at most 500 characters. No card data.' }),
  }),
})

const TRANSACTION_ID = id('tid', '거래ID', 'Transaction id', 40).schema

builder.mutationField('resolvePaymentOperation', (t) =>
  t.field({
    type: recordedResult(
      'ResolvePaymentOperationResult',
      'The operation as it then stands, or why nothing was recorded.',
    ),
    description: `Records what a person found in the merchant console about an operation of unknown outcome. From then on its idempotency key and its order answer accordingly. What was recorded wrongly, \`reopenPaymentOperation\` takes back. ${scopeSentence('operations:resolve')}`,
    args: { input: t.arg({ type: ResolveInput, required: true, description: 'What was found.' }) },
    resolve: async (_, { input }, context, info) => {
      limitChanges(info, context.limits.maxChanges)
      requireScope('operations:resolve', context)
      const resolved = await record('resolvePaymentOperation', input.operationId, context, (operation) =>
        resolve(operation, input, context),
      )
      logRecorded('resolved', resolved, context)
      return resolved
    },
  }),
)

async function resolve(
  operation: Operation,
  input: typeof ResolveInput.$inferInput,
  context: GraphContext,
): Promise<Recorded> {
  const { operationId, processed } = input
  const found = TRANSACTION_ID.nullish().safeParse(input.transactionId)
  if (!found.success) return rejected(operationId, 'transactionId', 'INVALID_FORMAT', 'is no transaction id')
  const { data: transactionId = null } = found
  // It is kept in clear.
  if (redactCardNumbers(transactionId ?? '') === HIDDEN)
    return rejected(operationId, 'transactionId', 'INVALID_FORMAT', 'is a card number')
  const note = input.note == null ? null : noteIn(input.note)
  if (note === undefined) return noteTooLong(operationId, 'note')
  if (processed && transactionId === null && operation.transactionId === null && effectOf(operation) === 'charge')
    return rejected(operationId, 'transactionId', 'REQUIRED', 'is required for a charge that was processed')
  const resolvedBy = callerId(context.caller)
  const resolvedAt = new Date().toISOString()
  const journal = journalOf(context)
  const resolved = await journal.resolve(operationId, { processed, transactionId, note, resolvedBy, resolvedAt })
  if (resolved !== undefined) return resolved
  const now = await journal.store.get(operationId)
  return impossible(
    operationId,
    now?.state === 'UNKNOWN'
      ? 'is of an operation that is being settled right now: look at it again in a minute'
      : 'is of an operation whose outcome is not unknown',
  )
}

function effectOf({ service }: Operation): Effect | undefined {
  return (ALL_SERVICES as Readonly<Record<string, Service>>)[service]?.effect
}
