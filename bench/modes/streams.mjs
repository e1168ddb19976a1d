import { setTimeout as delay } from 'node:timers/promises'
import { followPayment } from '../lib/event-streams.mjs'
import { facade, newFolder } from '../lib/facade.mjs'
import { withServer } from '../lib/measure.mjs'
import { graphqlCharge } from '../lib/requests.mjs'
import { median, rounded } from '../lib/statistics.mjs'
import { processUsage } from '../lib/usage.mjs'
import { markdownTable } from '../report/table.mjs'

const STREAMS = 1_000
const AT_ONCE = 50
const CHANGES = 20

/** What the project asks of itself. */
const MOST_MB = 100

/** Open streams of payments of their own: the memory and CPU that they take while nothing happens, and how soon a change is told. */
export async function streams(world, { quick }) {
  const { port: stub } = await world.ask('openStub', { name: 'streams' })
  const command = (folder) => facade(`http://127.0.0.1:${stub}`, { journal: true, folder })
  const first = graphqlCharge()
  const quietMs = quick ? 5_000 : 60_000
  const idle = await withServer(world, command(newFolder()), first, ({ port, pid }) => measure(port, pid, quietMs))
  const told = await measureChanges(world, command(newFolder()), first)
  const figures = { streams: STREAMS, ...idle, ...told }
  const isMet = idle.memoryMb < MOST_MB
  return {
    json: { ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, rounded(value)])), isMet },
    markdown: [
      `### ${STREAMS.toLocaleString('en-US')} open streams`,
      markdownTable(
        ['', 'none', `${STREAMS.toLocaleString('en-US')} streams`, 'target', ''],
        [
          ['Memory above none, MB', '0', show(idle.memoryMb), `below ${MOST_MB}`, isMet ? 'met' : 'MISSED'],
          ['CPU while nothing happens, % of a core', show(idle.cpuWithout), show(idle.cpuWith), '', ''],
        ],
      ),
      `A change made by one of two servers that share a journal in a file was told by the other after ${show(told.medianMs)} ms (median of ${CHANGES}), ${show(told.longestMs)} ms at the most.`,
    ].join('\n\n'),
  }
}

const show = (number) => String(rounded(number))

async function measure(port, pid, quietMs) {
  // What the first streams of a process load is no stream's.
  const ends = await open(port, 10, 'WARM')
  for (const end of ends) end()
  await delay(2_000)
  const cpuWithout = await cpuOf(pid, quietMs)
  const before = processUsage(pid).memoryMb
  const all = await open(port, STREAMS, 'T')
  await delay(5_000)
  const cpuWith = await cpuOf(pid, quietMs)
  const memoryMb = processUsage(pid).memoryMb - before
  for (const end of all) end()
  return { memoryMb, cpuWithout, cpuWith }
}

async function open(port, count, name) {
  const ends = []
  for (let start = 0; start < count; start += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, index) => `${name}-${start + index}`)
    ends.push(...(await Promise.all(some.map((id) => followPayment(port, id)))))
  }
  return ends
}

/** In percent of a core. */
async function cpuOf(pid, ms) {
  const [usedBefore, begun] = [processUsage(pid).cpuMs, performance.now()]
  await delay(ms)
  return (100 * (processUsage(pid).cpuMs - usedBefore)) / (performance.now() - begun)
}

/** How long after the answer to a charge at one server the other one tells of the payment. */
async function measureChanges(world, command, first) {
  return withServer(world, command, first, ({ port }) =>
    withServer(world, command, first, async ({ port: other }) => {
      const took = []
      for (let number = 0; number < CHANGES; number++) took.push(await timeChange(port, other, first, `LIVE-${number}`))
      return { medianMs: median(took), longestMs: Math.max(...took) }
    }),
  )
}

async function timeChange(port, other, { path, headers, body }, order) {
  let toldAt
  const told = new Promise((resolve) => {
    toldAt = resolve
  })
  const end = await followPayment(other, `T${order}`, (text) => text.includes('APPROVED') && toldAt(performance.now()))
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body).replaceAll('{order}', order),
  })
  await answer.text()
  const answeredAt = performance.now()
  const ms = Math.max(0, (await told) - answeredAt)
  end()
  return ms
}
