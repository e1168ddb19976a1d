import type { Notice, NoticeException } from '../../records/notices.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { noticeOf } from './row.ts'

export interface Acknowledgement {
  readonly id: string
  readonly at: number
  readonly by: string
  readonly note: string | null
}

/** Records that a person looked at a notice. Undefined where there is none (any more). */
export function* acknowledgeNotice(tx: Transaction, { id, at, by, note }: Acknowledgement): Steps<Notice | undefined> {
  const row = yield* tx.first(
    tx.db
      .updateTable('notices')
      .set({ acknowledged_at: at, acknowledged_by: by, note: note === null ? null : tx.codec.seal(note, id) })
      .where('id', '=', id)
      .returningAll(),
  )
  return row && noticeOf(tx, row)
}

export interface EscrowAnswer {
  readonly id: string
  /** In JSON. */
  readonly answer: string
  /** Whether it agrees with the notice; null where it says nothing of it. */
  readonly matches: boolean | null
  readonly exception: NoticeException | null
}

/** Keeps what the PG answered when it was asked for the escrow payment that a notice names. */
export function* keepEscrowAnswer(tx: Transaction, { id, answer, matches, exception }: EscrowAnswer): Steps<void> {
  const row = yield* tx.first(tx.db.selectFrom('notices').select(['state', 'exception', 'due_at']).where('id', '=', id))
  if (row === undefined) return
  const isOpen = row.state === 'WAITING' || row.state === 'PROPOSED'
  yield* tx.run(
    tx.db
      .updateTable('notices')
      .set({
        escrow_answer: tx.codec.seal(answer, id),
        ...(matches === null ? {} : { trust_matches: Number(matches) }),
        exception: row.exception ?? exception,
        due_at: isOpen ? row.due_at : null,
      })
      .where('id', '=', id),
  )
}
