import type { ColumnType } from 'kysely'
import type { NoticeEvent, NoticeException, NoticeKind, NoticeState } from '../records/notices.ts'
import type { OperationState } from '../store.ts'

// Their SQL is what each store began with, in `sqlite/schema/` and `postgres/schema/`, and what the migrations of both
// have added since, in the folders of versions beside this file.

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

/** Booleans in PostgreSQL, 0 and 1 in SQLite: compared with, and set to, what `flag` of a transaction makes of one. */
type Flag = ColumnType<boolean | number, never, never>

/** Operations. Only the stores themselves add rows. */
export interface OperationsTable {
  id: string
  service: string
  merchant_id: string
  caller: string
  idempotency_key_hash: string | null
  idempotency_key_prefix: string | null
  holds_key: Flag
  fingerprint: string
  order_id: string | null
  /** Of the payment: what the request named, or else what a success was answered with. */
  transaction_id: string | null
  /** In PostgreSQL: the latter, see `transactionIdOf`. */
  answered_transaction_id: string | null
  amount: string | null
  claims_order: Flag
  holds_order: Flag
  owner: string
  attempt_number: number
  created_at: number
  /** In PostgreSQL: until when its owner is taken to be alive, by the server's clock. */
  lease_until: number
  state: OperationState | 'WITHDRAWN'
  finished_at: number | null
  settled_at: number | null
  result: string | null
  resolution: string | null
  /** Sealed: what of the request is kept, for services that say so. */
  request: string | null
}

/** What became of an operation after its call, in the order in which it was recorded. */
export interface OperationEventsTable {
  operation_id: string
  /** 1 for an operation's first. */
  seq: number
  at: number
  kind: 'RESOLVED' | 'REOPENED' | 'SETTLE_TRY' | 'ANSWERED'
  /** Who recorded it. */
  recorded_by: string
  /** Sealed for the operation. */
  data: string
  /** The operation's result before, sealed as it was; null where this changed none. */
  result_before: string | null
}

/** Finds the operations that were answered with a payment's id which their requests did not name. */
export interface AnsweredTransactionsTable {
  transaction_id: string
  merchant_id: string
  operation_id: string
}

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

/** What happened, for the endpoints that want to know it. */
export interface WebhookEventsTable {
  id: string
  type: string
  /** What it belongs to. */
  subject: string
  /** Grows within the subject. */
  sequence: number
  merchant_id: string | null
  order_id: string | null
  transaction_id: string | null
  operation_id: string | null
  notice_id: string | null
  created_at: number
  kept_from: number
}

/** An event for one endpoint. */
export interface WebhookDeliveriesTable {
  /** The event's id, a dot, and the endpoint's. */
  id: string
  event_id: string
  endpoint_id: string
  /** The event's, by which it waits for those before it. */
  subject: string
  sequence: number
  state: string
  attempts: number
  pending_since: number
  next_at: number
  /** Who is sending it, and until when he is taken to be, by the store's clock. */
  lease_owner: string | null
  lease_until: number | null
  created_at: number
  last_at: number | null
  last_answer: string | null
  kept_from: number
}

/** Endpoints that said that they are gone. */
export interface WebhookEndpointsTable {
  id: string
  /** Keyed hash of where it was: at another address it begins anew. */
  url_hash: string
  ended_at: number
}
