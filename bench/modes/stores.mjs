import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { facade, newFolder } from '../lib/facade.mjs'
import { figuresOf } from '../lib/figures.mjs'
import { graphqlCharge } from '../lib/requests.mjs'
import { median, rounded } from '../lib/statistics.mjs'
import { markdownTable } from '../report/table.mjs'

/** Takes the gateway's URL; returns what is compared: the facade without a journal, and with one in each store. */
function stores(baseUrl) {
  const inFile = (suffix) => () => {
    const folder = newFolder()
    const url = `${pathToFileURL(join(folder, 'journal.db')).href}${suffix}`
    return facade(baseUrl, { journal: true, folder, env: { PAYAPI_STORE_URL: url } })
  }
  const given = process.env.BENCH_STORE_URL
  return [
    { name: 'no journal', command: () => facade(baseUrl) },
    { name: 'an SQLite file, as shipped', command: () => facade(baseUrl, { journal: true }) },
    { name: 'an SQLite file for one process (?mode=exclusive)', command: inFile('?mode=exclusive') },
    ...(given === undefined
      ? []
      : [
          {
            // The URL may hold a password.
            name: `BENCH_STORE_URL (${new URL(given).protocol.replace(':', '')})`,
            command: () => facade(baseUrl, { journal: true, env: { PAYAPI_STORE_URL: given } }),
          },
        ]),
  ]
}

/** What the journal costs in each store, over fresh connections. Takes the world and the options; returns the report. */
export async function compareStores(world, { quick, rounds }) {
  const { port } = await world.ask('openStub', { name: 'stores' })
  const entries = stores(`http://127.0.0.1:${port}`).map((entry) => ({ ...entry, rounds: [] }))
  if (process.env.BENCH_STORE_URL === undefined) {
    process.stdout.write('BENCH_STORE_URL=postgres://… measures a database of yours too.\n')
  }
  for (let round = 0; round < rounds; round++) {
    for (const entry of entries) {
      process.stdout.write(`round ${round + 1} of ${rounds}: ${entry.name} … `)
      const server = { command: entry.command, request: graphqlCharge(), stub: 'stores' }
      const figures = await figuresOf(world, server, quick)
      entry.rounds.push(figures)
      process.stdout.write(`${figures.cpuMicros.toFixed(1)} µs, ${Math.round(figures.perSecond)}/s\n`)
    }
  }
  const rows = entries.map(({ name, rounds: figures }) => ({ name, ...medians(figures, entries[0].rounds) }))
  return { json: { rows }, markdown: table(rows) }
}

const MEASURES = ['cpuMicros', 'perSecond', 'halfP50', 'halfP99']

function medians(figures, without) {
  const ratio = (name) => rounded(median(figures.map((round, index) => round[name] / without[index][name])))
  return {
    ...Object.fromEntries(MEASURES.map((name) => [name, rounded(median(figures.map((round) => round[name])))])),
    cpuTimes: ratio('cpuMicros'),
    perSecondTimes: ratio('perSecond'),
  }
}

function table(rows) {
  const heads = ['', 'CPU µs a call', '× without', 'calls/s', '× without', 'p50 ms at half load', 'p99 ms']
  const names = ['cpuMicros', 'cpuTimes', 'perSecond', 'perSecondTimes', 'halfP50', 'halfP99']
  const body = rows.map((row) => [row.name, ...names.map((name) => String(row[name]))])
  return `### What the journal costs\n\n${markdownTable(heads, body)}`
}
