import { Transaction } from '../../procedures/transaction.ts'
import type { Endpoints } from '../../procedures/webhooks/endpoints.ts'
import { isOperationTold, tellOperation } from '../../procedures/webhooks/tell-operation.ts'
import { type OperationCodec, WITHOUT_RESULT, WITHOUT_RESULT_BY_CAUSE } from '../../schema/row.ts'
import { UNKNOWN_LEASE } from '../../schema/version-6/unknown-lease.ts'
import type { Finish } from '../../store.ts'
import type { Query, Session } from '../connections/lease.ts'
import { FLUSHED, IMPATIENT, named } from '../connections/statement.ts'
import { runSteps } from '../procedures.ts'
import { ANSWERED_TRANSACTIONS, CLOCK_SHOWS, OPERATIONS } from '../schema/schema.ts'
import { toldOf } from './lapse.ts'
import { GIVEN, returned, rowsOf } from './row.ts'

/** A result that is to be recorded, and of which operation. */
export interface FinishedOperation {
  readonly id: string
  readonly owner: string
  readonly finish: Finish
}

// Most leases are left as they are: what changes a column of an index writes every index anew.
const LEASE = `case when given.state = 'UNKNOWN' then ${UNKNOWN_LEASE}
    when operation.lease_until = ${UNKNOWN_LEASE} then 0 else operation.lease_until end`

const ofOperation = (condition: string): string => condition.replaceAll(/\b(state|result)\b/g, 'operation.$&')

/**
 * The id of the payment is put down where the request had none: beside the operation where a success was answered with it,
 * or else in the operation. The owner, who is one and the same, has the server expect few rows, so that it finds each
 * by its id and never reads the table, whatever it knows of that.
 */
const finishSql = (condition: string): string => `
  with finished as (
    update ${OPERATIONS} as operation set state = given.state, finished_at = given.finished_at,
      holds_key = given.holds_key, holds_order = given.holds_order, result = given.result,
      settled_at = case when given.state <> 'UNKNOWN' then ${CLOCK_SHOWS} end, lease_until = ${LEASE},
      transaction_id = coalesce(operation.transaction_id, given.transaction_id),
      answered_transaction_id = case when operation.transaction_id is null then given.answered_transaction_id end
    from ${GIVEN} as given
    where given.owner = $2 and operation.id = given.id and operation.owner = given.owner and ${FLUSHED} <> '' and ${condition}
    returning operation.id, operation.service, operation.merchant_id, operation.order_id, operation.transaction_id,
      operation.answered_transaction_id),
  found_by as (
    insert into ${ANSWERED_TRANSACTIONS} (transaction_id, merchant_id, operation_id)
    select answered_transaction_id, merchant_id, id from finished where answered_transaction_id is not null
    on conflict do nothing)
  select id, service, merchant_id, order_id, coalesce(transaction_id, answered_transaction_id) as transaction_id
  from finished`

const FINISH = named(finishSql(ofOperation(WITHOUT_RESULT)))
const FINISH_TOGETHER = named(finishSql(`${IMPATIENT} <> '' and ${ofOperation(WITHOUT_RESULT)}`))
const FINISH_TOLD = WITHOUT_RESULT_BY_CAUSE.map(({ condition, wasUnknown }) => ({
  statement: named(finishSql(ofOperation(condition))),
  wasUnknown,
}))

function finishedRows(codec: OperationCodec, finished: readonly FinishedOperation[]): string {
  return rowsOf(
    finished.map(({ id, owner, finish }) => {
      const { state, result, finishedAt, keepsKey, keepsOrder, transactionId = null } = finish
      // Nobody takes back what the owner of a success knows.
      const name = state === 'SUCCEEDED' ? 'answered_transaction_id' : 'transaction_id'
      const held = { holds_key: keepsKey, holds_order: keepsOrder }
      return {
        id,
        owner,
        state,
        finished_at: finishedAt,
        ...held,
        result: codec.seal(result, id),
        [name]: transactionId,
      }
    }),
  )
}

/** Records results of one owner, of which nobody is told, in one statement: for each, whether that recorded it. */
export const finishTogether = (
  { one }: Session,
  codec: OperationCodec,
  finished: readonly FinishedOperation[],
): Promise<readonly boolean[]> =>
  returned(
    finished,
    ({ id }) => id,
    (distinct) => one(FINISH_TOGETHER, [finishedRows(codec, distinct), distinct[0]?.owner ?? '']),
  )

/** Whether the result now stands recorded, by this call or an earlier one. */
export async function finishOperation(
  session: Session,
  codec: OperationCodec,
  finished: FinishedOperation,
  endpoints: Endpoints,
): Promise<boolean> {
  const { id, owner, finish } = finished
  const { state, result, finishedAt, keepsKey, keepsOrder } = finish
  const values = [finishedRows(codec, [finished]), owner]
  const isFinished = isOperationTold({ endpoints }, state)
    ? await session.transact((query) => finishAndTell(query, codec, finish, values, endpoints))
    : (await session.one(FINISH, values)).count === 1
  if (isFinished) return true
  // Tried again after an answer that was lost.
  const { rows } = await session.one(
    `select * from ${OPERATIONS} where id = $1 and owner = $2 and state = $3 and finished_at = $4
     and holds_key = $5 and holds_order = $6`,
    [id, owner, state, finishedAt, keepsKey, keepsOrder],
  )
  return rows[0] !== undefined && codec.operationOf(rows[0]).result === result
}

async function finishAndTell(
  query: Query,
  codec: OperationCodec,
  finish: Finish,
  values: Parameters<Query>[1],
  endpoints: Endpoints,
): Promise<boolean> {
  const { state, result, finishedAt: at } = finish
  for (const { statement, wasUnknown } of FINISH_TOLD) {
    const [row] = (await query(statement, values)).rows
    if (row === undefined) continue
    const tx = new Transaction('postgres', codec, endpoints)
    await runSteps(query, tellOperation(tx, toldOf(row), { state, wasUnknown, result, at }))
    return true
  }
  return false
}
