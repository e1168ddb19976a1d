import { closeSync, fsyncSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './prepare.mjs'

const AT_ONCE = 100_000
const DAY_MS = 24 * 60 * 60 * 1_000

/** How an entry differs from the one it is made after; `n` counts, `spread` is when it was made, within the last 20 days. */
const OWN = {
  id: "printf('filled%09d', n) || lower(hex(randomblob(5)))",
  idempotency_key_hash: 'lower(hex(randomblob(22)))',
  order_id: "'filled-' || n",
  transaction_id: "'Tfilled-' || n",
  created_at: 'spread',
  finished_at: 'spread + 300',
  settled_at: 'spread + 300',
}

/**
 * Fills a journal that a facade has made, and that none has open, with copies of one of its entries.
 * Takes its folder and how many entries there shall be.
 */
export function fillJournal(folder, wanted) {
  const { DatabaseSync } = createRequire(join(ROOT, 'package.json'))('@photostructure/sqlite')
  const path = join(folder, 'journal.db')
  const database = new DatabaseSync(path)
  // Neither is remembered in the file: the facade that opens it next flushes as ever.
  database.exec('pragma synchronous = off; pragma journal_mode = memory; pragma cache_size = -400000')
  const columns = database
    .prepare("select name from pragma_table_info('operations')")
    .all()
    .map(({ name }) => name)
  const select = columns.map((name) => OWN[name] ?? `template.${name}`)
  const insert = database.prepare(`
    insert into operations (${columns.join(', ')})
    with recursive numbers(n) as (select cast(? as integer) union all select n + 1 from numbers where n + 1 < ?),
      template as (select * from operations where state = 'SUCCEEDED' limit 1)
    select ${select.join(', ')}
    from (select n, cast(? + n * ? as integer) as spread from numbers), template`)
  // Made anew at the end: to add to each with each row would take ten times as long.
  const indexes = database
    .prepare("select name, sql from sqlite_schema where tbl_name = 'operations' and type = 'index' and sql is not null")
    .all()
  for (const { name } of indexes) database.exec(`drop index ${name}`)
  const { present } = database.prepare('select count(*) as present from operations').get()
  const oldest = Date.now() - 20 * DAY_MS
  const step = (20 * DAY_MS) / wanted
  for (let from = present; from < wanted; from += AT_ONCE) {
    insert.run(from, Math.min(wanted, from + AT_ONCE), oldest, step)
  }
  for (const { sql } of indexes) database.exec(sql)
  database.close()
  // Or the facade's first flush would wait until the system has written all of it.
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}
