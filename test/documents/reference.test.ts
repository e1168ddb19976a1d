import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { referenceFiles } from '../../scripts/reference/index.ts'

const ROOT = new URL('../../', import.meta.url)
const files = Object.entries(referenceFiles())

it.each(files)('%s is up to date', (path, text) => {
  expect(readFileSync(new URL(path, ROOT), 'utf8') === text, `${path} is stale: run \`npm run generate\``).toBe(true)
})

it('docs/reference holds nothing that is not generated', () => {
  const there = readdirSync(new URL('docs/reference/', ROOT)).map((name) => `docs/reference/${name}`)
  expect(there.sort()).toEqual(
    files
      .map(([path]) => path)
      .filter((path) => path.startsWith('docs/'))
      .sort(),
  )
})
