import type { Operation, Resolution } from '../../store.ts'
import { endUnknown } from '../settlement/end-unknown.ts'
import { isBeingSettled } from '../settlement/settle-tries.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { addEvent } from './events.ts'

/**
 * In the order of time. Not the database's work: SQLite would walk all of a merchant's operations, which it has in that
 * order, rather than sort the few of a payment.
 */
export const oldestFirst = <Row extends { readonly created_at: number; readonly id: string }>(
  rows: readonly Row[],
): Row[] => rows.toSorted((one, other) => one.created_at - other.created_at || (one.id < other.id ? -1 : 1))

/** Records what was found out about an operation; undefined where it is not (or no longer) unknown, or is being settled. */
export function* resolveOperation(
  tx: Transaction,
  { id, resolution }: { readonly id: string; readonly resolution: Resolution },
): Steps<Operation | undefined> {
  yield* tx.lock('operation', id)
  if (yield* isBeingSettled(tx, id)) return undefined
  const ended = yield* endUnknown(tx, id, resolution)
  if (ended === undefined) return undefined
  const { recordedAt: at, recordedBy, resolution: data } = resolution
  yield* addEvent(tx, { operationId: id, kind: 'RESOLVED', at, recordedBy, data, resultBefore: ended.resultBefore })
  return ended.operation
}

/** The operation that an order is claimed by, so that no other may charge it; undefined where none is. */
export function* claimantOfOrder(tx: Transaction, merchantId: string, orderId: string): Steps<string | undefined> {
  const row = yield* tx.first(
    tx.db
      .selectFrom('operations')
      .select('id')
      .where('merchant_id', '=', merchantId)
      .where('order_id', '=', orderId)
      .where('claims_order', '=', tx.flag(true))
      .where('holds_order', '=', tx.flag(true)),
  )
  return row?.id
}
