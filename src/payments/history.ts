import type { Operation } from '../journal/store.ts'
import type { PaymentStep } from '../payapi/index.ts'
import type { OperationRecord, PaymentNotice, PaymentOperation } from './payment-records.ts'

/** Something that happened to a payment. */
export interface HistoryEvent<Notice extends PaymentNotice = PaymentNotice> {
  /** When it was recorded here, ISO 8601. */
  readonly at: string
  readonly kind: PaymentStep | OperationRecord['kind'] | 'NOTICE'
  /** Of money that moves, or was asked to. */
  readonly amount: string | null
  /** The operation that it is, or that it was recorded of. */
  readonly operation: Operation | null
  readonly record: OperationRecord | null
  readonly notice: Notice | null
}

/** All that happened to a payment, oldest first. */
export function historyOf<Notice extends PaymentNotice>(
  operations: readonly PaymentOperation[],
  notices: readonly Notice[],
): readonly HistoryEvent<Notice>[] {
  const events: HistoryEvent<Notice>[] = [
    ...operations.flatMap((each) => [eventOf(each), ...each.records.map((record) => recordEvent(each, record))]),
    ...notices.map(noticeEvent),
  ]
  return events.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

const NOTHING = { amount: null, operation: null, record: null, notice: null }

const eventOf = ({ operation, step }: PaymentOperation) => ({
  ...NOTHING,
  at: new Date(operation.createdAt).toISOString(),
  kind: step,
  amount: step === 'ESCROW' ? null : operation.amount,
  operation,
})

const recordEvent = ({ operation }: PaymentOperation, record: OperationRecord) => ({
  ...NOTHING,
  at: record.at,
  kind: record.kind,
  operation,
  record,
})

const noticeEvent = <Notice extends PaymentNotice>(notice: Notice) => ({
  ...NOTHING,
  at: new Date(notice.at).toISOString(),
  kind: 'NOTICE' as const,
  amount: notice.amount,
  notice,
})
