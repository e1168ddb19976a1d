import type { NoticeEvent, NoticeException, NoticeKind, NoticeState } from '../../records/notices.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { tellNotice } from '../webhooks/tell-notice.ts'
import { judge } from './judge.ts'
import { column, contentOf, type NoticeRow } from './row.ts'
import type { NoticeServices, Verdict } from './verdict.ts'

export interface ApplyInput {
  readonly id: string
  /** Whether notices may be held against operations of unknown outcome, and whether trusted ones settle them. */
  readonly settle: 'never' | 'propose' | 'verified'
  readonly services: NoticeServices
}

/** What came of looking at a notice. */
export interface Application {
  readonly id: string
  readonly kind: NoticeKind
  readonly event: NoticeEvent | null
  readonly merchantId: string
  readonly state: NoticeState
  readonly exception: NoticeException | null
  /** Whether that is news. */
  readonly isNews: boolean
  /** From its first arrival until it had its effect; null where it has none. */
  readonly tookMs: number | null
  /** The operation that it settles, and the transaction id that it gives it. */
  readonly settles: { readonly operationId: string; readonly transactionId: string | null } | null
  /** The escrow payment that the PG is still to be asked for. */
  readonly asks: string | null
  /** How often it was looked at by now. */
  readonly attempts: number
  /** In how many milliseconds it is to be looked at again; null where that is not needed. */
  readonly againInMs: number | null
}

/** Looks at a notice, and at what it belongs to, in one transaction. Undefined where there is nothing to do any more. */
export function* applyNotice(tx: Transaction, input: ApplyInput): Steps<Application | undefined> {
  const { id, settle, services } = input
  const hash = (yield* tx.first(tx.db.selectFrom('notices').select('hash').where('id', '=', id)))?.hash
  if (hash === undefined) return undefined
  yield* tx.lock('notice', hash)
  const row = yield* tx.first(tx.db.selectFrom('notices').selectAll().where('id', '=', id))
  if (row === undefined || row.due_at === null) return undefined
  const content = contentOf(tx, row)
  const now = yield* tx.now()
  if (content === null) {
    yield* lookLater(tx, row, now)
    return undefined
  }
  const found = yield* judge(tx, row, content.facts, services)
  const verdict = settle === 'never' ? withoutProposal(found) : found
  const asks =
    row.kind === 'ESCROW_CHANGE' && row.escrow_answer === null && verdict.exception !== 'MERCHANT_DIFFERS'
      ? row.transaction_id
      : null
  const againInMs = nextLook(row.attempts, verdict, asks !== null)
  const appliedAt = row.applied_at ?? (verdict.state === 'APPLIED' ? now : null)
  // What the PG's own answer differed in, a second look does not take back.
  const wasAsked = row.escrow_answer !== null
  const exception = verdict.exception ?? (wasAsked ? row.exception : null)
  yield* tx.run(
    tx.db
      .updateTable('notices')
      .set({
        state: verdict.state,
        exception,
        ...(exception === row.exception ? {} : { acknowledged_at: null, acknowledged_by: null, note: null }),
        trust_matches: wasAsked ? row.trust_matches : column(verdict.matches),
        link_id: verdict.linkId ?? row.link_id,
        operation_id: verdict.operationId,
        applied_at: appliedAt,
        attempts: row.attempts + 1,
        due_at: againInMs === null ? null : now + againInMs,
      })
      .where('id', '=', id),
  )
  yield* tellNotice(tx, row, content.facts, { ...verdict, exception })
  return {
    id,
    kind: row.kind,
    event: row.event,
    merchantId: row.merchant_id,
    state: verdict.state,
    exception,
    isNews: verdict.state !== row.state || exception !== row.exception,
    tookMs: row.applied_at === null && appliedAt !== null ? appliedAt - row.received_at : null,
    settles: settle === 'verified' ? settlement(row, verdict) : null,
    asks,
    attempts: row.attempts + 1,
    againInMs,
  }
}

/** What no key opens may be opened by one that comes; what was kept long enough is done with. */
function* lookLater(tx: Transaction, { id, content }: NoticeRow, now: number): Steps<void> {
  const due_at = content === null ? null : now + Math.max(...LOOKS_AFTER_MS)
  yield* tx.run(tx.db.updateTable('notices').set({ due_at }).where('id', '=', id))
}

/** Where notices may not even propose, nothing shows that one fits. */
const withoutProposal = (found: Verdict): Verdict =>
  found.state === 'PROPOSED' ? { ...found, state: 'WAITING', operationId: null, settles: false } : found

/** Only what comes from the PG's address and fits in all it says; and is signed, where it says what anybody could. */
function settlement(row: NoticeRow, { settles, matches, operationId }: Verdict): Application['settles'] {
  const isTrusted = row.trust_address === 1 && matches === true
  const isSigned = row.kind !== 'TRANSACTION' || row.trust_signature === 1
  if (!settles || !isTrusted || !isSigned || operationId === null) return null
  return { operationId, transactionId: row.transaction_id }
}

const SECOND = 1_000
const LOOKS_AFTER_MS = [1, 2, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400].map((seconds) => seconds * SECOND)
const SOON_LOOKS = 3
/** What waits for a person ends with what the person records, and never many do. */
const PROPOSED_LOOKS = 4

/** Seldomer and seldomer, and for as long as it is kept. What it waits for makes it looked at when it appears. */
function nextLook(attempts: number, { state, soon }: Verdict, asks: boolean): number | null {
  const isOpen = state === 'WAITING' || state === 'PROPOSED'
  if (!isOpen && !asks) return null
  const last = soon ? SOON_LOOKS : state === 'PROPOSED' ? PROPOSED_LOOKS : LOOKS_AFTER_MS.length - 1
  return LOOKS_AFTER_MS[Math.min(attempts, last)] ?? null
}
