import { facade } from '../lib/facade.mjs'
import { CONNECTIONS, load, withServer } from '../lib/measure.mjs'
import { CORES } from '../lib/processes.mjs'
import { graphqlCharge } from '../lib/requests.mjs'
import { rounded } from '../lib/statistics.mjs'
import { markdownTable } from '../report/table.mjs'

const PROCESSES = 2
const PART = { warmUp: { ms: 3_000, count: 20_000 }, measured: { ms: 5_000 } }

/** One process against two, on all cores, over fresh connections. Takes the world; returns the report. */
export async function workers(world) {
  if (CORES.length < 2) {
    process.stdout.write('Skipped: one core only, so there is nothing to share out.\n')
    return undefined
  }
  const { port } = await world.ask('openStub', { name: 'workers' })
  const baseUrl = `http://127.0.0.1:${port}`
  const workers = { PAYAPI_WORKERS: String(PROCESSES) }
  const rows = [
    { name: 'one process', ...(await one(world, baseUrl, {})) },
    { name: `PAYAPI_WORKERS=${PROCESSES}`, ...(await one(world, baseUrl, workers)) },
    { name: `${PROCESSES} processes on ports of their own`, ...(await two(world, baseUrl)) },
  ]
  return { json: { rows: rows.map(short) }, markdown: table(rows), sharesCores: true }
}

const request = graphqlCharge()

function one(world, baseUrl, env) {
  const action = ({ port, pid }) =>
    load(world, { port, pid, request, tree: true, connections: 2 * CONNECTIONS, ...PART })
  return withServer(world, facade(baseUrl, { env }), request, action, 'any')
}

/** As behind a load balancer: each process has its half of the callers. */
function two(world, baseUrl) {
  const start = (action) => withServer(world, facade(baseUrl), request, action, 'any')
  return start((first) =>
    start(async (second) => {
      const half = ({ port, pid }) => load(world, { port, pid, request, connections: CONNECTIONS, ...PART })
      const halves = await Promise.all([half(first), half(second)])
      const sum = (name) => halves[0][name] + halves[1][name]
      return {
        perSecond: sum('perSecond'),
        serverBusy: sum('serverBusy'),
        memoryMb: sum('memoryMb'),
        worldBusy: Math.max(...halves.map(({ worldBusy }) => worldBusy)),
        cpuMicros: (sum('serverBusy') * 1e6) / sum('perSecond'),
        latency: {
          p50: Math.max(...halves.map(({ latency }) => latency.p50)),
          p99: Math.max(...halves.map(({ latency }) => latency.p99)),
        },
      }
    }),
  )
}

const FIGURES = ['perSecond', 'cpuMicros', 'serverBusy', 'worldBusy', 'memoryMb']

const short = (row) => ({
  name: row.name,
  ...Object.fromEntries(FIGURES.map((name) => [name, rounded(row[name])])),
  p50: rounded(row.latency.p50),
  p99: rounded(row.latency.p99),
})

function table(rows) {
  const heads = [
    '',
    'calls/s',
    '× one',
    'CPU µs a call',
    'cores busy',
    'core of the load busy',
    'MB',
    'p50 ms',
    'p99 ms',
  ]
  const body = rows.map((row) => [
    row.name,
    String(rounded(row.perSecond)),
    String(rounded(row.perSecond / rows[0].perSecond)),
    ...FIGURES.slice(1).map((name) => String(rounded(row[name]))),
    String(rounded(row.latency.p50)),
    String(rounded(row.latency.p99)),
  ])
  const cores = CORES.length
  const note = `The load generator and the gateway take their share of the same ${cores} cores.`
  return `### One process and two, ${cores} cores\n\n${markdownTable(heads, body)}\n\n${note}`
}
