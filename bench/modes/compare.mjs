import { readFileSync } from 'node:fs'
import { makeCertificate } from '../lib/certificate.mjs'
import { facade, peer } from '../lib/facade.mjs'
import { figuresOf, figuresWhileRunning, warmUpOf } from '../lib/figures.mjs'
import { CONNECTIONS, load, withServer } from '../lib/measure.mjs'
import { SCRATCH } from '../lib/processes.mjs'
import { graphqlCharge, PLAIN_CHARGE } from '../lib/requests.mjs'
import { median } from '../lib/statistics.mjs'
import { WAYS } from '../lib/ways.mjs'
import { reportComparison } from '../report/comparison.mjs'

const KEEP_ALIVE = { PAYAPI_KEEP_ALIVE: 'all' }

/** Takes the gateways' URLs and the certificate's file; returns who takes part. The first of each way is its limit. */
function contenders(urls, certFile) {
  const trust = { NODE_EXTRA_CA_CERTS: certFile }
  const trusting = (command) => ({ ...command, env: { ...command.env, ...trust } })
  const charge = graphqlCharge()
  const limit = 'the limit: node:http, no GraphQL'
  const entry = (way, name, command, request = charge, isOurs = false) => ({ way, name, command, request, isOurs })
  const ours = (way, name, command) => entry(way, name, command, charge, true)
  return [
    entry('kept', limit, peer('limit', urls.plain, 'kept'), PLAIN_CHARGE),
    ours('kept', 'payapi-graphql', () => facade(urls.plain, { env: KEEP_ALIVE })),
    ours('kept', 'payapi-graphql, journal on', () => facade(urls.plain, { journal: true, env: KEEP_ALIVE })),
    entry('kept', 'graphql-js alone', peer('graphql-js', urls.plain, 'kept')),
    entry('kept', 'mercurius', peer('mercurius', urls.plain, 'kept')),
    entry('kept', 'Apollo Server', peer('apollo', urls.plain, 'kept'), graphqlCharge({ path: '/' })),
    entry('kept', 'GraphQL Yoga', peer('yoga', urls.plain, 'kept')),
    entry('fresh', limit, peer('limit', urls.plain, 'fresh'), PLAIN_CHARGE),
    ours('fresh', 'payapi-graphql', () => facade(urls.plain)),
    ours('fresh', 'payapi-graphql, journal on', () => facade(urls.plain, { journal: true })),
    entry('tls', limit, trusting(peer('limit', urls.tls, 'fresh')), PLAIN_CHARGE),
    ours('tls', 'payapi-graphql', () => trusting(facade(urls.tls))),
    ours('tls', 'payapi-graphql, journal on', () => trusting(facade(urls.tls, { journal: true }))),
  ]
}

/** For each round: how often every server is started by itself, and in how many turns all that run side by side are loaded. */
const STARTS = 2
const TURNS = 4

/** Of the log, after a warm-up of many more requests. */
const LINES_AT_LEAST = 1_000

/**
 * Measures everybody in turns. Servers that are compared run side by side and are loaded for a moment each, again and
 * again: what slows the machine meanwhile slows all of them.
 * Takes the world and the options; returns the report.
 */
export async function compare(world, { quick, rounds }) {
  const { certFile, ...pem } = makeCertificate(SCRATCH)
  const plain = await world.ask('openStub', { name: 'plain' })
  const tls = await world.ask('openStub', { name: 'tls', ...pem })
  const urls = { plain: `http://127.0.0.1:${plain.port}`, tls: `https://127.0.0.1:${tls.port}` }
  const entries = contenders(urls, certFile).map((entry) => ({
    ...entry,
    stub: entry.way === 'tls' ? 'tls' : 'plain',
    starts: [],
    rounds: [],
  }))
  // The load generator is to be at its full speed before it measures anybody.
  await figuresOf(world, entries[0], true)
  await startInTurns(world, entries, quick ? 1 : rounds * STARTS)
  for (const way of Object.keys(WAYS)) {
    const compared = entries.filter((entry) => entry.way === way)
    // Started anew for each round: what V8 makes of the same program differs by a twentieth from start to start.
    for (let round = 0; round < rounds; round++) {
      await withServers(world, compared, (servers) => loadInTurns(world, servers, { quick, round, rounds }))
    }
  }
  return reportComparison(
    entries.map(({ way, name, isOurs, starts, rounds }) => ({ way, name, isOurs, starts, rounds })),
  )
}

async function startInTurns(world, entries, times) {
  for (let time = 0; time < times; time++) {
    for (const entry of inTurn(entries, time)) {
      const { startUpMs, startMemoryMb } = await withServer(world, entry.command, entry.request, () => {})
      entry.starts.push({ startUpMs, startMemoryMb })
    }
  }
  for (const { way, name, starts } of entries) {
    process.stdout.write(
      `${way}: ${name} starts in ${Math.round(median(starts.map(({ startUpMs }) => startUpMs)))} ms\n`,
    )
  }
}

async function loadInTurns(world, servers, { quick, round, rounds }) {
  const warmingUp = { connections: CONNECTIONS, warmUp: warmUpOf(quick), measured: { ms: 100 } }
  for (const server of servers) {
    const { port, pid, request } = server
    await load(world, { port, pid, request, ...warmingUp })
    if (request !== PLAIN_CHARGE) await doesItsShare(server)
  }
  const spans = quick ? { fullMs: 500, halfMs: 500 } : { fullMs: 1_000, halfMs: 1_500 }
  for (let turn = round * TURNS; turn < (round + 1) * TURNS; turn++) {
    for (const server of inTurn(servers, turn)) {
      const figures = await figuresWhileRunning(world, server, { warmUp: { ms: 50 }, ...spans })
      server.entry.rounds.push(figures)
      process.stdout.write(`turn ${turn + 1} of ${rounds * TURNS}, ${server.entry.way}: ${server.entry.name} … `)
      process.stdout.write(`${figures.cpuMicros.toFixed(1)} µs, ${Math.round(figures.perSecond)}/s\n`)
    }
  }
}

/** Throws where a server, other than the limit, charges for callers whom nobody knows, or has written no log of its warm-up. */
async function doesItsShare({ entry, port, output, request }) {
  const response = await fetch(`http://127.0.0.1:${port}${request.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(request.body),
  })
  const charged = (await response.text()).includes('"CardPayment"')
  const lines = readFileSync(output, 'latin1').split('\n').length
  if (charged) throw new Error(`${entry.name} charges without an API key, so it is not compared`)
  if (lines < LINES_AT_LEAST) throw new Error(`${entry.name} wrote ${lines} lines of log, so it is not compared`)
}

/** Up and down, so that nobody always comes after the same one. */
const inTurn = (list, turn) => (turn % 2 === 0 ? list : [...list].reverse())

/** Starts servers, does something with all of them, and ends them. */
function withServers(world, entries, action, running = []) {
  const [entry, ...others] = entries
  if (entry === undefined) return action(running)
  const { command, request, stub } = entry
  return withServer(world, command, request, ({ port, pid, output }) =>
    withServers(world, others, action, [...running, { entry, port, pid, output, request, stub }]),
  )
}
