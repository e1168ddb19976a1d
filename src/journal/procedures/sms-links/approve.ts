import type { SmsLink, SmsLinkException, SmsLinkStatus } from '../../records/sms-link.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { linkById } from './rows.ts'

/** Why a link's payment is not approved now. */
export type ApprovalRefusal = 'GONE' | 'EXPIRED' | 'USED'

/**
 * The guard of an approval, in the transaction of its claim: a link is approved at most once. An earlier approval that
 * surely was never sent does not count.
 */
export function* guardSmsApproval(
  tx: Transaction,
  { linkId, operationId, now }: { readonly linkId: string; readonly operationId: string; readonly now: number },
): Steps<ApprovalRefusal | undefined> {
  yield* tx.lock('sms-link', linkId)
  const link = yield* linkById(tx, linkId, now)
  const refusal = link === undefined ? 'GONE' : yield* whyNot(tx, link, operationId, now)
  if (refusal !== undefined) return refusal
  yield* tx.run(
    tx.db
      .updateTable('sms_links')
      .set({ approval_operation_id: operationId, status: 'AUTHENTICATED', kept_from: yield* tx.clock() })
      .where('id', '=', linkId),
  )
  return undefined
}

/**
 * Takes back what the guard of an approval wrote, with its claim: none is under way, so that time ends the link again. Not
 * by how the link is read: one whose approval is there no longer may have been paid, if it was deleted for its age.
 */
export function* releaseSmsLink(tx: Transaction, operationId: string): Steps<void> {
  const links = tx.db.selectFrom('sms_links').select('id').where('approval_operation_id', '=', operationId)
  const id = (yield* tx.first(links))?.id
  if (id === undefined) return
  yield* tx.lock('sms-link', id)
  yield* tx.run(
    tx.db
      .updateTable('sms_links')
      .set({ approval_operation_id: null, status: 'LINK_CREATED' })
      .where('id', '=', id)
      .where('approval_operation_id', '=', operationId)
      // Nor what came of a notice meanwhile.
      .where('status', '=', 'AUTHENTICATED'),
  )
}

/** What may still come to an approval: of the others somebody has been charged, or may have been. */
const OPEN: readonly SmsLinkStatus[] = ['LINK_CREATED', 'FAILED', 'UNKNOWN', 'AUTHENTICATED']

function* whyNot(tx: Transaction, link: SmsLink, operationId: string, now: number): Steps<ApprovalRefusal | undefined> {
  if (link.approvalOperationId !== null && link.approvalOperationId !== operationId) {
    const { db } = tx
    const earlier = yield* tx.first(
      db.selectFrom('operations').select(['state', 'holds_key']).where('id', '=', link.approvalOperationId),
    )
    // A failure that gave its key back was never sent.
    if (earlier !== undefined && !(earlier.state === 'FAILED' && !earlier.holds_key)) return 'USED'
  } else if (!OPEN.includes(link.status)) {
    return link.status === 'EXPIRED' ? 'EXPIRED' : 'USED'
  }
  return link.expiresAt <= now ? 'EXPIRED' : undefined
}

/** Writes down what became of an approval, for the time when its operation is deleted. */
export function* recordSmsApproval(
  tx: Transaction,
  { linkId, now }: { readonly linkId: string; readonly now: number },
): Steps<void> {
  yield* tx.lock('sms-link', linkId)
  const link = yield* linkById(tx, linkId, now)
  if (link === undefined) return
  const { status, transactionId, paidAt } = link
  yield* tx.run(
    tx.db
      .updateTable('sms_links')
      .set({ status, transaction_id: transactionId, paid_at: paidAt, kept_from: yield* tx.clock() })
      .where('id', '=', linkId),
  )
}

/** Writes down why a browser's arrival came to nothing: nothing was sent, and the link may still be paid. */
export function* recordFailedArrival(
  tx: Transaction,
  {
    linkId,
    exception,
    now,
  }: { readonly linkId: string; readonly exception: SmsLinkException | null; readonly now: number },
): Steps<SmsLink | undefined> {
  yield* tx.lock('sms-link', linkId)
  const link = yield* linkById(tx, linkId, now)
  if (link === undefined) return undefined
  const isOpen = link.approvalOperationId === null && (link.status === 'LINK_CREATED' || link.status === 'UNKNOWN')
  yield* tx.run(
    tx.db
      .updateTable('sms_links')
      .set({ kept_from: yield* tx.clock() })
      .$if(isOpen, (query) => query.set({ status: 'FAILED' }))
      .$if(exception !== null, (query) => query.set({ exception }))
      .where('id', '=', linkId),
  )
  return yield* linkById(tx, linkId, now)
}
