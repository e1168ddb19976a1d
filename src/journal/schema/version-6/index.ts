import type { Steps, Transaction } from '../../procedures/transaction.ts'
import { createAnsweredTransactions } from './answered-transactions.ts'
import { endLeases } from './leases.ts'

/**
 * For PostgreSQL: what ends writes no index anew. It is done in a moment, however many rows there are, and takes nothing away
 * from processes of version 5, which go on meanwhile; which indexes there are is another matter, see the store's own.
 */
export function* upgradeToVersion6(tx: Transaction): Steps<void> {
  yield* createAnsweredTransactions(tx)
  yield* endLeases(tx)
  // Room on a page for what comes of the operations that begin there. What is full already stays as it is.
  yield { sql: 'alter table payapi.operations set (fillfactor = 75)', parameters: [], gives: 'COUNT' }
}
