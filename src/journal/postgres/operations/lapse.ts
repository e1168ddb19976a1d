import { Transaction } from '../../procedures/transaction.ts'
import type { Endpoints } from '../../procedures/webhooks/endpoints.ts'
import {
  isOperationTold,
  TOLD_COLUMNS,
  type ToldOperation,
  tellOperations,
} from '../../procedures/webhooks/tell-operation.ts'
import type { OperationCodec } from '../../schema/row.ts'
import { LOOKED_BACK_MS } from '../../schema/version-6/leases.ts'
import { UNKNOWN_LEASE } from '../../schema/version-6/unknown-lease.ts'
import type { Operation } from '../../store.ts'
import type { Query } from '../connections/lease.ts'
import { runSteps } from '../procedures.ts'
import { CLOCK, OPERATIONS, SERVER_NOW } from '../schema/schema.ts'

/** What stands in the way of a claim. */
export interface Obstacle {
  readonly by: 'KEY' | 'ORDER'
  readonly operation: Operation
  /** Whether its lease has run out. */
  readonly isLapsed: boolean
}

export const RETURNING_TOLD = `returning ${TOLD_COLUMNS.join(', ')}`

const LAPSE = `set state = 'UNKNOWN', finished_at = $1, lease_until = ${UNKNOWN_LEASE} where state = 'IN_PROGRESS' and lease_until < ${SERVER_NOW}`

/** Resolves to the operation as it stands, unknown where its lease had run out; undefined where it changed meanwhile. */
export async function lapse(
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
export const toldOf = (row: Readonly<Record<string, unknown>>): ToldOperation =>
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
