import type { NoticeEvent, NoticeException, NoticeKind, NoticeState } from '../../journal/records/notices.ts'
import { ESCROW_EVENT } from '../../payapi/definition/enums.ts'
import { builder } from '../builder/builder.ts'

// The closed lists of what the PG tells by itself.

const kinds: Record<NoticeKind, { description: string }> = {
  MOBILE_RESULT: {
    description:
      'Result of a payment page for mobile phones, an SMS link among them. 모바일 결제결과 통보, `P_NOTI_URL`.',
  },
  DEPOSIT: { description: 'Deposit to a virtual account of the PC payment window. 가상계좌 입금통보, `no_tid`.' },
  ESCROW_CHANGE: { description: 'Change of an escrow payment. 에스크로 상태 변경 통보, `cl_status`.' },
  TRANSACTION: { description: 'Any transaction of the merchant. 거래알림, `transType`.' },
}

export const NoticeKindType = builder.enumType('PayApiNoticeKind', {
  description: 'In which of its ways the PG told something. 통보 종류.',
  values: kinds,
})

const events: Record<NoticeEvent, { description: string }> = {
  APPROVED: { description: 'A payment was approved. 승인.' },
  FAILED: { description: 'A payment failed. 실패.' },
  VIRTUAL_ACCOUNT_ISSUED: { description: 'A virtual account was issued. No money has moved. 가상계좌 채번.' },
  DEPOSITED: { description: 'Money came in on a virtual account. 입금.' },
  DEPOSIT_WITHDRAWN: { description: 'The bank took a deposit back. 입금 취소.' },
  CANCELED: { description: 'A payment was canceled as a whole. 취소.' },
  PARTIALLY_CANCELED: { description: 'A part of a payment was canceled. 부분 취소.' },
  ESCROW_CHANGED: { description: 'An escrow payment changed; `escrowEvent` says how. 에스크로 상태 변경.' },
}

export const NoticeEventType = builder.enumType('PayApiNoticeEvent', {
  description: 'What a notice says has happened. It is a claim: see `trust`.',
  values: events,
})

const states: Record<NoticeState, { description: string }> = {
  RECEIVED: { description: 'Written down, and not looked at yet.' },
  WAITING: {
    description: 'It fits nothing that is known here so far. It is tried again when an operation or a link appears.',
  },
  PROPOSED: {
    description:
      'It tells of an operation of unknown outcome. A person has to confirm it with `resolvePaymentOperation`.',
  },
  APPLIED: { description: 'It had its effect, or told what was known already.' },
  HELD: { description: 'It has no effect; `exception` says why.' },
}

export const NoticeStateType = builder.enumType('PayApiNoticeState', {
  description: 'What became of a notice.',
  values: states,
})

const exceptions: Record<NoticeException, { description: string }> = {
  UNREADABLE: {
    description: 'An id, the amount or a code is missing, makes no sense, or stands there twice with different values.',
  },
  UNKNOWN_EVENT: { description: 'Its codes are none that are known here.' },
  SIGNATURE_DIFFERS: { description: 'Its signature is not that of the merchant’s key.' },
  MERCHANT_DIFFERS: { description: 'It names another merchant than the one whose address it came to.' },
  ORDER_DIFFERS: { description: 'Another order than the one that is known.' },
  AMOUNT_DIFFERS: { description: 'Another amount than the one that is known.' },
  ACCOUNT_DIFFERS: { description: 'Another account than the one that was issued.' },
  METHOD_DIFFERS: { description: 'Another payment method than the one that was asked for.' },
  CONTRADICTION: { description: 'It contradicts what is final here.' },
  CANCEL_NOT_ASKED_FOR: { description: 'A cancel that nobody asked for here, of a payment that is known here.' },
  DEPOSIT_WITHDRAWN: { description: 'The bank took a deposit back: what was paid for is unpaid.' },
  SECOND_DEPOSIT: { description: 'Money came in once more on an account that was paid already.' },
}

export const NoticeExceptionType = builder.enumType('PayApiNoticeException', {
  description: 'Why a person has to look at a notice.',
  values: exceptions,
})

const escrowEvents = Object.fromEntries(
  Object.entries(ESCROW_EVENT.values).map(([name, { about }]) => [name, { description: about }]),
) as Record<keyof typeof ESCROW_EVENT.values, { description: string }>

export const EscrowEventType = builder.enumType(ESCROW_EVENT.name, {
  description: ESCROW_EVENT.about,
  values: escrowEvents,
})
