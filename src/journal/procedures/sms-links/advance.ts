import type { SmsLink, SmsLinkException, SmsLinkStatus, VirtualAccount } from '../../records/sms-link.ts'
import { claimantOfOrder } from '../operations/operations.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { emit } from '../webhooks/emit.ts'
import { contentOf, linkById } from './rows.ts'

/** What somebody says has happened to the payment of a link. */
type LinkStep =
  | { readonly kind: 'ACCOUNT_ISSUED'; readonly account: VirtualAccount; readonly isClaimed?: boolean }
  | { readonly kind: 'DEPOSITED' | 'DEPOSIT_WITHDRAWN'; readonly accountNumber: string | null }
  | { readonly kind: 'APPROVED' }
  | { readonly kind: 'FAILED' }

/** The same with whose payment it is said to be: null where that is not said. */
export interface LinkNotice {
  readonly linkId: string
  /** The notice that says so; left out where it is none of the PG's. */
  readonly noticeId?: string
  /** When it happened, or was heard of, in milliseconds since 1970. */
  readonly at: number
  readonly merchantId: string | null
  readonly orderId: string | null
  readonly amount: string | null
  readonly transactionId: string | null
  readonly step: LinkStep
}

/** What of it does not agree with the link. */
type LinkFault =
  | 'MERCHANT_DIFFERS'
  | 'ORDER_DIFFERS'
  | 'AMOUNT_DIFFERS'
  | 'ACCOUNT_DIFFERS'
  | 'METHOD_DIFFERS'
  | 'CONTRADICTION'

/** What came of it. */
export type LinkAdvance =
  | { readonly moved: true; readonly status: SmsLinkStatus }
  | {
      readonly moved: false
      readonly status: SmsLinkStatus
      readonly reason: 'NO_LINK' | 'ALREADY' | 'APPROVAL_DECIDES' | LinkFault
    }

/** States only move forward. */
const RANK: Readonly<Record<SmsLinkStatus, number>> = {
  EXPIRED: 0,
  LINK_CREATED: 0,
  UNKNOWN: 0,
  FAILED: 1,
  AUTHENTICATED: 2,
  AWAITING_DEPOSIT: 3,
  PAID: 4,
  DEPOSIT_WITHDRAWN: 5,
}

const LEADS_TO = {
  ACCOUNT_ISSUED: 'AWAITING_DEPOSIT',
  DEPOSITED: 'PAID',
  DEPOSIT_WITHDRAWN: 'DEPOSIT_WITHDRAWN',
  APPROVED: 'PAID',
  FAILED: 'FAILED',
} as const satisfies Readonly<Record<LinkStep['kind'], SmsLinkStatus>>

/**
 * Moves a link by what is said of it, in whatever order that comes: a deposit may be heard of before the account's issue.
 * What does not agree with the link moves nothing, and a person has to look at it.
 */
export function* advanceLink(tx: Transaction, notice: LinkNotice): Steps<LinkAdvance> {
  const { linkId, noticeId = null, step, transactionId, at } = notice
  yield* tx.lock('sms-link', linkId)
  const link = yield* linkById(tx, linkId)
  const row = yield* tx.first(tx.db.selectFrom('sms_links').selectAll().where('id', '=', linkId))
  if (link === undefined || row === undefined) return { moved: false, status: 'UNKNOWN', reason: 'NO_LINK' }
  const content = contentOf(tx, row)
  const account = content === undefined ? link.virtualAccount : content.isAccountClaimed ? null : link.virtualAccount
  const fault = faultOf(link, account, notice)
  if (fault !== undefined) {
    yield* tx.run(
      tx.db
        .updateTable('sms_links')
        .set({ exception: fault, kept_from: yield* tx.clock() })
        .where('id', '=', linkId),
    )
    return { moved: false, status: link.status, reason: fault }
  }
  const named = namedAccount(step, account)
  if (content !== undefined && named !== undefined && !(step.kind === 'ACCOUNT_ISSUED' && step.isClaimed && account)) {
    const isAccountClaimed = step.kind === 'ACCOUNT_ISSUED' && step.isClaimed === true
    const text = JSON.stringify({ ...content, account: named, isAccountClaimed })
    yield* tx.run(
      tx.db
        .updateTable('sms_links')
        .set({ content: tx.codec.seal(text, linkId) })
        .where('id', '=', linkId),
    )
  }
  const { kind } = step
  if (link.approvalOperationId !== null && (kind === 'APPROVED' || kind === 'FAILED')) {
    return { moved: false, status: link.status, reason: isOpen(link) ? 'APPROVAL_DECIDES' : 'ALREADY' }
  }
  const status = LEADS_TO[kind]
  if (RANK[status] <= RANK[link.status]) return { moved: false, status: link.status, reason: 'ALREADY' }
  const isPaid = status === 'PAID'
  yield* tx.run(
    tx.db
      .updateTable('sms_links')
      .set({ status, kept_from: yield* tx.clock() })
      .$if(isPaid, (query) => query.set({ paid_at: at, transaction_id: transactionId }))
      .where('id', '=', linkId),
  )
  if (isPaid) yield* claimOrder(tx, link)
  if (status === 'PAID' || status === 'AWAITING_DEPOSIT') {
    const type = isPaid ? 'sms_payment.paid' : 'sms_payment.awaiting_deposit'
    const { merchantId, orderId } = link
    yield* emit(tx, { type, merchantId, orderId, transactionId, operationId: linkId, noticeId })
  }
  return { moved: true, status }
}

/**
 * No operation took this money, so that the one which made the link stands for it: from now on it is what a charge of
 * the same order meets. Where another has the order already it may be paid twice, and a person has to look at it.
 */
function* claimOrder(tx: Transaction, { id, merchantId, orderId, approvalOperationId }: SmsLink): Steps<void> {
  const claimant = yield* claimantOfOrder(tx, merchantId, orderId)
  if (claimant !== undefined) {
    if (claimant === id || claimant === approvalOperationId) return
    const exception: SmsLinkException = 'ORDER_CHARGED_BEFORE'
    yield* tx.run(tx.db.updateTable('sms_links').set({ exception }).where('id', '=', id))
    return
  }
  yield* tx.run(
    tx.db
      .updateTable('operations')
      .set({ claims_order: tx.flag(true), holds_order: tx.flag(true) })
      .where('id', '=', id),
  )
}

/** Whether nobody knows yet what became of the approval. */
const isOpen = ({ status }: SmsLink): boolean => status === 'AUTHENTICATED' || status === 'UNKNOWN'

function faultOf(link: SmsLink, account: VirtualAccount | null, notice: LinkNotice): LinkFault | undefined {
  const { merchantId, orderId, amount, transactionId, step } = notice
  if (merchantId !== null && merchantId !== link.merchantId) return 'MERCHANT_DIFFERS'
  if (orderId !== null && orderId !== link.orderId) return 'ORDER_DIFFERS'
  if (amount !== null && !isSameAmount(amount, link.amount)) return 'AMOUNT_DIFFERS'
  const isAccount = link.paymentMethod === 'VIRTUAL_ACCOUNT'
  if (step.kind === 'FAILED') return undefined
  if (isAccount === (step.kind === 'APPROVED')) return 'METHOD_DIFFERS'
  if (step.kind === 'APPROVED') {
    // The approval surely came to nothing here, or was another.
    if (link.approvalOperationId === null || isOpen(link)) return undefined
    const isOther = link.status === 'PAID' && transactionId !== null && transactionId !== link.transactionId
    return link.status === 'FAILED' || isOther ? 'CONTRADICTION' : undefined
  }
  const number = step.kind === 'ACCOUNT_ISSUED' ? (step.isClaimed ? null : step.account.number) : step.accountNumber
  return number !== null && account !== null && number !== account.number ? 'ACCOUNT_DIFFERS' : undefined
}

/** The account that a step names, where none is known for sure. */
function namedAccount(step: LinkStep, known: VirtualAccount | null): VirtualAccount | undefined {
  if (step.kind === 'ACCOUNT_ISSUED') return known?.bankCode == null ? step.account : undefined
  if (known !== null || !('accountNumber' in step) || step.accountNumber === null) return undefined
  return { number: step.accountNumber, bankCode: null, bankName: null, holderName: null, expiresAt: null }
}

/** Zeros before an amount do not count. */
const isSameAmount = (one: string, other: string): boolean =>
  /^\d{1,13}$/.test(one) && one.replace(/^0+(?=\d)/, '') === other
