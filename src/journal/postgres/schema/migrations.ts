import { hashIdempotencyKey, idempotencyKeyPrefix } from '../../keys/key-hash.ts'
import type { Keyring } from '../../keys/keyring.ts'
import type { Query } from '../connections/lease.ts'
import {
  CLOCK,
  CLOCK_TABLE,
  commentSql,
  OPERATIONS,
  POSTGRES_SCHEMA_NAME,
  POSTGRES_VERSION,
  SECRETS_TABLE,
  SERVER_NOW,
} from './schema.ts'
import { createSecret } from './secret.ts'

const ROWS_AT_ONCE = 1_000

/**
 * Brings the schema from an earlier version to the last of this store alone, within one transaction. Instances of an
 * earlier version wait meanwhile, and then claim nothing more: a column that they name is gone.
 */
export async function upgradePostgres(query: Query, version: number, keyring: Keyring): Promise<void> {
  if (version < 2) await upgradeToVersion2(query, keyring)
}

/**
 * Version 1 kept idempotency keys as they are, stamped what was settled by the clocks of its machines, and had a table to
 * write into that nothing is read from.
 */
async function upgradeToVersion2(query: Query, keyring: Keyring): Promise<void> {
  await query(`
    alter table ${OPERATIONS} rename column idempotency_key to idempotency_key_hash;
    alter table ${OPERATIONS} add column idempotency_key_prefix text collate "C";
    ${SECRETS_TABLE}
    ${CLOCK_TABLE}
    insert into ${CLOCK}
      select 1, coalesce(least(max(settled_at), ${SERVER_NOW}), 0) from ${OPERATIONS};
    drop table ${POSTGRES_SCHEMA_NAME}.probe;`)
  const secret = await createSecret(query, keyring)
  for (let after = ''; ; ) {
    const { rows } = await query(
      `select id, idempotency_key_hash as key from ${OPERATIONS}
       where id > $1 and idempotency_key_hash is not null order by id limit ${ROWS_AT_ONCE}`,
      [after],
    )
    const keys = rows.map((row) => String(row['key']))
    await query(
      `update ${OPERATIONS} as o set idempotency_key_hash = n.hash, idempotency_key_prefix = n.prefix
       from unnest($1::text[], $2::text[], $3::text[]) as n (id, hash, prefix) where o.id = n.id`,
      [
        rows.map((row) => String(row['id'])),
        keys.map((key) => hashIdempotencyKey(secret, key)),
        keys.map(idempotencyKeyPrefix),
      ],
    )
    const last = rows.at(-1)
    if (last === undefined) break
    after = String(last['id'])
  }
  await query(commentSql(POSTGRES_VERSION))
}
