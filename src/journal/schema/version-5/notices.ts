import { sql } from 'kysely'
import type { Steps, Transaction } from '../../procedures/transaction.ts'

/** What waits for a person is counted again and again: it is few, and is found among the many that do not. */
export function* indexOpenNotices(tx: Transaction): Steps<void> {
  yield* tx.run(
    tx.db.schema
      .createIndex('notices_by_merchant_open')
      .on('notices')
      .columns(['merchant_id'])
      .where(sql<boolean>`exception is not null and acknowledged_at is null`),
  )
}
