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

/** What version 4 added to these, as it stood in a journal. */
const VERSION_4 = (kind: 'sqlite' | 'postgres'): string => {
  const isSqlite = kind === 'sqlite'
  const schema = isSqlite ? '' : 'payapi.'
  const [word, whole, end] = isSqlite ? ['text', 'integer', ' strict'] : ['text collate "C"', 'bigint', '']
  const index = (table: string, name: string, rest: string) =>
    `create index ${table}_by_${name} on ${schema}${table} ${rest}`
  return [
    `alter table ${schema}operations rename column attempt to claim_attempt`,
    `alter table ${schema}operations add column request ${word}`,
    index('operations', 'transaction', '(transaction_id, merchant_id) where transaction_id is not null'),
    `create table ${schema}operation_events (operation_id ${word} not null, seq ${whole} not null, at ${whole} not null,
      kind ${word} not null, recorded_by ${word} not null, data ${word} not null, result_before ${word},
      constraint operation_events_pkey primary key (operation_id, seq))${end}`,
    `create table ${schema}notices (id ${word} not null primary key, kind ${word} not null, hash ${word} not null unique,
      merchant_id ${word} not null, link_id ${word}, event ${word}, order_id ${word}, transaction_id ${word},
      amount ${word}, account_hash ${word}, occurred_at ${whole}, received_at ${whole} not null,
      last_received_at ${whole} not null, times_received ${whole} not null, state ${word} not null,
      attempts ${whole} not null, due_at ${whole}, applied_at ${whole}, operation_id ${word}, exception ${word},
      acknowledged_at ${whole}, acknowledged_by ${word}, trust_address ${whole}, trust_signature ${whole},
      trust_matches ${whole}, content ${word}, escrow_answer ${word}, note ${word}, kept_from ${whole} not null)${end}`,
    index('notices', 'time', '(received_at, id)'),
    index('notices', 'transaction', '(transaction_id, merchant_id)'),
    index('notices', 'order', '(order_id, merchant_id)'),
    index('notices', 'operation', '(operation_id) where operation_id is not null'),
    index('notices', 'link', '(link_id) where link_id is not null'),
    index('notices', 'due', '(due_at) where due_at is not null'),
    index('notices', 'age', '(kept_from)'),
    `create table ${schema}sms_links (id ${word} not null primary key, token_hash ${word} not null unique,
      notice_token_hash ${word} not null unique, merchant_id ${word} not null, order_id ${word} not null,
      payment_method ${word} not null, amount ${word} not null, status ${word} not null, approval_operation_id ${word},
      transaction_id ${word}, exception ${word}, created_at ${whole} not null, expires_at ${whole} not null,
      paid_at ${whole}, content ${word} not null, kept_from ${whole} not null)${end}`,
    index('sms_links', 'order', '(order_id, merchant_id)'),
    index('sms_links', 'time', '(created_at, id)'),
    index('sms_links', 'approval', '(approval_operation_id)'),
    index('sms_links', 'age', '(kept_from)'),
    isSqlite ? 'pragma user_version = 4' : `comment on table payapi.operations is 'payapi-graphql journal, version 4'`,
  ].join(';\n')
}

/** The same rows in the first schema that both stores shared. */
export const version4 = (kind: 'sqlite' | 'postgres', rows: readonly EarlierRow[]): string =>
  `${lastOwnVersion(kind, rows)};\n${VERSION_4(kind)}`

/** What version 5 changed in that, as it stood in PostgreSQL. */
const VERSION_5 = `
  update payapi.sms_links set status = 'EXPIRED' where status = 'LINK_CREATED' and expires_at <= ${NOW};
  create index sms_links_by_expiry on payapi.sms_links (expires_at) where status = 'LINK_CREATED';
  create table payapi.webhook_events (id text collate "C" not null primary key, type text collate "C" not null,
    subject text collate "C" not null, sequence bigint not null, merchant_id text collate "C", order_id text collate "C",
    transaction_id text collate "C", operation_id text collate "C", notice_id text collate "C",
    created_at bigint not null, kept_from bigint not null);
  create unique index webhook_events_by_sequence on payapi.webhook_events (subject, sequence);
  create index webhook_events_by_age on payapi.webhook_events (kept_from);
  create table payapi.webhook_deliveries (id text collate "C" not null primary key, event_id text collate "C" not null,
    endpoint_id text collate "C" not null, subject text collate "C" not null, sequence bigint not null,
    state text collate "C" not null, attempts bigint not null, pending_since bigint not null, next_at bigint not null,
    lease_owner text collate "C", lease_until bigint, created_at bigint not null, last_at bigint,
    last_answer text collate "C", kept_from bigint not null);
  create index webhook_deliveries_by_event on payapi.webhook_deliveries (event_id);
  create index webhook_deliveries_by_time on payapi.webhook_deliveries (created_at, id);
  create index webhook_deliveries_by_age on payapi.webhook_deliveries (kept_from);
  create index webhook_deliveries_by_due on payapi.webhook_deliveries (endpoint_id, next_at, id) where state = 'PENDING';
  create index webhook_deliveries_by_subject on payapi.webhook_deliveries (endpoint_id, subject, sequence)
    where state = 'PENDING';
  create table payapi.webhook_endpoints (id text collate "C" not null primary key, url_hash text collate "C" not null,
    ended_at bigint not null);
  create index notices_by_merchant_open on payapi.notices (merchant_id)
    where exception is not null and acknowledged_at is null;
  alter table payapi.operations rename column claim_attempt to attempt_number;
  comment on table payapi.operations is 'payapi-graphql journal, version 5'`

/** The same rows in the schema of PostgreSQL with an index over what the end of an operation changes. */
export const version5 = (rows: readonly EarlierRow[]): string => `${version4('postgres', rows)};\n${VERSION_5}`
