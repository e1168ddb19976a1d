import type { Steps, Transaction } from '../../procedures/transaction.ts'

/** Payments by a link in a text message: what was asked for, and how far it got. */
export interface SmsLinksTable {
  /** Keyed hash of the token that stands in the link's addresses. */
  token_hash: string
  merchant_id: string
  order_id: string
  /** The operation that made the link. */
  operation_id: string
  /** The operation that approved the payment; null before. */
  approval_operation_id: string | null
  payment_method: string
  amount: string
  goods_name: string
  status: string
  transaction_id: string | null
  created_at: number
  expires_at: number
  paid_at: number | null
  redirect_url: string | null
  /** Sealed for the operation that made the link: its URL, the virtual account. */
  content: string | null
  kept_from: number
}

export function* createSmsLinks(tx: Transaction): Steps<void> {
  const { text, integer, tableEnd } = tx.types
  const { schema } = tx.db
  yield* tx.run(
    schema
      .createTable('sms_links')
      .addColumn('token_hash', text, (column) => column.notNull().primaryKey())
      .addColumn('merchant_id', text, (column) => column.notNull())
      .addColumn('order_id', text, (column) => column.notNull())
      .addColumn('operation_id', text, (column) => column.notNull())
      .addColumn('approval_operation_id', text)
      .addColumn('payment_method', text, (column) => column.notNull())
      .addColumn('amount', text, (column) => column.notNull())
      .addColumn('goods_name', text, (column) => column.notNull())
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('transaction_id', text)
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('expires_at', integer, (column) => column.notNull())
      .addColumn('paid_at', integer)
      .addColumn('redirect_url', text)
      .addColumn('content', text)
      .addColumn('kept_from', integer, (column) => column.notNull())
      .modifyEnd(tableEnd),
  )
  const index = (name: string) => schema.createIndex(`sms_links_by_${name}`).on('sms_links')
  yield* tx.run(index('order').columns(['order_id', 'merchant_id']))
  yield* tx.run(index('time').columns(['created_at', 'token_hash']))
  yield* tx.run(index('transaction').columns(['transaction_id', 'merchant_id']))
  yield* tx.run(index('age').columns(['kept_from']))
}
