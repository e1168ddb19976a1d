import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** Takes away the declarations that no entry point of the package leads to: nobody outside can import them. */
export function removeUnreachable(folder) {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const reached = new Set()
  const visit = (file) => {
    if (reached.has(file)) return
    reached.add(file)
    const text = readFileSync(file, 'utf8')
    for (const [, path] of text.matchAll(/(?:from |import\(|import )['"](\.{1,2}\/[^'"]+)\.(?:ts|tsx|js)['"]/g))
      visit(resolve(file, '..', `${path}.d.ts`))
  }
  for (const { types } of Object.values(exports)) if (types !== undefined) visit(join(ROOT, types))
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file)
  }
}
