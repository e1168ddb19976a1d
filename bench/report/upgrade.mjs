import { percentile, rounded } from '../lib/statistics.mjs'
import { markdownTable } from './table.mjs'

const LEGEND =
  'From the start of the program. A journal of the last release is taken over by a facade that starts alone, and is asked ten times a ' +
  'second whether it is ready and to charge. Charges that were refused were `JOURNAL_UNAVAILABLE`, and nothing of them was sent. ' +
  'Afterwards: while indexes are built behind the calls.'

/** Takes what was seen of each store, and how many entries there were; returns JSON and Markdown. */
export function reportUpgrade(found, entries) {
  const rows = found.map(rowOf)
  return {
    sharesCores: true,
    json: { entries, rows },
    markdown: `### A journal of ${entries.toLocaleString('en-US')} operations is taken over\n\n${table(rows)}\n\n${LEGEND}`,
  }
}

function rowOf({ store, doneMs, answers }) {
  const of = (kind) => answers.filter(({ what }) => what === kind)
  const charges = of('charge')
  const firstOf = (list, told) =>
    Math.min(...list.filter((answer) => answer.told === told).map(({ answered }) => answered))
  const servesMs = firstOf(charges, 'charged')
  const after = charges.filter(({ asked }) => asked >= servesMs)
  const behind = after.filter(({ asked }) => asked < doneMs)
  const times = Float64Array.from(behind.map(({ asked, answered }) => answered - asked)).sort()
  return {
    store,
    readyMs: rounded(firstOf(of('ready'), '200')),
    firstChargeMs: rounded(servesMs),
    doneMs: rounded(doneMs),
    answersBefore: counted(charges.filter(({ asked, told }) => asked < servesMs && told !== 'charged')),
    readinessBefore: counted(of('ready').filter(({ answered }) => answered < servesMs)),
    answersBehind: counted(behind),
    longestBehindMs: rounded(percentile(times, 1)),
    p50BehindMs: rounded(percentile(times, 0.5)),
  }
}

function counted(answers) {
  const counts = {}
  for (const { told } of answers) counts[told] = (counts[told] ?? 0) + 1
  return counts
}

const shown = (counts) =>
  Object.entries(counts)
    .map(([told, count]) => `${count} × ${told}`)
    .join(', ')

function table(rows) {
  const heads = [
    '',
    'ready after ms',
    'charges after ms',
    'charges until then',
    'readiness until then',
    'all done after ms',
    'charges behind',
    'p50 ms',
    'longest ms',
  ]
  const body = rows.map((row) => [
    row.store,
    String(row.readyMs),
    String(row.firstChargeMs),
    shown(row.answersBefore),
    shown(row.readinessBefore),
    String(row.doneMs),
    shown(row.answersBehind),
    String(row.p50BehindMs ?? ''),
    String(row.longestBehindMs ?? ''),
  ])
  return markdownTable(heads, body)
}
