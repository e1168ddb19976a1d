import { setTimeout as delay } from 'node:timers/promises'
import { facade } from '../lib/facade.mjs'
import { CONNECTIONS, load, withServer } from '../lib/measure.mjs'
import { graphqlCharge } from '../lib/requests.mjs'
import { rounded } from '../lib/statistics.mjs'
import { processUsage } from '../lib/usage.mjs'
import { markdownTable } from '../report/table.mjs'

const IN_FLIGHT = 2_000
const GATEWAY_MS = 300
const MOST_MB = 100

const SLOW_CALLS = 8
const SLOW_MS = 5_000
const RATE = 500

const WAYS = { kept: { PAYAPI_KEEP_ALIVE: 'all' }, fresh: {} }

/** Many calls in flight at a slow gateway, and slow answers among fast ones. Takes the world; returns the report. */
export async function concurrency(world) {
  const { port } = await world.ask('openStub', { name: 'slow', delayMs: GATEWAY_MS })
  const baseUrl = `http://127.0.0.1:${port}`
  const many = []
  const mixed = []
  for (const [way, env] of Object.entries(WAYS)) {
    process.stdout.write(`${IN_FLIGHT} calls in flight, ${way} connections …\n`)
    many.push({ way, ...(await manyInFlight(world, baseUrl, env)) })
    process.stdout.write(`slow answers among fast ones, ${way} connections …\n`)
    mixed.push({ way, ...(await slowAmongFast(world, baseUrl, env)) })
  }
  return {
    json: { many: many.map(round), mixed: mixed.map(round) },
    markdown: `${manyTable(many)}\n\n${mixedTable(mixed)}`,
  }
}

async function manyInFlight(world, baseUrl, env) {
  await world.ask('setDelay', { name: 'slow', delayMs: GATEWAY_MS, slowMs: 0 })
  const request = graphqlCharge()
  const command = facade(baseUrl, { env: { ...env, PAYAPI_MAX_IN_FLIGHT: '2500' } })
  return withServer(world, command, request, async ({ port, pid }) => {
    const common = { port, pid, request }
    // What compiled code and a used heap take is not what calls in flight take.
    await load(world, { ...common, connections: CONNECTIONS, warmUp: {}, measured: { ms: 3_000 } })
    await delay(1_000)
    const idleMb = processUsage(pid).memoryMb
    await world.ask('stubFacts', { name: 'slow' })
    const result = await load(world, {
      ...common,
      connections: IN_FLIGHT,
      warmUp: { ms: 3_000 },
      measured: { ms: 6_000 },
    })
    const { mostInFlight } = await world.ask('stubFacts', { name: 'slow' })
    const peakMb = Math.max(...result.memory.map(({ memoryMb }) => memoryMb))
    const { p50, p99 } = result.latency
    return { mostInFlight, perSecond: result.perSecond, p50, p99, serverBusy: result.serverBusy, idleMb, peakMb }
  })
}

async function slowAmongFast(world, baseUrl, env) {
  await world.ask('setDelay', { name: 'slow', delayMs: 0, slowMs: SLOW_MS })
  const request = graphqlCharge()
  return withServer(world, facade(baseUrl, { env }), request, async ({ port, pid }) => {
    const common = { port, pid, request, connections: CONNECTIONS, rate: RATE }
    const fast = () => load(world, { ...common, warmUp: { ms: 1_000 }, measured: { ms: SLOW_MS - 1_500 } })
    await fast()
    const alone = await fast()
    const slow = { port, pid, request: graphqlCharge({ orderPrefix: 'slow' }), connections: SLOW_CALLS }
    const slowCalls = load(world, { ...slow, warmUp: {}, measured: { count: SLOW_CALLS } })
    const among = await fast()
    const { latency } = await slowCalls
    return {
      aloneP50: alone.latency.p50,
      aloneP99: alone.latency.p99,
      amongP50: among.latency.p50,
      amongP99: among.latency.p99,
      slowP50: latency.p50,
    }
  })
}

const round = (row) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? rounded(value) : value]),
  )

function manyTable(rows) {
  const heads = [
    'connections',
    'most in flight',
    'calls/s',
    'p50 ms',
    'p99 ms',
    'core busy',
    'MB idle',
    'MB at most',
    'above idle',
    '',
  ]
  const body = rows.map((row) => [
    row.way,
    String(row.mostInFlight),
    ...['perSecond', 'p50', 'p99', 'serverBusy', 'idleMb', 'peakMb'].map((name) => String(rounded(row[name]))),
    String(rounded(row.peakMb - row.idleMb)),
    row.peakMb - row.idleMb < MOST_MB ? `below ${MOST_MB}` : `NOT below ${MOST_MB}`,
  ])
  return `### ${IN_FLIGHT} callers at once, a gateway that takes ${GATEWAY_MS} ms\n\n${markdownTable(heads, body)}`
}

function mixedTable(rows) {
  const heads = [
    'connections',
    'fast alone: p50 ms',
    'p99 ms',
    'among slow ones: p50 ms',
    'p99 ms',
    'the slow ones: p50 ms',
  ]
  const names = ['aloneP50', 'aloneP99', 'amongP50', 'amongP99', 'slowP50']
  const body = rows.map((row) => [row.way, ...names.map((name) => String(rounded(row[name])))])
  return `### ${RATE} fast calls a second, ${SLOW_CALLS} answers of ${SLOW_MS / 1_000} s among them\n\n${markdownTable(heads, body)}`
}
