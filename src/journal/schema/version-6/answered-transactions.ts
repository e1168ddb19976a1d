import type { Steps, Transaction } from '../../procedures/transaction.ts'

/** What ended before has such an id beside those that requests named, where it is found still. */
export function* createAnsweredTransactions(tx: Transaction): Steps<void> {
  const { text, tableEnd } = tx.types
  yield* tx.run(tx.db.schema.alterTable('operations').addColumn('answered_transaction_id', text))
  yield* tx.run(
    tx.db.schema
      .createTable('answered_transactions')
      .addColumn('transaction_id', text, (column) => column.notNull())
      .addColumn('merchant_id', text, (column) => column.notNull())
      .addColumn('operation_id', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('answered_transactions_pkey', ['transaction_id', 'merchant_id', 'operation_id'])
      .modifyEnd(tableEnd),
  )
}
