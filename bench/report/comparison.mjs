import { median, percentile, rounded } from '../lib/statistics.mjs'
import { WAYS } from '../lib/ways.mjs'
import { barPicture } from './bar-picture.mjs'
import { markdownTable } from './table.mjs'

const LOADED = ['cpuMicros', 'perSecond', 'fullP50', 'fullP99', 'memoryMb']
const STARTED = ['startUpMs', 'startMemoryMb']

const LEGEND =
  'CPU and requests a second at full load over 64 connections; p50 and p99 at half of what the server carried, from when ' +
  'a request was due to its answer, over all turns together. Servers of one table run side by side and are loaded in ' +
  'turns of a second; other figures are medians of the turns, their ratios medians of the ratios within a turn. ' +
  'Everybody but the limit checks an API key and writes a log. ' +
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

/** Medians, and the medians of each turn's ratios to the limit in the same turn: what slowed a whole turn drops out. */
function summary({ rounds, starts }, limit) {
  const loaded = compared(LOADED, rounds, limit.rounds)
  const started = compared(STARTED, starts, limit.starts)
  const half = halfLoad(rounds)
  const limitHalf = halfLoad(limit.rounds)
  return {
    figures: { ...loaded.figures, ...half, ...started.figures },
    ratios: {
      ...loaded.ratios,
      halfP50: half.halfP50 / limitHalf.halfP50,
      halfP99: half.halfP99 / limitHalf.halfP99,
      ...started.ratios,
    },
  }
}

function compared(names, list, limits) {
  const ratio = (name) => median(list.map((each, index) => each[name] / limits[index][name]))
  return {
    figures: Object.fromEntries(names.map((name) => [name, median(list.map((each) => each[name]))])),
    ratios: Object.fromEntries(names.map((name) => [name, ratio(name)])),
  }
}

/** Over all turns: what comes seldom, like the collection of old garbage, is neither hidden nor counted twice. */
function halfLoad(rounds) {
  const sorted = Float64Array.from(rounds.flatMap(({ halfLatencies }) => halfLatencies)).sort()
  return { halfP50: percentile(sorted, 0.5), halfP99: percentile(sorted, 0.99) }
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
      { what: `CPU × limit, ${way}`, is: ours.ratios.cpuMicros, most: way === 'kept' ? 1.7 : 1.3 },
      { what: `CPU × limit, journal on, ${way}`, is: journaled.ratios.cpuMicros, most: 2 },
      { what: `p99 at half load × limit, ${way}`, is: ours.ratios.halfP99, most: 1.5 },
      { what: `start-up × limit, ${way}`, is: ours.ratios.startUpMs, most: 2.5 },
    ]
  })
  const ahead = (name) => row('kept', name).ratios.cpuMicros / row('kept', 'payapi-graphql').ratios.cpuMicros
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

function roundedRow({ way, name, figures, ratios, rounds, starts }) {
  const short = (record) => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, rounded(value)]))
  return {
    way,
    name,
    figures: short(figures),
    timesTheLimit: short(ratios),
    starts: starts.map(short),
    turns: rounds.map(({ halfLatencies, ...round }) => short(round)),
  }
}
