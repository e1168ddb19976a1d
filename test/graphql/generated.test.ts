import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generate } from '@graphql-codegen/cli'
import { parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import config from '../../codegen.ts'
import { printedFiles } from '../../scripts/printed-files.ts'
import { schema } from '../../src/graphql/schema.ts'
import { CALLS } from '../support/graphql/operations.ts'

const ROOT = new URL('../../', import.meta.url)
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

const manifest = JSON.parse(read('schema/operations/examples.json')) as Readonly<Record<string, unknown>>

it('there is an operation document for every mutation and lookup, and each has example variables', () => {
  const expected = CALLS.map(({ file }) => `${file}.graphql`)
  expect(Object.keys(manifest)).toEqual(expect.arrayContaining(expected))
})

it.each(CALLS)('$file.graphql is valid, and asks for everything that each union member has', ({ file, service }) => {
  const document = parse(read(`schema/operations/${file}.graphql`))
  expect(validate(schema, document)).toEqual([])
  const text = read(`schema/operations/${file}.graphql`)
  for (const name of Object.keys(service.result.fields)) expect(text).toMatch(new RegExp(`\\b${name}\\b`))
  for (const name of ['message', 'outcome', 'retryable', 'requestId', 'requestedAt', 'resultCode', 'reason', 'issues'])
    expect(text).toMatch(new RegExp(`\\b${name}\\b`))
})
