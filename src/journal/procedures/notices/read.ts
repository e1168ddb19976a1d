import type { SelectQueryBuilder } from 'kysely'
import type { Notice, NoticeException, NoticeKind, NoticeState } from '../../records/notices.ts'
import type { JournalTables } from '../../schema/tables.ts'
import type { OperationCursor, OperationRange } from '../../store.ts'
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

export interface ScanInput {
  readonly filter: NoticeFilter
  readonly limit: number
  /** By the time of the first arrival. */
  readonly range: OperationRange
}

/** What a step found, and the range in which there may be more; undefined at the end. */
export interface ScanStep {
  readonly found: readonly Notice[]
  readonly next: OperationRange | undefined
}

/** So many are looked at in one step, so that claims never wait for a search in which every row is a miss. */
const LOOKED_AT = 2_000

/** One step of a search, newest first, or backwards, for at most `limit` of a range. */
export function* scanNotices(tx: Transaction, { filter, limit, range }: ScanInput): Steps<ScanStep> {
  const { after, before, backwards = false } = range
  const direction = backwards ? 'asc' : 'desc'
  const sorted = inRange(tx.db.selectFrom('notices').select(['received_at', 'id']), after, before)
    .orderBy('received_at', direction)
    .orderBy('id', direction)
  // What an index finds is few.
  const isFew = filter.orderId !== undefined || filter.transactionId !== undefined
  const edge = isFew ? undefined : yield* tx.first(sorted.limit(1).offset(LOOKED_AT - 1))
  const place = edge && { createdAt: edge.received_at, id: edge.id }
  const rows = yield* tx.all(
    filtered(inRange(tx.db.selectFrom('notices').selectAll(), after, before), filter)
      .$if(place !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('received_at', 'id'), backwards ? '<=' : '>=', tuple(place?.createdAt ?? 0, place?.id ?? '')),
        ),
      )
      .orderBy('received_at', direction)
      .orderBy('id', direction)
      .limit(limit),
  )
  const isDone = place === undefined || rows.length === limit
  return {
    found: rows.map((row) => noticeOf(tx, row)),
    next: isDone ? undefined : { ...range, [backwards ? 'before' : 'after']: place },
  }
}

type Query<Output> = SelectQueryBuilder<JournalTables, 'notices', Output>

function inRange<Output>(query: Query<Output>, after?: OperationCursor, before?: OperationCursor): Query<Output> {
  let restricted = query
  for (const [place, side] of [
    [after, '<'],
    [before, '>'],
  ] as const) {
    if (place === undefined) continue
    restricted = restricted.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('received_at', 'id'), side, tuple(place.createdAt, place.id)),
    )
  }
  return restricted
}

function filtered<Output>(all: Query<Output>, filter: NoticeFilter): Query<Output> {
  let query = all
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
  return query
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
