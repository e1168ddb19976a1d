/** Marks a file as a journal of this facade ('PAYJ'); stands in SQLite's header. */
export const APPLICATION_ID = 0x5041594a

/** The last version of this store alone: what follows is the same in both, see `migrations.ts` of the schema. */
export const SQLITE_VERSION = 3

// The states one by one: a list would be made into a table of its own for every row that is written.
export const OPERATIONS_TABLE = `
  create table operations (
    id text not null primary key,
    service text not null,
    merchant_id text not null,
    caller text not null,
    idempotency_key_hash text,
    idempotency_key_prefix text,
    holds_key integer not null,
    fingerprint text not null,
    order_id text,
    transaction_id text,
    amount text,
    claims_order integer not null,
    holds_order integer not null,
    owner text not null,
    attempt integer not null,
    created_at integer not null,
    state text not null
      check (state = 'IN_PROGRESS' or state = 'SUCCEEDED' or state = 'FAILED' or state = 'UNKNOWN'),
    finished_at integer,
    settled_at integer,
    result text,
    resolution text
  ) strict;
`

/** Its indexes. */
// Every operation with an order stands in one of two indexes, most for all their life in the first. A second one for all
// would cost as much again, since orders come in no order.
export const OPERATIONS_INDEXES = `
  create unique index operations_by_key on operations (caller, merchant_id, service, idempotency_key_hash)
    where idempotency_key_hash is not null and holds_key = 1;
  create unique index operations_by_claimed_order on operations (order_id, merchant_id)
    where order_id is not null and claims_order = 1 and holds_order = 1;
  create index operations_by_other_order on operations (order_id, created_at, id)
    where order_id is not null and (claims_order = 0 or holds_order = 0);

  create index operations_by_time on operations (created_at, id);
  create index operations_by_merchant on operations (merchant_id, created_at, id);
  create index operations_open on operations (created_at, id, state) where state in ('IN_PROGRESS', 'UNKNOWN');
`

/** The journal's own secret, sealed under each of the keys that it was ever opened with. */
export const SECRETS_TABLE = 'create table secrets (key_id text not null primary key, sealed text not null) strict;'

/** How many transactions there were since the journal began: what `HighWaterMark` compares. */
export const PROGRESS_TABLE = `
  create table progress (id integer not null primary key, transactions integer not null) strict;
  insert into progress (id, transactions) values (1, 0);
`

/** The journal's own clock: one row. */
export const CLOCK_TABLE = 'create table clock (id integer not null primary key, shows integer not null) strict;'

/**
 * The schema of that version. The two unique indexes decide every race: an operation that gives up its key or its order keeps the text
 * for people to read, and leaves the index. `settled_at` is when it became final, which a resolution may do late, by the
 * journal's own clock.
 */
export const SQLITE_SCHEMA = `
  ${OPERATIONS_TABLE}
  ${OPERATIONS_INDEXES}
  ${SECRETS_TABLE}
  ${PROGRESS_TABLE}
  ${CLOCK_TABLE}
  insert into clock values (1, 0);

  pragma application_id = ${APPLICATION_ID};
  pragma user_version = ${SQLITE_VERSION};
`
