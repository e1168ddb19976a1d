import type { NoticeFacts } from '../../records/notices.ts'
import { linkById, linksOfOrder, type SmsLink } from '../sms-links/index.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { linkVerdict } from './link-verdict.ts'
import { operationVerdict } from './operation-verdict.ts'
import type { NoticeRow } from './row.ts'
import { held, type NoticeServices, type Verdict } from './verdict.ts'

/** Looks for what a notice belongs to, and moves what it may move. */
export function* judge(tx: Transaction, row: NoticeRow, facts: NoticeFacts, services: NoticeServices): Steps<Verdict> {
  const problem = problemOf(row, facts)
  if (problem !== undefined) return problem
  const link = yield* linkOf(tx, row, facts)
  const byLink = link && (yield* linkVerdict(tx, row, facts, link))
  const byOperation = byLink ?? (yield* operationVerdict(tx, row, facts, services))
  const found = { ...byOperation, linkId: link?.id ?? null }
  // The money is gone again, whatever it was for: that is nobody's ordinary day.
  const isAlarm = facts.event === 'DEPOSIT_WITHDRAWN' && found.exception === null
  return isAlarm ? { ...found, exception: 'DEPOSIT_WITHDRAWN' } : found
}

/** The link whose address it came to; else, of those for the order, the one with the account or the amount. */
function* linkOf(tx: Transaction, row: NoticeRow, facts: NoticeFacts): Steps<SmsLink | undefined> {
  if (row.link_id !== null) return yield* linkById(tx, row.link_id)
  if (facts.orderId === null) return undefined
  const links = yield* linksOfOrder(tx, row.merchant_id, facts.orderId)
  const number = facts.account?.number
  return (
    links.find(({ virtualAccount }) => number !== undefined && virtualAccount?.number === number) ??
    links.find(({ amount }) => amount === facts.amount) ??
    links[0]
  )
}

const WITH_AMOUNT: ReadonlySet<string | null> = new Set([
  'APPROVED',
  'VIRTUAL_ACCOUNT_ISSUED',
  'DEPOSITED',
  'DEPOSIT_WITHDRAWN',
  'CANCELED',
  'PARTIALLY_CANCELED',
])

function problemOf(row: NoticeRow, facts: NoticeFacts): Verdict | undefined {
  if (row.trust_signature === 0) return held('SIGNATURE_DIFFERS')
  if (facts.merchantId !== null && facts.merchantId !== row.merchant_id) return held('MERCHANT_DIFFERS')
  if (facts.event === null) return held('UNKNOWN_EVENT', { matches: null })
  const lacksAmount = WITH_AMOUNT.has(facts.event) && facts.amount === null
  const isNobodys = facts.orderId === null && facts.transactionId === null
  return facts.unreadable.length > 0 || lacksAmount || isNobodys ? held('UNREADABLE', { matches: null }) : undefined
}
