/** The schema that holds the journal, so that rights and dumps can take it as one. */
export const POSTGRES_SCHEMA_NAME = 'payapi'

export const OPERATIONS_TABLE = 'operations'

/** The table of operations, with its schema. */
export const OPERATIONS = `${POSTGRES_SCHEMA_NAME}.${OPERATIONS_TABLE}`

export const OPERATION_EVENTS = `${POSTGRES_SCHEMA_NAME}.operation_events`

export const ANSWERED_TRANSACTIONS = `${POSTGRES_SCHEMA_NAME}.answered_transactions`

export const SMS_LINKS = `${POSTGRES_SCHEMA_NAME}.sms_links`

export const CLOCK = `${POSTGRES_SCHEMA_NAME}.clock`

export const SECRETS = `${POSTGRES_SCHEMA_NAME}.secrets`

/** The last version of this store alone: what follows is the same in both, see `migrations.ts` of the schema. */
export const POSTGRES_VERSION = 2

/** Marks the table of operations as of a version. */
export const commentSql = (version: number): string =>
  `comment on table ${OPERATIONS} is 'payapi-graphql journal, version ${version}'`

/** The version that a table's comment tells; undefined where it is none of ours. */
export function versionIn(comment: string): number | undefined {
  const [, version] = /^payapi-graphql journal, version ([1-9]\d{0,8})$/.exec(comment) ?? []
  return version === undefined ? undefined : Number(version)
}

/** Instances that start at once take this advisory lock before they create anything ('PAYJ' as a number). */
export const SCHEMA_LOCK = 0x5041594a

// Times are milliseconds, as the program counts them; text is compared byte by byte, whatever language a database is in.
const TEXT = 'text collate "C"'

/** The journal's own secret, sealed under each of the keys that it was ever opened with. */
export const SECRETS_TABLE = `create table ${SECRETS} (key_id ${TEXT} not null primary key, sealed ${TEXT} not null);`

/** The journal's own clock: one row. */
export const CLOCK_TABLE = `create table ${CLOCK} (id integer not null primary key, shows bigint not null);`

/** What it shows. */
export const CLOCK_SHOWS = `(select shows from ${CLOCK})`

/** The server's time, in milliseconds since 1970. */
export const SERVER_NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint'

/**
 * What is created in an empty schema, of that version. The two unique indexes decide every race. A withdrawn row is none to anybody who
 * looks: it only keeps a claim that is executed late, for a caller long gone, from coming into force.
 * `lease_until` is by the server's clock, `settled_at`, when it became final, by the journal's own.
 */
export const POSTGRES_SCHEMA = `
  create table ${OPERATIONS} (
    id ${TEXT} not null primary key,
    service ${TEXT} not null,
    merchant_id ${TEXT} not null,
    caller ${TEXT} not null,
    idempotency_key_hash ${TEXT},
    idempotency_key_prefix ${TEXT},
    holds_key boolean not null,
    fingerprint ${TEXT} not null,
    order_id ${TEXT},
    transaction_id ${TEXT},
    amount ${TEXT},
    claims_order boolean not null,
    holds_order boolean not null,
    owner ${TEXT} not null,
    attempt bigint not null,
    created_at bigint not null,
    lease_until bigint not null,
    state ${TEXT} not null check (state in ('IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'UNKNOWN', 'WITHDRAWN')),
    finished_at bigint,
    settled_at bigint,
    result ${TEXT},
    resolution ${TEXT}
  );
  ${commentSql(POSTGRES_VERSION)};

  create unique index operations_by_key on ${OPERATIONS} (caller, merchant_id, service, idempotency_key_hash)
    where idempotency_key_hash is not null and holds_key;
  create unique index operations_by_claimed_order on ${OPERATIONS} (merchant_id, order_id)
    where order_id is not null and claims_order and holds_order;

  create index operations_by_time on ${OPERATIONS} (created_at, id);
  create index operations_by_merchant on ${OPERATIONS} (merchant_id, created_at, id);
  create index operations_by_order on ${OPERATIONS} (order_id, created_at, id) where order_id is not null;
  create index operations_open on ${OPERATIONS} (created_at, id, state) where state in ('IN_PROGRESS', 'UNKNOWN');
  create index operations_by_settlement on ${OPERATIONS} (settled_at) where settled_at is not null;

  ${SECRETS_TABLE}
  ${CLOCK_TABLE}
  insert into ${CLOCK} values (1, 0);
`
