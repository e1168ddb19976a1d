/** A Markdown table of figures, and what is to be said of it below. */
export function figureTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  ...below: readonly string[]
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replaceAll(/ {2,}/g, ' ')
  const rule = `|${heads.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`
  return [[line(heads), rule, ...rows.map(line)].join('\n'), ...below].join('\n\n')
}
