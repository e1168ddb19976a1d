import { median, rounded } from '../lib/statistics.mjs'
import { WAYS } from '../lib/ways.mjs'
import { barPicture } from './bar-picture.mjs'
import { markdownTable } from './table.mjs'

const MEASURES = [
  'cpuMicros',
  'perSecond',
  'halfP50',
  'halfP99',
  'fullP50',
  'fullP99',
  'startUpMs',
  'startMemoryMb',
  'memoryMb',
]

const LEGEND =
  'CPU and requests a second at full load over 64 connections; p50 and p99 at half of what the server carried, from when ' +
  'a request was due to its answer. Ratios are taken within a round; all figures are medians of the rounds. ' +
  '*: the server did not have its core full, so something else held it back.'

/** Takes everybody's figures by round; returns the comparison as JSON, Markdown and a picture. */
export function reportComparison(entries) {
  const rows = entries.map((entry) => ({ ...entry, ...summary(entry, limitOf(entries, entry.way)) }))
  return {
    json: { rows: rows.map(roundedRow), targets: targets(rows) },
    markdown: [...Object.keys(WAYS).map((way) => section(way, rows)), targetSection(rows), LEGEND].join('\n\n'),
    pictures: { 'cpu-per-request': picture(rows) },
  }
}

const limitOf = (entries, way) => entries.find((entry) => entry.way === way)

/** Medians, and the medians of each round's ratios to the same round's limit: what slowed a whole round drops out. */
function summary({ rounds }, limit) {
  const figures = Object.fromEntries(MEASURES.map((name) => [name, median(rounds.map((round) => round[name]))]))
  const ratio = (name) => median(rounds.map((round, index) => round[name] / limit.rounds[index][name]))
  return { figures, ratios: Object.fromEntries(MEASURES.map((name) => [name, ratio(name)])) }
}

function section(way, rows) {
  const head = [
    '',
    'CPU µs a request',
    '× limit',
    'requests/s',
    '× limit',
    'p50 ms',
    'p99 ms',
    'p99 × limit',
    'MB at start',
    'MB after',
    'start-up ms',
    '× limit',
  ]
  const body = rows
    .filter((row) => row.way === way)
    .map(({ name, figures, ratios, rounds }) => [
      name,
      show(figures.cpuMicros),
      show(ratios.cpuMicros),
      `${show(figures.perSecond)}${isHeldBack(rounds) ? '*' : ''}`,
      show(ratios.perSecond),
      show(figures.halfP50),
      show(figures.halfP99),
      show(ratios.halfP99),
      show(figures.startMemoryMb),
      show(figures.memoryMb),
      show(figures.startUpMs),
      show(ratios.startUpMs),
    ])
  return `### ${WAYS[way]}\n\n${markdownTable(head, body)}`
}

/** Whether the server did not have its core full: then its requests per second say more of the machine than of it. */
const isHeldBack = (rounds) => median(rounds.map(({ serverBusy }) => serverBusy)) < 0.9

const show = (number) => (number === null ? '' : String(rounded(number)))

/** What the project asks of itself. Each: what, how much it is, how much it may be (or has to be, with `least`). */
function targets(rows) {
  const row = (way, name) => rows.find((candidate) => candidate.way === way && candidate.name.startsWith(name))
  const list = Object.keys(WAYS).flatMap((way) => {
    const ours = row(way, 'payapi-graphql')
    const journaled = row(way, 'payapi-graphql, journal')
    return [
      { what: `CPU × limit, ${way}`, is: ours.ratios.cpuMicros, most: 1.5 },
      { what: `CPU × limit, journal on, ${way}`, is: journaled.ratios.cpuMicros, most: 2 },
      { what: `p99 at half load × limit, ${way}`, is: ours.ratios.halfP99, most: 1.5 },
      { what: `start-up × limit, ${way}`, is: ours.ratios.startUpMs, most: 2.5 },
    ]
  })
  const ahead = (name) => row('kept', name).figures.cpuMicros / row('kept', 'payapi-graphql').figures.cpuMicros
  list.push(
    { what: 'CPU of mercurius × ours', is: ahead('mercurius'), least: 1 },
    { what: 'CPU of Apollo Server × ours', is: ahead('Apollo'), least: 2 },
    { what: 'CPU of Yoga × ours', is: ahead('GraphQL Yoga'), least: 3 },
  )
  return list.map((target) => ({
    ...target,
    is: rounded(target.is),
    isMet: target.most === undefined ? target.is > target.least : target.is <= target.most,
  }))
}

function targetSection(rows) {
  const body = targets(rows).map(({ what, is, most, least, isMet }) => [
    what,
    String(is),
    most === undefined ? `over ${least}` : `at most ${most}`,
    isMet ? 'met' : 'MISSED',
  ])
  return `### Targets\n\n${markdownTable(['', 'is', 'target', ''], body)}`
}

function picture(rows) {
  return barPicture({
    title: 'CPU time for each request, × the limit',
    subtitle:
      'The limit does what any such server must: JSON in, sign, POST, JSON out, without GraphQL. Shorter is better.',
    groups: Object.entries(WAYS).map(([way, label]) => ({
      label,
      bars: rows
        .filter((row) => row.way === way)
        .map(({ name, isOurs, ratios, figures }) => ({
          label: name,
          value: ratios.cpuMicros,
          note: `${rounded(ratios.cpuMicros)} × (${rounded(figures.cpuMicros)} µs)`,
          isOurs,
        })),
    })),
  })
}

function roundedRow({ way, name, figures, ratios, rounds }) {
  const short = (record) => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, rounded(value)]))
  return { way, name, median: short(figures), timesTheLimit: short(ratios), rounds: rounds.map(short) }
}
