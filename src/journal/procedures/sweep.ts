import { WEBHOOK_LIFETIME_MS } from '../records/events.ts'
import type { Steps, Transaction } from './transaction.ts'

/** From when on, by the journal's own clock, what is kept beside the operations has been kept long enough. */
export interface RecordLimits {
  readonly keptBefore: number
  /** The same of the sealed content of notices, which names people and their accounts. */
  readonly contentKeptBefore: number
}

/** Tables whose rows say from when on they are kept, and what names a row. */
const TABLES = [
  ['notices', 'id'],
  ['sms_links', 'id'],
] as const

const ROWS_AT_ONCE = 200

/** Deletes a little of what was kept long enough; how many rows went, and whether there may be more. */
export function* sweepRecords(
  tx: Transaction,
  { keptBefore, contentKeptBefore }: RecordLimits,
): Steps<{ readonly deleted: number; readonly more: boolean }> {
  const counts: number[] = []
  for (const [table, id] of TABLES) {
    const old = tx.db.selectFrom(table).select(id).where('kept_from', '<', keptBefore).limit(ROWS_AT_ONCE)
    counts.push(yield* tx.run(tx.db.deleteFrom(table).where(id, 'in', old)))
  }
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
