import type { SweepLimits } from '../../store.ts'
import type { Query } from '../connections/lease.ts'
import { ANSWERED_TRANSACTIONS, CLOCK, OPERATION_EVENTS, OPERATIONS, SMS_LINKS } from '../schema/schema.ts'

/** Moves the journal's own clock on, unless it shows as much already; resolves to what it shows. */
export async function advanceClock(query: Query, to: number): Promise<number> {
  const { rows } = await query(`update ${CLOCK} set shows = greatest(shows, $1) returning shows`, [to])
  return Number(rows[0]?.['shows'])
}

const ROWS_LOOKED_AT = 2_000

/** Behind which a step of a clean-up goes on. */
export type SweepPosition = readonly [createdAt: number, id: string]

export const SWEEP_START: SweepPosition = [Number.MIN_SAFE_INTEGER, '']

/** Deletes those of the next few that are old enough and of no link that is kept; resolves to how many, and where there may be more. */
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
       delete from ${OPERATIONS} as old where id in (select id from looked_at where settled_at < $1) and settled_at < $1
         and not exists (select from ${SMS_LINKS} as link where link.id = old.id)
         and not exists (select from ${SMS_LINKS} as link where link.approval_operation_id = old.id)
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
