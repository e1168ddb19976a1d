import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * The journal's stores, compiled once for a test file: processes and threads start several times faster from compiled
 * files, these tests start many, and it is what users run.
 */

const root = fileURLToPath(new URL('../../..', import.meta.url))

function compile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'journal-compiled-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const options = [
    ...['--ignoreConfig', '--noCheck', '--rewriteRelativeImportExtensions', '--target', 'es2022'],
    ...['--module', 'nodenext', '--rootDir', join(root, 'src'), '--outDir', folder],
  ]
  const entries = ['open-store', 'sqlite/worker/worker'].map((name) => join(root, 'src/journal', `${name}.ts`))
  execFileSync(join(root, 'node_modules/.bin/tsc'), [...options, ...entries], { cwd: root })
  return folder
}

let compiled: string | undefined

/** Takes a module of the journal, less its ending; returns the URL of the compiled file. */
export function moduleUrl(name: string): URL {
  compiled ??= compile()
  return pathToFileURL(join(compiled, 'journal', `${name}.js`))
}
