import { connectPostgres } from './postgres-server.mjs'

const AT_ONCE = 1_000_000
const DAY_MS = 24 * 60 * 60 * 1_000

/** How an entry differs from the one it is made after, as in `fill-journal.mjs`. */
const OWN = {
  id: "'filled' || lpad(n::text, 9, '0') || substr(md5(n::text), 1, 10)",
  idempotency_key_hash: "encode(sha256(n::text::bytea), 'hex')",
  order_id: "'filled-' || n",
  transaction_id: "'Tfilled-' || n",
  created_at: 'spread',
  finished_at: 'spread + 300',
  settled_at: 'spread + 300',
}

/** Fills a journal in PostgreSQL, of whatever version, with copies of its one entry. Takes its URL and how many entries there shall be. */
export async function fillPostgres(url, wanted) {
  const client = await connectPostgres(url)
  const rows = async (sql) => (await client.query(sql)).rows
  // Nothing that is made here has to survive a crash, only to be there.
  await client.query("set synchronous_commit = off; set maintenance_work_mem = '256MB'")
  const columns = (
    await rows(
      "select column_name as name from information_schema.columns where table_schema = 'payapi' and table_name = 'operations'",
    )
  ).map(({ name }) => name)
  const indexes = await rows(
    "select indexname as name, indexdef as sql from pg_indexes where schemaname = 'payapi' and tablename = 'operations' and indexname <> 'operations_pkey'",
  )
  for (const { name } of indexes) await client.query(`drop index payapi.${name}`)
  const select = columns.map((name) => OWN[name] ?? `template.${name}`)
  const oldest = Date.now() - 20 * DAY_MS
  for (let from = 1; from < wanted; from += AT_ONCE) {
    const to = Math.min(wanted, from + AT_ONCE) - 1
    await client.query(`
      insert into payapi.operations (${columns.join(', ')})
      select ${select.join(', ')}
      from (select n, ${oldest} + n * ${Math.floor((20 * DAY_MS) / wanted)}::bigint as spread from generate_series(${from}, ${to}) as n) as numbers,
        (select * from payapi.operations where id = 'before') as template`)
  }
  for (const { sql } of indexes) await client.query(sql)
  await client.query('vacuum (analyze) payapi.operations')
  await client.query('checkpoint')
  await client.end()
}
