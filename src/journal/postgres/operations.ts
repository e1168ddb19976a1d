import { probeOperation } from '../claims/readiness.ts'
import { Transaction } from '../procedures/transaction.ts'
import type { Endpoints } from '../procedures/webhooks/endpoints.ts'
import {
  isOperationTold,
  TOLD_COLUMNS,
  type ToldOperation,
  tellOperation,
  tellOperations,
} from '../procedures/webhooks/tell-operation.ts'
import { NEW_OPERATION_COLUMNS, type OperationCodec, WITHOUT_RESULT, WITHOUT_RESULT_BY_CAUSE } from '../schema/row.ts'
import { LOOKED_BACK_MS } from '../schema/version-6/leases.ts'
import { UNKNOWN_LEASE } from '../schema/version-6/unknown-lease.ts'
import type { AttemptedClaim } from '../store.ts'
import {
  type Claim,
  type Finish,
  type Guard,
  type NewOperation,
  type Operation,
  type RefusedClaim,
  StoreUnavailableError,
  type SweepLimits,
} from '../store.ts'
import type { Query, Session } from './lease.ts'
import { runProcedure, runSteps } from './procedures.ts'
import { ANSWERED_TRANSACTIONS, CLOCK, OPERATION_EVENTS, OPERATIONS, SERVER_NOW } from './schema/schema.ts'
import { FLUSHED, named } from './statement.ts'

// What changes operations in PostgreSQL, within a transaction that somebody else begins and commits, of which each
// statement sees what others have committed meanwhile.

const columns = NEW_OPERATION_COLUMNS.join(', ')
const places = NEW_OPERATION_COLUMNS.map((_, index) => `$${index + 1}`).join(', ')
const attemptPlace = `$${NEW_OPERATION_COLUMNS.length + 1}`
const leasePlace = `$${NEW_OPERATION_COLUMNS.length + 2}`

const newColumns = `${columns}, attempt_number, lease_until, state, holds_key, holds_order`
const newValues = `${places}, ${attemptPlace}, ${SERVER_NOW} + ${leasePlace}`
const valuesOf = (codec: OperationCodec, { operation, attempt }: AttemptedClaim) => [
  ...codec.values(operation),
  attempt,
  operation.leaseMs,
]

const INSERT = named(`
  insert into ${OPERATIONS} (${newColumns}) select ${newValues}, 'IN_PROGRESS', true, true where ${FLUSHED} <> ''
  on conflict do nothing`)

const CLOCK_SHOWS = `(select shows from ${CLOCK})`

// What stood in the way may be gone when it is looked for; that it happens again and again is no longer a race.
const ROUNDS = 5

/** Where nothing stands in its way and nothing guards it, a claim is one statement. */
export async function claimOperation(
  session: Session,
  codec: OperationCodec,
  claim: AttemptedClaim,
  endpoints: Endpoints,
): Promise<Claim | RefusedClaim> {
  if (claim.guard === undefined && (await session.one(INSERT, valuesOf(codec, claim))).count === 1)
    return { granted: true }
  return session.transact((query) => claimInSteps(query, codec, claim, endpoints))
}

async function claimInSteps(
  query: Query,
  codec: OperationCodec,
  claim: AttemptedClaim,
  endpoints: Endpoints,
): Promise<Claim | RefusedClaim> {
  const { operation, guard } = claim
  for (let round = 0; round < ROUNDS; round++) {
    const inserted = await query(INSERT, valuesOf(codec, claim))
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

interface Obstacle {
  readonly by: 'KEY' | 'ORDER'
  readonly operation: Operation
  /** Whether its lease has run out. */
  readonly isLapsed: boolean
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

const LAPSE = `set state = 'UNKNOWN', finished_at = $1, lease_until = ${UNKNOWN_LEASE} where state = 'IN_PROGRESS' and lease_until < ${SERVER_NOW}`

/** Resolves to the operation as it stands, unknown where its lease had run out; undefined where it changed meanwhile. */
async function lapse(
  query: Query,
  codec: OperationCodec,
  { operation, isLapsed }: Obstacle,
  finishedAt: number,
  endpoints: Endpoints,
): Promise<Operation | undefined> {
  if (operation.state !== 'IN_PROGRESS' || !isLapsed) return operation
  const { rows } = await query(`update ${OPERATIONS} ${LAPSE} and id = $2 returning *`, [finishedAt, operation.id])
  await tellLapsed(query, codec, rows, finishedAt, endpoints)
  return rows[0] && codec.operationOf(rows[0])
}

// The driver knows no types of columns.
const toldOf = (row: Readonly<Record<string, unknown>>): ToldOperation =>
  Object.fromEntries(TOLD_COLUMNS.map((name) => [name, row[name]])) as unknown as ToldOperation

/** Tells that nobody knows any more what becomes of some operations: in one order, whoever else does so. */
async function tellLapsed(
  query: Query,
  codec: OperationCodec,
  rows: readonly Readonly<Record<string, unknown>>[],
  at: number,
  endpoints: Endpoints,
): Promise<void> {
  if (rows.length === 0 || !isOperationTold({ endpoints }, 'UNKNOWN')) return
  const tx = new Transaction('postgres', codec, endpoints)
  await runSteps(query, tellOperations(tx, rows.map(toldOf), { state: 'UNKNOWN', wasUnknown: false, result: null, at }))
}

// The row that is put in the claim's place waits for a claim still being executed, and stops one that comes later:
// whatever the server makes of a statement whose connection was lost, it has no effect once this has resolved.
const WITHDRAW = `
  insert into ${OPERATIONS} as known (${newColumns}, settled_at)
  values (${newValues}, 'WITHDRAWN', false, false, ${CLOCK_SHOWS})
  on conflict (id) do update
  set state = 'WITHDRAWN', lease_until = excluded.lease_until, attempt_number = excluded.attempt_number, holds_key = false, holds_order = false,
    settled_at = excluded.settled_at
  where known.owner = excluded.owner and known.attempt_number <= excluded.attempt_number
    and ${WITHOUT_RESULT.replaceAll(/state|result/g, 'known.$&')}`

/** Takes back a claim that was never acted upon, unless a later try made it good. */
export async function withdrawClaim(
  query: Query,
  codec: OperationCodec,
  claim: AttemptedClaim,
  endpoints: Endpoints,
): Promise<void> {
  const { id, owner, createdAt: at } = claim.operation
  const isTold = isOperationTold({ endpoints }, 'FAILED')
  const before = isTold ? (await query(`${UNTOLD} for update`, [id, owner])).rows : []
  await query(WITHDRAW, valuesOf(codec, claim))
  const [unknown] = before
  if (unknown === undefined) return
  const { count } = await query(`select 1 from ${OPERATIONS} where id = $1 and state = 'WITHDRAWN'`, [id])
  if (count === 0) return
  const tx = new Transaction('postgres', codec, endpoints)
  const end = { state: 'FAILED', wasUnknown: true, result: null, at } as const
  await runSteps(query, tellOperation(tx, toldOf(unknown), end))
}

const UNTOLD = `select * from ${OPERATIONS} where id = $1 and owner = $2 and state = 'UNKNOWN' and result is null`

const RETURNING_TOLD = `returning ${TOLD_COLUMNS.join(', ')}`

// Most leases are left as they are: what changes a column of an index writes every index anew.
const LEASE = `case when not $8 then ${UNKNOWN_LEASE} when lease_until = ${UNKNOWN_LEASE} then 0 else lease_until end`

const finishSql = (transactionId: string, condition: string): string => `
  update ${OPERATIONS} set state = $3, finished_at = $4, holds_key = $5, holds_order = $6, result = $7,
    settled_at = case when $8 then ${CLOCK_SHOWS} end, lease_until = ${LEASE}, ${transactionId}
  where id = $1 and owner = $2 and ${FLUSHED} <> '' and ${condition}`

/** With the payment's id as its first place left, which the answer of a success has named, or nothing. */
const FINISH = (condition: string) =>
  named(`${finishSql('transaction_id = coalesce(transaction_id, $9)', condition)} ${RETURNING_TOLD}`)

const SUCCEED = (condition: string) =>
  named(`
  with finished as (
    ${finishSql('answered_transaction_id = case when transaction_id is null then $9 end', condition)}
    returning id, service, merchant_id, order_id, transaction_id, answered_transaction_id),
  found_by as (
    insert into ${ANSWERED_TRANSACTIONS} (transaction_id, merchant_id, operation_id)
    select answered_transaction_id, merchant_id, id from finished where answered_transaction_id is not null
    on conflict do nothing)
  select id, service, merchant_id, order_id, coalesce(transaction_id, answered_transaction_id) as transaction_id
  from finished`)

const UNTOLD_BY_NAMING = { no: FINISH(WITHOUT_RESULT), yes: SUCCEED(WITHOUT_RESULT) }

const TOLD = WITHOUT_RESULT_BY_CAUSE.map(({ condition, wasUnknown }) => ({
  statements: { no: FINISH(condition), yes: SUCCEED(condition) },
  wasUnknown,
}))

/** Whether the result now stands recorded, by this call or an earlier one. */
export async function finishOperation(
  session: Session,
  codec: OperationCodec,
  id: string,
  owner: string,
  finish: Finish,
  endpoints: Endpoints,
): Promise<boolean> {
  const { state, result, finishedAt, keepsKey, keepsOrder, transactionId = null } = finish
  const values = [id, owner, state, finishedAt, keepsKey, keepsOrder]
  const all = [...values, codec.seal(result, id), state !== 'UNKNOWN', transactionId]
  const isFinished = isOperationTold({ endpoints }, state)
    ? await session.transact((query) => finishAndTell(query, codec, finish, all, endpoints))
    : (await session.one(UNTOLD_BY_NAMING[namesPayment(finish)], all)).count === 1
  if (isFinished) return true
  // Tried again after an answer that was lost.
  const { rows } = await session.one(
    `select * from ${OPERATIONS} where id = $1 and owner = $2 and state = $3 and finished_at = $4
     and holds_key = $5 and holds_order = $6`,
    values,
  )
  return rows[0] !== undefined && codec.operationOf(rows[0]).result === result
}

/** Whether the answer of a success says which payment that is. Nobody takes back what its owner knows. */
const namesPayment = ({ state, transactionId }: Finish): 'yes' | 'no' =>
  state === 'SUCCEEDED' && transactionId != null ? 'yes' : 'no'

async function finishAndTell(
  query: Query,
  codec: OperationCodec,
  finish: Finish,
  values: Parameters<Query>[1],
  endpoints: Endpoints,
): Promise<boolean> {
  const { state, result, finishedAt: at } = finish
  for (const { statements, wasUnknown } of TOLD) {
    const [row] = (await query(statements[namesPayment(finish)], values)).rows
    if (row === undefined) continue
    const tx = new Transaction('postgres', codec, endpoints)
    await runSteps(query, tellOperation(tx, toldOf(row), { state, wasUnknown, result, at }))
    return true
  }
  return false
}

/** Marks as unknown, and finished at a time, what is in progress with a lease that has run out; resolves to how many. */
export async function expireLeases(
  query: Query,
  codec: OperationCodec,
  finishedAt: number,
  endpoints: Endpoints,
): Promise<number> {
  const [clock] = (await query(`select ${SERVER_NOW} as now, leases_ended from ${CLOCK}`)).rows
  const [now, ended] = [Number(clock?.['now']), Number(clock?.['leases_ended'])]
  const range = `lease_until > $2 and lease_until < $3`
  const { rows, count } = await query(`update ${OPERATIONS} ${LAPSE} and ${range} ${RETURNING_TOLD}`, [
    finishedAt,
    ended,
    now,
  ])
  // A process of version 5 leaves the lease as it was.
  await query(
    `update ${OPERATIONS} set lease_until = ${UNKNOWN_LEASE} where state = 'UNKNOWN' and lease_until > $1 and lease_until < $2`,
    [ended, now],
  )
  // Also where the server's clock went back.
  const lookedAt = now - LOOKED_BACK_MS
  if (Math.abs(lookedAt - ended) > LOOKED_BACK_MS) await query(`update ${CLOCK} set leases_ended = $1`, [lookedAt])
  await tellLapsed(query, codec, rows, finishedAt, endpoints)
  return count
}

/** Moves the journal's own clock on, unless it shows as much already; resolves to what it shows. */
export async function advanceClock(query: Query, to: number): Promise<number> {
  const { rows } = await query(`update ${CLOCK} set shows = greatest(shows, $1) returning shows`, [to])
  return Number(rows[0]?.['shows'])
}

const ROWS_LOOKED_AT = 2_000

/** Behind which a step of a clean-up goes on. */
export type SweepPosition = readonly [createdAt: number, id: string]

export const SWEEP_START: SweepPosition = [Number.MIN_SAFE_INTEGER, '']

/** Deletes those of the next few that are old enough; resolves to how many, and where there may be more. */
export async function sweepOperations(
  query: Query,
  { settledBefore, createdBefore }: SweepLimits,
  after: SweepPosition,
): Promise<{ deleted: number; next: SweepPosition | undefined }> {
  const { rows } = await query(
    `with looked_at as (
       select id, created_at, settled_at from ${OPERATIONS}
       where created_at < $2 and (created_at, id) > ($3, $4) order by created_at, id limit ${ROWS_LOOKED_AT}),
     gone as (
       delete from ${OPERATIONS} where id in (select id from looked_at where settled_at < $1) and settled_at < $1
       returning id, state, merchant_id, answered_transaction_id),
     events as (delete from ${OPERATION_EVENTS} where operation_id in (select id from gone)),
     answered as (
       delete from ${ANSWERED_TRANSACTIONS} where (transaction_id, merchant_id, operation_id) in
         (select answered_transaction_id, merchant_id, id from gone where answered_transaction_id is not null)),
     last as (select created_at, id from looked_at order by created_at desc, id desc limit 1)
     select (select count(*) from looked_at) as looked_at, (select count(*) from gone where state <> 'WITHDRAWN') as deleted,
       (select created_at from last) as created_at, (select id from last) as id`,
    [settledBefore, createdBefore, ...after],
  )
  const [row] = rows
  const isEnd = Number(row?.['looked_at']) < ROWS_LOOKED_AT
  return {
    deleted: Number(row?.['deleted']),
    next: isEnd ? undefined : [Number(row?.['created_at']), String(row?.['id'])],
  }
}

/** Does what a claim does, and leaves nothing of it. */
export async function probe(query: Query, codec: OperationCodec): Promise<void> {
  const operation = probeOperation()
  await query(INSERT, valuesOf(codec, { operation, attempt: 0 }))
  await query(`delete from ${OPERATIONS} where id = $1`, [operation.id])
}
