import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { COMPILED_JOURNAL } from './support/journal/compiled.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Compiles once, for all test files, what runs in processes and threads of its own: the programs, where something has
 * changed, and the journal's stores. Compiled files start several times faster, these tests start many, and it is what
 * users run. Type errors do not stop the tests: they are the type check's business.
 */
export async function setup(): Promise<() => void> {
  if (Math.max(newest('src'), newest('scripts')) > newest('dist')) {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' })
  }
  const folder = mkdtempSync(join(tmpdir(), 'journal-compiled-'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  await build({
    absWorkingDir: join(ROOT, 'src/journal'),
    entryPoints: ['open-store.ts', 'sqlite/worker/worker.ts', 'sqlite/driver.ts'],
    // Beside each other: a store looks for its thread there.
    entryNames: '[name]',
    outdir: folder,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
  })
  process.env[COMPILED_JOURNAL] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

/** When a file of a folder last changed; 0 where there is none. */
function newest(folder: string): number {
  try {
    const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    return Math.max(0, ...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs))
  } catch {
    return 0
  }
}
