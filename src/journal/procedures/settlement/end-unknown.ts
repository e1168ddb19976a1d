import type { Operation, Resolution } from '../../store.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { tellOperation } from '../webhooks/tell-operation.ts'

/** Ends what is unknown; undefined where it is not (or no longer). Whoever calls has the operation's lock. */
export function* endUnknown(
  tx: Transaction,
  id: string,
  { state, result, resolution, transactionId = null, keepsOrder }: Omit<Resolution, 'recordedAt' | 'recordedBy'>,
): Steps<{ readonly operation: Operation; readonly resultBefore: string | null } | undefined> {
  const before = yield* tx.first(
    tx.db.selectFrom('operations').select('result').where('id', '=', id).where('state', '=', 'UNKNOWN'),
  )
  const row = yield* tx.first(
    tx.db
      .updateTable('operations')
      .set(({ fn, val, selectFrom }) => ({
        state,
        result: tx.codec.seal(result, id),
        resolution: tx.codec.seal(resolution, id),
        settled_at: selectFrom('clock').select('shows'),
        transaction_id: fn.coalesce('transaction_id', val(transactionId)),
      }))
      .set(tx.unknownLease(false))
      .$if(!keepsOrder, (query) => query.set({ holds_order: tx.flag(false) }))
      .where('id', '=', id)
      .where('state', '=', 'UNKNOWN')
      .returningAll(),
  )
  if (row === undefined) return undefined
  yield* tellOperation(tx, row, { state, wasUnknown: true, result })
  return { operation: tx.codec.operationOf(row), resultBefore: before?.result ?? null }
}
