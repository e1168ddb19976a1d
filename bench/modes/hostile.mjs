import { CREDENTIALS, facade, POOR_CREDENTIALS } from '../lib/facade.mjs'
import { HOSTILE } from '../lib/hostile-requests.mjs'
import { withServer } from '../lib/measure.mjs'
import { median, rounded } from '../lib/statistics.mjs'
import { mainThreadMs } from '../lib/usage.mjs'
import { markdownTable } from '../report/table.mjs'

/** No request may hold up the others for longer. */
const TARGET_MS = 50

/** The plain path goes the short way through the server where it can, the other one always through yoga. */
const WAYS = { short: '/graphql', ordinary: '/graphql?way=ordinary' }

const CALLERS = { known: CREDENTIALS, poor: POOR_CREDENTIALS, unknown: {} }

const PLAIN = '{"query":"{ __typename }"}'

/** The longest that each kind of hostile request takes, on both ways and with and without credentials. */
export async function hostile(world, { quick }) {
  const { port } = await world.ask('openStub', { name: 'hostile' })
  const times = quick ? 3 : 10
  const first = { path: '/graphql', headers: CREDENTIALS, body: JSON.parse(PLAIN), expects: ['"Query"'] }
  const { rows } = await withServer(world, facade(`http://127.0.0.1:${port}`), first, async ({ port: own, pid }) => {
    const origin = `http://127.0.0.1:${own}`
    await warmUp(origin)
    return { rows: await measured(origin, pid, times) }
  })
  const slow = rows.filter(({ worstCpuMs }) => worstCpuMs > TARGET_MS)
  process.stdout.write(`${slow.length} of ${rows.length} kinds take longer than ${TARGET_MS} ms of the thread\n`)
  return { json: { targetMs: TARGET_MS, rows }, markdown: table(rows) }
}

async function warmUp(origin) {
  for (let count = 0; count < 300; count++) {
    for (const path of Object.values(WAYS)) await send(origin + path, PLAIN, CREDENTIALS)
  }
  for (const body of Object.values(HOSTILE)) await send(origin + WAYS.short, body, CREDENTIALS)
}

async function measured(origin, pid, times) {
  const rows = []
  for (const [kind, body] of Object.entries(HOSTILE)) {
    const took = []
    const used = []
    let kilobytes = 0
    for (const path of Object.values(WAYS)) {
      for (const headers of Object.values(CALLERS)) {
        for (let count = 0; count < times; count++) {
          // A document that was seen before costs less.
          const before = mainThreadMs(pid)
          const { ms, bytes } = await send(
            origin + path,
            body.replace('"query":"', `"query":"#${took.length}\\n`),
            headers,
          )
          took.push(ms)
          used.push(mainThreadMs(pid) - before)
          kilobytes = Math.max(kilobytes, bytes / 1_000)
        }
      }
    }
    rows.push({
      kind,
      worstMs: rounded(Math.max(...took)),
      worstCpuMs: rounded(Math.max(...used)),
      medianMs: rounded(median(took)),
      kilobytes: rounded(kilobytes),
    })
  }
  return rows.sort((one, other) => other.worstCpuMs - one.worstCpuMs)
}

async function send(url, body, headers) {
  const begun = performance.now()
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  const { byteLength } = await answer.arrayBuffer()
  return { ms: performance.now() - begun, bytes: byteLength }
}

function table(rows) {
  const heads = ['what is sent', 'worst ms', 'worst ms of the thread', 'median ms', 'largest answer, kB']
  const body = rows.map((row) => [
    row.kind,
    String(row.worstMs),
    String(row.worstCpuMs),
    String(row.medianMs),
    String(row.kilobytes),
  ])
  return `### The longest that a hostile request takes\n\n${markdownTable(heads, body)}`
}
