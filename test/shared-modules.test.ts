import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

// The files of a process share what they import: a hook at the top of a helper is there for the first of them alone.
it('no helper of the tests has a hook of its own: only the first file that uses it would have it', () => {
  const folders = ['support', 'chaos', 'services'].map((name) => fileURLToPath(new URL(`./${name}`, import.meta.url)))
  const files = folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(40)
  const hooked = files.filter((path) => /^(?:before|after)(?:Each|All)\(/m.test(readFileSync(path, 'utf8')))
  expect(hooked).toEqual([])
})
