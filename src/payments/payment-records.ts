import type { NoticeKind } from '../journal/records/notices.ts'
import type { Operation } from '../journal/store.ts'
import type { PaymentStep } from '../payapi/index.ts'

/** Something that was recorded of an operation after it had ended, e.g. by a person. */
export interface OperationRecord {
  readonly kind: 'RESOLUTION' | 'REOPENING' | 'SETTLE_TRY'
  /** ISO 8601. */
  readonly at: string
  readonly by: string | null
  /** Of a resolution: whether PayAPI had processed it. */
  readonly processed: boolean | null
  readonly note: string | null
}

/** An operation that names the payment, with what was sealed in it. */
export interface PaymentOperation {
  readonly operation: Operation
  readonly step: PaymentStep
  /** What it says of the method and the currency. */
  readonly paymentMethod: string | null
  readonly currency: string | null
  /** The fields of its success; undefined where it has none, or no key opens it. */
  readonly success: Readonly<Record<string, unknown>> | undefined
  /** Oldest first. */
  readonly records: readonly OperationRecord[]
}

/** A notice that names the payment, as far as the payment depends on it. */
export interface PaymentNotice {
  readonly id: string
  readonly kind: NoticeKind
  /** When it came first, in milliseconds since 1970. */
  readonly at: number
  /** What it does to the payment; null where it is not trusted enough for that, or tells of something else. */
  readonly effect: 'AWAITS_DEPOSIT' | 'APPROVES' | 'WITHDRAWS_DEPOSIT' | null
  readonly amount: string | null
  readonly transactionId: string | null
  readonly orderId: string | null
  readonly paymentMethod: string | null
  readonly approvalNumber: string | null
  /** When the PG says it happened, in milliseconds since 1970. */
  readonly occurredAt: number | null
}
