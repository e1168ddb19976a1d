import type { NoticesTable } from './version-4/notices.ts'
import type { OperationEventsTable } from './version-4/operation-events.ts'
import type { OperationsTable } from './version-4/operations.ts'
import type { SmsLinksTable } from './version-4/sms-links.ts'
import type { WebhookDeliveriesTable, WebhookEndpointsTable, WebhookEventsTable } from './version-5/webhooks.ts'

/** The journal's own clock: one row. */
interface ClockTable {
  id: number
  shows: number
}

/**
 * The tables of a journal, as queries see them. Times are milliseconds, amounts are digits as text, flags of the newer
 * tables are 0 and 1. What is sealed belongs to the id of its row.
 */
export interface JournalTables {
  operations: OperationsTable
  operation_events: OperationEventsTable
  notices: NoticesTable
  sms_links: SmsLinksTable
  webhook_events: WebhookEventsTable
  webhook_deliveries: WebhookDeliveriesTable
  webhook_endpoints: WebhookEndpointsTable
  clock: ClockTable
}
