import type { PaymentKey } from '../journal/records/payment-key.ts'
import type { Operation } from '../journal/store.ts'
import type { PaymentStep } from '../payapi/index.ts'
import { amountText, hundredthsOf, smallest, sum } from './amounts.ts'
import { type HistoryEvent, historyOf } from './history.ts'
import { depositOf } from './notices/payment-notice.ts'
import type { PaymentNotice, PaymentOperation } from './payment-records.ts'

// A payment is no row: it is what the operations and notices that name its merchant and transaction id come to.

/** Where a payment stands. */
export type PaymentStatus = 'AWAITING_DEPOSIT' | 'APPROVED' | 'PARTIALLY_CANCELED' | 'CANCELED' | 'DEPOSIT_WITHDRAWN'

/** A payment as far as it is known here. Amounts are decimal texts, null where nobody can tell. */
export interface Payment<Notice extends PaymentNotice = PaymentNotice> extends PaymentKey {
  readonly orderId: string | null
  readonly paymentMethod: string | null
  readonly currency: string | null
  readonly status: PaymentStatus | null
  /** What was approved or deposited. */
  readonly amount: string | null
  /** Surely canceled. */
  readonly canceledAmount: string
  /** Asked to be canceled, outcome unknown. */
  readonly unsettledAmount: string
  readonly remainingAmount: string | null
  readonly approvedAt: string | null
  readonly approvalNumber: string | null
  readonly cardCompany: { readonly code: string; readonly name: string | null } | null
  readonly isEscrow: boolean
  /** Oldest first. */
  readonly history: readonly HistoryEvent<Notice>[]
  /** The charge that took it, or may only have issued its account; null where none is known. */
  readonly approval: Operation | null
  /** Cancels that may yet turn out to have been processed. */
  readonly unsettled: readonly Operation[]
  readonly operations: readonly Operation[]
  readonly notices: readonly Notice[]
}

/** Undefined where nothing names the payment. Operations and notices are those of this payment alone, oldest first. */
export function paymentOf<Notice extends PaymentNotice>(
  { merchantId, transactionId }: PaymentKey,
  operations: readonly PaymentOperation[],
  notices: readonly Notice[] = [],
): Payment<Notice> | undefined {
  if (operations.length === 0 && notices.length === 0) return undefined
  const succeeded = operations.filter(({ operation }) => operation.state === 'SUCCEEDED')
  const cancels = operations.filter(({ step }) => isCancel(step))
  const charge = succeeded.find(({ step }) => step === 'APPROVAL')
  const first = <Value>(read: (each: PaymentOperation) => Value | null | undefined): Value | null =>
    [...(charge ? [charge] : []), ...cancels].map(read).find((value) => value != null) ?? null
  const noticed = <Name extends 'orderId' | 'paymentMethod'>(name: Name): string | null =>
    notices.find((each) => each[name] !== null)?.[name] ?? null
  const paymentMethod = first((each) => each.paymentMethod) ?? noticed('paymentMethod')
  const approval = isMoney(paymentMethod) ? charge : undefined
  const { notice, isWithdrawn: isTakenBack } = depositOf(notices, transactionId)
  // What a charge of ours took is no deposit.
  const isWithdrawn = approval === undefined && isTakenBack
  const unsettled = cancels.filter(({ operation: { state } }) => state === 'UNKNOWN' || state === 'IN_PROGRESS')
  const taken = approval === undefined ? hundredthsOf(notice?.amount) : amountOf(approval)
  const given = canceled(
    taken,
    succeeded.filter(({ step }) => isCancel(step)),
    isWithdrawn,
  )
  const asked = sum(unsettled.map((each) => amountOf(each) ?? 0n))
  const text = (name: string): string | null => (approval?.success?.[name] as string | null | undefined) ?? null
  return {
    merchantId,
    transactionId,
    orderId:
      first(({ operation, success }) => operation.orderId ?? (success?.['orderId'] as string)) ?? noticed('orderId'),
    paymentMethod,
    currency: first(({ currency }) => currency) ?? (notice === undefined ? null : 'KRW'),
    status: isWithdrawn ? 'DEPOSIT_WITHDRAWN' : statusOf(taken, given, notices),
    amount: taken === undefined ? null : amountText(taken),
    canceledAmount: amountText(given.amount),
    // What is asked for twice can be given back once.
    unsettledAmount: amountText(taken === undefined ? asked : smallest(asked, taken - given.amount)),
    remainingAmount: taken === undefined ? null : amountText(taken - given.amount),
    approvedAt:
      text('approvedAt') ?? (approval === undefined && notice ? isoTime(notice.occurredAt ?? notice.at) : null),
    approvalNumber: text('approvalNumber') ?? (approval === undefined ? (notice?.approvalNumber ?? null) : null),
    cardCompany: (approval?.success?.['cardCompany'] as Payment['cardCompany'] | undefined) ?? null,
    isEscrow: succeeded.some(({ step }) => step === 'ESCROW'),
    history: historyOf(operations, notices),
    approval: charge?.operation ?? null,
    unsettled: unsettled.map(({ operation }) => operation),
    operations: operations.map(({ operation }) => operation),
    notices,
  }
}

const isoTime = (time: number): string => new Date(time).toISOString()

/** By what is approved so money has come. Of a method that nobody knows it may be an account that was only issued. */
const isMoney = (paymentMethod: string | null): boolean => paymentMethod !== null && paymentMethod !== 'VIRTUAL_ACCOUNT'

const isCancel = (step: PaymentStep): boolean => step === 'CANCEL' || step === 'PARTIAL_CANCEL'

/** What was asked for is what was done; where that is not known, what was answered. */
const amountOf = ({ operation, success }: PaymentOperation): bigint | undefined =>
  hundredthsOf(operation.amount) ?? hundredthsOf(success?.['amount'])

interface Given {
  readonly amount: bigint
  /** Whether nothing is left, also where nobody knows of how much. */
  readonly whole: boolean
}

/** What was surely given back of what was taken. */
function canceled(taken: bigint | undefined, cancels: readonly PaymentOperation[], isWithdrawn: boolean): Given {
  const inFull = cancels.some(({ step }) => step === 'CANCEL')
  const asked = sum(cancels.map((each) => amountOf(each) ?? 0n))
  const left = cancels.flatMap(({ success }) => hundredthsOf(success?.['remainingAmount']) ?? [])
  if (taken === undefined) return { amount: asked, whole: inFull || left.includes(0n) }
  if (inFull || isWithdrawn) return { amount: taken, whole: true }
  // PayAPI may know of cancels that were made elsewhere, in the merchant console.
  const remaining = smallest(taken, asked > taken ? 0n : taken - asked, ...left)
  return { amount: taken - remaining, whole: remaining === 0n }
}

function statusOf(taken: bigint | undefined, given: Given, notices: readonly PaymentNotice[]): PaymentStatus | null {
  if (given.whole) return 'CANCELED'
  if (given.amount > 0n) return 'PARTIALLY_CANCELED'
  if (taken !== undefined) return 'APPROVED'
  return notices.some(({ effect }) => effect === 'AWAITS_DEPOSIT') ? 'AWAITING_DEPOSIT' : null
}
