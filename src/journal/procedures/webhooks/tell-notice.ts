import type { NoticeFacts } from '../../records/notices.ts'
import { column, inTime, isRowTakenIn, type NoticeRow } from '../notices/row.ts'
import type { Verdict } from '../notices/verdict.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { emit, type News } from './emit.ts'

/** What became of a notice, beside how it stood before. */
interface NoticeEffect extends Pick<Verdict, 'state' | 'exception' | 'matches' | 'linkId' | 'operationId'> {
  /** Whether the notice itself moved a link. */
  readonly moved: boolean
}

/**
 * Tells what a notice did, in the transaction that lets it. What is only proposed, or needs a person, did nothing, but for
 * a deposit that is gone; and what an operation of ours did was told when that succeeded.
 */
export function* tellNotice(tx: Transaction, before: NoticeRow, facts: NoticeFacts, effect: NoticeEffect): Steps<void> {
  const { id: noticeId, merchant_id: merchantId } = before
  const { orderId, transactionId } = facts
  const news = (type: News['type'], operationId: string | null = null): News => {
    return { type, merchantId, orderId, transactionId, operationId, noticeId }
  }
  const fitsNothing = effect.state === 'WAITING' && effect.matches === null
  // What it fits may be under way, and then come to nothing.
  if (fitsNothing && (before.attempts === 0 || before.trust_matches === 1)) yield* emit(tx, news('notice.unmatched'))
  switch (facts.event) {
    case 'APPROVED':
      if (effect.moved) yield* emit(tx, news('payment.approved', effect.linkId))
      return
    case 'DEPOSITED':
    case 'DEPOSIT_WITHDRAWN': {
      const type = facts.event === 'DEPOSITED' ? 'payment.approved' : 'deposit.withdrawn'
      const { state, operationId, matches } = effect
      const after = { ...before, state, operation_id: operationId, trust_matches: column(matches) }
      if (!isRowTakenIn(after) || isRowTakenIn(before)) return
      if (tx.endpoints.of(type, merchantId).length === 0) return
      if (!(yield* isToldBefore(tx, before, facts, effect.linkId))) yield* emit(tx, news(type, effect.linkId))
      return
    }
    case 'ESCROW_CHANGED':
      if (effect.state === 'APPLIED' && effect.operationId === null && before.applied_at === null)
        yield* emit(tx, news('escrow.changed'))
      return
    default:
  }
}

/** Whether a notice of another kind told of the same deposit, or withdrawal, before. */
function* isToldBefore(
  tx: Transaction,
  told: NoticeRow,
  { orderId, transactionId }: NoticeFacts,
  linkId: string | null,
): Steps<boolean> {
  const { id, merchant_id: merchantId, account_hash: account } = told
  // Of notices that are looked at at once, each sees which the one before told of.
  yield* tx.lock('deposit', merchantId, orderId ?? transactionId ?? '')
  const others = yield* tx.all(
    tx.db
      .selectFrom('notices')
      .selectAll()
      .where('id', '<>', id)
      .where('merchant_id', '=', merchantId)
      .where('event', 'in', ['DEPOSITED', 'DEPOSIT_WITHDRAWN'])
      .where(({ or, and, eb }) =>
        or([
          eb('transaction_id', '=', transactionId),
          ...(linkId === null ? [] : [eb('link_id', '=', linkId)]),
          ...(account === null ? [] : [and([eb('order_id', '=', orderId), eb('account_hash', '=', account)])]),
        ]),
      ),
  )
  const all = [...others.filter(isRowTakenIn), told].toSorted(inTime)
  const place = all.indexOf(told)
  // Between them nothing else happened.
  const beside = [all.slice(0, place).toReversed(), all.slice(place + 1)].flatMap((rows) => {
    const end = rows.findIndex(({ event }) => event !== told.event)
    return end === -1 ? rows : rows.slice(0, end)
  })
  if (beside.some((row) => row.transaction_id === transactionId)) return true
  // Each kind of notices tells of one once: another kind may have told of this one under another id.
  const idsOf = (kind: NoticeRow['kind']) =>
    new Set(beside.filter((row) => row.kind === kind).map((row) => row.transaction_id)).size
  return beside.some(({ kind }) => kind !== told.kind && idsOf(kind) > idsOf(told.kind))
}
