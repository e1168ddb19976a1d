import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generate } from '@graphql-codegen/cli'
import { expect, it } from 'vitest'
import config from '../../../codegen.ts'
import { fixtureIndex } from '../../../scripts/documents/fixtures.ts'
import { printedFiles } from '../../../scripts/printed-files.ts'
import { schema } from '../../../src/graphql/schema.ts'

const ROOT = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')
const STALE = 'is stale: run `npm run generate`'

it.each(Object.entries(await printedFiles(schema)))('schema/%s is up to date', (name, text) => {
  expect(read(`schema/${name}`) === text, `schema/${name} ${STALE}`).toBe(true)
})

it('the typed documents are up to date', async () => {
  const files = (await generate({ ...config, cwd: fileURLToPath(ROOT), silent: true }, false)) as readonly {
    readonly filename: string
    readonly content: string
  }[]
  expect(files.length).toBeGreaterThan(0)
  for (const { filename, content } of files) {
    const path = filename.slice(filename.lastIndexOf('schema/'))
    expect(read(path) === content, `${path} ${STALE}`).toBe(true)
  }
})

it('test/services/index.generated.ts is up to date', () => {
  expect(read('test/services/index.generated.ts') === fixtureIndex(), STALE).toBe(true)
})
