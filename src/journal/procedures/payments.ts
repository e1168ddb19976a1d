import type { Notice } from '../notices.ts'
import type { Operation } from '../store.ts'
import { noticesOfPayments } from './notices/of-payment.ts'
import { eventOf, type OperationEvent } from './operation-events.ts'
import { oldestFirst, type PaymentKey } from './operations.ts'
import type { Steps, Transaction } from './transaction.ts'

/** What the journal has of a payment, oldest first. */
export interface PaymentRows {
  /** The payment's own: what was asked for may be the id under which its virtual account was issued. */
  readonly key: PaymentKey
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
  const noticed = yield* noticesOfPayments(tx, { payments })
  const told = payments.map((payment, index) => {
    const notices = noticed[index] ?? []
    const key = ownKey(payment, notices)
    return { key, notices, ids: [payment.transactionId, key.transactionId, ...notices.flatMap(accountId)] }
  })
  const named = tx.db
    .selectFrom('operations')
    .where(
      'transaction_id',
      'in',
      told.flatMap(({ ids }) => ids),
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
  return told.map(({ key, notices, ids }) => {
    const own = rows.filter((row) => row.merchant_id === key.merchantId && ids.includes(row.transaction_id ?? ''))
    const names = new Set(own.map(({ id }) => id))
    return {
      key,
      operations: own.map((row) => tx.codec.operationOf(row)),
      events: events.filter(({ operation_id }) => names.has(operation_id)).map((row) => eventOf(tx, row)),
      notices,
    }
  })
}

const isOfAccount = ({ event }: Notice): boolean => event === 'VIRTUAL_ACCOUNT_ISSUED' || event === 'DEPOSIT_WITHDRAWN'

/** The id of a virtual account's issue or withdrawal: it is no payment's own. */
const accountId = (notice: Notice): readonly string[] =>
  isOfAccount(notice) && notice.transactionId !== null ? [notice.transactionId] : []

/** The deposit's id is the payment's, and those of issue and withdrawal lead to it: else it could be given back under each. */
function ownKey(payment: PaymentKey, notices: readonly Notice[]): PaymentKey {
  const naming = notices.filter(({ transactionId }) => transactionId === payment.transactionId)
  if (naming.length === 0 || !naming.every(isOfAccount)) return payment
  const deposit = notices.find(({ event, exception }) => event === 'DEPOSITED' && exception === null)
  return { ...payment, transactionId: deposit?.transactionId ?? payment.transactionId }
}
