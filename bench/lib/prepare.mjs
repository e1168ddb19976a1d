import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the product. */
export const ROOT = join(import.meta.dirname, '../..')

const BENCH = join(ROOT, 'bench')

/** Installs the peers where they are needed and missing or out of date, and builds the product. Throws where that fails. */
export function prepare({ build, modes }) {
  if (modes.includes('compare') && changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json')) {
    process.stdout.write('Installing the servers to compare with (bench/package.json) …\n')
    npm(['ci', '--no-audit', '--no-fund'], BENCH)
  }
  if (build) {
    process.stdout.write('Building the facade (npm run build) …\n')
    npm(['run', '--silent', 'build'], ROOT)
  }
}

/** Writes what was measured into the documents. */
export const writeFigures = () => npm(['run', '--silent', 'generate'], ROOT)

/** When a file of bench/ was written last; 0 where it is missing. */
const changedAt = (file) => statSync(join(BENCH, file), { throwIfNoEntry: false })?.mtimeMs ?? 0

function npm(args, cwd) {
  const { status } = spawnSync('npm', args, { cwd, stdio: 'inherit' })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd === ROOT ? 'the product' : 'bench/'}`)
}
