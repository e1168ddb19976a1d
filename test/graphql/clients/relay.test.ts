import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { operationDocuments } from '../../../scripts/documents/operation-documents.ts'
import { API, ClientProject, SCALARS } from '../../support/graphql/client-project.ts'

const CONFIG = {
  src: '.',
  schema: 'api.graphql',
  language: 'typescript',
  artifactDirectory: 'compiled',
  customScalarTypes: SCALARS,
  requireCustomScalarTypes: true,
}

const tagged = (document: string) => `import { graphql } from 'relay-runtime'\ngraphql\`${document}\`\n`

/** As Relay wants it, an operation has its file's name and its kind in its own. */
const MODULES = Object.fromEntries(
  operationDocuments().map(({ field, kind, text }) => {
    const suffix = kind.charAt(0).toUpperCase() + kind.slice(1)
    return [`${field}.ts`, tagged(text.replace(/^(query|mutation|subscription) \w+/, `$1 ${field}${suffix}`))]
  }),
)

const LIST = `
  fragment List_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "ListNextPageQuery") {
    paymentOperations(first: $count, after: $cursor, filter: { states: [UNKNOWN] }) @connection(key: "List_paymentOperations") {
      edges { node { id service createdAt failure { message } } }
    }
  }
`

async function compileWithRelay(modules: Readonly<Record<string, string>>) {
  const project = new ClientProject({ 'relay.config.json': JSON.stringify(CONFIG), ...modules })
  project.write({ 'compiled/.keep': '' })
  project.copy(API, 'api.graphql')
  const run = await project.run('relay-compiler/cli.js', 'relay.config.json')
  return { ...run, hasCompiled: (name: string) => existsSync(join(project.folder, `compiled/${name}.graphql.ts`)) }
}

it('Relay compiles every operation, and a list of operations that fetches its next page', async () => {
  const { status, output, hasCompiled } = await compileWithRelay({ ...MODULES, 'List.ts': tagged(LIST) })
  expect(output).not.toMatch(/error/i)
  expect(status).toBe(0)
  for (const name of ['cancelPaymentMutation', 'escrowStatusQuery', 'ListNextPageQuery'])
    expect(hasCompiled(name), name).toBe(true)
})

it('Relay refuses an operation that asks for what the graph does not have', async () => {
  const { status, output } = await compileWithRelay({
    'wrong.ts': tagged('query wrongQuery { paymentOperation(id: "1") { cardNumber } }'),
  })
  expect(status).not.toBe(0)
  expect(output).toContain('cardNumber')
})
