import DataLoader from 'dataloader'
import { requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { SmsLink, SmsLinkException, SmsLinkStatus, VirtualAccount } from '../../journal/records/sms-link.ts'
import { PAYMENT_METHOD } from '../../payapi/definition/enums.ts'
import { builder } from '../builder/builder.ts'
import { journalOf, perContext } from '../context.ts'
import { reading } from '../lists/reading.ts'
import { bankOf } from '../notices/bank.ts'
import { NoticeType } from '../notices/types.ts'
import { codeType, enumType } from '../services/services.ts'
import { paymentByKey } from './read.ts'
import { PaymentType } from './types.ts'

const statuses: Record<SmsLinkStatus, { description: string }> = {
  LINK_CREATED: { description: 'The link works; nobody has paid with it yet. 링크 생성.' },
  AUTHENTICATED: { description: 'The buyer has authenticated, and the approval is under way. 인증 완료, 승인 중.' },
  AWAITING_DEPOSIT: { description: 'A virtual account was issued; no money has come yet. 입금대기.' },
  PAID: { description: 'Approved, or deposited. 결제 완료.' },
  DEPOSIT_WITHDRAWN: {
    description: 'The deposit to the virtual account was taken back: a person has to look. 입금취소.',
  },
  FAILED: {
    description:
      'A try failed, and nothing was charged by it. After a failed authentication the buyer may try again while the link works; after a refused approval the shop makes a new link. 결제 실패.',
  },
  EXPIRED: { description: 'Nobody has paid with it in time. 기한 만료.' },
  UNKNOWN: {
    description:
      'It may have been charged: `resolvePaymentOperation` records what the merchant console shows of `approvalOperationId`; or, where that is null, it is not known whether the link was made. 결과 미확인.',
  },
}

export const SmsPaymentStatusType = builder.enumType('PayApiSmsPaymentStatus', {
  description: 'How far a payment by the link of an SMS is.',
  values: statuses,
})

const exceptions: Record<SmsLinkException, { description: string }> = {
  MERCHANT_DIFFERS: { description: 'A browser or a notice came for another merchant.' },
  ORDER_DIFFERS: { description: 'A browser or a notice came for another order.' },
  AMOUNT_DIFFERS: { description: 'A browser or a notice came with another amount.' },
  ACCOUNT_DIFFERS: { description: 'A notice names another account.' },
  METHOD_DIFFERS: { description: 'A notice tells of another payment method.' },
  APPROVAL_ADDRESS_REFUSED: {
    description: 'A browser named an address to approve at that is none of the PG’s. Nothing was sent there.',
  },
  APPROVAL_DIFFERS: {
    description: 'The answer to the approval names another merchant, order or amount: it may have been charged.',
  },
  AUTHENTICATION_MALFORMED: { description: 'A browser came without a transaction id that can be one.' },
  ORDER_CHARGED_BEFORE: {
    description:
      'The order had been charged, or may have been: this was not approved, or, where it is `PAID` by a deposit, paid all the same.',
  },
  CONTRADICTION: { description: 'A notice tells the opposite of what is known.' },
}

const ExceptionType = builder.enumType('PayApiSmsPaymentException', {
  description: 'Why a person should look at a payment by the link of an SMS.',
  values: exceptions,
})

const iso = (time: number) => new Date(time).toISOString()
const instant = (time: number | null) => (time === null ? null : iso(time))

const AccountType = builder.objectRef<VirtualAccount>('PayApiVirtualAccount').implement({
  description: 'The account that a buyer deposits to. 가상계좌.',
  fields: (t) => ({
    bank: t.field({
      type: codeType(),
      nullable: true,
      description: 'Its bank. 은행, `P_FN_CD1`, `P_VACT_BANK_CODE`.',
      resolve: (account) => bankOf(account),
    }),
    number: t.exposeString('number', {
      nullable: false,
      description: 'Its number. 계좌번호, `P_VACCT_NO`, `P_VACT_NUM`.',
    }),
    holderName: t.exposeString('holderName', { description: 'Its holder. 예금주, `P_VACT_NAME`.' }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Until when the buyer may deposit. 입금 기한, `P_EXP_DT`.',
      resolve: ({ expiresAt }) => instant(expiresAt),
    }),
  }),
})

export const SmsPaymentType = builder.objectRef<SmsLink>('PayApiSmsPayment').implement({
  description:
    'A payment by a link of `createSmsPaymentUrl` that the server carries to its end. Its states only move forward. SMS결제.',
  fields: (t) => ({
    merchantId: t.exposeID('merchantId', { nullable: false, description: 'The merchant. 가맹점ID, `mid`.' }),
    orderId: t.exposeID('orderId', { nullable: false, description: 'The order. 상점주문번호, `P_OID`.' }),
    paymentUrl: t.expose('paymentUrl', {
      type: 'URL',
      nullable: true,
      description: 'The link that was sent to the buyer; null where it is not known. 결제URL, `MsgSend`.',
    }),
    amount: t.expose('amount', {
      type: 'Amount',
      nullable: false,
      description: 'What is asked for. 승인금액, `P_AMT`.',
    }),
    paymentMethod: t.field({
      type: enumType(PAYMENT_METHOD),
      nullable: true,
      description: 'How it is to be paid. 결제수단, `payType`.',
      resolve: ({ paymentMethod }) => paymentMethod as never,
    }),
    goodsName: t.exposeString('goodsName', { description: 'What is bought. 상품명, `P_GOODS`.' }),
    status: t.expose('status', { type: SmsPaymentStatusType, nullable: false, description: 'How far it is.' }),
    exception: t.expose('exception', {
      type: ExceptionType,
      nullable: true,
      description: 'Why a person should look at it; null where nobody has to.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When the link was asked for.',
      resolve: ({ createdAt }) => iso(createdAt),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When the link stops working.',
      resolve: ({ expiresAt }) => iso(expiresAt),
    }),
    paidAt: t.field({
      type: 'DateTime',
      description: 'When it was approved or deposited. 결제 시각.',
      resolve: ({ paidAt }) => instant(paidAt),
    }),
    virtualAccount: t.expose('virtualAccount', {
      type: AccountType,
      nullable: true,
      description: 'Where the buyer deposits to, once that is known.',
    }),
    approvalOperationId: t.exposeID('approvalOperationId', {
      description: 'The operation that approved it, or tried to: look it up with `paymentOperation`.',
    }),
    payment: t.field({
      type: PaymentType,
      description: `The payment that it came to; null before. ${scopeSentence('payments:read')}`,
      resolve: ({ merchantId, transactionId }, _, context) => {
        requireScope('payments:read', context)
        return transactionId === null ? null : paymentByKey({ merchantId, transactionId }, context)
      },
    }),
    notices: t.field({
      type: [NoticeType],
      nullable: false,
      description: `What the PG told of it, oldest first. ${scopeSentence('notices:read')}`,
      resolve: async ({ id }, _, context) => {
        requireScope('notices:read', context)
        return [...(await reading(() => noticesOf(context).load(id)))]
      },
    }),
  }),
})

/** The notices of all links that a request asks for are read together. */
const noticesOf = perContext((context) => {
  const { store } = journalOf(context)
  return new DataLoader(async (linkIds: readonly string[]) => {
    const notices = await store.run('noticesOfLinks', { linkIds: [...linkIds] })
    return linkIds.map((linkId) => notices.filter((notice) => notice.linkId === linkId))
  })
})
