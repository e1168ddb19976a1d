import type { Steps, Transaction } from '../../procedures/transaction.ts'

export function* createNotices(tx: Transaction): Steps<void> {
  const { text, integer, tableEnd } = tx.types
  const { schema } = tx.db
  yield* tx.run(
    schema
      .createTable('notices')
      .addColumn('id', text, (column) => column.notNull().primaryKey())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('hash', text, (column) => column.notNull().unique())
      .addColumn('merchant_id', text, (column) => column.notNull())
      .addColumn('link_id', text)
      .addColumn('event', text)
      .addColumn('order_id', text)
      .addColumn('transaction_id', text)
      .addColumn('amount', text)
      .addColumn('account_hash', text)
      .addColumn('occurred_at', integer)
      .addColumn('received_at', integer, (column) => column.notNull())
      .addColumn('last_received_at', integer, (column) => column.notNull())
      .addColumn('times_received', integer, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('attempts', integer, (column) => column.notNull())
      .addColumn('due_at', integer)
      .addColumn('applied_at', integer)
      .addColumn('operation_id', text)
      .addColumn('exception', text)
      .addColumn('acknowledged_at', integer)
      .addColumn('acknowledged_by', text)
      .addColumn('trust_address', integer)
      .addColumn('trust_signature', integer)
      .addColumn('trust_matches', integer)
      .addColumn('content', text)
      .addColumn('escrow_answer', text)
      .addColumn('note', text)
      .addColumn('kept_from', integer, (column) => column.notNull())
      .modifyEnd(tableEnd),
  )
  const index = (name: string) => schema.createIndex(`notices_by_${name}`).on('notices')
  yield* tx.run(index('time').columns(['received_at', 'id']))
  yield* tx.run(index('transaction').columns(['transaction_id', 'merchant_id']))
  yield* tx.run(index('order').columns(['order_id', 'merchant_id']))
  yield* tx.run(index('operation').columns(['operation_id']).where('operation_id', 'is not', null))
  yield* tx.run(index('link').columns(['link_id']).where('link_id', 'is not', null))
  yield* tx.run(index('due').columns(['due_at']).where('due_at', 'is not', null))
  yield* tx.run(index('age').columns(['kept_from']))
}
