import type { Steps, Transaction } from './transaction.ts'

export type SmsLinkStatus =
  | 'LINK_CREATED'
  | 'AUTHENTICATED'
  | 'AWAITING_DEPOSIT'
  | 'PAID'
  | 'DEPOSIT_WITHDRAWN'
  | 'FAILED'
  | 'EXPIRED'
  | 'UNKNOWN'

type SmsLinkException =
  | 'MERCHANT_DIFFERS'
  | 'ORDER_DIFFERS'
  | 'AMOUNT_DIFFERS'
  | 'ACCOUNT_DIFFERS'
  | 'METHOD_DIFFERS'
  | 'CONTRADICTION'

export interface SmsLink {
  readonly id: string
  readonly merchantId: string
  readonly orderId: string
  readonly amount: string
  readonly charset: 'EUC_KR' | 'UTF_8'
  readonly status: SmsLinkStatus
  readonly approvalOperationId: string | null
  readonly virtualAccount: { readonly number: string } | null
}

export interface LinkNotice {
  readonly linkId: string
  readonly at: number
  readonly merchantId: string | null
  readonly orderId: string | null
  readonly amount: string | null
  readonly transactionId: string | null
  readonly step:
    | {
        readonly kind: 'ACCOUNT_ISSUED'
        readonly account: {
          readonly bankCode: string | null
          readonly bankName: string | null
          readonly number: string
          readonly holderName: string | null
          readonly expiresAt: number | null
        }
      }
    | { readonly kind: 'DEPOSITED' | 'DEPOSIT_WITHDRAWN'; readonly accountNumber: string | null }
    | { readonly kind: 'APPROVED' | 'FAILED' }
}

type LinkAdvance =
  | { readonly moved: true; readonly status: SmsLinkStatus }
  | {
      readonly moved: false
      readonly status: SmsLinkStatus
      readonly reason: 'NO_LINK' | 'ALREADY' | 'APPROVAL_DECIDES' | SmsLinkException
    }

// biome-ignore lint/correctness/useYield: there are no links yet
export function* linkOfNoticeToken(_tx: Transaction, _token: string): Steps<SmsLink | undefined> {
  return undefined
}

// biome-ignore lint/correctness/useYield: there are no links yet
export function* linkById(_tx: Transaction, _id: string): Steps<SmsLink | undefined> {
  return undefined
}

// biome-ignore lint/correctness/useYield: there are no links yet
export function* linksOfOrder(_tx: Transaction, _merchantId: string, _orderId: string): Steps<readonly SmsLink[]> {
  return []
}

// biome-ignore lint/correctness/useYield: there are no links yet
export function* advanceLink(_tx: Transaction, _notice: LinkNotice): Steps<LinkAdvance> {
  return { moved: false, status: 'LINK_CREATED', reason: 'NO_LINK' }
}
