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
  const { id, event, amount, transactionId, orderId, receivedAt, occurredAt, content } = notice
  const code = content?.facts.code.split(' ')[0] ?? ''
  return {
    notice,
    id,
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
