import { WEBHOOK_LIFETIME_MS } from '../records/events.ts'
import type { Steps, Transaction } from './transaction.ts'

/** From when on, by the journal's own clock, what is kept beside the operations has been kept long enough. */
export interface RecordLimits {
  readonly keptBefore: number
  /** The same of the sealed content of notices, which names people and their accounts. */
  readonly contentKeptBefore: number
}

const DAY_MS = 24 * 60 * 60_000

/** For so long the PG sends a notice again and again, also one of a payment in a link's last moment. */
const NOTICES_MS = DAY_MS
/** For so long after the end of a link money may come to the account that it led to, whether or not somebody told of it. */
const DEPOSIT_MS = 90 * DAY_MS

const ROWS_AT_ONCE = 200

/** Deletes a little of what was kept long enough; how many rows went, and whether there may be more. */
export function* sweepRecords(
  tx: Transaction,
  { keptBefore, contentKeptBefore }: RecordLimits,
): Steps<{ readonly deleted: number; readonly more: boolean }> {
  const counts: number[] = []
  const oldNotices = tx.db.selectFrom('notices').select('id').where('kept_from', '<', keptBefore).limit(ROWS_AT_ONCE)
  counts.push(yield* tx.run(tx.db.deleteFrom('notices').where('id', 'in', oldNotices)))
  counts.push(yield* sweepLinks(tx, keptBefore))
  counts.push(...(yield* sweepWebhooks(tx, keptBefore)))
  const deleted = counts.reduce((sum, count) => sum + count, 0)
  const old = tx.db
    .selectFrom('notices')
    .select('id')
    .where('kept_from', '<', contentKeptBefore)
    .where('content', 'is not', null)
    .limit(ROWS_AT_ONCE)
  counts.push(yield* tx.run(tx.db.updateTable('notices').set({ content: null }).where('id', 'in', old)))
  return { deleted, more: counts.some((count) => count === ROWS_AT_ONCE) }
}

/**
 * Links that can no longer be paid and whose operations need not be kept for their own sake; those stay for as long as
 * the link does, which is none without them.
 */
function* sweepLinks(tx: Transaction, keptBefore: number): Steps<number> {
  const now = yield* tx.now()
  const old = tx.db
    .selectFrom('sms_links')
    .select('id')
    .where('kept_from', '<', keptBefore)
    .where('expires_at', '<', now - NOTICES_MS)
    .where(({ or, eb }) =>
      or([
        eb('payment_method', '<>', 'VIRTUAL_ACCOUNT'),
        eb('status', 'in', ['PAID', 'DEPOSIT_WITHDRAWN']),
        eb('expires_at', '<', now - DEPOSIT_MS),
      ]),
    )
    .where(({ and, not, exists, selectFrom }) => {
      const needed = selectFrom('operations')
        .select('operations.id')
        .where(({ or, eb }) => or([eb('settled_at', 'is', null), eb('settled_at', '>=', keptBefore)]))
      return and([
        not(exists(needed.whereRef('operations.id', '=', 'sms_links.id'))),
        not(exists(needed.whereRef('operations.id', '=', 'sms_links.approval_operation_id'))),
      ])
    })
    .limit(ROWS_AT_ONCE)
  return yield* tx.run(tx.db.deleteFrom('sms_links').where('id', 'in', old))
}

/** Deliveries, and events that none of them tells any more. */
function* sweepWebhooks(tx: Transaction, keptBefore: number): Steps<readonly number[]> {
  const old = tx.db
    .selectFrom('webhook_deliveries')
    .select('id')
    .where('kept_from', '<', keptBefore)
    .where(({ or, eb }) => or([eb('state', '<>', 'PENDING'), eb('kept_from', '<', keptBefore - WEBHOOK_LIFETIME_MS)]))
    .limit(ROWS_AT_ONCE)
  const told = tx.db
    .selectFrom('webhook_events')
    .select('id')
    .where('kept_from', '<', keptBefore)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('webhook_deliveries')
            .select('id')
            .whereRef('webhook_deliveries.event_id', '=', 'webhook_events.id'),
        ),
      ),
    )
    .limit(ROWS_AT_ONCE)
  return [
    yield* tx.run(tx.db.deleteFrom('webhook_deliveries').where('id', 'in', old)),
    yield* tx.run(tx.db.deleteFrom('webhook_events').where('id', 'in', told)),
  ]
}
