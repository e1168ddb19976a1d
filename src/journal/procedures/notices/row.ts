import { type RawBuilder, type Selectable, sql } from 'kysely'
import { isTakenIn, type Notice, type NoticeContent } from '../../records/notices.ts'
import type { NoticesTable } from '../../schema/tables.ts'
import type { Transaction } from '../transaction.ts'

export type NoticeRow = Selectable<NoticesTable>

const flag = (value: number | null) => (value === null ? null : value === 1)

/** A flag as its column holds it. */
export const column = (value: boolean | null): number | null => (value === null ? null : Number(value))

/** By when it happened, as far as that is known. */
export const inTime = (one: NoticeRow, other: NoticeRow): number =>
  (one.occurred_at ?? one.received_at) - (other.occurred_at ?? other.received_at) || one.received_at - other.received_at

/** `isTakenIn` of a row. */
export const isRowTakenIn = (row: TakenInColumns): boolean =>
  isTakenIn({
    state: row.state,
    operationId: row.operation_id,
    trust: { address: flag(row.trust_address), matches: flag(row.trust_matches) },
  })

export type TakenInColumns = Pick<NoticeRow, 'state' | 'operation_id' | 'trust_address' | 'trust_matches'>

/** The same as a condition on the notices that a query calls by a name. */
export function isTakenInSql(name: string): RawBuilder<boolean> {
  const column = (of: keyof TakenInColumns) => sql.ref(`${name}.${of}`)
  return sql<boolean>`(${column('operation_id')} is null and (${column('state')} = 'APPLIED' or (
    ${column('state')} = 'WAITING' and ${column('trust_matches')} is distinct from 1
    and ${column('trust_address')} is distinct from 0)))`
}

export function contentOf(tx: Transaction, { id, content }: NoticeRow): NoticeContent | null {
  const opened = content === null ? undefined : tx.codec.open(content, id)
  return opened === undefined ? null : (JSON.parse(opened) as NoticeContent)
}

/** Needs a row with all columns. */
export function noticeOf(tx: Transaction, row: NoticeRow): Notice {
  const opened = (sealed: string | null) => (sealed === null ? null : (tx.codec.open(sealed, row.id) ?? null))
  const { acknowledged_at: at, acknowledged_by: by } = row
  return {
    id: row.id,
    kind: row.kind,
    merchantId: row.merchant_id,
    linkId: row.link_id,
    event: row.event,
    orderId: row.order_id,
    transactionId: row.transaction_id,
    amount: row.amount,
    occurredAt: row.occurred_at,
    receivedAt: row.received_at,
    lastReceivedAt: row.last_received_at,
    timesReceived: row.times_received,
    state: row.state,
    appliedAt: row.applied_at,
    operationId: row.operation_id,
    exception: row.exception,
    acknowledgement: at === null ? null : { at, by: by ?? '', note: opened(row.note) },
    trust: {
      address: flag(row.trust_address),
      signature: flag(row.trust_signature),
      matches: flag(row.trust_matches),
    },
    content: contentOf(tx, row),
    escrowAnswer: opened(row.escrow_answer),
  }
}
