import { probeOperation } from '../claims/readiness.ts'
import type { AttemptedClaim, Guard, RefusedClaim } from '../operation-store.ts'
import { releaseSmsLink } from '../procedures/sms-links/index.ts'
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
import type { Claim, Finish, HeldKey, NewOperation, Operation } from '../store.ts'
import type { SqliteConnection, SqliteRow, SqliteValue } from './driver.ts'
import { inSavepoint, runProcedure, runSteps } from './procedures.ts'

// What changes operations, as single statements within a transaction that somebody else begins and commits: a statement
// that fails leaves no trace, so that the operations of others in the same transaction are not touched by it.

const INSERT = `
  insert into operations (${NEW_OPERATION_COLUMNS.join(', ')}, attempt_number, state, holds_key, holds_order)
  values (${NEW_OPERATION_COLUMNS.map(() => '?').join(', ')}, ?, 'IN_PROGRESS', 1, 1)
  on conflict do nothing`

const BY_ID = 'select * from operations where id = ?'

// The index is named so that no planner ever reads a table of millions instead.
const BY_KEY = `
  select * from operations indexed by operations_by_key
  where caller = ? and merchant_id = ? and service = ? and idempotency_key_hash = ? and holds_key = 1`

const BY_CLAIMED_ORDER = `
  select * from operations indexed by operations_by_claimed_order
  where order_id = ? and merchant_id = ? and claims_order = 1 and holds_order = 1`

const one = (connection: SqliteConnection, sql: string, ...values: readonly SqliteValue[]): SqliteRow | undefined =>
  connection.all(sql, ...values)[0]

const bit = (value: boolean): 0 | 1 => (value ? 1 : 0)

export function getOperation(connection: SqliteConnection, codec: OperationCodec, id: string): Operation | undefined {
  const row = one(connection, BY_ID, id)
  return row && codec.operationOf(row)
}

export function getOperationByKey(
  connection: SqliteConnection,
  codec: OperationCodec,
  { caller, merchantId, service, idempotencyKey }: HeldKey,
): Operation | undefined {
  const row = one(connection, BY_KEY, caller, merchantId, service, codec.hashOf(idempotencyKey))
  return row && codec.operationOf(row)
}

export function claimOperation(
  connection: SqliteConnection,
  codec: OperationCodec,
  { operation, attempt, guard }: AttemptedClaim,
): Claim | RefusedClaim {
  if (insert(connection, codec, operation, attempt))
    return guard === undefined ? { granted: true } : passGuard(connection, codec, operation.id, guard)
  if (claimedBefore(connection, operation, attempt)) return { granted: true }
  const obstacle = findObstacle(connection, codec, operation)
  if (obstacle === undefined) throw new Error('a claim met a conflict that cannot be found')
  return { granted: false, by: obstacle.by, operation: obstacle.operation }
}

function passGuard(
  connection: SqliteConnection,
  codec: OperationCodec,
  id: string,
  guard: Guard,
): Claim | RefusedClaim {
  const refusal = runProcedure(connection, codec, guard)
  if (refusal === undefined) return { granted: true }
  connection.run('delete from operations where id = ?', id)
  return { granted: false, by: 'GUARD', refusal }
}

function insert(
  connection: SqliteConnection,
  codec: OperationCodec,
  operation: NewOperation,
  attempt: number,
): boolean {
  const values = codec.values(operation).map((value) => (typeof value === 'boolean' ? bit(value) : value))
  return connection.run(INSERT, ...values, attempt) === 1
}

// Claimed by an earlier try whose answer was lost: granted, and no longer that try's to withdraw.
function claimedBefore(connection: SqliteConnection, operation: NewOperation, attempt: number): boolean {
  const changed = connection.run(
    `update operations set attempt_number = max(attempt_number, ?) where id = ? and owner = ? and state = 'IN_PROGRESS'`,
    attempt,
    operation.id,
    operation.owner,
  )
  return changed === 1
}

function findObstacle(
  connection: SqliteConnection,
  codec: OperationCodec,
  operation: NewOperation,
): { readonly by: 'KEY' | 'ORDER'; readonly operation: Operation } | undefined {
  const { id, merchantId, idempotencyKey, orderId, claimsOrder } = operation
  const byKey =
    idempotencyKey === null ? undefined : getOperationByKey(connection, codec, { ...operation, idempotencyKey })
  if (byKey !== undefined) return { by: 'KEY', operation: byKey }
  const byOrder = claimsOrder && orderId !== null ? one(connection, BY_CLAIMED_ORDER, orderId, merchantId) : undefined
  if (byOrder !== undefined) return { by: 'ORDER', operation: codec.operationOf(byOrder) }
  const sameId = getOperation(connection, codec, id)
  return sameId && { by: 'KEY', operation: sameId }
}

const RETURNING_TOLD = `returning ${TOLD_COLUMNS.join(', ')}`

const OF_TRY = 'id = ? and owner = ? and attempt_number <= ?'

const WITHDRAW = `delete from operations where ${OF_TRY} and state = 'IN_PROGRESS'`

const WITHDRAW_UNKNOWN = `
  update operations
  set state = 'FAILED', holds_key = 0, holds_order = 0, settled_at = (select shows from clock)
  where ${OF_TRY} and state = 'UNKNOWN' and result is null ${RETURNING_TOLD}`

/**
 * Takes back a claim that was never acted upon, unless a later try made it good. One that has become unknown may have been
 * told to somebody as that: it stays, as one that failed.
 */
export function withdrawClaim(
  connection: SqliteConnection,
  codec: OperationCodec,
  { operation: { id, owner, createdAt: at }, attempt }: AttemptedClaim,
  endpoints: Endpoints,
): void {
  const tx = new Transaction('sqlite', codec, endpoints)
  if (connection.run(WITHDRAW, id, owner, attempt) === 1) runSteps(connection, releaseSmsLink(tx, id))
  const [failed] = connection.change(WITHDRAW_UNKNOWN, id, owner, attempt)
  if (failed === undefined || !isOperationTold({ endpoints }, 'FAILED')) return
  runSteps(connection, tellOperation(tx, toldOf(failed), { state: 'FAILED', wasUnknown: true, result: null, at }))
}

// Rows of the driver have no prototype, and columns of any type.
const toldOf = (row: SqliteRow): ToldOperation =>
  Object.fromEntries(TOLD_COLUMNS.map((name) => [name, row[name]])) as unknown as ToldOperation

const SETTLED_AT = 'case when ? then (select shows from clock) end'

// What mentions a column of an index writes that index anew, and the one of the orders all over the file. So where an
// operation keeps both its claims, as most do, they are not mentioned: it holds them since its beginning.
const FINISH = `
  update operations set state = ?, result = ?, finished_at = ?, settled_at = ${SETTLED_AT}
  where id = ? and owner = ?`

const FINISH_WITH_TRANSACTION = `
  update operations
  set state = ?, result = ?, finished_at = ?, settled_at = ${SETTLED_AT}, transaction_id = coalesce(transaction_id, ?)
  where id = ? and owner = ?`

const FINISH_AND_RELEASE = `
  update operations
  set state = ?, result = ?, finished_at = ?, settled_at = ${SETTLED_AT}, transaction_id = coalesce(transaction_id, ?),
    holds_key = ?, holds_order = ?
  where id = ? and owner = ?`

/** Whether the result now stands recorded, by this call or an earlier one. */
export function finishOperation(
  connection: SqliteConnection,
  codec: OperationCodec,
  id: string,
  owner: string,
  finish: Finish,
  endpoints: Endpoints,
): boolean {
  const { state, result, finishedAt, keepsKey, keepsOrder, transactionId = null } = finish
  const finished = [state, codec.seal(result, id), finishedAt, bit(state !== 'UNKNOWN')] as const
  const held = [bit(keepsKey), bit(keepsOrder)] as const
  const [sql, ...values]: readonly [string, ...SqliteValue[]] =
    !keepsKey || !keepsOrder
      ? [FINISH_AND_RELEASE, ...finished, transactionId, ...held, id, owner]
      : transactionId === null
        ? [FINISH, ...finished, id, owner]
        : [FINISH_WITH_TRANSACTION, ...finished, transactionId, id, owner]
  const finishes = (): boolean => {
    if (!isOperationTold({ endpoints }, state)) return connection.run(`${sql} and ${WITHOUT_RESULT}`, ...values) === 1
    return inSavepoint(connection, () => {
      for (const { condition, wasUnknown } of WITHOUT_RESULT_BY_CAUSE) {
        const [row] = connection.change(`${sql} and ${condition} ${RETURNING_TOLD}`, ...values)
        if (row === undefined) continue
        const tx = new Transaction('sqlite', codec, endpoints)
        runSteps(connection, tellOperation(tx, toldOf(row), { state, wasUnknown, result, at: finishedAt }))
        return true
      }
      return false
    })
  }
  if (finishes()) return true
  // Tried again after an answer that was lost.
  const same = one(
    connection,
    `select * from operations
     where state = ? and finished_at = ? and holds_key = ? and holds_order = ? and id = ? and owner = ?`,
    state,
    finishedAt,
    ...held,
    id,
    owner,
  )
  return same !== undefined && codec.operationOf(same).result === result
}

// The condition is the index's, word for word: SQLite does not see that one state implies both.
const OPEN = `operations indexed by operations_open where state in ('IN_PROGRESS', 'UNKNOWN') and state = 'IN_PROGRESS'`

/** Moves the journal's own clock on, unless it shows as much already; the result is what it shows. */
export function advanceClock(connection: SqliteConnection, to: number): number {
  return Number(one(connection, 'update clock set shows = max(shows, ?) returning shows', to)?.['shows'])
}

/** Who has operations in progress. */
export function activeOwners(connection: SqliteConnection): readonly string[] {
  return connection.all(`select distinct owner from ${OPEN}`).map((row) => String(row['owner']))
}

/** Marks as unknown, and finished at a time, what an owner has in progress; the result is what that was. */
export function expireOwner(connection: SqliteConnection, owner: string, finishedAt: number): readonly ToldOperation[] {
  return connection
    .change(
      `update operations set state = 'UNKNOWN', finished_at = ?
       where id in (select id from ${OPEN} and owner = ?) ${RETURNING_TOLD}`,
      finishedAt,
      owner,
    )
    .map(toldOf)
}

/** Tells that nobody knows any more what becomes of some operations. */
export function tellExpired(
  connection: SqliteConnection,
  codec: OperationCodec,
  expired: readonly ToldOperation[],
  at: number,
  endpoints: Endpoints,
): void {
  if (expired.length === 0 || !isOperationTold({ endpoints }, 'UNKNOWN')) return
  const tx = new Transaction('sqlite', codec, endpoints)
  const end = { state: 'UNKNOWN', wasUnknown: false, result: null, at } as const
  runSteps(connection, tellOperations(tx, expired, end))
}

/** Does what a claim does, and leaves nothing of it. */
export function probe(connection: SqliteConnection, codec: OperationCodec): void {
  const operation = probeOperation()
  insert(connection, codec, operation, 0)
  connection.run('delete from operations where id = ?', operation.id)
}
