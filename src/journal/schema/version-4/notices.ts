import type { Steps, Transaction } from '../../procedures/transaction.ts'
import type { NoticeEvent, NoticeException, NoticeKind, NoticeState } from '../../records/notices.ts'

/** The inbox: every notice of the PG as it came, written before it is answered. */
export interface NoticesTable {
  id: string
  kind: NoticeKind
  /** Keyed hash of what makes it the same notice when it is sent again. */
  hash: string
  /** Whose address it came to, whatever it says itself. */
  merchant_id: string
  /** The SMS link that it belongs to: its own address's, or the one of the order. */
  link_id: string | null
  event: NoticeEvent | null
  order_id: string | null
  /** Of the payment. */
  transaction_id: string | null
  amount: string | null
  /** Keyed hash of the virtual account's number. */
  account_hash: string | null
  occurred_at: number | null
  received_at: number
  last_received_at: number
  times_received: number
  state: NoticeState
  /** How often it was looked at, and when it is looked at again; null where nothing is to be done any more. */
  attempts: number
  due_at: number | null
  /** When it had its effect; null while it has none. */
  applied_at: number | null
  operation_id: string | null
  /** Why a person has to look at it; null where nobody has to. */
  exception: NoticeException | null
  acknowledged_at: number | null
  acknowledged_by: string | null
  /** 0 or 1; null where nobody can tell. */
  trust_address: number | null
  trust_signature: number | null
  trust_matches: number | null
  /** Sealed: what it says, card numbers left out. Null once that was kept long enough. */
  content: string | null
  /** Sealed: what the PG said of the escrow payment when it was asked. */
  escrow_answer: string | null
  /** Sealed: what whoever acknowledged it noted. */
  note: string | null
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
