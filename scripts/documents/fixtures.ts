import { existsSync } from 'node:fs'
import type { GraphQLSchema } from 'graphql'
import { SERVICES } from '../../src/payapi/index.ts'
import { derivedExample } from './derived-example.ts'
import { JOURNAL_EXAMPLES } from './journal-examples.ts'
import { kebabCase, type OperationDocument } from './operation-documents.ts'

// The fixtures of the services in `test/services`: the index that gathers them, and the examples that GraphiQL has of
// them. A service whose fixture is not written yet is in the index, for the compiler to name, and has no example.

const FOLDER = new URL('../../test/services/', import.meta.url)

interface WithExample {
  readonly example: object
  readonly query?: { readonly field: string; readonly example: object }
}

/** The text of `test/services/index.generated.ts`. */
export function fixtureIndex(): string {
  const names = Object.keys(SERVICES).sort()
  const imports = names.map((name) => `import { fixture as ${name} } from './${kebabCase(name)}.ts'\n`)
  return `import type { Fixtures } from './fixture.ts'
${imports.join('')}
export const FIXTURES: Fixtures = {
${names.map((name) => `  ${name},\n`).join('')}}
`
}

/** The text of `schema/operations/examples.json`: the variables of each operation document, by its file. */
export async function exampleVariables(
  schema: GraphQLSchema,
  documents: readonly Pick<OperationDocument, 'file' | 'field' | 'kind'>[],
): Promise<string> {
  const byField = new Map(Object.entries(JOURNAL_EXAMPLES))
  for (const name of Object.keys(SERVICES)) {
    const file = new URL(`${kebabCase(name)}.ts`, FOLDER)
    if (!existsSync(file)) continue
    const { fixture } = (await import(file.href)) as { readonly fixture: WithExample }
    byField.set(name, { input: fixture.example })
    if (fixture.query !== undefined) byField.set(fixture.query.field, fixture.query.example)
  }
  const examples = documents.map(({ file, field, kind }) => [
    file,
    byField.get(field) ?? derivedExample(schema, kind, field, byField),
  ])
  return `${JSON.stringify(Object.fromEntries(examples), null, 2)}\n`
}
