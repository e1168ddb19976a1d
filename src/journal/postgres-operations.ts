import type { AttemptedClaim } from './attempted-claim.ts'
import { NEW_OPERATION_COLUMNS, type OperationCodec } from './operation-row.ts'
import type { Query } from './postgres-connections.ts'
import { OPERATIONS } from './postgres-schema.ts'
import { probeOperation } from './probe-operation.ts'
import {
  type Claim,
  type Finish,
  type NewOperation,
  type Operation,
  type Resolution,
  StoreUnavailableError,
} from './store.ts'

/**
 * What changes operations in PostgreSQL, within a transaction that somebody else begins and commits, of which each
 * statement sees what others have committed meanwhile. What returns or ends operations takes the codec of their rows.
 */

const columns = NEW_OPERATION_COLUMNS.join(', ')
const places = NEW_OPERATION_COLUMNS.map((_, index) => `$${index + 1}`).join(', ')
const attemptPlace = `$${NEW_OPERATION_COLUMNS.length + 1}`

const INSERT = `
  insert into ${OPERATIONS} (${columns}, attempt, state, holds_key, holds_order)
  values (${places}, ${attemptPlace}, 'IN_PROGRESS', true, true)
  on conflict do nothing`

// What stood in the way may be gone when it is looked for; that it happens again and again is no longer a race.
const ROUNDS = 5

/** Takes a try to claim; resolves to what it came to. */
export async function claimOperation(query: Query, codec: OperationCodec, claim: AttemptedClaim): Promise<Claim> {
  const { operation, attempt } = claim
  for (let round = 0; round < ROUNDS; round++) {
    const inserted = await query(INSERT, [...codec.values(operation), attempt])
    if (inserted.count === 1) return { granted: true }
    const own = await claimedBefore(query, claim)
    if (own === 'GRANTED') return { granted: true }
    const obstacle = own === 'REMOVED' ? undefined : await findObstacle(query, codec, operation)
    const standing = obstacle && (await lapse(query, codec, obstacle.operation, operation.createdAt))
    if (obstacle !== undefined && standing !== undefined)
      return { granted: false, by: obstacle.by, operation: standing }
  }
  throw new StoreUnavailableError('What stands in the way of an operation keeps changing')
}

/** An earlier try of the same operation: good, and no longer that try's to withdraw, or withdrawn, and out of the way. */
async function claimedBefore(
  query: Query,
  { operation, attempt }: AttemptedClaim,
): Promise<'GRANTED' | 'REMOVED' | 'NONE'> {
  const { id, owner } = operation
  const { rows } = await query(`select state from ${OPERATIONS} where id = $1 and owner = $2`, [id, owner])
  const state = rows[0]?.['state']
  if (state === 'IN_PROGRESS') {
    const { count } = await query(
      `update ${OPERATIONS} set attempt = greatest(attempt, $3) where id = $1 and owner = $2 and state = 'IN_PROGRESS'`,
      [id, owner, attempt],
    )
    if (count === 1) return 'GRANTED'
  }
  if (state !== 'WITHDRAWN') return 'NONE'
  const { count } = await query(
    `delete from ${OPERATIONS} where id = $1 and owner = $2 and state = 'WITHDRAWN' and attempt < $3`,
    [id, owner, attempt],
  )
  if (count === 1) return 'REMOVED'
  throw new StoreUnavailableError('This try to claim was given up')
}

async function findObstacle(
  query: Query,
  codec: OperationCodec,
  operation: NewOperation,
): Promise<{ readonly by: 'KEY' | 'ORDER'; readonly operation: Operation } | undefined> {
  const { id, caller, merchantId, service, idempotencyKey, orderId, claimsOrder } = operation
  const { rows } = await query(
    `select 1 as rank, * from ${OPERATIONS}
       where caller = $1 and merchant_id = $2 and service = $3 and idempotency_key_hash = $4 and holds_key
     union all
     select 2 as rank, * from ${OPERATIONS}
       where $6 and merchant_id = $2 and order_id = $5 and claims_order and holds_order
     union all
     select 3 as rank, * from ${OPERATIONS} where id = $7
     order by rank limit 1`,
    [caller, merchantId, service, codec.hashOf(idempotencyKey), orderId, claimsOrder, id],
  )
  const [row] = rows
  return row && { by: row['rank'] === 2 ? 'ORDER' : 'KEY', operation: codec.operationOf(row) }
}

/** Resolves to the operation as it stands, unknown where its lease had run out; undefined where it changed meanwhile. */
async function lapse(
  query: Query,
  codec: OperationCodec,
  operation: Operation,
  now: number,
): Promise<Operation | undefined> {
  if (operation.state !== 'IN_PROGRESS' || operation.leaseUntil >= now) return operation
  const { rows } = await query(
    `update ${OPERATIONS} set state = 'UNKNOWN', finished_at = $2
     where id = $1 and state = 'IN_PROGRESS' and lease_until < $2 returning *`,
    [operation.id, now],
  )
  return rows[0] && codec.operationOf(rows[0])
}

// The row that is put in the claim's place waits for a claim still being executed, and stops one that comes later:
// whatever the server makes of a statement whose connection was lost, it has no effect once this has resolved.
// Unknown without a result is what only its lease ended: its owner knows better.
const WITHDRAW = `
  insert into ${OPERATIONS} as known (${columns}, attempt, state, holds_key, holds_order, settled_at)
  values (${places}, ${attemptPlace}, 'WITHDRAWN', false, false, $${NEW_OPERATION_COLUMNS.length + 2})
  on conflict (id) do update
  set state = 'WITHDRAWN', attempt = excluded.attempt, holds_key = false, holds_order = false,
    settled_at = excluded.settled_at
  where known.owner = excluded.owner and known.attempt <= excluded.attempt
    and (known.state = 'IN_PROGRESS' or (known.state = 'UNKNOWN' and known.result is null))`

/** Takes back a claim that was never acted upon, unless a later try made it good; takes the time, too. */
export async function withdrawClaim(
  query: Query,
  codec: OperationCodec,
  { operation, attempt }: AttemptedClaim,
  now: number,
): Promise<void> {
  await query(WITHDRAW, [...codec.values(operation), attempt, now])
}

/** Takes an operation's id, its owner and its ending; resolves to whether it stands recorded. */
export async function finishOperation(
  query: Query,
  codec: OperationCodec,
  id: string,
  owner: string,
  finish: Finish,
): Promise<boolean> {
  const { state, result, finishedAt, keepsKey, keepsOrder } = finish
  const values = [id, owner, state, finishedAt, keepsKey, keepsOrder]
  const { count } = await query(
    `update ${OPERATIONS} set state = $3, finished_at = $4, holds_key = $5, holds_order = $6, result = $7, settled_at = $8
     where id = $1 and owner = $2 and state = 'IN_PROGRESS'`,
    [...values, codec.seal(result, id), state === 'UNKNOWN' ? null : finishedAt],
  )
  if (count === 1) return true
  // Tried again after an answer that was lost.
  const { rows } = await query(
    `select * from ${OPERATIONS} where id = $1 and owner = $2 and state = $3 and finished_at = $4
     and holds_key = $5 and holds_order = $6`,
    values,
  )
  return rows[0] !== undefined && codec.operationOf(rows[0]).result === result
}

/** Takes an operation's id and what a person found out; resolves to it, or to undefined where it is not unknown. */
export async function resolveOperation(
  query: Query,
  codec: OperationCodec,
  id: string,
  { state, result, resolution, resolvedAt, keepsOrder }: Resolution,
): Promise<Operation | undefined> {
  const { rows } = await query(
    `update ${OPERATIONS}
     set state = $2, result = $3, resolution = $4, settled_at = $5, holds_order = holds_order and $6
     where id = $1 and state = 'UNKNOWN' returning *`,
    [id, state, codec.seal(result, id), codec.seal(resolution, id), resolvedAt, keepsOrder],
  )
  return rows[0] && codec.operationOf(rows[0])
}

/** Marks as unknown what is in progress with a lease that ran out before `now`; resolves to how many. */
export async function expireLeases(query: Query, now: number): Promise<number> {
  const { count } = await query(
    `update ${OPERATIONS} set state = 'UNKNOWN', finished_at = $1 where state = 'IN_PROGRESS' and lease_until < $1`,
    [now],
  )
  return count
}

const ROWS_DELETED = 500

/** Deletes a few of those that were settled before a time; resolves to how many, and whether there may be more. */
export async function sweepOperations(
  query: Query,
  settledBefore: number,
): Promise<{ deleted: number; more: boolean }> {
  const { rows, count } = await query(
    `delete from ${OPERATIONS}
     where id in (select id from ${OPERATIONS} where settled_at < $1 limit ${ROWS_DELETED}) returning state`,
    [settledBefore],
  )
  return { deleted: rows.filter((row) => row['state'] !== 'WITHDRAWN').length, more: count === ROWS_DELETED }
}

/** Does what a claim does, and leaves nothing of it. */
export async function probe(query: Query, codec: OperationCodec): Promise<void> {
  const operation = probeOperation()
  await query(INSERT, [...codec.values(operation), 0])
  await query(`delete from ${OPERATIONS} where id = $1`, [operation.id])
}
