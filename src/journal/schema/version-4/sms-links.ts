import type { Steps, Transaction } from '../../procedures/transaction.ts'

export function* createSmsLinks(tx: Transaction): Steps<void> {
  const { text, integer, tableEnd } = tx.types
  const { schema } = tx.db
  yield* tx.run(
    schema
      .createTable('sms_links')
      .addColumn('id', text, (column) => column.notNull().primaryKey())
      .addColumn('token_hash', text, (column) => column.notNull().unique())
      .addColumn('notice_token_hash', text, (column) => column.notNull().unique())
      .addColumn('merchant_id', text, (column) => column.notNull())
      .addColumn('order_id', text, (column) => column.notNull())
      .addColumn('payment_method', text, (column) => column.notNull())
      .addColumn('amount', text, (column) => column.notNull())
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('approval_operation_id', text)
      .addColumn('transaction_id', text)
      .addColumn('exception', text)
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('expires_at', integer, (column) => column.notNull())
      .addColumn('paid_at', integer)
      .addColumn('content', text, (column) => column.notNull())
      .addColumn('kept_from', integer, (column) => column.notNull())
      .modifyEnd(tableEnd),
  )
  const index = (name: string) => schema.createIndex(`sms_links_by_${name}`).on('sms_links')
  yield* tx.run(index('order').columns(['order_id', 'merchant_id']))
  yield* tx.run(index('time').columns(['created_at', 'id']))
  yield* tx.run(index('approval').columns(['approval_operation_id']))
  yield* tx.run(index('age').columns(['kept_from']))
}
