import type { OperationCodec } from '../schema/row.ts'
import type { HeldKey, OpenState, Operation, OperationFilter, OperationRange } from '../store.ts'
import type { Query } from './lease.ts'
import { OPERATIONS } from './schema/schema.ts'
import { named } from './statement.ts'

/** What reads operations in PostgreSQL. Withdrawn rows are left out: nothing was recorded there. */

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
  const conditions = [`state <> 'WITHDRAWN'`]
  if (states !== undefined) conditions.push(`state = any(${place(states)})`)
  if (services !== undefined) conditions.push(`service = any(${place(services)})`)
  if (merchantIds !== undefined) conditions.push(`merchant_id = any(${place(merchantIds)})`)
  if (orderId !== undefined) conditions.push(`order_id = ${place(orderId)}`)
  if (canceled !== undefined) {
    conditions.push(`${canceled.is ? '' : 'not '}exists (
      select 1 from ${OPERATIONS} as cancel
      where cancel.transaction_id = ${OPERATIONS}.transaction_id and cancel.merchant_id = ${OPERATIONS}.merchant_id
        and cancel.state = 'SUCCEEDED' and cancel.service = any(${place(canceled.by)}))`)
  }
  if (createdFrom !== undefined) conditions.push(`created_at >= ${place(createdFrom)}`)
  if (createdBefore !== undefined) conditions.push(`created_at < ${place(createdBefore)}`)
  if (after !== undefined) conditions.push(`(created_at, id) < (${place(after.createdAt)}, ${place(after.id)})`)
  if (before !== undefined) conditions.push(`(created_at, id) > (${place(before.createdAt)}, ${place(before.id)})`)
  const order = backwards ? 'asc' : 'desc'
  const { rows } = await query(
    `select * from ${OPERATIONS} where ${conditions.join(' and ')}
     order by created_at ${order}, id ${order} limit ${place(limit)}`,
    values,
  )
  return rows.map((row) => codec.operationOf(row))
}

export async function countOpen(query: Query, state: OpenState): Promise<number> {
  const { rows } = await query(
    `select count(*) as n from ${OPERATIONS} where state in ('IN_PROGRESS', 'UNKNOWN') and state = $1`,
    [state],
  )
  return Number(rows[0]?.['n'])
}
