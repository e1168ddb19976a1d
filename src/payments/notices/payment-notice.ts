import { isTakenIn, type Notice, type NoticeEvent, OF_ACCOUNTS } from '../../journal/records/notices.ts'
import type { PaymentNotice } from '../payment-records.ts'

const EFFECTS: Readonly<Partial<Record<NoticeEvent, PaymentNotice['effect']>>> = {
  VIRTUAL_ACCOUNT_ISSUED: 'AWAITS_DEPOSIT',
  APPROVED: 'APPROVES',
  DEPOSITED: 'APPROVES',
  DEPOSIT_WITHDRAWN: 'WITHDRAWS_DEPOSIT',
}

/** By the first of its own codes. */
const METHODS: Readonly<Record<string, string>> = {
  VBANK: 'VIRTUAL_ACCOUNT',
  CARD: 'CARD',
  ISP: 'CARD',
  BANK: 'BANK_TRANSFER',
  MOBILE: 'MOBILE',
  HPP: 'MOBILE',
}

/** A notice with what it says of a payment. */
export interface ToldOfPayment extends PaymentNotice {
  readonly notice: Notice
}

/** A notice as a payment depends on it. */
export function paymentNotice(notice: Notice): ToldOfPayment {
  const { id, kind, event, amount, transactionId, orderId, receivedAt, occurredAt, content } = notice
  const code = content?.facts.code.split(' ')[0] ?? ''
  return {
    notice,
    id,
    kind,
    at: receivedAt,
    effect: event === null || !isTakenIn(notice) ? null : (EFFECTS[event] ?? null),
    amount,
    transactionId,
    orderId,
    occurredAt,
    approvalNumber: content?.facts.approvalNumber ?? null,
    paymentMethod: event !== null && OF_ACCOUNTS.includes(event) ? 'VIRTUAL_ACCOUNT' : (METHODS[code] ?? null),
  }
}

/** What notices say was taken for a payment, and whether it was given back since: what happened last counts. */
export interface ToldDeposit<Notice extends PaymentNotice> {
  /** The first that tells of what stands, or else of what was taken back. */
  readonly notice: Notice | undefined
  readonly isWithdrawn: boolean
}

/** Of the notices of an account, or of an approval: those of the payment under the id. */
export function depositOf<Notice extends PaymentNotice>(
  notices: readonly Notice[],
  transactionId: string,
): ToldDeposit<Notice> {
  const deposits = notices.filter(({ effect }) => effect === 'APPROVES')
  const withdrawals = notices.filter(({ effect }) => effect === 'WITHDRAWS_DEPOSIT')
  const own = deposits.filter((deposit) => deposit.transactionId === transactionId)
  if (own.length === 0) return { notice: undefined, isWithdrawn: withdrawals.length > 0 }
  const standing = own.find((deposit) => !withdrawals.some((withdrawal) => takesBack(withdrawal, deposit, deposits)))
  return { notice: standing ?? own[0], isWithdrawn: standing === undefined }
}

/** A withdrawal is of the deposit that it names, or else of the last one before it; and of all that it takes back. */
function takesBack(withdrawal: PaymentNotice, deposit: PaymentNotice, deposits: readonly PaymentNotice[]): boolean {
  if (!fits(withdrawal, deposit) || !isAfter(withdrawal, deposit, deposits)) return false
  if (withdrawal.transactionId === deposit.transactionId) return true
  const others = deposits.filter(({ transactionId }) => transactionId !== deposit.transactionId)
  if (others.some(({ transactionId }) => transactionId === withdrawal.transactionId)) return false
  // Notices of another kind may tell of the same deposit under an id of their own.
  return !others.some(
    (other) => other.kind === deposit.kind && inTime(deposit, other) < 0 && isAfter(withdrawal, other, deposits),
  )
}

const fits = (withdrawal: PaymentNotice, deposit: PaymentNotice): boolean =>
  isSame(withdrawal.amount, deposit.amount) && isSame(withdrawal.orderId, deposit.orderId)

const isSame = (one: string | null, other: string | null): boolean => one === null || other === null || one === other

const timeOf = ({ occurredAt, at }: PaymentNotice): number => occurredAt ?? at

const inTime = (one: PaymentNotice, other: PaymentNotice): number => timeOf(one) - timeOf(other) || one.at - other.at

/** Of one second, what came first was first; unless it takes back what nothing came before. */
function isAfter(withdrawal: PaymentNotice, deposit: PaymentNotice, deposits: readonly PaymentNotice[]): boolean {
  if (inTime(withdrawal, deposit) >= 0) return true
  return timeOf(withdrawal) === timeOf(deposit) && deposits.every((each) => inTime(withdrawal, each) < 0)
}
