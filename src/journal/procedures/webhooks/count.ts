import { sql } from 'kysely'
import type { Steps, Transaction } from '../transaction.ts'

/** How many deliveries are pending, by endpoint. */
export function* countPendingDeliveries(tx: Transaction, _: object): Steps<Readonly<Record<string, number>>> {
  const rows = yield* tx.all(
    tx.db
      .selectFrom('webhook_deliveries')
      .select(({ fn }) => ['endpoint_id', fn.countAll<number>().as('count')])
      // The condition is the index's, word for word.
      .where('state', '=', sql.lit('PENDING'))
      .groupBy('endpoint_id'),
  )
  return Object.fromEntries(rows.map(({ endpoint_id, count }) => [endpoint_id, Number(count)]))
}
