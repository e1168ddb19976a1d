import { sql } from 'kysely'
import type { PaymentKey } from '../../records/payment-key.ts'
import type { Operation } from '../../store.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { noRowsOf, type PaymentRows, readPayments } from './payments.ts'

/** A key under which a refund may have been carried out before, as any of some services. */
interface RefundKey {
  readonly caller: string
  readonly idempotencyKey: string
  readonly services: readonly string[]
}

export interface Refund extends PaymentKey {
  readonly key: RefundKey | null
}

/** What a refund is decided by. */
export interface RefundState {
  readonly payment: PaymentRows
  /** Names what the payment is computed from. */
  readonly version: string
  /** The operation that has the refund's key. */
  readonly earlier: Operation | undefined
}

/** The payment first, and then the key: whatever of the refund's own is seen of the one is then seen by the other. */
export function* readRefund(tx: Transaction, refund: Refund): Steps<RefundState> {
  const payment = yield* readPayment(tx, refund)
  const earlier = yield* heldBy(tx, refund)
  return { payment, version: versionOf(payment), earlier }
}

/**
 * Lets the claim of a refund's operation pass where the payment is what the refund was decided by, and no operation of
 * another service has its key. Whoever claims another refund of the payment meanwhile waits until this one is decided.
 */
export function* passRefund(
  tx: Transaction,
  refund: Refund & { readonly id: string; readonly version: string },
): Steps<'CHANGED' | undefined> {
  const { id, merchantId, transactionId, key, version } = refund
  if (key !== null) yield* tx.lock('refund-key', merchantId, key.caller, tx.codec.hashOf(key.idempotencyKey) ?? '')
  yield* tx.lock('payment', merchantId, transactionId)
  const { operations, ...others } = yield* readPayment(tx, refund)
  const payment = { ...others, operations: operations.filter((operation) => operation.id !== id) }
  if (versionOf(payment) !== version) return 'CHANGED'
  const earlier = yield* heldBy(tx, refund, id)
  return earlier === undefined ? undefined : 'CHANGED'
}

function* readPayment(tx: Transaction, { merchantId, transactionId }: PaymentKey): Steps<PaymentRows> {
  const key = { merchantId, transactionId }
  const [rows] = yield* readPayments(tx, { payments: [key] })
  return rows ?? noRowsOf(key)
}

const versionOf = ({ operations, notices }: PaymentRows): string =>
  JSON.stringify([
    operations.map(({ id, state }) => [id, state]),
    notices.map(({ id, state, operationId, trust }) => [id, state, operationId, trust]),
  ])

function* heldBy(tx: Transaction, { merchantId, key }: Refund, exceptId = ''): Steps<Operation | undefined> {
  if (key === null) return undefined
  const row = yield* tx.first(
    tx.db
      .selectFrom('operations')
      .selectAll()
      .where('caller', '=', key.caller)
      .where('merchant_id', '=', merchantId)
      .where('service', 'in', key.services)
      .where('idempotency_key_hash', '=', tx.codec.hashOf(key.idempotencyKey))
      // The condition is the index's, word for word.
      .where('holds_key', '=', sql.lit(tx.kind === 'sqlite' ? 1 : true) as never)
      .where('state', '<>', 'WITHDRAWN')
      .where('id', '<>', exceptId)
      .limit(1),
  )
  return row && tx.codec.operationOf(row)
}
