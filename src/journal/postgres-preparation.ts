import type { Query } from './postgres-connections.ts'
import {
  OPERATIONS,
  OPERATIONS_TABLE,
  POSTGRES_SCHEMA,
  POSTGRES_SCHEMA_NAME,
  SCHEMA_COMMENT,
  SCHEMA_LOCK,
} from './postgres-schema.ts'
import { StoreUnavailableError } from './store.ts'

/** Makes sure, in a transaction of its own, that the tables exist; several instances may do so at once. */
export async function preparePostgres(query: Query): Promise<void> {
  if (await isPrepared(query)) return
  await query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK])
  // Another instance may have been faster.
  if (!(await isPrepared(query))) await query(await schemaSql(query))
}

async function isPrepared(query: Query): Promise<boolean> {
  // Not `to_regclass`: within a transaction it may go on remembering that there was no such table.
  const { rows } = await query(
    `select obj_description(c.oid, 'pg_class') as comment
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = $2`,
    [POSTGRES_SCHEMA_NAME, OPERATIONS_TABLE],
  )
  const [row] = rows
  if (row === undefined) return false
  if (row['comment'] === SCHEMA_COMMENT) return true
  throw new StoreUnavailableError(
    `The table ${OPERATIONS} is of another version of this program, or of another program`,
  )
}

// A schema that an administrator made beforehand is enough: `if not exists` would still ask for the right to make one.
async function schemaSql(query: Query): Promise<string> {
  const { count } = await query('select 1 from pg_namespace where nspname = $1', [POSTGRES_SCHEMA_NAME])
  return count === 0 ? `create schema ${POSTGRES_SCHEMA_NAME}; ${POSTGRES_SCHEMA}` : POSTGRES_SCHEMA
}
