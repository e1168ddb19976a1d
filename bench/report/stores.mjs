import { median, percentile, rounded } from '../lib/statistics.mjs'
import { barPicture } from './bar-picture.mjs'
import { markdownTable } from './table.mjs'

const IN_FLIGHT = ['1', '8', '64', '256']
const RATES = ['500/s', '2000/s']

const LEGEND =
  'Over kept connections, to a gateway on the same machine that answers at once; all programs share all cores. ' +
  'p50 and p99 over all turns together. ' +
  'What the journal adds to a lone charge is the difference of the medians within one turn; two flushes (`fdatasync` of one page, ' +
  'overwritten, on the same disk) and round trips (a statement that does nothing) are measured before every window. ' +
  'At a rate, latency counts from when a charge was due. Flushes are counted by strace in a run of their own, which slows everybody: ' +
  'at one in flight they are exact, at more a little too low.'

/** Takes everybody's windows, and PostgreSQL's version; returns JSON, Markdown and a picture. The first entry has no journal. */
export function reportStores(entries, { postgresVersion, awayMs }) {
  const rows = entries.map((entry) => ({ ...summaryOf(entry), ...added(entry, entries[0]) }))
  const flush = median(entries.flatMap(({ windows }) => windows.flatMap(({ flushMs }) => flushMs)))
  const facts = {
    flushMs: rounded(flush),
    twoFlushesMs: rounded(2 * flush),
    roundTripMs: Object.fromEntries(rows.filter((row) => row.roundTripMs).map((row) => [row.kind, row.roundTripMs])),
    postgresVersion: postgresVersion ?? null,
  }
  const found = targets(rows)
  return {
    sharesCores: true,
    json: { ...facts, rows, targets: found },
    markdown: [
      `### A charge, in milliseconds, by how many are in flight\n\n${latencyTable(rows)}`,
      `### At a rate\n\n${rateTable(rows)}`,
      `### What the journal adds\n\n${addedTable(rows, facts)}`,
      `### Targets\n\n${targetTable(found)}`,
      [LEGEND, postgresVersion && `PostgreSQL ${postgresVersion}, its defaults; ${awayMs} ms by a proxy.`]
        .filter(Boolean)
        .join(' '),
    ].join('\n\n'),
    pictures: { 'charge-by-store': picture(rows) },
  }
}

function summaryOf({ name, kind, windows, flushes }) {
  const at = (point) => {
    const own = windows.filter((window) => window.point === point)
    const sorted = Float64Array.from(own.flatMap(({ latencies }) => latencies)).sort()
    const middle = (pick) => rounded(median(own.map(pick)))
    return {
      p50: rounded(percentile(sorted, 0.5)),
      p99: rounded(percentile(sorted, 0.99)),
      perSecond: middle(({ perSecond }) => perSecond),
      refusedShare: middle(({ refusedShare }) => refusedShare),
      cpuMicros: middle(({ cpuMicros }) => cpuMicros),
      storeCpuMicros: middle(({ storeCpuMicros }) => storeCpuMicros),
      roundTrips: middle(({ roundTrips }) => roundTrips),
    }
  }
  return {
    name,
    kind,
    at: Object.fromEntries([...IN_FLIGHT, ...RATES].map((point) => [point, at(point)])),
    flushes: Object.fromEntries(Object.entries(flushes).map(([point, count]) => [point, rounded(count)])),
    roundTripMs: rounded(median(windows.flatMap(({ roundTripMs }) => roundTripMs))),
  }
}

/** What a store adds to a lone charge: within each turn, so that what slows a whole turn drops out. */
function added(entry, off) {
  if (entry === off) return {}
  const alone = ({ windows }) => windows.filter(({ point }) => point === '1')
  const turns = alone(entry).map((window) => {
    const without = alone(off).find(({ turn }) => turn === window.turn)
    const addsMs = window.p50 - without.p50
    return {
      addsMs,
      timesTwoFlushes: addsMs / (2 * median([...window.flushMs, ...without.flushMs])),
      timesRoundTrips: window.roundTripMs.length === 0 ? undefined : addsMs / median(window.roundTripMs),
    }
  })
  const middle = (name) => rounded(median(turns.map((turn) => turn[name])))
  return {
    addsMs: middle('addsMs'),
    timesTwoFlushes: middle('timesTwoFlushes'),
    timesRoundTrips: middle('timesRoundTrips'),
  }
}

const show = (value) => (value === null || value === undefined ? '' : String(value))

const percent = (share) => (share ? `${rounded(share * 100)} %` : '')

function latencyTable(rows) {
  const heads = ['', ...IN_FLIGHT.flatMap((point) => [`${point}: p50`, 'p99']), 'calls/s at 256', 'refused']
  const body = rows.map(({ name, at }) => [
    name,
    ...IN_FLIGHT.flatMap((point) => [show(at[point].p50), show(at[point].p99)]),
    show(at['256'].perSecond),
    percent(at['256'].refusedShare),
  ])
  return markdownTable(heads, body)
}

function rateTable(rows) {
  const heads = ['', ...RATES.flatMap((point) => [`${point}: p50 ms`, 'p99 ms', 'carried/s', 'refused'])]
  const body = rows.map(({ name, at }) => [
    name,
    ...RATES.flatMap((point) => {
      const { p50, p99, perSecond, refusedShare } = at[point]
      return [show(p50), show(p99), show(perSecond), percent(refusedShare)]
    }),
  ])
  return markdownTable(heads, body)
}

function addedTable(rows, { twoFlushesMs, roundTripMs }) {
  const heads = [
    '',
    'ms more, lone charge',
    '× two flushes',
    '× round trips',
    ...IN_FLIGHT.map((point) => `flushes a call at ${point}`),
    'CPU µs a call at 64',
    "database's CPU µs",
    'round trips a call',
  ]
  const body = rows.map(({ name, addsMs, timesTwoFlushes, timesRoundTrips, flushes, at }) => [
    name,
    ...[addsMs, timesTwoFlushes, timesRoundTrips].map(show),
    ...IN_FLIGHT.map((point) => show(flushes[point])),
    show(at['64'].cpuMicros),
    show(at['64'].storeCpuMicros),
    show(at['64'].roundTrips),
  ])
  const trips = Object.entries(roundTripMs).map(([kind, ms]) => `the round trip to PostgreSQL ${ms} ms (${kind})`)
  return `${markdownTable(heads, body)}\n\n${[`Two flushes took ${twoFlushesMs} ms`, ...trips].join(', ')}.`
}

/** What the project asks of itself; what was not measured is left out. */
function targets(rows) {
  const row = (kind) => rows.find((candidate) => candidate.kind === kind)
  const [sqlite, shared, near, far] = ['sqlite', 'shared', 'near', 'far'].map(row)
  const list = [
    {
      what: 'SQLite, one process: what is added to a lone charge, × two flushes',
      is: sqlite?.timesTwoFlushes,
      most: 2.5,
    },
    { what: 'SQLite, one process: p50 at 2,000/s, ms', is: sqlite?.at['2000/s'].p50, most: 1.5 },
    { what: 'SQLite, two workers: flushes a call, lone', is: shared?.flushes['1'], most: 2.2 },
    { what: 'SQLite, two workers: p99 at 8 in flight, ms', is: shared?.at['8'].p99, most: 15 },
  ]
  if (far !== undefined) {
    const trips = (point) => rounded(far.at[point].p50 / far.roundTripMs)
    list.push(
      { what: `${far.name}: p50 at 500/s, round trips`, is: trips('500/s'), most: 2.6 },
      { what: `${far.name}: carried of 2,000/s`, is: far.at['2000/s'].perSecond, least: 1_950 },
      { what: `${far.name}: p50 at 2,000/s, round trips`, is: trips('2000/s'), most: 4 },
      {
        what: 'PostgreSQL: calls a second that one core of it carries',
        is: rounded(1e6 / near.at['64'].storeCpuMicros),
        least: 4_000,
      },
    )
  }
  return list
    .filter(({ is }) => is !== undefined && is !== null)
    .map((target) => ({
      ...target,
      isMet: target.most === undefined ? target.is >= target.least : target.is <= target.most,
    }))
}

function targetTable(found) {
  const body = found.map(({ what, is, most, least, isMet }) => [
    what,
    String(is),
    most === undefined ? `at least ${least}` : `at most ${most}`,
    isMet ? 'met' : 'MISSED',
  ])
  return markdownTable(['', 'is', 'target', ''], body)
}

function picture(rows) {
  return barPicture({
    title: 'A charge and its journal, in milliseconds',
    subtitle: 'Median over kept connections, to a gateway that answers at once. Shorter is better.',
    groups: ['1', '8'].map((point) => ({
      label: `${point} in flight`,
      bars: rows.map(({ name, kind, at }) => ({
        label: name,
        value: at[point].p50,
        note: `${at[point].p50} ms`,
        isOurs: kind !== 'off',
      })),
    })),
  })
}
