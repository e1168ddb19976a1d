import { generate } from '@graphql-codegen/cli'
import { expect, it } from 'vitest'
import { operationDocuments } from '../../../scripts/documents/operation-documents.ts'
import { API, ClientProject, SCALARS } from '../../support/graphql/client-project.ts'

const PREAMBLE = `import { graphql } from './gql/index.ts'\nimport type { ResultOf } from '@graphql-typed-document-node/core'\n`

const OPERATIONS = operationDocuments().map(({ name, text }) => `export const ${name} = graphql(\`${text}\`)\n`)

const USES = `
export function cancelledBy(answer: ResultOf<typeof CancelPayment>): string {
  const ended = answer.cancelPayment
  if (ended?.__typename === 'PaymentCancellation') return ended.amount ?? ''
  if (ended?.__typename === 'PgFailure') return \`\${ended.resultCode} \${ended.outcome}\`
  return ended?.message ?? ''
}
`

/** What the preset makes of a client's source, beside that source. */
async function generated(source: string): Promise<ClientProject> {
  const project = new ClientProject({ 'client.ts': PREAMBLE + source })
  const files = (await generate(
    {
      cwd: project.folder,
      silent: true,
      schema: API,
      documents: 'client.ts',
      generates: {
        'gql/': { preset: 'client', config: { scalars: SCALARS, enumsAsTypes: true, useTypeImports: true } },
      },
    },
    false,
  )) as readonly { readonly filename: string; readonly content: string }[]
  project.write(
    Object.fromEntries(files.map(({ filename, content }) => [filename.replace(/^.*(?=gql\/)/, ''), content])),
  )
  return project
}

it('codegen’s client preset types every operation, each member of its result told by its name', async () => {
  const project = await generated(OPERATIONS.join('') + USES)
  expect(await project.compile()).toEqual({ status: 0, output: '' })
})

it('what the preset types is checked: a field of another member does not compile', async () => {
  const project = await generated(OPERATIONS.join('') + USES.replace('ended.resultCode', 'ended.httpStatus'))
  const { status, output } = await project.compile()
  expect(status).not.toBe(0)
  expect(output).toContain("Property 'httpStatus' does not exist")
})

it('codegen’s client preset refuses an operation that asks for what the graph does not have', async () => {
  const wrong = 'export const Wrong = graphql(`query Wrong { paymentOperation(id: "1") { cardNumber } }`)\n'
  await expect(generated(wrong)).rejects.toThrow('cardNumber')
})
