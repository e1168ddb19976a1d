/** How far a payment by a link in a text message got. */
export type SmsLinkStatus =
  | 'LINK_CREATED'
  | 'AUTHENTICATED'
  | 'AWAITING_DEPOSIT'
  | 'PAID'
  | 'DEPOSIT_WITHDRAWN'
  | 'FAILED'
  | 'EXPIRED'
  | 'UNKNOWN'

/** Why a person has to look at a link: what somebody claims of it and what is known do not agree. */
export type SmsLinkException =
  | 'MERCHANT_DIFFERS'
  | 'ORDER_DIFFERS'
  | 'AMOUNT_DIFFERS'
  | 'ACCOUNT_DIFFERS'
  | 'METHOD_DIFFERS'
  | 'APPROVAL_ADDRESS_REFUSED'
  | 'APPROVAL_DIFFERS'
  | 'AUTHENTICATION_MALFORMED'
  | 'ORDER_CHARGED_BEFORE'
  | 'CONTRADICTION'

/** The account that a buyer has to deposit to. */
export interface VirtualAccount {
  readonly bankCode: string | null
  readonly bankName: string | null
  readonly number: string
  readonly holderName: string | null
  /** Until when the buyer may deposit, in milliseconds since 1970. */
  readonly expiresAt: number | null
}

/** What is asked for with a link, as it is kept. Times are milliseconds since 1970. */
export interface NewSmsLink {
  /** The operation that makes it. */
  readonly id: string
  readonly token: string
  readonly noticeToken: string
  readonly merchantId: string
  readonly orderId: string
  readonly paymentMethod: string
  readonly amount: string
  readonly goodsName: string
  readonly charset: 'EUC_KR' | 'UTF_8'
  readonly redirectUrl: string | null
  readonly createdAt: number
  readonly expiresAt: number
}

/** A link as it stands. */
export interface SmsLink extends Omit<NewSmsLink, 'token' | 'noticeToken' | 'goodsName'> {
  readonly status: SmsLinkStatus
  readonly paidAt: number | null
  /** Of the payment: what a cancel needs. */
  readonly transactionId: string | null
  readonly approvalOperationId: string | null
  readonly exception: SmsLinkException | null
  /** What follows is sealed: null where no key opens it. */
  readonly goodsName: string | null
  readonly paymentUrl: string | null
  readonly virtualAccount: VirtualAccount | null
}
