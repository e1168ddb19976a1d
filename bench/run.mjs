import { join } from 'node:path'
import { describeMachine, loadAverage, othersShare } from './lib/machine.mjs'
import { readOptions } from './lib/options.mjs'
import { prepare, ROOT, writeFigures } from './lib/prepare.mjs'
import { stayOutOfTheWay } from './lib/processes.mjs'
import { World } from './lib/world.mjs'
import { compare } from './modes/compare.mjs'
import { concurrency } from './modes/concurrency.mjs'
import { curves } from './modes/curves.mjs'
import { hostile } from './modes/hostile.mjs'
import { soak } from './modes/soak.mjs'
import { compareStores } from './modes/stores.mjs'
import { streams } from './modes/streams.mjs'
import { upgrade } from './modes/upgrade.mjs'
import { workers } from './modes/workers.mjs'
import { writeReport } from './report/write.mjs'

const MODES = { compare, curves, stores: compareStores, upgrade, concurrency, workers, streams, soak, hostile }

try {
  const options = readOptions(process.argv.slice(2))
  prepare(options)
  await run(options)
  if (options.figures && !options.quick) writeFigures()
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

async function run(options) {
  const folder = join(ROOT, 'bench/results', ...(options.quick ? ['quick'] : []))
  const share = await othersShare()
  stayOutOfTheWay()
  for (const mode of options.modes) {
    const before = loadAverage()
    const startedAt = Date.now()
    // A process of its own for each mode: what one leaves behind is not the next one's.
    const world = new World()
    const report = await MODES[mode](world, options)
    world.end()
    if (report === undefined) continue
    writeReport(folder, report.name ?? mode, report, {
      date: new Date(startedAt).toISOString().slice(0, 10),
      seconds: Math.round((Date.now() - startedAt) / 1_000),
      isQuick: options.quick,
      rounds: options.rounds,
      machine: describeMachine(),
      loadAverage: { before, after: loadAverage() },
      othersShare: share,
    })
  }
}
