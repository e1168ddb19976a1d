import type { Notice, NoticeException, NoticeKind, NoticeState } from '../../notices.ts'
import type { OperationRange } from '../../store.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { noticeOf } from './row.ts'

/** Which notices are looked for; what is left out does not restrict. */
export interface NoticeFilter {
  readonly kinds?: readonly NoticeKind[]
  readonly states?: readonly NoticeState[]
  readonly exceptions?: readonly NoticeException[]
  /** Whether a person has to look at it still. */
  readonly needsAttention?: boolean
  readonly merchantIds?: readonly string[]
  readonly orderId?: string
  readonly transactionId?: string
  readonly receivedFrom?: number
  readonly receivedBefore?: number
}

interface FindInput {
  readonly filter: NoticeFilter
  readonly limit: number
  /** By the time of the first arrival. */
  readonly range: OperationRange
}

/** Newest first, or backwards, at most `limit` of a range. */
export function* findNotices(tx: Transaction, { filter, limit, range }: FindInput): Steps<readonly Notice[]> {
  const { after, before, backwards = false } = range
  let query = tx.db.selectFrom('notices').selectAll()
  if (filter.kinds) query = query.where('kind', 'in', [...filter.kinds, ...NOBODY])
  if (filter.states) query = query.where('state', 'in', [...filter.states, ...NOBODY])
  if (filter.exceptions) query = query.where('exception', 'in', [...filter.exceptions, ...NOBODY])
  if (filter.merchantIds) query = query.where('merchant_id', 'in', [...filter.merchantIds, ...NOBODY])
  if (filter.needsAttention === true)
    query = query.where('exception', 'is not', null).where('acknowledged_at', 'is', null)
  if (filter.needsAttention === false)
    query = query.where(({ or, eb }) => or([eb('exception', 'is', null), eb('acknowledged_at', 'is not', null)]))
  if (filter.orderId !== undefined) query = query.where('order_id', '=', filter.orderId)
  if (filter.transactionId !== undefined) query = query.where('transaction_id', '=', filter.transactionId)
  if (filter.receivedFrom !== undefined) query = query.where('received_at', '>=', filter.receivedFrom)
  if (filter.receivedBefore !== undefined) query = query.where('received_at', '<', filter.receivedBefore)
  if (after !== undefined)
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('received_at', 'id'), '<', tuple(after.createdAt, after.id)),
    )
  if (before !== undefined)
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('received_at', 'id'), '>', tuple(before.createdAt, before.id)),
    )
  const direction = backwards ? 'asc' : 'desc'
  const rows = yield* tx.all(query.orderBy('received_at', direction).orderBy('id', direction).limit(limit))
  return rows.map((row) => noticeOf(tx, row))
}

/** `in ()` is no SQL; no value is null. */
const NOBODY = [null as never]

/** Undefined where there is none (any more). */
export function* notice(tx: Transaction, { id }: { readonly id: string }): Steps<Notice | undefined> {
  const row = yield* tx.first(tx.db.selectFrom('notices').selectAll().where('id', '=', id))
  return row && noticeOf(tx, row)
}

/** What was told of some operations, oldest first. */
export function* noticesOfOperations(
  tx: Transaction,
  { operationIds }: { readonly operationIds: readonly string[] },
): Steps<readonly Notice[]> {
  return yield* byColumn(tx, 'operation_id', operationIds)
}

/** What was told of some SMS links, oldest first. */
export function* noticesOfLinks(
  tx: Transaction,
  { linkIds }: { readonly linkIds: readonly string[] },
): Steps<readonly Notice[]> {
  return yield* byColumn(tx, 'link_id', linkIds)
}

/** More notices of one thing than this nobody reads. */
const MOST = 1_000

function* byColumn(
  tx: Transaction,
  column: 'operation_id' | 'link_id',
  values: readonly string[],
): Steps<readonly Notice[]> {
  if (values.length === 0) return []
  const rows = yield* tx.all(
    tx.db
      .selectFrom('notices')
      .selectAll()
      .where(column, 'in', values)
      .orderBy('received_at')
      .orderBy('id')
      .limit(MOST),
  )
  return rows.map((row) => noticeOf(tx, row))
}
