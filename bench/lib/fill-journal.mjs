import { closeSync, fsyncSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './prepare.mjs'

const AT_ONCE = 100_000
const DAY_MS = 24 * 60 * 60 * 1_000

/**
 * How an entry of each table differs from the one it is made after, or what it is where it is made after none; `n` counts,
 * `spread` is when it was made, within the last 20 days.
 */
const TABLES = {
  operations: {
    after: "select * from operations where state = 'SUCCEEDED' limit 1",
    id: "printf('filled%09d', n) || lower(hex(randomblob(5)))",
    idempotency_key_hash: 'lower(hex(randomblob(22)))',
    order_id: "'filled-' || n",
    transaction_id: "'Tfilled-' || n",
    created_at: 'spread',
    finished_at: 'spread + 300',
    settled_at: 'spread + 300',
  },
  operation_events: {
    operation_id: "'filled-' || n",
    seq: '1',
    at: 'spread',
    kind: "'RESOLVED'",
    recorded_by: "'somebody'",
    data: 'hex(randomblob(60))',
  },
  notices: {
    id: "printf('filled%09d', n)",
    kind: "'VIRTUAL_ACCOUNT'",
    hash: "printf('%09d', n) || hex(randomblob(12))",
    merchant_id: "'BM00000000'",
    order_id: "'filled-' || n",
    transaction_id: "'Tfilled-' || n",
    received_at: 'spread',
    last_received_at: 'spread',
    times_received: '1',
    state: "'APPLIED'",
    attempts: '1',
    applied_at: 'spread',
    content: 'hex(randomblob(150))',
    kept_from: 'spread',
  },
  sms_links: {
    id: "printf('filled%09d', n)",
    token_hash: "printf('%09d', n) || hex(randomblob(12))",
    notice_token_hash: "printf('%09d', n) || hex(randomblob(12))",
    merchant_id: "'BM00000000'",
    order_id: "'filled-' || n",
    payment_method: "'CARD'",
    amount: "'1004'",
    status: "'PAID'",
    transaction_id: "'Tfilled-' || n",
    created_at: 'spread',
    expires_at: 'spread + 1000000',
    content: 'hex(randomblob(150))',
    kept_from: 'spread',
  },
  webhook_events: {
    id: "printf('filled%09d', n)",
    type: "'payment.approved'",
    subject: "'filled-' || n",
    sequence: '1',
    merchant_id: "'BM00000000'",
    order_id: "'filled-' || n",
    transaction_id: "'Tfilled-' || n",
    operation_id: "'filled-' || n",
    created_at: 'spread',
    kept_from: 'spread',
  },
  webhook_deliveries: {
    id: "printf('filled%09d.shop', n)",
    event_id: "printf('filled%09d', n)",
    endpoint_id: "'shop'",
    subject: "'filled-' || n",
    sequence: '1',
    state: "'DELIVERED'",
    attempts: '1',
    pending_since: 'spread',
    next_at: 'spread',
    created_at: 'spread',
    last_at: 'spread',
    last_answer: "'204'",
    kept_from: 'spread',
  },
}

/** All tables but the operations themselves. */
export const OTHER_TABLES = Object.keys(TABLES).filter((name) => name !== 'operations')

/**
 * Fills tables of a journal that a facade has made, and that none has open; operations are copies of one of its own.
 * Takes its folder, how many entries there shall be in each table, and which tables.
 */
export function fillJournal(folder, wanted, tables = ['operations']) {
  const { DatabaseSync } = createRequire(join(ROOT, 'package.json'))('@photostructure/sqlite')
  const path = join(folder, 'journal.db')
  const database = new DatabaseSync(path)
  // Neither is remembered in the file: the facade that opens it next flushes as ever.
  database.exec('pragma synchronous = off; pragma journal_mode = memory; pragma cache_size = -400000')
  for (const table of tables) fillTable(database, table, wanted)
  database.close()
  // Or the facade's first flush would wait until the system has written all of it.
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

function fillTable(database, table, wanted) {
  const { after, ...own } = TABLES[table]
  const columns = database
    .prepare('select name from pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name)
  const select = columns.map((name) => own[name] ?? (after === undefined ? 'null' : `template.${name}`))
  const insert = database.prepare(`
    insert into ${table} (${columns.join(', ')})
    with recursive numbers(n) as (select cast(? as integer) union all select n + 1 from numbers where n + 1 < ?),
      template as (${after ?? 'select 1'})
    select ${select.join(', ')}
    from (select n, cast(? + n * ? as integer) as spread from numbers), template`)
  // Made anew at the end: to add to each with each row would take ten times as long.
  const indexes = database
    .prepare("select name, sql from sqlite_schema where tbl_name = ? and type = 'index' and sql is not null")
    .all(table)
  for (const { name } of indexes) database.exec(`drop index ${name}`)
  const { present } = database.prepare(`select count(*) as present from ${table}`).get()
  const oldest = Date.now() - 20 * DAY_MS
  const step = (20 * DAY_MS) / wanted
  for (let from = present; from < wanted; from += AT_ONCE) {
    insert.run(from, Math.min(wanted, from + AT_ONCE), oldest, step)
  }
  for (const { sql } of indexes) database.exec(sql)
}
