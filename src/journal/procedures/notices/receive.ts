import type { NoticeContent, NoticeKind } from '../../notices.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { column, type NoticeRow } from './row.ts'

/** A notice that came. */
export interface ReceivedNotice {
  /** The id that it gets, unless it came before. */
  readonly id: string
  readonly kind: NoticeKind
  readonly merchantId: string
  readonly linkId: string | null
  /** What makes it the same notice when it is sent again. */
  readonly identity: string
  readonly content: NoticeContent
  readonly address: boolean | null
  readonly signature: boolean | null
}

/** How long whoever took a notice in has for applying it, before somebody else does. */
const APPLY_MS = 30_000

/** Writes a notice down, or counts it where it came before. Safe to repeat. */
export function* receiveNotice(
  tx: Transaction,
  received: ReceivedNotice,
): Steps<{ readonly id: string; readonly isNew: boolean }> {
  const { id, kind, merchantId, content } = received
  const hash = tx.codec.hash(JSON.stringify([kind, merchantId, received.linkId, received.identity]))
  yield* tx.lock('notice', hash)
  const now = yield* tx.now()
  const known = yield* tx.first(tx.db.selectFrom('notices').selectAll().where('hash', '=', hash))
  if (known !== undefined) {
    // The same notice after an answer of the store that was lost.
    if (known.id !== id) yield* countAgain(tx, known, received, now)
    return { id: known.id, isNew: known.id === id }
  }
  const { facts } = content
  yield* tx.run(
    tx.db.insertInto('notices').values({
      id,
      kind,
      hash,
      merchant_id: merchantId,
      link_id: received.linkId,
      event: facts.event,
      order_id: facts.orderId,
      transaction_id: facts.transactionId,
      amount: facts.amount,
      account_hash: facts.account === null ? null : tx.codec.hash(facts.account.number),
      occurred_at: facts.occurredAt,
      received_at: now,
      last_received_at: now,
      times_received: 1,
      state: 'RECEIVED',
      attempts: 0,
      due_at: now + APPLY_MS,
      applied_at: null,
      operation_id: null,
      exception: null,
      acknowledged_at: null,
      acknowledged_by: null,
      trust_address: column(received.address),
      trust_signature: column(received.signature),
      trust_matches: null,
      content: tx.codec.seal(JSON.stringify(content), id),
      escrow_answer: null,
      note: null,
      kept_from: yield* tx.clock(),
    }),
  )
  return { id, isNew: true }
}

/** A copy that somebody else sent first must not take from the PG's own what it is trusted for. */
function* countAgain(tx: Transaction, known: NoticeRow, received: ReceivedNotice, now: number): Steps<void> {
  const better = (before: number | null, given: boolean | null) => (given === true ? 1 : before)
  const trust = {
    trust_address: better(known.trust_address, received.address),
    trust_signature: better(known.trust_signature, received.signature),
  }
  const isBetter = trust.trust_address !== known.trust_address || trust.trust_signature !== known.trust_signature
  yield* tx.run(
    tx.db
      .updateTable('notices')
      .set({
        times_received: known.times_received + 1,
        last_received_at: now,
        kept_from: yield* tx.clock(),
        ...trust,
        ...(isBetter ? { due_at: now } : {}),
      })
      .where('id', '=', known.id),
  )
}
