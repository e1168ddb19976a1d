import { rounded } from '../lib/statistics.mjs'
import { curvePicture } from './curve-picture.mjs'
import { markdownTable } from './table.mjs'

const HEADS = ['', 'CPU µs a call', '× the first', 'calls/s', 'p50 ms', 'p99 ms', 'MB', 'start-up ms']

/** Takes the curves with their points; returns JSON, Markdown and a picture of each. */
export function reportCurves(curves) {
  return {
    json: { curves: curves.map(({ name, points }) => ({ name, points: points.map(roundedPoint) })) },
    markdown: curves.map(section).join('\n\n'),
    pictures: Object.fromEntries(curves.map((curve) => [`curve-${curve.name}`, picture(curve)])),
  }
}

const roundedPoint = (point) => Object.fromEntries(Object.entries(point).map(([key, value]) => [key, rounded(value)]))

function section({ title, points }) {
  const rows = points.map((point) => [
    point.x.toLocaleString('en-US'),
    String(rounded(point.cpuMicros)),
    String(rounded(point.cpuMicros / points[0].cpuMicros)),
    ...['callsPerSecond', 'p50', 'p99', 'memoryMb', 'startUpMs'].map((name) => String(rounded(point[name]))),
  ])
  return `### ${title}\n\n${markdownTable(HEADS, rows)}`
}

function picture({ title, xName, points }) {
  return curvePicture({
    title: `Cost of a call: ${title.toLowerCase()}`,
    subtitle: 'CPU time of the facade for each call to PayAPI; it should not rise.',
    xName,
    yName: 'µs',
    points: points.map(({ x, cpuMicros }) => ({ x, y: cpuMicros })),
  })
}
