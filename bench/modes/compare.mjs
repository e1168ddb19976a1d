import { makeCertificate } from '../lib/certificate.mjs'
import { facade, peer } from '../lib/facade.mjs'
import { figuresOf } from '../lib/figures.mjs'
import { SCRATCH } from '../lib/processes.mjs'
import { facadeCharge, graphqlCharge, PLAIN_CHARGE } from '../lib/requests.mjs'
import { reportComparison } from '../report/comparison.mjs'

const KEEP_ALIVE = { PAYAPI_KEEP_ALIVE: 'all' }

/** Takes the gateways' URLs and the certificate's file; returns who takes part. The first of each way is its limit. */
function contenders(urls, certFile) {
  const trust = { NODE_EXTRA_CA_CERTS: certFile }
  const trusting = (command) => ({ ...command, env: { ...command.env, ...trust } })
  const charge = graphqlCharge()
  const limit = 'the limit: node:http, no GraphQL'
  const entry = (way, name, command, request = charge, isOurs = false) => ({ way, name, command, request, isOurs })
  const ours = (way, name, command) => entry(way, name, command, facadeCharge(), true)
  return [
    entry('kept', limit, peer('limit', urls.plain, 'kept'), PLAIN_CHARGE),
    ours('kept', 'payapi-graphql', () => facade(urls.plain, { env: KEEP_ALIVE })),
    ours('kept', 'payapi-graphql, journal on', () => facade(urls.plain, { journal: true, env: KEEP_ALIVE })),
    entry('kept', 'mercurius, logging on', peer('mercurius', urls.plain, 'kept')),
    entry('kept', 'Apollo Server, standalone', peer('apollo', urls.plain, 'kept'), graphqlCharge({ path: '/' })),
    entry('kept', 'GraphQL Yoga, its defaults', peer('yoga', urls.plain, 'kept')),
    entry('fresh', limit, peer('limit', urls.plain, 'fresh'), PLAIN_CHARGE),
    ours('fresh', 'payapi-graphql', () => facade(urls.plain)),
    ours('fresh', 'payapi-graphql, journal on', () => facade(urls.plain, { journal: true })),
    entry('tls', limit, trusting(peer('limit', urls.tls, 'fresh')), PLAIN_CHARGE),
    ours('tls', 'payapi-graphql', () => trusting(facade(urls.tls))),
    ours('tls', 'payapi-graphql, journal on', () => trusting(facade(urls.tls, { journal: true }))),
  ]
}

/** Measures everybody in turns, round after round. Takes the world and the options; returns the report. */
export async function compare(world, { quick, rounds }) {
  const { certFile, ...pem } = makeCertificate(SCRATCH)
  const plain = await world.ask('openStub', { name: 'plain' })
  const tls = await world.ask('openStub', { name: 'tls', ...pem })
  const urls = { plain: `http://127.0.0.1:${plain.port}`, tls: `https://127.0.0.1:${tls.port}` }
  const entries = contenders(urls, certFile).map((entry) => ({
    ...entry,
    stub: entry.way === 'tls' ? 'tls' : 'plain',
    rounds: [],
  }))
  // The load generator is to be at its full speed before it measures anybody.
  await figuresOf(world, entries[0], true)
  for (let round = 0; round < rounds; round++) {
    // Up and down, so that a machine that grows slower is not always slow for the same one.
    const order = round % 2 === 0 ? entries : [...entries].reverse()
    for (const entry of order) {
      process.stdout.write(`round ${round + 1} of ${rounds}, ${entry.way}: ${entry.name} … `)
      const figures = await figuresOf(world, entry, quick)
      entry.rounds.push(figures)
      process.stdout.write(`${figures.cpuMicros.toFixed(1)} µs, ${Math.round(figures.perSecond)}/s\n`)
    }
  }
  return reportComparison(
    entries.map(({ way, name, isOurs, rounds: figures }) => ({ way, name, isOurs, rounds: figures })),
  )
}
