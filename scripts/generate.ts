import { writeFileSync } from 'node:fs'
import { schema } from '../src/graphql/schema.ts'
import { printedFiles } from './printed-files.ts'

// `npm run generate`, first half: what is printed from the schema. The second half, typed documents, is codegen.ts.

for (const [name, text] of Object.entries(await printedFiles(schema))) {
  writeFileSync(new URL(`../schema/${name}`, import.meta.url), text)
}
