import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CREDENTIALS, facade, newFolder } from '../lib/facade.mjs'
import { fillJournal } from '../lib/fill-journal.mjs'
import { ROOT } from '../lib/prepare.mjs'
import { freePort, SCRATCH, start, stop } from '../lib/processes.mjs'
import { chargeOf } from '../lib/requests.mjs'
import { reportUpgrade } from '../report/upgrade.mjs'
import { fillPostgres } from '../stores/fill-postgres.mjs'
import { startPostgres } from '../stores/postgres-server.mjs'

const ASK_EVERY_MS = 100
const GIVE_UP_MS = 60 * 60 * 1_000

/** How long after the last change of the schema it is asked on, so that what is served is seen. */
const AFTERWARDS_MS = 3_000

/**
 * How long a journal of the last release's schema takes to be taken over by today's, and what answers meanwhile.
 * Takes the world and the options; returns the report.
 */
export async function upgrade(world, { quick, full, only }) {
  const entries = full ? 10_000_000 : quick ? 100_000 : 1_000_000
  const { port } = await world.ask('openStub', { name: 'upgrade' })
  const baseUrl = `http://127.0.0.1:${port}`
  const found = []
  if (only !== 'postgres') found.push(await ofSqlite(baseUrl, entries))
  if (only !== 'sqlite') {
    const postgres = await startPostgres()
    if (postgres === undefined) process.stdout.write('PostgreSQL is not installed here, so it is left out.\n')
    else found.push(await ofPostgres(postgres, baseUrl, entries))
  }
  return { ...reportUpgrade(found, entries), ...(only && { name: `upgrade-${only}` }) }
}

async function ofSqlite(baseUrl, entries) {
  const { sql, keys } = earlierJournal('sqlite')
  const folder = newFolder()
  const path = join(folder, 'journal.db')
  const { DatabaseSync } = createRequire(join(ROOT, 'package.json'))('@photostructure/sqlite')
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
  process.stdout.write(`filling an SQLite file with ${entries.toLocaleString('en-US')} operations …\n`)
  fillJournal(folder, entries)
  const command = journaled(baseUrl, { keys, url: pathToFileURL(path).href })
  const found = await watchStart(command, async () => true)
  rmSync(folder, { recursive: true })
  return { store: 'SQLite', ...found }
}

async function ofPostgres(postgres, baseUrl, entries) {
  const { sql, keys } = earlierJournal('postgres')
  try {
    for (const name of ['fresh', 'before']) await postgres.query(`create database ${name}`)
    const url = (name) => postgres.urlThrough(postgres.port, name)
    await watchStart(journaled(baseUrl, { keys, url: url('fresh') }), async () => true)
    const indexesOf = async (name) => JSON.stringify(await postgres.query(VALID_INDEXES, name))
    const wanted = await indexesOf('fresh')
    await postgres.query(sql, 'before')
    process.stdout.write(`filling PostgreSQL with ${entries.toLocaleString('en-US')} operations …\n`)
    await fillPostgres(url('before'), entries)
    const command = journaled(baseUrl, { keys, url: url('before') })
    return {
      store: `PostgreSQL ${postgres.version}`,
      ...(await watchStart(command, async () => (await indexesOf('before')) === wanted)),
    }
  } finally {
    await postgres.end()
  }
}

const VALID_INDEXES = `
  select c.relname as name, pg_get_indexdef(c.oid) as sql from pg_index i join pg_class c on c.oid = i.indexrelid
  join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'payapi' and i.indisvalid order by c.relname`

/** The SQL of a journal as the last release made it, and its keys; the tests know it, in TypeScript. */
function earlierJournal(kind) {
  const script = join(ROOT, 'bench/stores/earlier-journal.mjs')
  return JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', script, kind], { cwd: ROOT, encoding: 'utf8' }))
}

const journaled = (baseUrl, { keys, url }) =>
  facade(baseUrl, { journal: true, env: { PAYAPI_JOURNAL_KEYS: keys, PAYAPI_STORE_URL: url } })

/**
 * Starts a facade, and asks it whether it is ready and to charge, ten times a second, until it has charged and the schema
 * is as it shall be. Resolves to when that was and to all answers.
 */
async function watchStart({ command, args, cwd, env }, isDone) {
  const port = await freePort()
  const output = join(SCRATCH, `upgrade-${port}.log`)
  const child = start(command, args, {
    cwd,
    env: { ...env, PORT: String(port), HOST: '127.0.0.1' },
    output,
    core: 'any',
  })
  const begun = performance.now()
  const since = () => performance.now() - begun
  const answers = []
  const open = new Set()
  const ask = (what, action) => {
    const asked = since()
    const answer = action()
      .catch(() => 'no connection')
      .then((told) => answers.push({ what, asked, answered: since(), told }))
      .finally(() => open.delete(answer))
    open.add(answer)
  }
  const asking = setInterval(() => {
    ask('ready', () => ready(port))
    ask('charge', () => charge(port))
  }, ASK_EVERY_MS)
  let doneMs
  try {
    while (doneMs === undefined || since() < doneMs + AFTERWARDS_MS) {
      if (since() > GIVE_UP_MS || child.exitCode !== null) throw new Error('the facade did not take the journal over')
      const isServing = answers.some(({ what, told }) => what === 'charge' && told === 'charged')
      if (doneMs === undefined && isServing && (await isDone())) doneMs = since()
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
    }
  } finally {
    clearInterval(asking)
    await Promise.all(open)
    await stop(child)
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  return { doneMs, answers }
}

async function ready(port) {
  const response = await fetch(`http://127.0.0.1:${port}/health/ready`)
  await response.text()
  return String(response.status)
}

async function charge(port) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...CREDENTIALS },
    body: JSON.stringify(chargeOf(`upgrade-${Math.random().toString(36).replace(/\d/g, '').slice(2)}`)),
  })
  const { data, errors } = await response.json()
  const result = data?.chargeCardBillingKey
  if (result?.__typename === 'CardPayment') return 'charged'
  return result?.reason ?? errors?.[0]?.extensions?.code ?? 'no answer'
}
