import type { Notice } from '../notices.ts'
import type { Operation } from '../store.ts'
import { noticesOfPayments } from './notices/of-payment.ts'
import { eventOf, type OperationEvent } from './operation-events.ts'
import { oldestFirst, type PaymentKey } from './operations.ts'
import type { Steps, Transaction } from './transaction.ts'

/** What the journal has of a payment, oldest first. */
export interface PaymentRows {
  readonly operations: readonly Operation[]
  readonly events: readonly OperationEvent[]
  readonly notices: readonly Notice[]
}

/** What the journal has of each of some payments, in their order. */
export function* readPayments(
  tx: Transaction,
  { payments }: { readonly payments: readonly PaymentKey[] },
): Steps<readonly PaymentRows[]> {
  if (payments.length === 0) return []
  const named = tx.db
    .selectFrom('operations')
    .where(
      'transaction_id',
      'in',
      payments.map(({ transactionId }) => transactionId),
    )
    .where(
      'merchant_id',
      'in',
      payments.map(({ merchantId }) => merchantId),
    )
    .where('state', '<>', 'WITHDRAWN')
  const rows = oldestFirst(yield* tx.all(named.selectAll()))
  const events = yield* tx.all(
    tx.db.selectFrom('operation_events').selectAll().where('operation_id', 'in', named.select('id')).orderBy('seq'),
  )
  const notices = yield* noticesOfPayments(tx, { payments })
  return payments.map(({ merchantId, transactionId }, index) => {
    const own = rows.filter((row) => row.merchant_id === merchantId && row.transaction_id === transactionId)
    const ids = new Set(own.map(({ id }) => id))
    return {
      operations: own.map((row) => tx.codec.operationOf(row)),
      events: events.filter(({ operation_id }) => ids.has(operation_id)).map((row) => eventOf(tx, row)),
      notices: notices[index] ?? [],
    }
  })
}
