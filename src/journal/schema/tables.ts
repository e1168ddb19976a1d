import type { NoticesTable } from './version-4/notices.ts'
import type { OperationEventsTable } from './version-4/operation-events.ts'
import type { OperationsTable } from './version-4/operations.ts'
import type { SmsLinksTable } from './version-4/sms-links.ts'
import type { WebhookDeliveriesTable, WebhookEndpointsTable, WebhookEventsTable } from './version-5/webhooks.ts'
import type { AnsweredTransactionsTable } from './version-6/answered-transactions.ts'

/** The journal's own clock: one row. */
interface ClockTable {
  id: number
  shows: number
  /** In PostgreSQL: no operation is in progress whose lease ended before. */
  leases_ended: number
  /** In PostgreSQL: until when an instance is taken to work on the indexes. */
  indexing_until: number
}

/**
 * The tables of a journal, as queries see them. Times are milliseconds, amounts are digits as text, flags of the newer
 * tables are 0 and 1. What is sealed belongs to the id of its row.
 */
export interface JournalTables {
  operations: OperationsTable
  operation_events: OperationEventsTable
  /** In PostgreSQL. */
  answered_transactions: AnsweredTransactionsTable
  notices: NoticesTable
  sms_links: SmsLinksTable
  webhook_events: WebhookEventsTable
  webhook_deliveries: WebhookDeliveriesTable
  webhook_endpoints: WebhookEndpointsTable
  clock: ClockTable
}
