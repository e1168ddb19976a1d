import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generate } from '@graphql-codegen/cli'
import { parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import config from '../../codegen.ts'
import { exampleVariables, fixtureIndex } from '../../scripts/fixtures.ts'
import { missingDocuments, operationDocuments } from '../../scripts/operation-documents.ts'
import { printedFiles } from '../../scripts/printed-files.ts'
import { schema } from '../../src/graphql/schema.ts'
import { SERVICES, type Service } from '../../src/payapi/index.ts'
import type { AnyFixture } from '../services/fixture.ts'
import { FIXTURES } from '../services/index.generated.ts'
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

it('test/services/index.generated.ts is up to date', () => {
  expect(read('test/services/index.generated.ts') === fixtureIndex(), STALE).toBe(true)
})

it('schema/operations/examples.json is up to date, and has the variables of every document', async () => {
  const documents = operationDocuments()
  expect(read('schema/operations/examples.json') === (await exampleVariables(documents)), STALE).toBe(true)
  const examples = JSON.parse(read('schema/operations/examples.json')) as object
  expect(Object.keys(examples)).toEqual(documents.map(({ file }) => file))
})

it('every service has an operation document, and every lookup one of its query', () => {
  const fields = CALLS.map(({ field }) => field)
  expect(fields).toEqual(expect.arrayContaining(Object.keys(SERVICES)))
  const queries = Object.values<AnyFixture>(FIXTURES).flatMap(({ query }) => (query ? [query.field] : []))
  expect(fields).toEqual(expect.arrayContaining(queries))
})

function expectWhole(text: string, service: Service): void {
  expect(validate(schema, parse(text))).toEqual([])
  for (const name of Object.keys(service.result.fields)) expect(text).toMatch(new RegExp(`\\b${name}\\b`))
  for (const name of ['message', 'outcome', 'retryable', 'requestId', 'requestedAt', 'resultCode', 'reason', 'issues'])
    expect(text).toMatch(new RegExp(`\\b${name}\\b`))
}

it.each(CALLS)('$file is valid, and asks for everything that each union member has', ({ file, service }) => {
  expectWhole(read(`schema/operations/${file}`), service)
})

it.each(Object.values<Service>(SERVICES))('a document printed for $name is valid, and asks likewise', (service) => {
  const [[file, text] = ['', '']] = Object.entries(missingDocuments(schema, [], [service]))
  expect(file).toMatch(/^01-[a-z-]+\.graphql$/)
  expectWhole(text, service)
})

it('a service that has a document gets none printed, and the next one is numbered on', () => {
  const [first, ...others] = operationDocuments()
  expect(missingDocuments(schema, operationDocuments())).toEqual({})
  expect(Object.keys(missingDocuments(schema, others))).toEqual([`${others.length + 2}${first?.file.slice(2)}`])
})
