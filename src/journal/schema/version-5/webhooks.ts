import { sql } from 'kysely'
import type { Steps, Transaction } from '../../procedures/transaction.ts'

export function* createWebhookEvents(tx: Transaction): Steps<void> {
  const { text, integer, tableEnd } = tx.types
  const { schema } = tx.db
  yield* tx.run(
    schema
      .createTable('webhook_events')
      .addColumn('id', text, (column) => column.notNull().primaryKey())
      .addColumn('type', text, (column) => column.notNull())
      .addColumn('subject', text, (column) => column.notNull())
      .addColumn('sequence', integer, (column) => column.notNull())
      .addColumn('merchant_id', text)
      .addColumn('order_id', text)
      .addColumn('transaction_id', text)
      .addColumn('operation_id', text)
      .addColumn('notice_id', text)
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('kept_from', integer, (column) => column.notNull())
      .modifyEnd(tableEnd),
  )
  const index = (name: string) => schema.createIndex(`webhook_events_by_${name}`).on('webhook_events')
  yield* tx.run(index('sequence').unique().columns(['subject', 'sequence']))
  yield* tx.run(index('age').columns(['kept_from']))
}

export function* createWebhookDeliveries(tx: Transaction): Steps<void> {
  const { text, integer, tableEnd } = tx.types
  const { schema } = tx.db
  yield* tx.run(
    schema
      .createTable('webhook_deliveries')
      .addColumn('id', text, (column) => column.notNull().primaryKey())
      .addColumn('event_id', text, (column) => column.notNull())
      .addColumn('endpoint_id', text, (column) => column.notNull())
      .addColumn('subject', text, (column) => column.notNull())
      .addColumn('sequence', integer, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('attempts', integer, (column) => column.notNull())
      .addColumn('pending_since', integer, (column) => column.notNull())
      .addColumn('next_at', integer, (column) => column.notNull())
      .addColumn('lease_owner', text)
      .addColumn('lease_until', integer)
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('last_at', integer)
      .addColumn('last_answer', text)
      .addColumn('kept_from', integer, (column) => column.notNull())
      .modifyEnd(tableEnd),
  )
  const index = (name: string) => schema.createIndex(`webhook_deliveries_by_${name}`).on('webhook_deliveries')
  yield* tx.run(index('event').columns(['event_id']))
  yield* tx.run(index('time').columns(['created_at', 'id']))
  yield* tx.run(index('age').columns(['kept_from']))
  const pending = sql<boolean>`state = 'PENDING'`
  yield* tx.run(index('due').columns(['endpoint_id', 'next_at', 'id']).where(pending))
  yield* tx.run(index('subject').columns(['endpoint_id', 'subject', 'sequence']).where(pending))
}

export function* createWebhookEndpoints(tx: Transaction): Steps<void> {
  const { text, integer, tableEnd } = tx.types
  yield* tx.run(
    tx.db.schema
      .createTable('webhook_endpoints')
      .addColumn('id', text, (column) => column.notNull().primaryKey())
      .addColumn('url_hash', text, (column) => column.notNull())
      .addColumn('ended_at', integer, (column) => column.notNull())
      .modifyEnd(tableEnd),
  )
}
