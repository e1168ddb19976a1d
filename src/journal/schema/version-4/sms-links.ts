import type { Steps, Transaction } from '../../procedures/transaction.ts'

/** Payments by a link in a text message: what was asked for, and how far it got. */
export interface SmsLinksTable {
  /** The operation that made the link. */
  id: string
  /** Keyed hash of the token in the addresses to which the buyer's browser comes. */
  token_hash: string
  /** Of another token, in the address of the link's notices: who knows the one does not know the other. */
  notice_token_hash: string
  merchant_id: string
  order_id: string
  payment_method: string
  amount: string
  /** As far as the browser, notices and the approval brought it; how the operations stand comes on top of that. */
  status: string
  /** The operation that approved the payment, or was to; null before. */
  approval_operation_id: string | null
  /** Of the payment: what was approved or deposited. */
  transaction_id: string | null
  /** Why a person has to look at it; null where nobody has to. */
  exception: string | null
  created_at: number
  expires_at: number
  paid_at: number | null
  /** Sealed for the link: what was bought, where the buyer goes at the end, the virtual account. */
  content: string
  kept_from: number
}

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
