import type { Steps, Transaction } from './transaction.ts'

/** What is deleted once it was kept long enough, by the journal's own clock, beside the operations. */
const TABLES = ['notices', 'sms_links'] as const

const ROWS_AT_ONCE = 200

/** Deletes a few rows of each table that were kept from before that moment; how many, and whether there may be more. */
export function* sweepRecords(
  tx: Transaction,
  { keptBefore }: { readonly keptBefore: number },
): Steps<{ readonly deleted: number; readonly more: boolean }> {
  let deleted = 0
  let more = false
  for (const table of TABLES) {
    const count = yield* tx.run(
      tx.db
        .deleteFrom(table)
        .where('kept_from', 'in', ({ selectFrom }) =>
          selectFrom(table)
            .select('kept_from')
            .where('kept_from', '<', keptBefore)
            .orderBy('kept_from')
            .limit(ROWS_AT_ONCE),
        ),
    )
    deleted += count
    more ||= count >= ROWS_AT_ONCE
  }
  return { deleted, more }
}
