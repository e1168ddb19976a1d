import type { NoticeFacts } from '../../records/notices.ts'
import { advanceLink, type LinkNotice, type SmsLink } from '../sms-links/index.ts'
import type { Steps, Transaction } from '../transaction.ts'
import type { NoticeRow } from './row.ts'
import { held, type Verdict, verdict } from './verdict.ts'

/** Moves the SMS link that a notice belongs to; undefined where an operation of ours decides, or there is nothing to move. */
export function* linkVerdict(
  tx: Transaction,
  row: NoticeRow,
  facts: NoticeFacts,
  link: SmsLink,
): Steps<Verdict | undefined> {
  const step = stepOf(facts)
  if (step === undefined || isOfOperation(facts, link)) return undefined
  const linkId = link.id
  // Of deposits that are looked at at once, each sees what became of the one before.
  yield* tx.lock('sms-link', linkId)
  if (facts.event === 'DEPOSITED' && (yield* isSecondDeposit(tx, row, link)))
    return held('SECOND_DEPOSIT', { matches: true, linkId })
  const { merchantId, orderId, amount, transactionId } = facts
  const at = facts.occurredAt ?? row.received_at
  const advance = yield* advanceLink(tx, {
    linkId,
    noticeId: row.id,
    at,
    merchantId,
    orderId,
    amount,
    transactionId,
    step,
  })
  if (advance.moved || advance.reason === 'ALREADY')
    return verdict('APPLIED', { matches: true, linkId, moved: advance.moved })
  if (advance.reason === 'NO_LINK' || advance.reason === 'APPROVAL_DECIDES') return undefined
  return held(advance.reason, { linkId })
}

/** Where a link was approved by an operation of ours, a notice of the approval is one of that operation. */
const isOfOperation = ({ event }: NoticeFacts, { approvalOperationId }: SmsLink) =>
  approvalOperationId !== null && (event === 'APPROVED' || event === 'FAILED')

function stepOf({ event, account }: NoticeFacts): LinkNotice['step'] | undefined {
  switch (event) {
    case 'VIRTUAL_ACCOUNT_ISSUED':
      // Without a number that can be read there is nothing to pay to.
      return account === null ? undefined : { kind: 'ACCOUNT_ISSUED', account: { ...account, holderName: null } }
    case 'DEPOSITED':
    case 'DEPOSIT_WITHDRAWN':
      return { kind: event, accountNumber: account?.number ?? null }
    case 'APPROVED':
    case 'FAILED':
      return { kind: event }
    default:
      return undefined
  }
}

/** Whether another deposit of the same kind of notice went to the link before: two kinds may tell of one. */
function* isSecondDeposit(tx: Transaction, row: NoticeRow, { id: linkId, status }: SmsLink): Steps<boolean> {
  const other = yield* tx.first(
    tx.db
      .selectFrom('notices')
      .select('id')
      .where('link_id', '=', linkId)
      .where('kind', '=', row.kind)
      .where('event', '=', 'DEPOSITED')
      .where('state', '=', 'APPLIED')
      .where('id', '<>', row.id)
      // A link never goes back to paid, also where the same id is deposited to anew.
      .$if(status !== 'DEPOSIT_WITHDRAWN', (query) =>
        query.where('transaction_id', 'is distinct from', row.transaction_id),
      )
      .limit(1),
  )
  return other !== undefined
}
