import { COLORS, svg, text } from './svg.mjs'

const WIDTH = 640
const HEIGHT = 330
const PLOT = { left: 70, right: 610, top: 92, bottom: 270 }
// The first point stands clear of the scale, the last one's name inside of the picture.
const INSET = 26

/**
 * Takes `title`, `subtitle`, the names of both axes and `points` of `x` (drawn on a logarithmic scale unless `linear`)
 * and `y` (from zero). Returns the picture (SVG).
 */
export function curvePicture({ title, subtitle, xName, yName, points, linear = false }) {
  const along = linear ? (x) => x : (x) => Math.log10(x)
  const [first, last] = [along(points[0].x), along(points.at(-1).x)]
  const most = niceTop(Math.max(...points.map(({ y }) => y)))
  const x = (value) =>
    PLOT.left + INSET + ((along(value) - first) / (last - first || 1)) * (PLOT.right - PLOT.left - 2 * INSET)
  const y = (value) => PLOT.bottom - (value / most) * (PLOT.bottom - PLOT.top)
  const place = (point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * most)
  // A linear axis has too many points to name each.
  const named = linear ? [points[0], points[points.length >> 1], points.at(-1)] : points
  return svg(WIDTH, HEIGHT, title, [
    text(20, 32, title, { size: 18, weight: 600 }),
    text(20, 54, subtitle, { color: COLORS.faint }),
    ...ticks.flatMap((tick) => [
      `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${COLORS.rule}"/>`,
      text(PLOT.left - 8, y(tick) + 4, String(Number(tick.toPrecision(3))), {
        anchor: 'end',
        size: 12,
        color: COLORS.faint,
      }),
    ]),
    ...named.map((point) =>
      text(x(point.x), PLOT.bottom + 20, point.x.toLocaleString('en-US'), {
        anchor: 'middle',
        size: 12,
        color: COLORS.faint,
      }),
    ),
    `<polyline points="${points.map(place).join(' ')}" fill="none" stroke="${COLORS.ours}" stroke-width="2.5"/>`,
    ...(linear ? [] : points.map((point) => dot(x(point.x), y(point.y), point.y))),
    text((PLOT.left + PLOT.right) / 2, PLOT.bottom + 44, xName, { anchor: 'middle' }),
    text(PLOT.left - 8, PLOT.top - 16, yName, { size: 12, anchor: 'end', color: COLORS.faint }),
  ])
}

function dot(x, y, value) {
  const label = text(x, y - 10, String(Number(value.toPrecision(3))), { anchor: 'middle', size: 12 })
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="${COLORS.ours}"/>${label}`
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten, with some air above the curve. */
function niceTop(value) {
  const wanted = value * 1.2
  const power = 10 ** Math.floor(Math.log10(wanted))
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((top) => top >= wanted)
}
