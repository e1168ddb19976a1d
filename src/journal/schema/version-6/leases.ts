import { sql } from 'kysely'
import type { Steps, Transaction } from '../../procedures/transaction.ts'
import { UNKNOWN_LEASE } from './unknown-lease.ts'

/** What ended a lease so long ago is not looked for again: a claim that comes into force later was never acted upon. */
export const LOOKED_BACK_MS = 60_000

/** What is in progress or unknown is found by its lease; of those that ended before the clock's `leases_ended`, nothing is left. */
export function* endLeases(tx: Transaction): Steps<void> {
  yield* tx.run(
    tx.db.schema
      .alterTable('clock')
      .addColumn('leases_ended', tx.types.integer, (column) => column.notNull().defaultTo(0)),
  )
  yield* tx.run(
    tx.db.schema
      .alterTable('clock')
      .addColumn('indexing_until', tx.types.integer, (column) => column.notNull().defaultTo(0)),
  )
  const open = tx.db.selectFrom('operations').where(sql<boolean>`state in ('IN_PROGRESS', 'UNKNOWN')`)
  const first = open.where('state', '=', 'IN_PROGRESS').select(({ fn }) => fn.min('lease_until').as('first'))
  yield* tx.run(
    tx.db
      .updateTable('clock')
      .set({ leases_ended: sql`least(${first}, ${yield* tx.now()}) - ${LOOKED_BACK_MS}` as never }),
  )
  yield* tx.run(
    tx.db
      .updateTable('operations')
      .set({ lease_until: UNKNOWN_LEASE })
      .where(sql<boolean>`state in ('IN_PROGRESS', 'UNKNOWN')`)
      .where('state', '=', 'UNKNOWN'),
  )
}
