import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'

// `npm run build:package`: dist/package, what `npm pack` takes with it: ES modules with declarations, file by file as they
// are in the source, so that whoever bundles them leaves out what they do not use.

const ROOT = join(import.meta.dirname, '../..')

rmSync(join(ROOT, 'dist/package'), { recursive: true, force: true })
execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', import.meta.dirname], {
  stdio: 'inherit',
})
