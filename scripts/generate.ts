import { rmSync, writeFileSync } from 'node:fs'
import { schema } from '../src/graphql/schema.ts'
import { exampleVariables, fixtureIndex } from './documents/fixtures.ts'
import { operationDocuments } from './documents/operation-documents.ts'
import { outdatedDocuments, printedDocuments } from './documents/printed-documents.ts'
import { figureFiles } from './figures/index.ts'
import { printedFiles } from './printed-files.ts'
import { referenceFiles } from './reference/index.ts'

// `npm run generate`, first half: what is printed from the schema and the services, the reference, and the figures in the
// documents. The second half, typed documents, is codegen.ts.

function write(files: Readonly<Record<string, string>>, folder: string): void {
  for (const [name, text] of Object.entries(files))
    writeFileSync(new URL(`../${folder}/${name}`, import.meta.url), text)
}

for (const file of outdatedDocuments(schema, operationDocuments()))
  rmSync(new URL(`../schema/operations/${file}`, import.meta.url))
write(printedDocuments(schema, operationDocuments()), 'schema/operations')
write({ 'examples.json': await exampleVariables(schema, operationDocuments()) }, 'schema/operations')
write({ 'index.generated.ts': fixtureIndex() }, 'test/services')
write(await printedFiles(schema), 'schema')
write(referenceFiles(), '.')
write(figureFiles(), '.')
