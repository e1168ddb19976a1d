import type { Operation } from '../../store.ts'
import { addEvent, eventRowsOf } from '../operations/events.ts'
import { claimantOfOrder } from '../operations/operations.ts'
import { noRowsOf, type PaymentRows, readPayments } from '../operations/payments.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { tellOperation } from '../webhooks/tell-operation.ts'

/** Why what was recorded of an operation cannot be taken back: somebody has acted on it since. */
export type NotReopened =
  /** Nobody recorded it: PayAPI answered so, or it is not settled at all. */
  | 'NOT_RECORDED'
  /** Another operation has claimed the order that was free again. */
  | 'ORDER_CLAIMED'
  /** A request with its idempotency key was answered with it. */
  | 'KEY_ANSWERED'
  /** Another operation of the payment came after it. */
  | 'PAYMENT_MOVED_ON'

export interface Reopening {
  readonly operationId: string
  /** What is kept of it. */
  readonly data: string
  readonly by: string
  readonly at: number
  /** Whether the request itself named the payment. */
  readonly namesPayment: boolean
  /** Its result where the one from before is not known. */
  readonly lostResult: string
}

/** Takes back what was recorded of an operation, which is unknown again; or why not. */
export function* reopenOperation(
  tx: Transaction,
  { operationId: id, data, by, at, namesPayment, lostResult }: Reopening,
): Steps<{ readonly operation: Operation } | { readonly refused: NotReopened }> {
  const known = yield* tx.first(
    tx.db.selectFrom('operations').select(['merchant_id', 'transaction_id']).where('id', '=', id),
  )
  // In this order everywhere: the payment's, then the operation's.
  if (known?.transaction_id != null) {
    const { key } = yield* paymentOf(tx, known.merchant_id, known.transaction_id)
    yield* tx.lock('payment', key.merchantId, key.transactionId)
  }
  yield* tx.lock('operation', id)
  const row = yield* tx.first(tx.db.selectFrom('operations').selectAll().where('id', '=', id))
  const recorded = (yield* eventRowsOf(tx, id)).at(-1)
  if (row === undefined || row.resolution === null || recorded === undefined) return { refused: 'NOT_RECORDED' }
  if (recorded.kind === 'ANSWERED') return { refused: 'KEY_ANSWERED' }
  const { merchant_id, order_id, transaction_id } = row
  if (row.claims_order && order_id !== null) {
    const claimant = yield* claimantOfOrder(tx, merchant_id, order_id)
    if (claimant !== undefined && claimant !== id) return { refused: 'ORDER_CLAIMED' }
  }
  if (transaction_id !== null) {
    const { operations } = yield* paymentOf(tx, merchant_id, transaction_id)
    const others = operations.filter((other) => other.id !== id && other.state !== 'FAILED')
    if (others.some(({ createdAt }) => createdAt >= recorded.at)) return { refused: 'PAYMENT_MOVED_ON' }
  }
  const reopened = yield* tx.first(
    tx.db
      .updateTable('operations')
      .set({
        state: 'UNKNOWN',
        result: recorded.result_before ?? tx.codec.seal(lostResult, id),
        resolution: null,
        settled_at: null,
        transaction_id: namesPayment ? transaction_id : null,
        holds_order: tx.flag(true),
        ...tx.unknownLease(true),
      })
      .where('id', '=', id)
      .returningAll(),
  )
  if (reopened === undefined) return { refused: 'NOT_RECORDED' }
  yield* addEvent(tx, { operationId: id, kind: 'REOPENED', at, recordedBy: by, data, resultBefore: row.result })
  yield* tellOperation(tx, reopened, { state: 'UNKNOWN', wasUnknown: false, result: null, at })
  return { operation: tx.codec.operationOf(reopened) }
}

/** The payment under whichever of its ids. */
function* paymentOf(tx: Transaction, merchantId: string, transactionId: string): Steps<PaymentRows> {
  const key = { merchantId, transactionId }
  const [payment] = yield* readPayments(tx, { payments: [key] })
  return payment ?? noRowsOf(key)
}

/** Notes that a key is answered with what was recorded; false where that was taken back meanwhile. */
export function* noteAnswered(
  tx: Transaction,
  { operationId, by, at }: { readonly operationId: string; readonly by: string; readonly at: number },
): Steps<boolean> {
  yield* tx.lock('operation', operationId)
  const row = yield* tx.first(tx.db.selectFrom('operations').select('resolution').where('id', '=', operationId))
  if (row === undefined || row.resolution === null) return false
  if ((yield* eventRowsOf(tx, operationId)).at(-1)?.kind !== 'ANSWERED')
    yield* addEvent(tx, { operationId, kind: 'ANSWERED', at, recordedBy: by, data: '{}' })
  return true
}
