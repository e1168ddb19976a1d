import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generate } from '@graphql-codegen/cli'
import {
  type FieldNode,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { expect, it } from 'vitest'
import config from '../../codegen.ts'
import { exampleVariables, fixtureIndex } from '../../scripts/fixtures.ts'
import { missingDocuments } from '../../scripts/missing-documents.ts'
import { operationDocuments } from '../../scripts/operation-documents.ts'
import { printedFiles } from '../../scripts/printed-files.ts'
import { schema } from '../../src/graphql/schema.ts'
import { SERVICES, type Service } from '../../src/payapi/index.ts'
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

/** Every field that one can begin with, but for those that are there for gateways. */
const ROOTS = [schema.getQueryType(), schema.getMutationType()]
  .flatMap((type) => Object.values(type?.getFields() ?? {}))
  .filter(({ name }) => !name.startsWith('_'))

it('every field that one can begin with has an operation document', () => {
  const fields = operationDocuments().map(({ field }) => field)
  expect(fields.toSorted()).toEqual(ROOTS.map(({ name }) => name).toSorted())
})

/** The names of what a failure may have. */
const OF_FAILURES = [
  'message',
  'outcome',
  'retryable',
  'requestId',
  'requestedAt',
  'operationId',
  'resultCode',
  'reason',
  'issues',
]

function expectWhole(text: string, service: Service): void {
  expect(validate(schema, parse(text))).toEqual([])
  for (const name of [...Object.keys(service.result.fields), ...OF_FAILURES])
    expect(text).toMatch(new RegExp(`\\b${name}\\b`))
}

it.each(CALLS)('$file is valid, and asks for everything that each union member has', ({ file, service }) => {
  expectWhole(read(`schema/operations/${file}`), service)
})

const PRINTED = Object.entries(missingDocuments(schema, []))

it.each(PRINTED)('%s, as it is printed, is valid, and asks likewise', (_, text) => {
  const [operation] = parse(text).definitions as readonly OperationDefinitionNode[]
  const [field] = (operation?.selectionSet.selections ?? []) as readonly FieldNode[]
  const service = (SERVICES as Readonly<Record<string, Service>>)[field?.name.value ?? '']
  if (service === undefined) expect(validate(schema, parse(text))).toEqual([])
  else expectWhole(text, service)
})

it('a document is printed for every field that one can begin with, the services first, and numbered', () => {
  expect(PRINTED).toHaveLength(ROOTS.length)
  expect(PRINTED[0]?.[0]).toMatch(/^01-[a-z-]+\.graphql$/)
  expect(PRINTED.slice(0, Object.keys(SERVICES).length).every(([, text]) => text.startsWith('mutation'))).toBe(true)
})

it('a field that has a document gets none printed, and the next one is numbered on', () => {
  const [first, ...others] = operationDocuments()
  expect(missingDocuments(schema, operationDocuments())).toEqual({})
  expect(Object.keys(missingDocuments(schema, others))).toEqual([`${others.length + 2}${first?.file.slice(2)}`])
})

/** In each operation, every selection of a type that has an `operationId`. */
function selectionsWithout(field: string, text: string): readonly string[] {
  const info = new TypeInfo(schema)
  const lacking: string[] = []
  visit(
    parse(text),
    visitWithTypeInfo(info, {
      SelectionSet({ selections }) {
        const type = info.getParentType()
        if (!isObjectType(type) && !isInterfaceType(type)) return
        const asked = selections.filter(({ kind }) => kind === Kind.FIELD) as readonly FieldNode[]
        const isShared = isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'PayApiFailure')
        if (field in type.getFields() && !isShared && !asked.some(({ name }) => name.value === field))
          lacking.push(type.name)
      },
    }),
  )
  return lacking
}

it.each(operationDocuments())('$file asks every result that has one for its operationId', ({ text }) => {
  expect(selectionsWithout('operationId', text)).toEqual([])
})

it('no operation asks for what needs a scope beside that of its field', () => {
  const asked = operationDocuments().flatMap(({ file, text }) => {
    const info = new TypeInfo(schema)
    const scoped: string[] = []
    visit(
      parse(text),
      visitWithTypeInfo(info, {
        Field() {
          if (info.getFieldDef()?.description?.includes('Needs the scope')) scoped.push(`${info.getFieldDef()?.name}`)
        },
      }),
    )
    return scoped.length === 1 ? [] : [[file, ...scoped]]
  })
  expect(asked).toEqual([])
})
