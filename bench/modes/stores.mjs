import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { facade, newFolder } from '../lib/facade.mjs'
import { warmUpOf } from '../lib/figures.mjs'
import { CONNECTIONS, load, withServer } from '../lib/measure.mjs'
import { graphqlCharge } from '../lib/requests.mjs'
import { processUsage } from '../lib/usage.mjs'
import { reportStores } from '../report/stores.mjs'
import { delayingProxy } from '../stores/delaying-proxy.mjs'
import { canCount, countFlushes, diskFlushes } from '../stores/flushes.mjs'
import { connectPostgres, startPostgres } from '../stores/postgres-server.mjs'

const IN_FLIGHT = [1, 8, 64, 256]
const RATES = [500, 2_000]
const RATE_CONNECTIONS = 256
const AWAY_MS = 5
const FLUSHES_BEFORE_EACH = 40
const ROUND_TRIPS_BEFORE_EACH = 10

/** Whose flushes are counted: with the database far away they are those of the near one. */
const COUNTED = ['sqlite', 'shared', 'near']

/** How often all is measured, for each round asked for. */
const TURNS = 2

/** All cores for everybody: a facade has a thread for its SQLite file, and PostgreSQL a process for each connection. */
const CORES = 'any'

const request = graphqlCharge()

/**
 * What the journal costs in each store, beside what no store can do without: two flushes of the disk, and the round trip
 * to the database. All run side by side, and are loaded for a moment each, again and again.
 * Takes the world and the options; returns the report.
 */
export async function compareStores(world, { quick, rounds, only }) {
  const { port } = await world.ask('openStub', { name: 'stores' })
  const postgres = only === 'sqlite' ? undefined : await startPostgres()
  const proxy = postgres && (await delayingProxy(postgres.port, AWAY_MS))
  if (postgres === undefined && only !== 'sqlite')
    process.stdout.write('PostgreSQL is not installed here, so it is left out.\n')
  const all = await storesOf(`http://127.0.0.1:${port}`, postgres, proxy)
  const entries = only === 'postgres' ? all.filter(({ env }) => env === undefined) : all
  try {
    const counting = canCount()
    if (!counting) process.stdout.write('strace is not here or may not look on, so flushes are not counted.\n')
    const wires = await Promise.all(
      entries.filter(({ url }) => url).map(async (entry) => [entry, await connectPostgres(entry.url)]),
    )
    const measure = { world, quick, proxy, postgres, wires: new Map(wires) }
    await withFacades(world, entries, async (servers) => {
      for (const server of servers) await warmUp(measure, server)
      for (let turn = 0; turn < (quick ? 1 : rounds * TURNS); turn++) await measureInTurn(measure, servers, turn)
      if (counting) for (const server of servers) await countInTurn(measure, server)
    })
    for (const [, client] of wires) await client.end()
  } finally {
    proxy?.end()
    await postgres?.end()
  }
  const report = reportStores(
    entries.map(({ env, url, isPostgres, ...entry }) => entry),
    { postgresVersion: postgres?.version, awayMs: AWAY_MS },
  )
  return { ...report, ...(only && { name: `stores-${only}` }) }
}

/** Takes the gateway's URL, PostgreSQL and the proxy; resolves to what is compared. The first has no journal. */
async function storesOf(baseUrl, postgres, proxy) {
  const entry = (name, { env, url, ...others } = {}) => ({
    name,
    env,
    url,
    ...others,
    command: () =>
      facade(baseUrl, {
        journal: env !== undefined || url !== undefined,
        env: { PAYAPI_KEEP_ALIVE: 'all', PAYAPI_MAX_IN_FLIGHT: '1024', ...env, ...(url && { PAYAPI_STORE_URL: url }) },
      }),
    windows: [],
    flushes: {},
  })
  const entries = [
    entry('journal off', { kind: 'off' }),
    entry('SQLite, one process', { kind: 'sqlite', env: inFile() }),
    entry('SQLite, two workers', { kind: 'shared', env: { ...inFile(), PAYAPI_WORKERS: '2' } }),
  ]
  if (postgres !== undefined) {
    for (const name of ['near', 'far']) await postgres.query(`create database ${name}`)
    entries.push(
      entry('PostgreSQL, near', { kind: 'near', isPostgres: true, url: postgres.urlThrough(postgres.port, 'near') }),
      entry(`PostgreSQL, ${AWAY_MS} ms away`, {
        kind: 'far',
        isPostgres: true,
        url: postgres.urlThrough(proxy.port, 'far'),
      }),
    )
  }
  const given = process.env.BENCH_STORE_URL
  // The URL may hold a password.
  if (given?.startsWith('postgres')) entries.push(entry('BENCH_STORE_URL', { kind: 'given', url: given }))
  return entries
}

const inFile = () => ({ PAYAPI_STORE_URL: pathToFileURL(join(newFolder(), 'journal.db')).href })

/** Starts all, does something with them, and ends them. */
function withFacades(world, entries, action, running = []) {
  const [entry, ...others] = entries
  if (entry === undefined) return action(running)
  process.stdout.write(`starting: ${entry.name}\n`)
  return withServer(
    world,
    entry.command,
    request,
    ({ port, pid }) => withFacades(world, others, action, [...running, { entry, port, pid }]),
    CORES,
  )
}

const common = ({ port, pid }) => ({ port, pid, request, tree: true, everyLatency: true, sharesCore: true })

async function warmUp({ world, quick }, server) {
  const spans = { warmUp: warmUpOf(quick), measured: { ms: 100 } }
  await load(world, { ...common(server), connections: CONNECTIONS, ...spans })
}

async function measureInTurn(measure, servers, turn) {
  for (const load of [
    ...IN_FLIGHT.map((connections) => ({ point: `${connections}`, connections })),
    ...RATES.map((rate) => ({ point: `${rate}/s`, connections: RATE_CONNECTIONS, rate })),
  ]) {
    process.stdout.write(`turn ${turn + 1}, ${load.point}${load.rate === undefined ? ' in flight' : ''}:`)
    // Up and down, so that nobody always comes after the same one.
    for (const server of turn % 2 === 0 ? servers : [...servers].reverse()) {
      const window = await measured(measure, server, load)
      server.entry.windows.push({ turn, ...window })
      process.stdout.write(` ${server.entry.name} ${window.p50?.toFixed(2)} ms;`)
    }
    process.stdout.write('\n')
  }
}

async function measured({ world, quick, postgres, proxy, wires }, server, { point, ...how }) {
  const { entry } = server
  const flushMs = diskFlushes(FLUSHES_BEFORE_EACH)
  const roundTripMs = wires.has(entry) ? await roundTrips(wires.get(entry)) : []
  await world.ask('stubFacts', { name: 'stores' })
  proxy?.takeRoundTrips()
  const before = entry.isPostgres && processUsage(postgres.pid, true).cpuMs
  const spans = { warmUp: { ms: quick ? 100 : 200 }, measured: { ms: quick ? 500 : 1_200 } }
  // Not `load` of measure.mjs: that a store refuses what is too much for it is a result.
  const result = await world.ask('load', { ...common(server), ...spans, ...how })
  if (result.requests > 0 && result.wrong >= result.requests)
    throw new Error(`${entry.name}:\n${result.wrongAnswers.join('\n')}`)
  const { requests: calls } = await world.ask('stubFacts', { name: 'stores' })
  return {
    point,
    p50: result.latency.p50,
    latencies: result.latency.all,
    perSecond: result.perSecond,
    refusedShare: result.wrong / Math.max(result.requests, result.wrong, 1),
    cpuMicros: result.requests > 0 ? result.cpuMicros : undefined,
    flushMs,
    roundTripMs,
    ...(entry.isPostgres && { storeCpuMicros: ((processUsage(postgres.pid, true).cpuMs - before) * 1_000) / calls }),
    ...(entry.kind === 'far' && { roundTrips: proxy.takeRoundTrips() / calls }),
  }
}

/** The round trips to a database, in milliseconds: a statement that does nothing. */
async function roundTrips(client) {
  const times = []
  for (let count = 0; count < ROUND_TRIPS_BEFORE_EACH; count++) {
    const begun = performance.now()
    await client.query('select')
    times.push(performance.now() - begun)
  }
  return times
}

/** Whoever flushes a store's disk is looked on, which slows it: so in a run of its own. */
async function countInTurn({ world, quick, postgres }, server) {
  const { entry, pid } = server
  if (!COUNTED.includes(entry.kind)) return
  for (const connections of IN_FLIGHT) {
    await world.ask('stubFacts', { name: 'stores' })
    const spans = { warmUp: {}, measured: { ms: quick ? 400 : 1_500 } }
    const flushes = await countFlushes(entry.isPostgres ? postgres.pid : pid, () =>
      world.ask('load', { ...common(server), connections, ...spans }),
    )
    entry.flushes[connections] = flushes / (await world.ask('stubFacts', { name: 'stores' })).requests
  }
  process.stdout.write(`flushes for each call, ${entry.name}: ${JSON.stringify(entry.flushes)}\n`)
}
