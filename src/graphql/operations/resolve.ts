import { mayActAs, requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/caller.ts'
import { type Operation, StoreUnavailableError } from '../../journal/store.ts'
import { newId } from '../../lib/ids.ts'
import {
  ALL_SERVICES,
  composedText,
  type Effect,
  type InvalidInput,
  type IssueCode,
  id,
  type Service,
  type TransportError,
} from '../../payapi/index.ts'
import { builder } from '../builder.ts'
import { callerId, type GraphContext, journalOf } from '../context.ts'
import { InvalidInputType, TransportErrorType } from '../failures.ts'
import { limitChanges } from '../mutation-limit.ts'
import { OperationType } from './types.ts'

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

const MAX_NOTE = 500
const NOTE = composedText(MAX_NOTE)
const TRANSACTION_ID = id('tid', '거래ID', 'Transaction id', 40).schema

type Resolved = Operation | InvalidInput | TransportError

const ResolveResult = builder.unionType('ResolvePaymentOperationResult', {
  description: 'The operation as it then stands, or why nothing was recorded.',
  types: [OperationType, InvalidInputType, TransportErrorType],
  resolveType: (resolved: Resolved) => ('type' in resolved ? resolved.type : 'PayApiOperation'),
})

builder.mutationField('resolvePaymentOperation', (t) =>
  t.field({
    type: ResolveResult,
    description: `Records what a person found in the merchant console about an operation of unknown outcome. From then on its idempotency key and its order answer accordingly. ${scopeSentence('operations:resolve')}`,
    args: { input: t.arg({ type: ResolveInput, required: true, description: 'What was found.' }) },
    resolve: async (_, { input }, context, info) => {
      limitChanges(info, context.limits.maxChanges)
      requireScope('operations:resolve', context)
      const resolved = await resolvePaymentOperation(input, context)
      if ('type' in resolved && resolved.type === 'PayApiInvalidInput')
        context.log.rejected('resolvePaymentOperation', resolved)
      else context.log.resolved(resolved, callerId(context.caller))
      return resolved
    },
  }),
)

async function resolvePaymentOperation(
  input: typeof ResolveInput.$inferInput,
  context: GraphContext,
): Promise<Resolved> {
  const { operationId, processed } = input
  const found = TRANSACTION_ID.nullish().safeParse(input.transactionId)
  const noted = NOTE.nullish().safeParse(input.note)
  const journal = journalOf(context)
  try {
    const operation = await journal.operations.get(operationId)
    if (operation === undefined || !mayActAs(context.caller, operation.merchantId))
      return rejected(operationId, 'operationId', 'UNKNOWN_VALUE', 'There is no such operation')
    if (!found.success) return rejected(operationId, 'transactionId', 'INVALID_FORMAT', 'is no transaction id')
    const { data: transactionId = null } = found
    const { data: note = null } = noted
    if (!noted.success || (note !== null && [...note].length > MAX_NOTE))
      return rejected(operationId, 'note', 'TOO_LONG', `must be at most ${MAX_NOTE} characters`)
    if (processed && transactionId === null && operation.transactionId === null && effectOf(operation) === 'charge') {
      return rejected(operationId, 'transactionId', 'REQUIRED', 'is required for a charge that was processed')
    }
    const record = {
      processed,
      transactionId,
      note,
      resolvedBy: callerId(context.caller),
      resolvedAt: new Date().toISOString(),
    }
    const resolved = await journal.resolve(operationId, record)
    return (
      resolved ??
      rejected(operationId, 'operationId', 'OUT_OF_RANGE', 'is of an operation whose outcome is not unknown')
    )
  } catch (fault) {
    if (!(fault instanceof StoreUnavailableError)) throw fault
    return {
      ...nothingDone(operationId, 'The journal could not be written; nothing was recorded. Try again.'),
      type: 'PayApiTransportError',
      retryable: true,
      reason: 'JOURNAL_UNAVAILABLE',
    }
  }
}

function rejected(operationId: string, field: string, code: IssueCode, message: string): InvalidInput {
  return {
    ...nothingDone(operationId, 'The input was rejected and nothing was recorded.'),
    type: 'PayApiInvalidInput',
    issues: [{ path: [field], code, message }],
  }
}

function nothingDone(operationId: string, message: string) {
  return {
    message,
    outcome: 'NOT_PROCESSED',
    retryable: false,
    requestId: newId(),
    requestedAt: new Date().toISOString(),
    merchantId: null,
    orderId: null,
    transactionId: null,
    operationId,
  } as const
}

function effectOf({ service }: Operation): Effect | undefined {
  return (ALL_SERVICES as Readonly<Record<string, Service>>)[service]?.effect
}
