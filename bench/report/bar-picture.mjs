import { COLORS, svg, text } from './svg.mjs'

const WIDTH = 860
const LEFT = 250
const RIGHT = 140
const BAR = 20
const STEP = 28

/**
 * Takes `title`, `subtitle` and `groups` of bars, all on one scale; a bar has `label`, `value`, `note` (what stands at its
 * end) and `isOurs`. Returns the picture (SVG).
 */
export function barPicture({ title, subtitle, groups }) {
  const most = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)))
  const scale = (WIDTH - LEFT - RIGHT) / most
  const elements = [text(20, 32, title, { size: 18, weight: 600 }), text(20, 54, subtitle, { color: COLORS.faint })]
  let y = 78
  for (const { label, bars } of groups) {
    elements.push(text(20, y + 16, label, { weight: 600 }))
    y += 28
    const top = y
    for (const bar of bars) {
      const color = bar.isOurs ? COLORS.ours : bar === bars[0] ? COLORS.limit : COLORS.others
      const width = Math.max(1, bar.value * scale).toFixed(1)
      elements.push(
        text(LEFT - 10, y + 15, bar.label, { anchor: 'end' }),
        `<rect x="${LEFT}" y="${y}" width="${width}" height="${BAR}" fill="${color}"/>`,
        text(LEFT + Number(width) + 8, y + 15, bar.note, { color: COLORS.faint }),
      )
      y += STEP
    }
    const one = (LEFT + bars[0].value * scale).toFixed(1)
    elements.push(
      `<line x1="${one}" x2="${one}" y1="${top - 4}" y2="${y - 4}" stroke="${COLORS.limit}" stroke-dasharray="3 3"/>`,
    )
    y += 14
  }
  return svg(WIDTH, y + 6, title, elements)
}
