import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { followPayment, followWork } from '../lib/event-streams.mjs'
import { facade, newFolder } from '../lib/facade.mjs'
import { fillJournal, OTHER_TABLES } from '../lib/fill-journal.mjs'
import { CONNECTIONS, load, withServer } from '../lib/measure.mjs'
import { escrowLookups, graphqlCharge } from '../lib/requests.mjs'
import { median } from '../lib/statistics.mjs'
import { reportCurves } from '../report/curves.mjs'

const KEEP_ALIVE = { PAYAPI_KEEP_ALIVE: 'all' }
const WINDOWS = 3
const windowOf = (quick) => ({ ms: quick ? 500 : 1_000 })

// High enough for a thousand lookups in one request.
const WIDE_LIMITS = {
  PAYAPI_MAX_ALIASES: '10000',
  PAYAPI_MAX_TOKENS: '100000',
  PAYAPI_MAX_COST: '100000000',
  PAYAPI_MAX_BODY_BYTES: '1000000',
  PAYAPI_MAX_IN_FLIGHT: '2000',
}

/** Since each is an entry more. */
const FEW_REQUESTS = { warmUp: { count: 2_000 }, window: { count: 2_000 } }

const CURVES = [
  {
    name: 'merchants',
    title: 'Merchants in the configuration',
    xName: 'merchants',
    points: ({ quick }) => (quick ? [1, 10_000] : [1, 10, 100, 1_000, 10_000]),
    async measure(world, baseUrl, count, quick) {
      const command = facade(baseUrl, { merchantCount: count, env: KEEP_ALIVE })
      const parts = { input: { merchantId: '{merchant}' }, expects: ['"merchantId":"{merchant}"'], merchants: count }
      return measured(world, command, graphqlCharge(parts), { window: windowOf(quick) })
    },
  },
  {
    name: 'aliases',
    title: 'Lookups in one request',
    xName: 'aliases of escrowStatus in one request, each with a call of its own',
    points: ({ quick }) => (quick ? [1, 1_000] : [1, 3, 10, 30, 100, 300, 1_000]),
    async measure(world, baseUrl, count, quick) {
      const connections = Math.max(1, Math.round(CONNECTIONS / count))
      const command = facade(baseUrl, { env: WIDE_LIMITS })
      return measured(world, command, escrowLookups(count), { calls: count, connections, window: windowOf(quick) })
    },
  },
  {
    name: 'journal',
    title: 'Entries in the journal',
    xName: 'entries in the journal (SQLite) before the run',
    points: ({ quick, full }) => [
      ...(quick ? [10, 100_000] : [10, 100, 1_000, 10_000, 100_000, 1_000_000]),
      ...(full ? [10_000_000] : []),
    ],
    async measure(world, baseUrl, count) {
      const folder = newFolder()
      const command = facade(baseUrl, { journal: true, folder, env: KEEP_ALIVE })
      // The facade makes the file and one entry after which the others are made.
      await withServer(world, command, graphqlCharge(), () => {})
      await fillJournal(folder, count)
      const found = await measured(world, command, graphqlCharge(), FEW_REQUESTS)
      rmSync(folder, { recursive: true })
      return found
    },
  },
  {
    name: 'records',
    title: 'Records beside the operations',
    xName:
      'events, notices, links, webhooks and their deliveries each (SQLite), with a webhook a call and two open streams',
    points: ({ quick, full }) => [
      ...(quick ? [10, 100_000] : [10, 1_000, 100_000, 1_000_000]),
      ...(full ? [10_000_000] : []),
    ],
    async measure(world, baseUrl, count) {
      const folder = newFolder()
      const receiver = createServer((request, response) => {
        request.resume().on('end', () => response.writeHead(204).end())
      })
      receiver.listen(0, '127.0.0.1')
      await once(receiver, 'listening')
      const command = facade(baseUrl, { journal: true, folder, env: { ...KEEP_ALIVE, ...told(folder, receiver) } })
      await withServer(world, command, graphqlCharge(), () => {})
      await fillJournal(folder, count, OTHER_TABLES)
      const found = await measured(world, command, graphqlCharge(), { ...FEW_REQUESTS, whileFollowing: true })
      receiver.close()
      receiver.closeAllConnections()
      rmSync(folder, { recursive: true })
      return found
    },
  },
]

/** Whom webhooks go to: to this machine only a sandbox sends any. */
function told(folder, receiver) {
  const file = join(folder, 'webhooks.json')
  const url = `http://127.0.0.1:${receiver.address().port}/`
  const secrets = [`whsec_${randomBytes(32).toString('base64')}`]
  writeFileSync(file, JSON.stringify([{ id: 'shop', url, secrets, events: ['payment.approved'] }]))
  return { PAYAPI_ENV: 'sandbox', PAYAPI_WEBHOOKS_FILE: file }
}

/** Measures what a call costs as things grow. Takes the world and the options; returns the report. */
export async function curves(world, options) {
  const { only } = options
  const { port } = await world.ask('openStub', { name: 'curves' })
  const found = []
  for (const { points, measure, ...curve } of CURVES.filter(({ name }) => only === undefined || name === only)) {
    const measuredPoints = []
    for (const x of points(options)) {
      process.stdout.write(`${curve.title}: ${x.toLocaleString('en-US')} … `)
      const point = { x, ...(await measure(world, `http://127.0.0.1:${port}`, x, options.quick)) }
      process.stdout.write(`${point.cpuMicros.toFixed(1)} µs a call\n`)
      measuredPoints.push(point)
    }
    found.push({ ...curve, points: measuredPoints })
  }
  return { ...reportCurves(found), ...(only && { name: `curves-${only}` }) }
}

/** Three windows in one process, and the medians of them; for each call to PayAPI. */
async function measured(world, command, request, settings = {}) {
  const { calls = 1, connections = CONNECTIONS, window, whileFollowing = false } = settings
  const { warmUp = { ms: 1_000, count: Math.ceil(8_000 / calls) } } = settings
  return withServer(world, command, request, async ({ port, pid }) => {
    const results = []
    if (whileFollowing) await Promise.all([followPayment(port, 'T-followed'), followWork(port)])
    for (let count = 0; count < WINDOWS; count++) {
      const first = count === 0 ? warmUp : { ms: 50 }
      results.push(await load(world, { port, pid, request, connections, warmUp: first, measured: window }))
    }
    const middle = (pick) => median(results.map(pick))
    return {
      cpuMicros: middle(({ cpuMicros }) => cpuMicros / calls),
      callsPerSecond: middle(({ perSecond }) => perSecond * calls),
      p50: middle(({ latency }) => latency.p50),
      p99: middle(({ latency }) => latency.p99),
      memoryMb: middle(({ memoryMb }) => memoryMb),
    }
  })
}
