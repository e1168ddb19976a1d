import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes what a mode found to `<folder>/<mode>.json` and `.md`, and its pictures beside them; prints the Markdown.
 * Takes the folder, the mode, what it reported (and whether everything shared all cores), and the circumstances of the run.
 */
export function writeReport(folder, mode, { json, markdown, pictures = {}, sharesCores = false }, circumstances) {
  mkdirSync(folder, { recursive: true })
  const put = (name, content) => writeFileSync(join(folder, name), content)
  const { machine, date, loadAverage, othersShare } = circumstances
  const text = [
    `## npm run bench: ${mode}`,
    markdown,
    `${date}; ${machine.processor}, ${machine.cores} cores${machine.oneCoreEach && !sharesCores ? ' (one for the server, one for everything else)' : ''}, ` +
      `${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}; load average before the run ${loadAverage.before}, ` +
      `after it ${loadAverage.after}; other programs used ${Math.round(othersShare * 100)} % of the cores before it.`,
  ].join('\n\n')
  put(`${mode}.json`, `${JSON.stringify({ ...circumstances, ...json }, null, 2)}\n`)
  put(`${mode}.md`, `${text}\n`)
  for (const [name, picture] of Object.entries(pictures)) put(`${name}.svg`, picture)
  process.stdout.write(`\n${text}\n\n`)
}
