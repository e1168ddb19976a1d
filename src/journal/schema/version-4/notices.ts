import type { Steps, Transaction } from '../../procedures/transaction.ts'

/** The inbox: every notice of the PG as it came, written before it is answered. */
export interface NoticesTable {
  id: string
  kind: string
  /** Keyed hash of what makes it the same notice when it is sent again. */
  hash: string
  received_at: number
  last_received_at: number
  times_received: number
  merchant_id: string | null
  order_id: string | null
  transaction_id: string | null
  amount: string | null
  event: string | null
  /** When it had its effect; null while it has none. */
  applied_at: number | null
  applied_to: string | null
  /** Why a person has to look at it; null where nobody has to. */
  exception: string | null
  acknowledged_at: number | null
  acknowledged_by: string | null
  trust_token: number
  trust_address: number
  trust_signature: number | null
  trust_matches: number | null
  /** Sealed: its fields as they came, card numbers left out. Null once that was kept long enough. */
  content: string | null
  kept_from: number
}

export function* createNotices(tx: Transaction): Steps<void> {
  const { text, integer, tableEnd } = tx.types
  const { schema } = tx.db
  yield* tx.run(
    schema
      .createTable('notices')
      .addColumn('id', text, (column) => column.notNull().primaryKey())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('hash', text, (column) => column.notNull().unique())
      .addColumn('received_at', integer, (column) => column.notNull())
      .addColumn('last_received_at', integer, (column) => column.notNull())
      .addColumn('times_received', integer, (column) => column.notNull())
      .addColumn('merchant_id', text)
      .addColumn('order_id', text)
      .addColumn('transaction_id', text)
      .addColumn('amount', text)
      .addColumn('event', text)
      .addColumn('applied_at', integer)
      .addColumn('applied_to', text)
      .addColumn('exception', text)
      .addColumn('acknowledged_at', integer)
      .addColumn('acknowledged_by', text)
      .addColumn('trust_token', integer, (column) => column.notNull())
      .addColumn('trust_address', integer, (column) => column.notNull())
      .addColumn('trust_signature', integer)
      .addColumn('trust_matches', integer)
      .addColumn('content', text)
      .addColumn('kept_from', integer, (column) => column.notNull())
      .modifyEnd(tableEnd),
  )
  const index = (name: string) => schema.createIndex(`notices_by_${name}`).on('notices')
  yield* tx.run(index('time').columns(['received_at', 'id']))
  yield* tx.run(index('transaction').columns(['transaction_id', 'merchant_id']))
  yield* tx.run(index('order').columns(['order_id', 'merchant_id']))
  yield* tx.run(index('age').columns(['kept_from']))
}
