import type { OperationCodec } from '../schema/row.ts'
import type {
  OpenState,
  Operation,
  OperationCursor,
  OperationFilter,
  OperationRange,
  OperationState,
  SweepLimits,
} from '../store.ts'
import type { SqliteConnection, SqliteValue } from './driver.ts'

// Long work in short steps: each looks at a bounded number of rows and says where the next one goes on, so that claims
// never wait for a search or a clean-up. Every step walks an index in its order; positions never change once written.

// A few milliseconds each, also where every row looked at is a miss.
const ROWS_LOOKED_AT = 2_000
const ROWS_DELETED = 100

/** What a step found, and the range in which there may be more; undefined at the end. */
export interface ScanStep {
  readonly found: readonly Operation[]
  readonly next: OperationRange | undefined
}

/**
 * The filter of one walk along one index: several merchants are several walks, and so are an order's two kinds of
 * operations.
 */
export interface ScanFilter extends Omit<OperationFilter, 'merchantIds'> {
  readonly merchantId?: string
  /** With an order: whether those are meant that hold a claim on it, or all others. */
  readonly claimed?: boolean
}

/** The walks that find together what a filter lets through. */
export function walksOf({ merchantIds, ...filter }: OperationFilter): readonly ScanFilter[] {
  const ofMerchants: readonly ScanFilter[] =
    merchantIds === undefined ? [filter] : [...new Set(merchantIds)].map((merchantId) => ({ ...filter, merchantId }))
  if (filter.orderId === undefined) return ofMerchants
  return ofMerchants.flatMap((each) => [true, false].map((claimed) => ({ ...each, claimed })))
}

interface Condition {
  readonly sql: string
  readonly values: readonly SqliteValue[]
}

const condition = (sql: string, ...values: readonly SqliteValue[]): Condition => ({ sql, values })

const oneOf = (column: string, values: readonly string[]): Condition =>
  condition(`${column} in (select value from json_each(?))`, JSON.stringify(values))

const all = (conditions: readonly Condition[]): Condition =>
  condition(conditions.map(({ sql }) => sql).join(' and ') || 'true', ...conditions.flatMap(({ values }) => values))

function wasCanceled({ by, is }: NonNullable<OperationFilter['canceled']>): Condition {
  const { sql, values } = oneOf('cancel.service', by)
  return condition(
    `${is ? '' : 'not '}exists (
       select 1 from operations as cancel indexed by operations_by_transaction
       where cancel.transaction_id = operations.transaction_id and cancel.merchant_id = operations.merchant_id
         and cancel.transaction_id is not null and cancel.state = 'SUCCEEDED' and ${sql})`,
    ...values,
  )
}

const OPEN_STATES: readonly OperationState[] = ['IN_PROGRESS', 'UNKNOWN']

const INDEX = {
  open: 'operations_open',
  claimedOrder: 'operations_by_claimed_order',
  otherOrder: 'operations_by_other_order',
  merchant: 'operations_by_merchant',
  time: 'operations_by_time',
} as const

/** Which index leads to the fewest rows, the conditions that choose its part, and those that each row must be asked. */
function plan(filter: ScanFilter): { index: string; range: Condition[]; residual: Condition[] } {
  const { states, services, merchantId, orderId, claimed, canceled, createdFrom, createdBefore } = filter
  const times: Condition[] = []
  if (createdFrom !== undefined) times.push(condition('created_at >= ?', createdFrom))
  if (createdBefore !== undefined) times.push(condition('created_at < ?', createdBefore))
  const residual: Condition[] = []
  if (states !== undefined) residual.push(oneOf('state', states))
  if (services !== undefined) residual.push(oneOf('service', services))
  if (canceled !== undefined) residual.push(wasCanceled(canceled))
  const merchant = merchantId === undefined ? [] : [condition('merchant_id = ?', merchantId)]
  const order = orderId === undefined ? [] : [condition('order_id = ?', orderId)]

  if (orderId !== undefined && claimed) {
    // One for each merchant at most, so that it does no harm that they are not in the order of time.
    const held = condition('claims_order = 1 and holds_order = 1')
    return { index: INDEX.claimedOrder, range: [...order, ...merchant, held, ...times], residual }
  }
  if (orderId !== undefined) {
    const other = condition('(claims_order = 0 or holds_order = 0)')
    return { index: INDEX.otherOrder, range: [...order, other, ...times], residual: [...merchant, ...residual] }
  }
  if (states?.every((state) => OPEN_STATES.includes(state))) {
    const open = condition(`state in ('IN_PROGRESS', 'UNKNOWN')`)
    return { index: INDEX.open, range: [open, ...times], residual: [...merchant, ...residual] }
  }
  if (merchantId !== undefined) return { index: INDEX.merchant, range: [...merchant, ...times], residual }
  return { index: INDEX.time, range: times, residual }
}

/** Those that fit of the next few rows of a range. */
export function scanOperations(
  connection: SqliteConnection,
  codec: OperationCodec,
  filter: ScanFilter,
  limit: number,
  asked: OperationRange,
): ScanStep {
  const { after, before, backwards = false } = asked
  const { index, range, residual } = plan(filter)
  if (after !== undefined) range.push(position('<', after))
  if (before !== undefined) range.push(position('>', before))
  const from = `from operations indexed by ${index}`
  const order = backwards ? 'order by created_at, id' : 'order by created_at desc, id desc'
  const last = endOfStep(connection, from, range, order)
  const part = all([...range, ...(last === undefined ? [] : [position(backwards ? '<=' : '>=', last)]), ...residual])
  const rows = connection.all(`select * ${from} where ${part.sql} ${order} limit ?`, ...part.values, limit)
  const found = rows.map((row) => codec.operationOf(row))
  const lastFound = found.at(-1)
  const full = found.length === limit && lastFound !== undefined
  const reached = full ? { createdAt: lastFound.createdAt, id: lastFound.id } : last
  return { found, next: reached && { ...asked, [backwards ? 'before' : 'after']: reached } }
}

const position = (is: '<' | '<=' | '>' | '>=', { createdAt, id }: OperationCursor): Condition =>
  condition(`(created_at, id) ${is} (?, ?)`, createdAt, id)

/** Where a step ends that looks at no more than its rows; undefined where the range ends before. */
function endOfStep(
  connection: SqliteConnection,
  from: string,
  range: readonly Condition[],
  order: string,
): OperationCursor | undefined {
  const ahead = all(range)
  const end = connection.all(
    `select created_at, id ${from} where ${ahead.sql} ${order} limit 1 offset ${ROWS_LOOKED_AT - 1}`,
    ...ahead.values,
  )[0]
  return end && { createdAt: Number(end['created_at']), id: String(end['id']) }
}

/** How many operations are in progress or unknown; there are never many. */
export function countOpen(connection: SqliteConnection, state: OpenState): number {
  const row = connection.all(
    `select count(*) as n from operations indexed by operations_open
     where state in ('IN_PROGRESS', 'UNKNOWN') and state = ?`,
    state,
  )[0]
  return Number(row?.['n'])
}

const START: OperationCursor = { createdAt: Number.MIN_SAFE_INTEGER, id: '' }

/** What a step deleted, and the position behind which there may be more; undefined at the end. */
export interface SweepStep {
  readonly deleted: number
  readonly next: OperationCursor | undefined
}

/** Deletes a few that are old enough and of no link that is kept, oldest first, after the position. */
export function sweepOperations(
  connection: SqliteConnection,
  { settledBefore, createdBefore }: SweepLimits,
  after: OperationCursor | undefined,
): SweepStep {
  const from = 'from operations indexed by operations_by_time'
  const order = 'order by created_at, id'
  const range = [condition('created_at < ?', createdBefore)]
  if (after !== undefined) range.push(condition('(created_at, id) > (?, ?)', after.createdAt, after.id))
  const last = endOfStep(connection, from, range, order)
  const part = all([
    ...range,
    ...(last === undefined ? [] : [condition('(created_at, id) <= (?, ?)', last.createdAt, last.id)]),
    condition(`state in ('SUCCEEDED', 'FAILED') and settled_at < ?`, settledBefore),
    condition('not exists (select 1 from sms_links as link where link.id = operations.id)'),
    condition('not exists (select 1 from sms_links as link where link.approval_operation_id = operations.id)'),
  ])
  const chosen = `(select id ${from} where ${part.sql} ${order} limit ${ROWS_DELETED})`
  connection.run(`delete from operation_events where operation_id in ${chosen}`, ...part.values)
  const deleted = connection.run(`delete from operations where id in ${chosen}`, ...part.values)
  // A full step may have left some behind, before its end: the same part once more, now that those are gone.
  return { deleted, next: deleted === ROWS_DELETED ? (after ?? START) : last }
}

export const isNewer = (one: Operation, other: Operation): boolean =>
  one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt

export const isOlder = (one: Operation, other: Operation): boolean => isNewer(other, one)

/** The first operations of all walks, which go over different operations, each in the order. */
export async function merge(
  walks: readonly AsyncGenerator<Operation, undefined>[],
  limit: number,
  goesBefore: (one: Operation, other: Operation) => boolean,
): Promise<readonly Operation[]> {
  const heads = await Promise.all(walks.map((walk) => walk.next()))
  const merged: Operation[] = []
  while (merged.length < limit) {
    let first = -1
    let operation: Operation | undefined
    for (const [index, { value }] of heads.entries()) {
      if (value === undefined || (operation !== undefined && goesBefore(operation, value))) continue
      first = index
      operation = value
    }
    const walk = walks[first]
    if (operation === undefined || walk === undefined) break
    merged.push(operation)
    if (merged.length < limit) heads[first] = await walk.next()
  }
  return merged
}
