import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { figureFiles } from '../../scripts/figures/index.ts'

it.each(Object.entries(figureFiles()))('%s tells what was measured', (path, text) => {
  const written = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  expect(written === text, `${path} is stale: run \`npm run generate\``).toBe(true)
})
