import type { OperationCodec } from '../schema/row.ts'
import { UNKNOWN_LEASE } from '../schema/version-6/unknown-lease.ts'
import type { HeldKey, OpenState, Operation, OperationFilter, OperationRange, OperationState } from '../store.ts'
import type { Query } from './connections/lease.ts'
import { named } from './connections/statement.ts'
import { CLOCK, OPERATIONS } from './schema/schema.ts'

// What reads operations in PostgreSQL. Withdrawn rows are left out: nothing was recorded there.

const BY_ID = named(`select * from ${OPERATIONS} where id = $1 and state <> 'WITHDRAWN'`)

const BY_KEY = named(`
  select * from ${OPERATIONS} where caller = $1 and merchant_id = $2 and service = $3 and idempotency_key_hash = $4
  and holds_key and state <> 'WITHDRAWN'`)

export async function getOperation(query: Query, codec: OperationCodec, id: string): Promise<Operation | undefined> {
  const { rows } = await query(BY_ID, [id])
  return rows[0] && codec.operationOf(rows[0])
}

export async function getOperationByKey(
  query: Query,
  codec: OperationCodec,
  { caller, merchantId, service, idempotencyKey }: HeldKey,
): Promise<Operation | undefined> {
  const { rows } = await query(BY_KEY, [caller, merchantId, service, codec.hashOf(idempotencyKey)])
  return rows[0] && codec.operationOf(rows[0])
}

/** The newest operations after the position. */
export async function findOperations(
  query: Query,
  codec: OperationCodec,
  { states, services, merchantIds, orderId, canceled, createdFrom, createdBefore }: OperationFilter,
  limit: number,
  { after, before, backwards = false }: OperationRange,
): Promise<readonly Operation[]> {
  const values: (string | number | readonly string[])[] = []
  const place = (value: string | number | readonly string[]): string => `$${values.push(value)}`
  const conditions: string[] = []
  if (services !== undefined) conditions.push(`service = any(${place(services)})`)
  if (merchantIds !== undefined) conditions.push(`merchant_id = any(${place(merchantIds)})`)
  if (canceled !== undefined) {
    // A cancel names the payment in its request.
    conditions.push(`${canceled.is ? '' : 'not '}exists (
      select 1 from ${OPERATIONS} as cancel
      where cancel.transaction_id = coalesce(found.transaction_id, found.answered_transaction_id)
        and cancel.merchant_id = found.merchant_id
        and cancel.state = 'SUCCEEDED' and cancel.service = any(${place(canceled.by)}))`)
  }
  if (createdFrom !== undefined) conditions.push(`created_at >= ${place(createdFrom)}`)
  if (createdBefore !== undefined) conditions.push(`created_at < ${place(createdBefore)}`)
  if (after !== undefined) conditions.push(`(created_at, id) < (${place(after.createdAt)}, ${place(after.id)})`)
  if (before !== undefined) conditions.push(`(created_at, id) > (${place(before.createdAt)}, ${place(before.id)})`)
  if (states !== undefined) conditions.push(`state = any(${place(states)})`)
  const found =
    orderId !== undefined
      ? ofOrder(place(orderId))
      : states?.every(isOpen)
        ? openSince(states.includes('IN_PROGRESS') ? place(await leasesEnded(query)) : undefined)
        : `found as (select * from ${OPERATIONS})`
  const order = backwards ? 'asc' : 'desc'
  const { rows } = await query(
    `with ${found} select * from found where ${[...conditions, `state <> 'WITHDRAWN'`].join(' and ')}
     order by created_at ${order}, id ${order} limit ${place(limit)}`,
    values,
  )
  return rows.map((row) => codec.operationOf(row))
}

const isOpen = (state: OperationState): state is OpenState => state === 'IN_PROGRESS' || state === 'UNKNOWN'

// The conditions are those of the two indexes, word for word.
const ofOrder = (order: string): string => `found as materialized (
  select * from ${OPERATIONS} where order_id = ${order} and claims_order and holds_order
  union all
  select * from ${OPERATIONS} where order_id = ${order} and (not claims_order or not holds_order))`

/** What is open: with what is in progress, all that is leased still, or was not looked at since it was. */
const openSince = (ended: string | undefined): string => `found as materialized (
  select * from ${OPERATIONS} where state in ('IN_PROGRESS', 'UNKNOWN') and ${
    ended === undefined ? `state = 'UNKNOWN' and lease_until = ${UNKNOWN_LEASE}` : `lease_until > ${ended}`
  })`

/** As a value: with what is looked up in the statement, the server would not know how few rows follow. */
async function leasesEnded(query: Query): Promise<number> {
  return Number((await query(`select leases_ended from ${CLOCK}`)).rows[0]?.['leases_ended'])
}

export async function countOpen(query: Query, state: OpenState): Promise<number> {
  const isInProgress = state === 'IN_PROGRESS'
  const { rows } = await query(
    `with ${openSince(isInProgress ? '$2' : undefined)} select count(*) as n from found where state = $1`,
    [state, ...(isInProgress ? [await leasesEnded(query)] : [])],
  )
  return Number(rows[0]?.['n'])
}
