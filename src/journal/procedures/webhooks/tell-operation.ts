import type { EventType } from '../../records/events.ts'
import type { OperationsTable } from '../../schema/tables.ts'
import type { OperationState } from '../../store.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { emit, type News } from './emit.ts'

/** What of an operation is told, as it now stands. */
export type ToldOperation = Pick<OperationsTable, (typeof TOLD_COLUMNS)[number]>

export const TOLD_COLUMNS = ['id', 'service', 'merchant_id', 'order_id', 'transaction_id'] as const

interface OperationEnd {
  readonly state: Exclude<OperationState, 'IN_PROGRESS'>
  /** Whether nobody knew its outcome until now, which was told then. */
  readonly wasUnknown: boolean
  /** Its result, as the journal wrote it. */
  readonly result: string | null
  /** In milliseconds since 1970; left out for now. */
  readonly at?: number
}

const OF_STATES: Readonly<Record<OperationEnd['state'], readonly EventType[]>> = {
  UNKNOWN: ['operation.unknown'],
  FAILED: ['operation.settled'],
  SUCCEEDED: [
    'operation.settled',
    'payment.approved',
    'payment.canceled',
    'escrow.changed',
    'sms_payment.paid',
    'sms_payment.awaiting_deposit',
  ],
}

/** Whether anybody wants to know of what may come of an operation that ends so. */
export const isOperationTold = ({ endpoints }: Pick<Transaction, 'endpoints'>, state: OperationEnd['state']): boolean =>
  endpoints.want(...OF_STATES[state])

/** Tells that an operation has ended, and what that did to its payment. What is unknown is told as that alone. */
export function* tellOperation(tx: Transaction, operation: ToldOperation, end: OperationEnd): Steps<void> {
  yield* emit(tx, ...(yield* newsOf(tx, operation, end)))
}

/** The same of several that have ended so. */
export function* tellOperations(tx: Transaction, operations: readonly ToldOperation[], end: OperationEnd): Steps<void> {
  const news: News[] = []
  for (const operation of operations) news.push(...(yield* newsOf(tx, operation, end)))
  yield* emit(tx, ...news)
}

function* newsOf(tx: Transaction, operation: ToldOperation, end: OperationEnd): Steps<readonly News[]> {
  const { id, merchant_id: merchantId, order_id: orderId, transaction_id: transactionId } = operation
  const told = (type: EventType): News => ({
    type,
    merchantId,
    orderId,
    transactionId,
    operationId: id,
    ...(end.at === undefined ? {} : { at: end.at }),
  })
  if (end.state === 'UNKNOWN') return end.wasUnknown ? [] : [told('operation.unknown')]
  const settled = end.wasUnknown ? [told('operation.settled')] : []
  return end.state === 'FAILED' ? settled : [...settled, ...(yield* newsOfSuccess(tx, operation, end, told))]
}

function* newsOfSuccess(
  tx: Transaction,
  { id, service }: ToldOperation,
  { result }: OperationEnd,
  told: (type: EventType) => News,
): Steps<readonly News[]> {
  const known = tx.endpoints.stepOf(service)
  switch (known?.step) {
    case 'CANCEL':
    case 'PARTIAL_CANCEL':
      return [told('payment.canceled')]
    case 'ESCROW':
      return [told('escrow.changed')]
    case 'APPROVAL':
      if (known.mayBeOfLink) return yield* newsOfLink(tx, id, result, told)
      return isAccountIssue(result) ? [] : [told('payment.approved')]
    default:
      return []
  }
}

/** What the approval of an SMS link's payment tells: an account that was issued is no money. */
function* newsOfLink(
  tx: Transaction,
  operationId: string,
  result: string | null,
  told: (type: EventType) => News,
): Steps<readonly News[]> {
  const merchantId = told('payment.approved').merchantId
  const types = ['payment.approved', 'sms_payment.paid', 'sms_payment.awaiting_deposit'] as const
  if (types.every((type) => tx.endpoints.of(type, merchantId).length === 0)) return []
  const links = tx.db.selectFrom('sms_links').where('approval_operation_id', '=', operationId)
  const id = (yield* tx.first(links.select('id')))?.id
  if (id === undefined) return isAccountIssue(result) ? [] : [told('payment.approved')]
  // Whoever moves the link by a notice meanwhile tells of it himself.
  yield* tx.lock('sms-link', id)
  const link = yield* tx.first(links.select(['payment_method', 'status']))
  if (link?.payment_method !== 'VIRTUAL_ACCOUNT' && !isAccountIssue(result))
    return [told('payment.approved'), { ...told('sms_payment.paid'), operationId: id }]
  const isIssued = link !== undefined && ISSUED.includes(link.status)
  return isIssued ? [] : [{ ...told('sms_payment.awaiting_deposit'), operationId: id }]
}

const ISSUED: readonly string[] = ['AWAITING_DEPOSIT', 'PAID', 'DEPOSIT_WITHDRAWN']

/** Whether what a success brought is an account to pay to, which is no money. */
export function isAccountIssue(result: string | null): boolean {
  if (result === null) return false
  try {
    return (JSON.parse(result) as { readonly paymentMethod?: unknown } | null)?.paymentMethod === 'VIRTUAL_ACCOUNT'
  } catch {
    return false
  }
}
