import type { Keyring } from '../../keys/keyring.ts'
import { Transaction } from '../../procedures/transaction.ts'
import { migrate, SCHEMA_VERSIONS } from '../../schema/migrations.ts'
import { OperationCodec } from '../../schema/row.ts'
import { EARLIER_JOURNAL, NO_JOURNAL, StoreRefusedError } from '../../store.ts'
import type { Query } from '../connections/lease.ts'
import { runSteps } from '../procedures.ts'
import { createIndexes } from './indexes.ts'
import { upgradePostgres } from './migrations.ts'
import {
  commentSql,
  OPERATIONS,
  OPERATIONS_TABLE,
  POSTGRES_SCHEMA,
  POSTGRES_SCHEMA_NAME,
  POSTGRES_VERSION,
  SCHEMA_LOCK,
  versionIn,
} from './schema.ts'
import { createSecret, readSecret } from './secret.ts'

/**
 * Makes sure, in a transaction of its own, that the tables exist; several instances may do so at once. Resolves to the
 * codec of their rows, or to undefined where they are an earlier version's: then `upgradeTables` has to be called. With
 * `existing` they are neither made nor upgraded: it rejects with `StoreRefusedError` instead.
 */
export async function preparePostgres(
  query: Query,
  keyring: Keyring,
  existing: boolean,
): Promise<OperationCodec | undefined> {
  let version = await currentVersion(query)
  if (existing && version === undefined) throw new StoreRefusedError(NO_JOURNAL)
  if (existing && version !== SCHEMA_VERSIONS.postgres) throw new StoreRefusedError(EARLIER_JOURNAL)
  if (version === undefined) {
    await query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK])
    // Another instance may have been faster.
    version = await currentVersion(query)
  }
  if (version === undefined) {
    await query(await schemaSql(query))
    const codec = new OperationCodec(keyring, await createSecret(query, keyring))
    await migrateTables(query, codec, POSTGRES_VERSION)
    await createIndexes(query)
    return codec
  }
  return version < SCHEMA_VERSIONS.postgres ? undefined : new OperationCodec(keyring, await readSecret(query, keyring))
}

/** From this one on, rows are left as they are. */
const QUICK_VERSION = 4

// What waits for a lock keeps all others waiting that come after it.
const LOCK_MS = 500

/**
 * Brings the tables of an earlier version up to date, in a transaction of its own: from version 4 on in a moment, from those
 * before in as long as there are rows. Fails where others lock the tables for longer than calls can wait.
 */
export async function upgradeTables(query: Query, keyring: Keyring): Promise<void> {
  await query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK])
  const version = await currentVersion(query)
  if (version === undefined) return
  if (version >= QUICK_VERSION) await query(`set local lock_timeout = ${LOCK_MS}`)
  await upgradePostgres(query, version, keyring)
  const codec = new OperationCodec(keyring, await readSecret(query, keyring))
  await migrateTables(query, codec, Math.max(version, POSTGRES_VERSION))
}

async function migrateTables(query: Query, codec: OperationCodec, from: number): Promise<void> {
  await runSteps(query, migrate(new Transaction('postgres', codec), from))
  await query(commentSql(SCHEMA_VERSIONS.postgres))
}

async function currentVersion(query: Query): Promise<number | undefined> {
  // Not `to_regclass`: within a transaction it may go on remembering that there was no such table.
  const { rows } = await query(
    `select obj_description(c.oid, 'pg_class') as comment
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = $2`,
    [POSTGRES_SCHEMA_NAME, OPERATIONS_TABLE],
  )
  const [row] = rows
  if (row === undefined) return undefined
  const version = versionIn(String(row['comment']))
  if (version === undefined) throw new StoreRefusedError(`The table ${OPERATIONS} is of another program`)
  if (version <= SCHEMA_VERSIONS.postgres) return version
  throw new StoreRefusedError(
    `The table ${OPERATIONS} is of a newer version of this program: its schema is ${version}, the newest known here is ${SCHEMA_VERSIONS.postgres}`,
  )
}

// A schema that an administrator made beforehand is enough: `if not exists` would still ask for the right to make one.
async function schemaSql(query: Query): Promise<string> {
  const { count } = await query('select 1 from pg_namespace where nspname = $1', [POSTGRES_SCHEMA_NAME])
  return count === 0 ? `create schema ${POSTGRES_SCHEMA_NAME}; ${POSTGRES_SCHEMA}` : POSTGRES_SCHEMA
}
