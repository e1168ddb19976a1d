import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Builds the programs, where something has changed, for the tests that start them as processes of their own. Type errors
 * do not stop the tests: they are the type check's business.
 */
export function setup(): void {
  if (newest('src') > newest('dist')) spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT })
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
