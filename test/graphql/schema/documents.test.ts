import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type FieldNode,
  type GraphQLError,
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
import { getVariableValues } from 'graphql/execution/values.js'
import { expect, it } from 'vitest'
import { exampleVariables } from '../../../scripts/documents/fixtures.ts'
import {
  type OperationDocument,
  operationDocuments,
  PRINTED_MARK,
} from '../../../scripts/documents/operation-documents.ts'
import { outdatedDocuments, printedDocuments } from '../../../scripts/documents/printed-documents.ts'
import { presentManifest, trustedManifest } from '../../../scripts/documents/trusted-manifest.ts'
import { schema } from '../../../src/graphql/schema.ts'
import type { Service } from '../../../src/payapi/index.ts'
import { CALLS } from '../../support/graphql/operations.ts'

const read = (path: string) => readFileSync(new URL(`../../../schema/${path}`, import.meta.url), 'utf8')
const STALE = 'is stale: run `npm run generate`'
const DOCUMENTS = operationDocuments()

const PRINTED = Object.entries(printedDocuments(schema, DOCUMENTS))

it.each(PRINTED)('schema/operations/%s is up to date', (file, text) => {
  expect(read(`operations/${file}`) === text, `schema/operations/${file} ${STALE}`).toBe(true)
})

it('no document is left of a field that is gone', () => {
  expect(outdatedDocuments(schema, DOCUMENTS)).toEqual([])
})

it('schema/operations/examples.json is up to date', async () => {
  expect(read('operations/examples.json') === (await exampleVariables(schema, DOCUMENTS)), STALE).toBe(true)
})

/** Every field that one can begin with, but for those that are there for gateways. */
const ROOTS = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  .flatMap((type) => Object.values(type?.getFields() ?? {}))
  .filter(({ name }) => !name.startsWith('_'))

it('every field that one can begin with has one document, which has its name', () => {
  expect(DOCUMENTS.map(({ field }) => field).toSorted()).toEqual(ROOTS.map(({ name }) => name).toSorted())
  for (const { file, field, name } of DOCUMENTS) {
    expect(name).toBe(field.charAt(0).toUpperCase() + field.slice(1))
    expect(file).toMatch(/^\d+-[a-z-]+\.graphql$/)
  }
})

it.each(DOCUMENTS)('$file is valid', ({ text }) => {
  expect(validate(schema, parse(text))).toEqual([])
})

const examples = JSON.parse(read('operations/examples.json')) as Readonly<Record<string, Record<string, unknown>>>

it.each(DOCUMENTS)('the example variables of $file are what it takes', ({ file, text }) => {
  expect(faultsOf(text, examples[file])).toEqual([])
})

/** What is wrong with the variables of a document. */
function faultsOf(text: string, variables: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const [operation] = parse(text).definitions as readonly OperationDefinitionNode[]
  const { errors = [] } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables)
  return errors.map(({ message }: GraphQLError) => message)
}

it('variables that a document cannot do without are missed', () => {
  expect(faultsOf('query One($id: ID!) { paymentOperation(id: $id) { id } }')).toHaveLength(1)
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

it.each(CALLS)('$file asks for everything that each union member has', ({ file, service }) => {
  for (const name of [...Object.keys((service as Service).result.fields), ...OF_FAILURES])
    expect(read(`operations/${file}`)).toMatch(new RegExp(`\\b${name}\\b`))
})

it('what became of an operation is asked for with what each failure has of its own', () => {
  const asking = DOCUMENTS.filter(({ text }) => / failure \{/.test(text))
  expect(asking.map(({ field }) => field)).toEqual(expect.arrayContaining(['paymentOperation', 'paymentOperations']))
  for (const { file, text } of asking) {
    expect(text, file).toMatch(/on PayApiTransportError \{\s+reason\s+\}/)
    expect(text, file).toMatch(/on PgFailure \{\s+resultCode\s+resultMessage\s+\}/)
  }
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

it.each(DOCUMENTS)('$file asks every result that has one for its operationId', ({ text }) => {
  expect(selectionsWithout('operationId', text)).toEqual([])
})

it('no operation asks for what needs a scope beside that of its field', () => {
  const asked = DOCUMENTS.flatMap(({ file, text }) => {
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

/** The graph with a service, a list and a subscription more. */
const GROWN = buildSchema(`
  ${read('api.graphql')}
  type ExpiredUrl { merchantId: ID, operationId: ID }
  union ExpireUrlResult = ExpiredUrl | PgFailure
  input ExpireUrlInput { orderId: ID!, memo: String }
  type Sheet { id: ID! }
  extend type Mutation { expireUrl(input: ExpireUrlInput!): ExpireUrlResult }
  extend type Query { sheets(first: Int, after: String): [Sheet!] }
  ${schema.getSubscriptionType() ? 'extend ' : ''}type Subscription { operationMoved(id: ID!): PayApiOperation }
`)

const asPresent = (file: string, field: string, kind: OperationDocument['kind'] = 'query', byHand = false) => ({
  file,
  field,
  kind,
  byHand,
})

it('a field that is added gets its document, numbered on, and variables; those that are there keep their names', async () => {
  const printed = printedDocuments(GROWN, DOCUMENTS)
  const added = Object.entries(printed).filter(([file]) => !DOCUMENTS.some((document) => document.file === file))
  const last = Math.max(...DOCUMENTS.map(({ file }) => Number.parseInt(file, 10)))
  expect(added.map(([file]) => file)).toEqual([
    `${last + 1}-expire-url.graphql`,
    `${last + 2}-sheets.graphql`,
    `${last + 3}-operation-moved.graphql`,
  ])
  const [mutation = '', list = '', subscription = ''] = added.map(([, text]) => text)
  for (const text of [mutation, list, subscription]) expect(validate(GROWN, parse(text))).toEqual([])
  expect(mutation).toContain('mutation ExpireUrl($input: ExpireUrlInput!)')
  expect(mutation).toMatch(/on ExpiredUrl \{\s+merchantId\s+operationId\s+\}/)
  expect(list).toContain('query Sheets($first: Int, $after: String)')
  expect(subscription).toContain('subscription OperationMoved($id: ID!)')
  expect(subscription).toContain('resolution {')

  const present = [
    asPresent('a', 'expireUrl', 'mutation'),
    asPresent('b', 'sheets'),
    asPresent('c', 'operationMoved', 'subscription'),
  ]
  expect(JSON.parse(await exampleVariables(GROWN, present))).toEqual({
    a: { input: { orderId: 'orderId' } },
    b: { first: 20 },
    c: { id: 'operationId of an answer' },
  })
})

it('a field whose document is kept by hand gets none printed, and one that was printed before goes', () => {
  const byHand = asPresent('50-payment.graphql', 'payment', 'query', true)
  const printed = printedDocuments(schema, [...DOCUMENTS, byHand])
  const earlier = DOCUMENTS.find(({ field }) => field === 'payment')?.file ?? ''
  expect(printedDocuments(schema, DOCUMENTS)).toHaveProperty([earlier])
  expect(printed).not.toHaveProperty([earlier])
  expect(printed).not.toHaveProperty([byHand.file])
  expect(outdatedDocuments(schema, [...DOCUMENTS, byHand])).toEqual([earlier])
})

it('what was printed of a field that is gone goes; what was written by hand stays, for a person to look at', () => {
  const gone = [asPresent('98-gone.graphql', 'gone'), asPresent('99-also-gone.graphql', 'alsoGone', 'query', true)]
  expect(outdatedDocuments(schema, [...DOCUMENTS, ...gone])).toEqual(['98-gone.graphql'])
})

it('a document that is kept by hand says something else than what would be printed', () => {
  const byHand = DOCUMENTS.filter((document) => document.byHand)
  const printed = Object.values(printedDocuments(schema, []))
  expect(byHand.filter(({ text }) => printed.includes(`${PRINTED_MARK}\n${text}`)).map(({ file }) => file)).toEqual([])
})

it('the manifest has the documents of today, and of the last release those that still run', () => {
  const released = Object.keys(JSON.parse(read('released-documents.json')) as object)
  expect(Object.keys(presentManifest())).toHaveLength(DOCUMENTS.length)
  const manifest = trustedManifest(schema)
  expect(Object.keys(manifest).toSorted()).toEqual(
    [...new Set([...Object.keys(presentManifest()), ...released])].toSorted(),
  )
  const lacking = buildSchema('type Query { nothing: Int }')
  expect(Object.keys(trustedManifest(lacking)).toSorted()).toEqual(Object.keys(presentManifest()).toSorted())
})
