import { UNKNOWN_LEASE } from '../../schema/version-6/unknown-lease.ts'
import type { Query } from '../connections/lease.ts'
import { CLOCK, OPERATION_EVENTS, OPERATIONS, OPERATIONS_TABLE, POSTGRES_SCHEMA_NAME, SERVER_NOW } from './schema.ts'

/**
 * The indexes of operations that are not as old as the table. None is over what the end of an operation changes: its row is then
 * written once more where it stands, and no index. Every operation with an order stands in one of two, most for all
 * their life in the first.
 */
const INDEXES: readonly (readonly [name: string, kind: 'index' | 'unique index', rest: string])[] = [
  [
    'operations_by_held_order',
    'unique index',
    '(order_id, merchant_id) where order_id is not null and claims_order and holds_order',
  ],
  [
    'operations_by_other_order',
    'index',
    '(order_id, created_at, id) where order_id is not null and (not claims_order or not holds_order)',
  ],
  ['operations_by_lease', 'index', '(lease_until)'],
]

/** Those whose work others do. A process of version 5 that still runs claims and finishes without them. */
const FORMER = ['operations_open', 'operations_by_settlement', 'operations_by_order', 'operations_by_claimed_order']

/** Makes them in a transaction that made the table, too. */
export async function createIndexes(query: Query): Promise<void> {
  for (const [name, kind, rest] of INDEXES) await query(`create ${kind} ${name} on ${OPERATIONS} ${rest}`)
  for (const name of FORMER) await query(`drop index if exists ${POSTGRES_SCHEMA_NAME}.${name}`)
}

/** One instance at a time works on them. For longer than to make one takes; who ends before leaves it to others then. */
const TURN_MS = 30 * 60_000

/** What of the indexes is not as it is to be. */
async function leftToDo(query: Query): Promise<readonly string[]> {
  const { rows } = await query(
    `select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
     join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
     where n.nspname = $1 and t.relname = $2`,
    [POSTGRES_SCHEMA_NAME, OPERATIONS_TABLE],
  )
  const found = new Map(rows.map((row) => [String(row['name']), row['valid'] === true]))
  const drop = (name: string) => `drop index concurrently if exists ${POSTGRES_SCHEMA_NAME}.${name}`
  return [
    ...INDEXES.flatMap(([name, kind, rest]) => {
      if (found.get(name) === true) return []
      // One that was not finished is of no use.
      const create = `create ${kind} concurrently if not exists ${name} on ${OPERATIONS} ${rest}`
      return found.has(name) ? [drop(name), create] : [create]
    }),
    ...FORMER.filter((name) => found.has(name)).map(drop),
  ]
}

// By a process of version 5, which leaves the lease as it was.
const NOTE_REOPENED = `
  update ${OPERATIONS} set lease_until = ${UNKNOWN_LEASE} where state = 'UNKNOWN' and lease_until <> ${UNKNOWN_LEASE}
    and id in (select operation_id from ${OPERATION_EVENTS} where kind = 'REOPENED')`

/**
 * Brings the indexes of a journal that was taken over to what they are in a new one, while everybody goes on. Not in a
 * transaction, and begun anew where it was interrupted. Resolves to false where it is another instance's turn.
 */
export async function bringIndexesUpToDate(query: Query): Promise<boolean> {
  await query(NOTE_REOPENED)
  if ((await leftToDo(query)).length === 0) return true
  const turn = `update ${CLOCK} set indexing_until = ${SERVER_NOW} + ${TURN_MS} where indexing_until < ${SERVER_NOW}`
  if ((await query(turn)).count === 0) return false
  try {
    for (let [next] = await leftToDo(query); next !== undefined; [next] = await leftToDo(query)) await query(next)
    return true
  } finally {
    await query(`update ${CLOCK} set indexing_until = 0`)
  }
}
