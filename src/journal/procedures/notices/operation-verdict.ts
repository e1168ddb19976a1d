import { sql } from 'kysely'
import type { NoticeEvent, NoticeException, NoticeFacts } from '../../records/notices.ts'
import type { Operation } from '../../store.ts'
import { operationsAbout } from '../operations/transaction-ids.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { isAccountIssue } from '../webhooks/tell-operation.ts'
import { isRowTakenIn, type NoticeRow } from './row.ts'
import { held, type NoticeServices, type Verdict, verdict } from './verdict.ts'

/** What a notice says of our own operations. It moves none of them: whoever trusts it enough does. */
export function* operationVerdict(
  tx: Transaction,
  row: NoticeRow,
  facts: NoticeFacts,
  services: NoticeServices,
): Steps<Verdict> {
  switch (facts.event) {
    case 'APPROVED':
    case 'FAILED':
      return chargeVerdict(yield* operationsOf(tx, row, services.approvals), facts, facts.event)
    case 'CANCELED':
      return yield* cancelVerdict(tx, row, facts, services.cancels, services)
    case 'PARTIALLY_CANCELED':
      return yield* cancelVerdict(tx, row, facts, services.partialCancels, services)
    case 'ESCROW_CHANGED':
      return facts.escrowEvent === 'CANCELED'
        ? yield* cancelVerdict(tx, row, facts, [...services.cancels, ...services.partialCancels], services)
        : escrowVerdict(yield* operationsOf(tx, row, services.byEscrowEvent[facts.escrowEvent ?? ''] ?? []))
    case 'DEPOSIT_WITHDRAWN':
      return yield* withdrawalVerdict(tx, row, facts, services)
    default:
      return verdict('WAITING')
  }
}

/** Takes back the deposit that it fits; where none is known, that of a notice which is still to come. */
function* withdrawalVerdict(
  tx: Transaction,
  row: NoticeRow,
  facts: NoticeFacts,
  services: NoticeServices,
): Steps<Verdict> {
  const ofPayment = yield* operationsOf(tx, { ...row, order_id: null }, services.approvals)
  const charge = ofPayment.find((each) => each.state === 'SUCCEEDED' && !isAccountIssue(each.result))
  if (charge !== undefined) return held('METHOD_DIFFERS', { operationId: charge.id })
  const known = yield* toldBefore(tx, row, ['DEPOSITED'])
  const named = known.filter((deposit) => deposit.transaction_id === row.transaction_id)
  const faults = (named.length > 0 ? named : known).map((deposit) => differenceOf(row, deposit, facts))
  if (faults.length === 0) return verdict('WAITING')
  const [fault] = faults
  return fault === undefined || faults.includes(undefined) ? verdict('APPLIED', { matches: true }) : held(fault)
}

/** What other notices of a payment, or else of its order, say has happened. */
function* toldBefore(tx: Transaction, row: NoticeRow, events: readonly NoticeEvent[]): Steps<readonly NoticeRow[]> {
  const rows = yield* tx.all(
    tx.db
      .selectFrom('notices')
      .selectAll()
      .where('merchant_id', '=', row.merchant_id)
      .where('event', 'in', events)
      .where('id', '<>', row.id)
      .where(({ or, eb }) => or([eb('transaction_id', '=', row.transaction_id), eb('order_id', '=', row.order_id)]))
      .limit(MOST),
  )
  return rows.filter(isRowTakenIn)
}

/** In what a notice differs from another of the same payment. */
function differenceOf(one: NoticeRow, other: NoticeRow, facts: NoticeFacts): NoticeException | undefined {
  const differ = (mine: string | null, its: string | null) => mine !== null && its !== null && mine !== its
  if (differ(one.order_id, other.order_id)) return 'ORDER_DIFFERS'
  if (differ(one.account_hash, other.account_hash)) return 'ACCOUNT_DIFFERS'
  return differ(facts.amount, other.amount) ? 'AMOUNT_DIFFERS' : undefined
}

/** Those of some services that name the notice's payment or its order, newest first. */
function* operationsOf(tx: Transaction, row: NoticeRow, services: readonly string[]): Steps<readonly Operation[]> {
  if (services.length === 0) return []
  const all = tx.db
    .selectFrom('operations')
    .selectAll()
    .where('merchant_id', '=', row.merchant_id)
    .where('service', 'in', services)
    .where('state', '<>', 'WITHDRAWN')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
  const queries = [
    ...(row.transaction_id === null
      ? []
      : [all.where('id', 'in', operationsAbout(tx, [row.transaction_id], [row.merchant_id]))]),
    ...(row.order_id === null
      ? []
      : orderWalks(tx).map((walk) => all.where('order_id', '=', row.order_id).where(walk))),
  ]
  const found = new Map<string, Operation>()
  for (const query of queries) for (const each of yield* tx.all(query)) found.set(each.id, tx.codec.operationOf(each))
  return [...found.values()]
}

/** The operations of an order are in two indexes, which are found by their conditions word for word. */
const orderWalks = ({ kind }: Transaction) =>
  kind === 'postgres'
    ? [sql<boolean>`claims_order and holds_order`, sql<boolean>`(not claims_order or not holds_order)`]
    : [sql<boolean>`claims_order = 1 and holds_order = 1`, sql<boolean>`(claims_order = 0 or holds_order = 0)`]

/** More operations of one payment than this nobody compares. */
const MOST = 100

const sameAmount = (operation: Operation, { amount }: NoticeFacts): boolean =>
  operation.amount === null || amount === null || Number(operation.amount) === Number(amount)

function chargeVerdict(charges: readonly Operation[], facts: NoticeFacts, event: 'APPROVED' | 'FAILED'): Verdict {
  if (charges.length === 0) return verdict('WAITING')
  const { transactionId, orderId } = facts
  const same = charges.find((charge) => transactionId !== null && charge.transactionId === transactionId)
  if (same !== undefined && orderId !== null && same.orderId !== null && same.orderId !== orderId)
    return held('ORDER_DIFFERS', { operationId: same.id })
  const fitting = charges.filter((charge) => sameAmount(charge, facts))
  if (same !== undefined && !fitting.includes(same)) return held('AMOUNT_DIFFERS', { operationId: same.id })
  const [first] = charges
  if (fitting.length === 0) return held('AMOUNT_DIFFERS', { operationId: first?.id ?? null })
  if (same?.state === 'SUCCEEDED')
    return event === 'APPROVED'
      ? verdict('APPLIED', { matches: true, operationId: same.id })
      : held('CONTRADICTION', { operationId: same.id })
  const of = (state: Operation['state']) => fitting.filter((charge) => charge.state === state)
  const [unknown, another] = of('UNKNOWN')
  if (unknown !== undefined) {
    // Where a person or another attempt may be meant, nobody but a person can tell which.
    const isClear = another === undefined && of('SUCCEEDED').length === 0 && !of('FAILED').some(isResolved)
    const settles = event === 'APPROVED' && transactionId !== null && isClear
    return verdict('PROPOSED', { matches: true, operationId: unknown.id, settles })
  }
  if (of('IN_PROGRESS').length > 0) return verdict('WAITING', { matches: true, soon: true })
  const [failed] = of('FAILED')
  // An earlier attempt's failure says nothing of the one that came through.
  if (event === 'FAILED') return verdict('APPLIED', { matches: true, operationId: failed?.id ?? null })
  return held('CONTRADICTION', { operationId: (failed ?? first)?.id ?? null })
}

const isResolved = ({ resolution }: Operation) => resolution !== null

function* cancelVerdict(
  tx: Transaction,
  row: NoticeRow,
  facts: NoticeFacts,
  names: readonly string[],
  services: NoticeServices,
): Steps<Verdict> {
  const approvals = yield* operationsOf(tx, row, services.approvals)
  const payment = approvals.find(({ state }) => state === 'SUCCEEDED')
  // A cancel names the payment alone, and the notice perhaps only the order.
  const byPayment = { ...row, transaction_id: payment?.transactionId ?? row.transaction_id }
  // Of notices that are looked at at once, each sees which cancel the one before told of.
  yield* tx.lock('canceled', row.merchant_id, byPayment.transaction_id ?? row.order_id ?? '')
  const cancels = yield* operationsOf(tx, byPayment, names)
  const fitting = cancels.filter((cancel) => sameAmount(cancel, facts))
  const taken = yield* alreadyReported(tx, row, fitting)
  const free = fitting.filter(({ id }) => !taken.has(id))
  const of = (state: Operation['state']) => free.filter((cancel) => cancel.state === state)
  const [succeeded] = of('SUCCEEDED')
  const [unknown] = of('UNKNOWN')
  const isClear = fitting.filter(({ state }) => state !== 'FAILED').length === 1
  if (unknown !== undefined && (isClear || succeeded === undefined))
    return verdict('PROPOSED', { matches: true, operationId: unknown.id, settles: isClear })
  if (succeeded !== undefined) return verdict('APPLIED', { matches: true, operationId: succeeded.id })
  if (of('IN_PROGRESS').length > 0) return verdict('WAITING', { matches: true, soon: true })
  const [failed] = of('FAILED')
  if (failed !== undefined) return held('CONTRADICTION', { operationId: failed.id })
  const isKnown = payment !== undefined || (yield* toldBefore(tx, row, ['APPROVED', 'DEPOSITED'])).some(isOf(row))
  return isKnown ? held('CANCEL_NOT_ASKED_FOR', { matches: null }) : verdict('WAITING')
}

/** Of the payment that a notice names, or else of its order. */
const isOf =
  ({ transaction_id: named }: NoticeRow) =>
  ({ transaction_id }: NoticeRow): boolean =>
    named === null || named === transaction_id

/** Which of some operations another notice told of: two parts of one amount have two notices. */
function* alreadyReported(
  tx: Transaction,
  row: NoticeRow,
  operations: readonly Operation[],
): Steps<ReadonlySet<string | null>> {
  if (operations.length === 0) return new Set()
  const others = yield* tx.all(
    tx.db
      .selectFrom('notices')
      .select('operation_id')
      .where(
        'operation_id',
        'in',
        operations.map(({ id }) => id),
      )
      .where('kind', '=', row.kind)
      .where('event', 'is not distinct from', row.event)
      .where('state', 'in', ['APPLIED', 'PROPOSED'])
      .where('id', '<>', row.id),
  )
  return new Set(others.map(({ operation_id }) => operation_id))
}

function escrowVerdict(steps: readonly Operation[]): Verdict {
  const of = (wanted: Operation['state']) => steps.find(({ state }) => state === wanted)
  const unknown = of('UNKNOWN')
  if (unknown !== undefined) {
    const settles = steps.filter(({ state }) => state !== 'FAILED').length === 1
    return verdict('PROPOSED', { matches: true, operationId: unknown.id, settles })
  }
  const succeeded = of('SUCCEEDED')
  if (succeeded !== undefined) return verdict('APPLIED', { matches: true, operationId: succeeded.id })
  if (of('IN_PROGRESS') !== undefined) return verdict('WAITING', { matches: true, soon: true })
  // Buyers decide on the PG's own page: that nobody here asked for it is nothing to worry about.
  return verdict('APPLIED')
}
