import { contentOf } from '../journal/claims/stored-result.ts'
import type { Journal } from '../journal/journal.ts'
import type { OperationEvent } from '../journal/procedures/operations/events.ts'
import type { PaymentRows } from '../journal/procedures/operations/payments.ts'
import type { PaymentKey } from '../journal/records/payment-key.ts'
import type { Operation } from '../journal/store.ts'
import { CURRENCY, PAYMENT_METHOD, valueFromWire } from '../payapi/definition/enums.ts'
import { isFailure, type Service, stepOf } from '../payapi/index.ts'
import { paymentNotice, type ToldOfPayment } from './notices/payment-notice.ts'
import { type Payment, paymentOf } from './payment.ts'
import type { OperationRecord, PaymentOperation } from './payment-records.ts'

/** What a payment's rows come to; undefined where nothing names the payment. */
export function openPayment(rows: PaymentRows, journal: Journal): KnownPayment | undefined {
  const { key, operations, notices } = rows
  const opened = operations.flatMap((operation) => openOperation(operation, rows, journal) ?? [])
  return paymentOf(key, opened, notices.map(paymentNotice))
}

/** A payment with what was told of it. */
export type KnownPayment = Payment<ToldOfPayment>

/** The payments that the keys name, in their order. */
export async function readPayments(
  journal: Journal,
  keys: readonly PaymentKey[],
): Promise<(KnownPayment | undefined)[]> {
  const rows = await journal.store.run('readPayments', { payments: keys })
  return rows.map((each) => openPayment(each, journal))
}

/** Undefined for one that is no step of a payment. */
function openOperation(
  operation: Operation,
  { events, linkMethods }: PaymentRows,
  journal: Journal,
): PaymentOperation | undefined {
  const service = journal.serviceOf(operation)
  const step = service && stepOf(service)
  if (service === undefined || step === undefined) return undefined
  const result = operation.state === 'SUCCEEDED' ? journal.result(operation) : undefined
  const success =
    result === undefined || isFailure(result) ? undefined : (result as unknown as Readonly<Record<string, unknown>>)
  const request = (operation.request === null ? {} : JSON.parse(operation.request)) as Readonly<Record<string, string>>
  // Not every answer names the method, and what a person recorded never does. One that names another than was asked for
  // is no success. Earlier versions kept no method with an approval.
  const paymentMethod =
    (success?.['paymentMethod'] as string | null | undefined) ??
    requestedMethod(service, request) ??
    service.paidBy ??
    linkMethods[operation.id] ??
    null
  // An account that was issued is no money: what is deposited to it is told by a notice.
  if (step === 'APPROVAL' && paymentMethod === 'VIRTUAL_ACCOUNT') return undefined
  return {
    operation,
    step,
    paymentMethod,
    // Whatever is charged through PayAPI is charged in won.
    currency: step === 'APPROVAL' ? 'KRW' : (valueFromWire(CURRENCY, request['currency'] ?? '') ?? null),
    success,
    records: events.flatMap((event) => (event.operationId === operation.id ? (recordOf(event) ?? []) : [])),
  }
}

function requestedMethod(service: Service, request: Readonly<Record<string, string>>): string | undefined {
  const entry = service.request['paymentMethod']
  return entry && 'wire' in entry ? valueFromWire(PAYMENT_METHOD, request[entry.wire] ?? '') : undefined
}

// That its key was answered is of the operation, not of the payment.
const KINDS = { RESOLVED: 'RESOLUTION', REOPENED: 'REOPENING', SETTLE_TRY: 'SETTLE_TRY', ANSWERED: undefined } as const

function recordOf(event: OperationEvent): OperationRecord | undefined {
  const kind = KINDS[event.kind]
  if (kind === undefined) return undefined
  const { processed, note } = contentOf(event)
  return { kind, at: new Date(event.at).toISOString(), by: event.recordedBy, processed, note }
}
