import { newSecret } from '../../../src/journal/keys/journal-secret.ts'
import { Keyring } from '../../../src/journal/keys/keyring.ts'
import { KEYS, NOW } from './operations.ts'

/** The journal's secret, as the versions since it was made kept it. */
const secrets = (): string =>
  newSecret(new Keyring(KEYS))
    .map(({ keyId, sealed }) => `('${keyId}', '${sealed}')`)
    .join(', ')

/** What version 3 of the SQLite store, the last of its own, made in a new file. */
const SQLITE_3 = (): string => `
  create table operations (
    id text not null primary key, service text not null, merchant_id text not null, caller text not null,
    idempotency_key_hash text, idempotency_key_prefix text, holds_key integer not null, fingerprint text not null,
    order_id text, transaction_id text, amount text, claims_order integer not null, holds_order integer not null,
    owner text not null, attempt integer not null, created_at integer not null,
    state text not null
      check (state = 'IN_PROGRESS' or state = 'SUCCEEDED' or state = 'FAILED' or state = 'UNKNOWN'),
    finished_at integer, settled_at integer, result text, resolution text
  ) strict;
  create unique index operations_by_key on operations (caller, merchant_id, service, idempotency_key_hash)
    where idempotency_key_hash is not null and holds_key = 1;
  create unique index operations_by_claimed_order on operations (order_id, merchant_id)
    where order_id is not null and claims_order = 1 and holds_order = 1;
  create index operations_by_other_order on operations (order_id, created_at, id)
    where order_id is not null and (claims_order = 0 or holds_order = 0);
  create index operations_by_time on operations (created_at, id);
  create index operations_by_merchant on operations (merchant_id, created_at, id);
  create index operations_open on operations (created_at, id, state) where state in ('IN_PROGRESS', 'UNKNOWN');
  create table secrets (key_id text not null primary key, sealed text not null) strict;
  create table progress (id integer not null primary key, transactions integer not null) strict;
  insert into progress (id, transactions) values (1, 0);
  create table clock (id integer not null primary key, shows integer not null) strict;
  insert into clock values (1, ${NOW});
  insert into secrets values ${secrets()};
  pragma application_id = 1346459978;
  pragma user_version = 3`

/** What version 2 of the PostgreSQL store, the last of its own, made in an empty database. */
const POSTGRES_2 = (): string => `
  create schema payapi;
  create table payapi.operations (
    id text collate "C" not null primary key, service text collate "C" not null, merchant_id text collate "C" not null,
    caller text collate "C" not null, idempotency_key_hash text collate "C", idempotency_key_prefix text collate "C",
    holds_key boolean not null, fingerprint text collate "C" not null, order_id text collate "C",
    transaction_id text collate "C", amount text collate "C", claims_order boolean not null, holds_order boolean not null,
    owner text collate "C" not null, attempt bigint not null, created_at bigint not null, lease_until bigint not null,
    state text collate "C" not null check (state in ('IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'UNKNOWN', 'WITHDRAWN')),
    finished_at bigint, settled_at bigint, result text collate "C", resolution text collate "C"
  );
  comment on table payapi.operations is 'payapi-graphql journal, version 2';
  create unique index operations_by_key on payapi.operations (caller, merchant_id, service, idempotency_key_hash)
    where idempotency_key_hash is not null and holds_key;
  create unique index operations_by_claimed_order on payapi.operations (merchant_id, order_id)
    where order_id is not null and claims_order and holds_order;
  create index operations_by_time on payapi.operations (created_at, id);
  create index operations_by_merchant on payapi.operations (merchant_id, created_at, id);
  create index operations_by_order on payapi.operations (order_id, created_at, id) where order_id is not null;
  create index operations_open on payapi.operations (created_at, id, state) where state in ('IN_PROGRESS', 'UNKNOWN');
  create index operations_by_settlement on payapi.operations (settled_at) where settled_at is not null;
  create table payapi.secrets (key_id text collate "C" not null primary key, sealed text collate "C" not null);
  create table payapi.clock (id integer not null primary key, shows bigint not null);
  insert into payapi.clock values (1, ${NOW});
  insert into payapi.secrets values ${secrets()}`

/** A row of one of these, and what differs in it. */
interface EarlierRow {
  readonly id: string
  readonly state: string
  readonly transactionId?: string
  readonly result?: string
  readonly resolution?: string
  readonly keys?: readonly Uint8Array[]
}

const text = (value: string | undefined): string => (value === undefined ? 'null' : `'${value}'`)

/** The last schema that a store had for itself, with rows of merchant `mid` and orders named after their ids. */
export function lastOwnVersion(kind: 'sqlite' | 'postgres', rows: readonly EarlierRow[]): string {
  const isSqlite = kind === 'sqlite'
  const yes = isSqlite ? '1' : 'true'
  const inserts = rows.map(({ id, state, transactionId, result, resolution, keys = KEYS }) => {
    const sealed = (value: string | undefined) => text(value && new Keyring(keys).seal(value, id))
    const lease = isSqlite ? '' : `, ${NOW}`
    return `insert into ${isSqlite ? '' : 'payapi.'}operations values ('${id}', 'chargeKeyedInCard', 'mid', 'shop', null, null,
      ${yes}, 'f', 'order-${id}', ${text(transactionId)}, '1004', ${yes}, ${yes}, 'owner-0', 1, ${NOW}${lease}, '${state}',
      ${NOW}, ${NOW}, ${sealed(result)}, ${sealed(resolution)})`
  })
  return [isSqlite ? SQLITE_3() : POSTGRES_2(), ...inserts].join(';\n')
}
