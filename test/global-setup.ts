import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { COMPILED_JOURNAL } from './support/journal/compiled.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Makes ready, once for all test files, what they share: a folder for whatever they write, which goes with them, and,
 * compiled, what runs in processes and threads of its own: the programs, where something has changed, and the journal's
 * stores. Compiled files start several times faster, these tests start many, and it is what users run. Type errors do not
 * stop the tests: they are the type check's business.
 */
export async function setup(): Promise<(() => void) | undefined> {
  // Vitest calls this for each of its projects.
  if (process.env[COMPILED_JOURNAL] !== undefined) return undefined
  const folder = mkdtempSync(join(folderInMemory() ?? tmpdir(), 'payapi-tests-'))
  // PostgreSQL runs under another account.
  chmodSync(folder, 0o755)
  process.env['TMPDIR'] = folder
  // The build writes that file last; where it failed, what it left is no build.
  if (Math.max(newest('src'), newest('scripts'), changedAt('package-lock.json')) > changedAt('dist/server/worker.js')) {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' })
  }
  process.env[COMPILED_JOURNAL] = await compileJournal(join(folder, 'journal-compiled'))
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** How much the databases and browsers of a run may write, and some more. */
const ENOUGH_BYTES = 4 * 1024 ** 3

/**
 * Where files are kept in memory: a disk that is busy takes its time over a flush, and then a store says, as it should,
 * that it is too slow. Undefined where there is no such place, no room in it, or nothing in it may be executed.
 */
function folderInMemory(): string | undefined {
  const memory = '/dev/shm'
  try {
    const { bavail, bsize } = statfsSync(memory)
    if (bavail * bsize < ENOUGH_BYTES) return undefined
    const program = join(mkdtempSync(join(memory, 'payapi-tests-')), 'program')
    try {
      writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 })
      execFileSync(program)
    } finally {
      rmSync(dirname(program), { recursive: true })
    }
    return memory
  } catch {
    return undefined
  }
}

async function compileJournal(folder: string): Promise<string> {
  mkdirSync(folder)
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  await build({
    absWorkingDir: join(ROOT, 'src/journal'),
    entryPoints: ['open-store.ts', 'sqlite/worker/worker.ts', 'sqlite/driver.ts'],
    // Beside each other: a store looks for its thread there.
    entryNames: '[name]',
    outdir: folder,
    bundle: true,
    // As in the build: every thread compiles all of it, and would read each of the hundreds of files of a package that is
    // left outside.
    minifyWhitespace: true,
    minifySyntax: true,
    external: ['@photostructure/sqlite', 'pg'],
    platform: 'node',
    target: 'node20',
    format: 'esm',
  })
  return folder
}

/** When a file of a folder last changed. */
function newest(folder: string): number {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs))
}

/** When a file last changed; 0 where there is none. */
const changedAt = (file: string): number => statSync(join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
