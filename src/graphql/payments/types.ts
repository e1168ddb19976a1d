import { requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import { CURRENCY, PAYMENT_METHOD } from '../../payapi/definition/enums.ts'
import type { HistoryEvent } from '../../payments/history.ts'
import type { ToldOfPayment } from '../../payments/notices/payment-notice.ts'
import type { PaymentStatus } from '../../payments/payment.ts'
import type { KnownPayment } from '../../payments/read.ts'
import { builder } from '../builder/builder.ts'
import { EscrowPaymentType, escrowPayment } from '../federation/escrow-payment.ts'
import { NoticeType } from '../notices/types.ts'
import { OperationType } from '../operations/types.ts'
import { codeType, enumType } from '../services/services.ts'

const statuses: Record<PaymentStatus, { description: string }> = {
  AWAITING_DEPOSIT: { description: 'A virtual account was issued; no money has come yet. 입금대기.' },
  APPROVED: { description: 'Approved, or deposited; nothing of it was canceled. 승인.' },
  PARTIALLY_CANCELED: { description: 'A part was canceled. 부분 취소.' },
  CANCELED: { description: 'Nothing of it is left. 전체 취소.' },
  DEPOSIT_WITHDRAWN: { description: 'The deposit to the virtual account was taken back. 입금취소.' },
}

export const PaymentStatusType = builder.enumType('PayApiPaymentStatus', {
  description: 'Where a payment stands.',
  values: statuses,
})

const kinds: Record<HistoryEvent['kind'], { description: string }> = {
  APPROVAL: { description: 'A charge: `operation` tells how it ended. 승인.' },
  CANCEL: { description: 'A full cancel: `operation` tells how it ended. 전체 취소.' },
  PARTIAL_CANCEL: { description: 'A partial cancel: `operation` tells how it ended. 부분 취소.' },
  ESCROW: { description: 'A step of an escrow payment: `operation` tells which, and how it ended. 에스크로.' },
  RESOLUTION: { description: 'What became of `operation` was recorded. 결과 기록.' },
  REOPENING: { description: 'What had been recorded of `operation` was taken back. 결과 기록 취소.' },
  SETTLE_TRY: { description: 'The server tried to find out what became of `operation`. 결과 확인 시도.' },
  NOTICE: { description: 'PayAPI sent a notice. 노티.' },
}

const EventKind = builder.enumType('PayApiPaymentEventKind', {
  description: 'What happened to a payment.',
  values: kinds,
})

const EventType = builder.objectRef<HistoryEvent<ToldOfPayment>>('PayApiPaymentEvent').implement({
  description: 'Something that happened to a payment, as it was recorded here.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', nullable: false, description: 'When it was recorded.' }),
    kind: t.expose('kind', { type: EventKind, nullable: false, description: 'What it is.' }),
    amount: t.expose('amount', {
      type: 'Amount',
      nullable: true,
      description: 'Of money that moved, or was asked to. 금액.',
    }),
    operation: t.expose('operation', {
      type: OperationType,
      nullable: true,
      description: 'The request that it was, or of which something was recorded; null for a notice.',
    }),
    notice: t.field({
      type: NoticeType,
      description: `The notice that came; null for all else. ${scopeSentence('notices:read')}`,
      resolve: ({ notice }, _, context) => {
        if (notice === null) return null
        requireScope('notices:read', context)
        return notice.notice
      },
    }),
    processed: t.boolean({
      description: 'Of a resolution: whether PayAPI had processed the operation.',
      resolve: ({ record }) => record?.processed ?? null,
    }),
    recordedBy: t.string({
      description: 'Who recorded it; null for an operation or a notice itself.',
      resolve: ({ record }) => record?.by ?? null,
    }),
    note: t.string({ description: 'What was noted with it.', resolve: ({ record }) => record?.note ?? null }),
  }),
})

export const PaymentType = builder.objectRef<KnownPayment>('PayApiPayment').implement({
  description:
    'A payment, as far as it is known here: computed from the operations and notices that name its merchant and transaction id. What was done in the merchant console alone is not in it.',
  fields: (t) => ({
    merchantId: t.exposeID('merchantId', {
      nullable: false,
      description: 'The merchant it was made to. 가맹점ID, `mid`.',
    }),
    transactionId: t.exposeID('transactionId', { nullable: false, description: 'Its transaction id. 거래ID, `tid`.' }),
    orderId: t.exposeID('orderId', { description: 'The order it is for. 주문번호, `oid`.' }),
    paymentMethod: t.field({
      type: enumType(PAYMENT_METHOD),
      nullable: true,
      description: 'How it was paid. 결제수단, `payType`.',
      resolve: ({ paymentMethod }) => paymentMethod as never,
    }),
    currency: t.field({
      type: enumType(CURRENCY),
      nullable: true,
      description: 'Currency of the amounts. 통화, `currency`.',
      resolve: ({ currency }) => currency as never,
    }),
    status: t.expose('status', {
      type: PaymentStatusType,
      nullable: true,
      description: 'Where it stands; null where nobody can tell, e.g. where its charge was never seen here.',
    }),
    amount: t.expose('amount', {
      type: 'Amount',
      nullable: true,
      description: 'What was approved or deposited; null where that was never seen here. 승인금액.',
    }),
    canceledAmount: t.expose('canceledAmount', {
      type: 'Amount',
      nullable: true,
      description: 'What surely was canceled. 취소금액.',
    }),
    unsettledAmount: t.expose('unsettledAmount', {
      type: 'Amount',
      nullable: true,
      description:
        'What was asked to be canceled by operations that are under way or of unknown outcome. 결과 미확인 취소금액.',
    }),
    remainingAmount: t.expose('remainingAmount', {
      type: 'Amount',
      nullable: true,
      description: '`amount` less `canceledAmount`: what is left to cancel. 취소 후 남은 금액, `confirmPrice`.',
    }),
    approvedAt: t.expose('approvedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was approved or deposited. 승인일시, `PayDate` and `PayTime`.',
    }),
    approvalNumber: t.exposeString('approvalNumber', {
      description: "The card company's approval number. 승인번호, `ApplNum`.",
    }),
    cardCompany: t.expose('cardCompany', {
      type: codeType(),
      nullable: true,
      description: 'The card company, where the approval named it. 카드사.',
    }),
    history: t.expose('history', {
      type: [EventType],
      nullable: false,
      description: 'What happened to it, oldest first.',
    }),
    operations: t.expose('operations', {
      type: [OperationType],
      nullable: false,
      description: 'The requests that name it, oldest first.',
    }),
    notices: t.field({
      type: [NoticeType],
      nullable: false,
      description: `What the PG told of it by itself, oldest first. ${scopeSentence('notices:read')}`,
      resolve: ({ notices }, _, context) => {
        requireScope('notices:read', context)
        return notices.map(({ notice }) => notice)
      },
    }),
    escrow: t.field({
      type: EscrowPaymentType,
      description: `The escrow payment that it is, whose \`status\` PayAPI is asked for; null where no step of an escrow payment is known of it. ${scopeSentence('escrow:read')}`,
      resolve: ({ isEscrow, transactionId, merchantId }, _, context) =>
        isEscrow ? escrowPayment(transactionId, merchantId, context) : null,
    }),
  }),
})
