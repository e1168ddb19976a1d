import { probeOperation } from '../../claims/readiness.ts'
import type { AttemptedClaim, Guard, RefusedClaim } from '../../operation-store.ts'
import type { Endpoints } from '../../procedures/webhooks/endpoints.ts'
import type { OperationCodec } from '../../schema/row.ts'
import { type Claim, type NewOperation, StoreUnavailableError } from '../../store.ts'
import type { Query, Session } from '../connections/lease.ts'
import { FLUSHED, IMPATIENT, named } from '../connections/statement.ts'
import { runProcedure } from '../procedures.ts'
import { OPERATIONS, SERVER_NOW } from '../schema/schema.ts'
import { lapse, type Obstacle } from './lapse.ts'
import { GIVEN, NEW_COLUMNS, NEW_VALUES, newRows, returned } from './row.ts'

const insertSql = (condition: string): string => `
  insert into ${OPERATIONS} (${NEW_COLUMNS}, state, holds_key, holds_order)
  select ${NEW_VALUES}, 'IN_PROGRESS', true, true from ${GIVEN} as given where ${condition}
  on conflict do nothing returning id`

const INSERT = named(insertSql(`${FLUSHED} <> ''`))
const INSERT_TOGETHER = named(insertSql(`${FLUSHED} <> '' and ${IMPATIENT} <> ''`))

/**
 * Claims that nothing guards, in one statement: for each, whether nothing stood in its way. What stands in the way of one
 * of them stands in nobody else's; where it has not ended yet, the server refuses all, soon, and nothing of them stands.
 */
export const claimTogether = (
  { one }: Session,
  codec: OperationCodec,
  claims: readonly AttemptedClaim[],
): Promise<readonly boolean[]> =>
  returned(
    claims,
    ({ operation }) => operation.id,
    (distinct) => one(INSERT_TOGETHER, [newRows(codec, distinct)]),
  )

// Each statement of the transaction sees what others have committed meanwhile: what the insert met is found by the next
// one, or is gone by then; that it happens again and again is no longer a race.
const ROUNDS = 5

/** A claim of which something may stand in the way, or that something guards. */
export async function claimOperation(
  query: Query,
  codec: OperationCodec,
  claim: AttemptedClaim,
  endpoints: Endpoints,
): Promise<Claim | RefusedClaim> {
  const { operation, guard } = claim
  for (let round = 0; round < ROUNDS; round++) {
    const inserted = await query(INSERT, [newRows(codec, [claim])])
    if (inserted.count === 1)
      return guard === undefined ? { granted: true } : await passGuard(query, codec, operation.id, guard, endpoints)
    const own = await claimedBefore(query, claim)
    if (own === 'GRANTED') return { granted: true }
    const obstacle = own === 'REMOVED' ? undefined : await findObstacle(query, codec, operation)
    const standing = obstacle && (await lapse(query, codec, obstacle, operation.createdAt, endpoints))
    if (obstacle !== undefined && standing !== undefined)
      return { granted: false, by: obstacle.by, operation: standing }
  }
  throw new StoreUnavailableError('What stands in the way of an operation keeps changing')
}

async function passGuard(
  query: Query,
  codec: OperationCodec,
  id: string,
  guard: Guard,
  endpoints: Endpoints,
): Promise<Claim | RefusedClaim> {
  const refusal = await runProcedure(query, codec, guard, endpoints)
  if (refusal === undefined) return { granted: true }
  await query(`delete from ${OPERATIONS} where id = $1`, [id])
  return { granted: false, by: 'GUARD', refusal }
}

/** An earlier try of the same operation: good, and no longer that try's to withdraw, or withdrawn, and out of the way. */
async function claimedBefore(
  query: Query,
  { operation, attempt }: AttemptedClaim,
): Promise<'GRANTED' | 'REMOVED' | 'NONE'> {
  const { id, owner, leaseMs } = operation
  const { rows } = await query(`select state from ${OPERATIONS} where id = $1 and owner = $2`, [id, owner])
  const state = rows[0]?.['state']
  if (state === 'IN_PROGRESS') {
    const { count } = await query(
      `update ${OPERATIONS} set attempt_number = greatest(attempt_number, $3), lease_until = ${SERVER_NOW} + $4
       where id = $1 and owner = $2 and state = 'IN_PROGRESS'`,
      [id, owner, attempt, leaseMs],
    )
    if (count === 1) return 'GRANTED'
  }
  if (state !== 'WITHDRAWN') return 'NONE'
  const { count } = await query(
    `delete from ${OPERATIONS} where id = $1 and owner = $2 and state = 'WITHDRAWN' and attempt_number < $3`,
    [id, owner, attempt],
  )
  if (count === 1) return 'REMOVED'
  throw new StoreUnavailableError('This try to claim was given up')
}

async function findObstacle(
  query: Query,
  codec: OperationCodec,
  operation: NewOperation,
): Promise<Obstacle | undefined> {
  const { id, caller, merchantId, service, idempotencyKey, orderId, claimsOrder } = operation
  const { rows } = await query(
    `select *, lease_until < ${SERVER_NOW} as is_lapsed from (
     select 1 as rank, * from ${OPERATIONS}
       where caller = $1 and merchant_id = $2 and service = $3 and idempotency_key_hash = $4 and holds_key
     union all
     select 2 as rank, * from ${OPERATIONS}
       where $6 and merchant_id = $2 and order_id = $5 and claims_order and holds_order
     union all
     select 3 as rank, * from ${OPERATIONS} where id = $7
     order by rank limit 1) as found`,
    [caller, merchantId, service, codec.hashOf(idempotencyKey), orderId, claimsOrder, id],
  )
  const [row] = rows
  if (row === undefined) return undefined
  const by = row['rank'] === 2 ? 'ORDER' : 'KEY'
  return { by, operation: codec.operationOf(row), isLapsed: row['is_lapsed'] === true }
}

/** Does what a claim does, and leaves nothing of it. */
export async function probe(query: Query, codec: OperationCodec): Promise<void> {
  const operation = probeOperation()
  await query(INSERT, [newRows(codec, [{ operation, attempt: 0 }])])
  await query(`delete from ${OPERATIONS} where id = $1`, [operation.id])
}
