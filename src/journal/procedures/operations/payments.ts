import { isTakenIn, type Notice } from '../../records/notices.ts'
import type { PaymentKey } from '../../records/payment-key.ts'
import type { Operation } from '../../store.ts'
import { noticesOfPayments } from '../notices/of-payment.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { eventOf, type OperationEvent } from './events.ts'
import { oldestFirst } from './operations.ts'
import { operationsAbout, transactionIdOf } from './transaction-ids.ts'

/** What the journal has of a payment, oldest first. */
export interface PaymentRows {
  /** The payment's own: what was asked for may be the id under which its virtual account was issued. */
  readonly key: PaymentKey
  readonly operations: readonly Operation[]
  readonly events: readonly OperationEvent[]
  readonly notices: readonly Notice[]
  /** How the links were to be paid that operations approved, by the operation's id. */
  readonly linkMethods: Readonly<Record<string, string>>
}

/** A payment that nothing names. */
export const noRowsOf = (key: PaymentKey): PaymentRows => ({
  key,
  operations: [],
  events: [],
  notices: [],
  linkMethods: {},
})

/** What the journal has of each of some payments, in their order. */
export function* readPayments(
  tx: Transaction,
  { payments }: { readonly payments: readonly PaymentKey[] },
): Steps<readonly PaymentRows[]> {
  if (payments.length === 0) return []
  const noticed = yield* noticesOfPayments(tx, { payments })
  const told = payments.map((payment, index) => {
    const notices = noticed[index] ?? []
    const ids = idsOf(payment, notices)
    return { key: { ...payment, transactionId: ids[0] }, notices, ids }
  })
  const about = operationsAbout(
    tx,
    told.flatMap(({ ids }) => ids),
    payments.map(({ merchantId }) => merchantId),
  )
  const named = tx.db.selectFrom('operations').where('id', 'in', about).where('state', '<>', 'WITHDRAWN')
  const withLinks = named
    .selectAll()
    .select(({ selectFrom }) =>
      selectFrom('sms_links')
        .select('payment_method')
        .whereRef('approval_operation_id', '=', 'operations.id')
        .limit(1)
        .as('link_method'),
    )
  const rows = oldestFirst(yield* tx.all(withLinks))
  const events = yield* tx.all(
    tx.db.selectFrom('operation_events').selectAll().where('operation_id', 'in', named.select('id')).orderBy('seq'),
  )
  return told.map(({ key, notices, ids }) => {
    const own = rows.filter((row) => row.merchant_id === key.merchantId && ids.includes(transactionIdOf(row) ?? ''))
    const names = new Set(own.map(({ id }) => id))
    return {
      key,
      operations: own.map((row) => tx.codec.operationOf(row)),
      events: events.filter(({ operation_id }) => names.has(operation_id)).map((row) => eventOf(tx, row)),
      notices,
      linkMethods: Object.fromEntries(
        own.flatMap(({ id, link_method: method }) => (method === null ? [] : [[id, method]])),
      ),
    }
  })
}

/** Under which ids a payment goes; the first is its own. */
function idsOf(payment: PaymentKey, notices: readonly Notice[]): readonly [string, ...string[]] {
  const naming = notices.filter(({ transactionId }) => transactionId === payment.transactionId)
  const ofAccount = notices.filter(isOfAccount)
  // Two kinds of notices may tell of a link's one deposit, each with an id of its own.
  const links = new Set(naming.filter(isDeposit).flatMap(({ linkId }) => linkId ?? []))
  const deposits = notices.filter(
    (each) => isDeposit(each) && (naming.every(isOfAccount) || links.has(each.linkId ?? '')),
  )
  // The id of the deposit that was heard of first, and all others lead to it: else it could be given back under each.
  const own = deposits.toSorted((one, other) => (one.id < other.id ? -1 : 1))[0]?.transactionId
  const others = [...ofAccount, ...deposits.filter(({ linkId }) => linkId !== null)]
  return [
    (naming.length > 0 && own) || payment.transactionId,
    payment.transactionId,
    ...others.flatMap(({ transactionId }) => transactionId ?? []),
  ]
}

const isOfAccount = ({ event }: Notice): boolean => event === 'VIRTUAL_ACCOUNT_ISSUED' || event === 'DEPOSIT_WITHDRAWN'

const isDeposit = (notice: Notice): boolean => notice.event === 'DEPOSITED' && isTakenIn(notice)
