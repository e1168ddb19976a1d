import { mayActAs } from '../../auth/authorize.ts'
import { type Operation, StoreUnavailableError } from '../../journal/store.ts'
import { newId } from '../../lib/ids.ts'
import { redact } from '../../lib/redact.ts'
import { composedText, type InvalidInput, type IssueCode, type TransportError } from '../../payapi/index.ts'
import { RepeatedUnrecordedError } from '../../payments/settling/settling.ts'
import { builder } from '../builder/builder.ts'
import { callerId, type GraphContext, journalOf } from '../context.ts'
import { InvalidInputType, TransportErrorType } from '../failures/types.ts'
import { OperationType } from './types.ts'

// What the mutations have in common that change what is known of an operation.

/** How such a mutation ends. */
export type Recorded = Operation | InvalidInput | TransportError

export const recordedResult = (name: string, description: string) =>
  builder.unionType(name, {
    description,
    types: [OperationType, InvalidInputType, TransportErrorType],
    resolveType: (recorded: Recorded) => ('type' in recorded ? recorded.type : 'PayApiOperation'),
  })

const MAX_NOTE = 500
const NOTE = composedText(MAX_NOTE)

/** What somebody noted, as it is kept; undefined where it is none, or too long. */
export function noteIn(text: string): string | undefined {
  const { success, data } = NOTE.safeParse(text)
  return success && [...data].length <= MAX_NOTE ? data : undefined
}

export const noteTooLong = (operationId: string | null, field: string): InvalidInput =>
  rejected(operationId, field, 'TOO_LONG', `must be at most ${MAX_NOTE} characters`)

/** Does it with the operation, where there is one as whose merchant the caller may act. */
export async function record(
  mutation: string,
  operationId: string,
  context: GraphContext,
  action: (operation: Operation) => Promise<Recorded>,
): Promise<Recorded> {
  const recorded = await attempt(operationId, context, action)
  if ('type' in recorded && recorded.type === 'PayApiInvalidInput') context.log.rejected(mutation, recorded)
  return recorded
}

async function attempt(
  operationId: string,
  context: GraphContext,
  action: (operation: Operation) => Promise<Recorded>,
): Promise<Recorded> {
  try {
    const operation = await journalOf(context).store.get(operationId)
    if (operation === undefined || !mayActAs(context.caller, operation.merchantId))
      return rejected(operationId, 'operationId', 'UNKNOWN_VALUE', 'There is no such operation')
    return await action(operation)
  } catch (fault) {
    return notRecorded(operationId, fault)
  }
}

const REPEATED =
  'The request was sent once more and may have been processed by that, but the journal could not be written: the operation is of unknown outcome still. Try again.'

/** What is told where the journal is away; throws whatever else is the fault. */
export function notRecorded(operationId: string | null, fault: unknown): TransportError {
  if (!(fault instanceof StoreUnavailableError)) throw fault
  const away = { type: 'PayApiTransportError', retryable: true, reason: 'JOURNAL_UNAVAILABLE' } as const
  if (fault instanceof RepeatedUnrecordedError)
    return { ...nothingDone(operationId, REPEATED), outcome: 'UNKNOWN', ...away }
  return { ...nothingDone(operationId, 'The journal could not be written; nothing was recorded. Try again.'), ...away }
}

/** The issue concerns one field of the input. */
export function rejected(operationId: string | null, field: string, code: IssueCode, message: string): InvalidInput {
  return {
    ...nothingDone(operationId, 'The input was rejected and nothing was recorded.'),
    type: 'PayApiInvalidInput',
    issues: [{ path: [field], code, message }],
  }
}

/** An operation for which that cannot be done now. */
export const impossible = (operationId: string, why: string): InvalidInput =>
  rejected(operationId, 'operationId', 'OUT_OF_RANGE', why)

function nothingDone(operationId: string | null, message: string) {
  return {
    message,
    outcome: 'NOT_PROCESSED',
    retryable: false,
    requestId: newId(),
    requestedAt: new Date().toISOString(),
    merchantId: null,
    orderId: null,
    transactionId: null,
    // Whatever the caller has put in its place.
    operationId: operationId === null ? null : redact(operationId),
  } as const
}

/** Leaves a line in the log for what was recorded, and for what could not be. */
export function logRecorded(
  what: 'resolved' | 'reopened',
  recorded: Recorded,
  { log, caller }: Pick<GraphContext, 'log' | 'caller'>,
): void {
  if ('type' in recorded && recorded.type === 'PayApiInvalidInput') return
  log[what](recorded, callerId(caller))
}
