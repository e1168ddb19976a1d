import type { OperationEventsTable } from '../../schema/tables.ts'
import type { Steps, Transaction } from '../transaction.ts'

/** What somebody recorded about an operation, or what was tried to settle it. */
export interface OperationEvent {
  readonly operationId: string
  /** 1 for an operation's first. */
  readonly seq: number
  readonly at: number
  readonly kind: OperationEventsTable['kind']
  readonly recordedBy: string
  /** Null where no key opens it. Sealed where it is kept. */
  readonly data: string | null
}

/** Everything that was recorded about the operations, each one's oldest first. */
export function* operationEvents(
  tx: Transaction,
  { operationIds }: { readonly operationIds: readonly string[] },
): Steps<readonly OperationEvent[]> {
  if (operationIds.length === 0) return []
  const rows = yield* tx.all(
    tx.db.selectFrom('operation_events').selectAll().where('operation_id', 'in', operationIds).orderBy('seq'),
  )
  return rows.map((row) => eventOf(tx, row))
}

/** The same of one operation, as it is kept. */
export function* eventRowsOf(tx: Transaction, operationId: string): Steps<readonly OperationEventsTable[]> {
  return yield* tx.all(
    tx.db.selectFrom('operation_events').selectAll().where('operation_id', '=', operationId).orderBy('seq'),
  )
}

export function eventOf(tx: Transaction, row: OperationEventsTable): OperationEvent {
  const { operation_id: operationId, seq, at, kind, recorded_by: recordedBy, data } = row
  return { operationId, seq, at, kind, recordedBy, data: tx.codec.open(data, operationId) ?? null }
}

interface NewEvent extends Omit<OperationEvent, 'seq'> {
  readonly data: string
  /** The result that the operation has until now, as it is kept, where that changes. */
  readonly resultBefore?: string | null
}

/** Adds one at the end, and gives its number. */
export function* addEvent(tx: Transaction, event: NewEvent): Steps<number> {
  const { operationId, at, kind, recordedBy, data, resultBefore = null } = event
  yield* tx.lock('operation', operationId)
  const last = yield* tx.first(
    tx.db
      .selectFrom('operation_events')
      .select('seq')
      .where('operation_id', '=', operationId)
      .orderBy('seq', 'desc')
      .limit(1),
  )
  const seq = (last?.seq ?? 0) + 1
  const values = { operation_id: operationId, seq, at, kind, recorded_by: recordedBy, result_before: resultBefore }
  yield* tx.run(tx.db.insertInto('operation_events').values({ ...values, data: tx.codec.seal(data, operationId) }))
  return seq
}
