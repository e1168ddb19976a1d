import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type GraphQLSchema, parse, print, validate } from 'graphql'
import { operationDocuments } from './operation-documents.ts'

type Manifest = Readonly<Record<string, string>>

const RELEASED = new URL('../../schema/released-documents.json', import.meta.url)

/**
 * A manifest of trusted documents: those of `schema/operations`, and those of the last release as far as they still run,
 * for its clients are not all changed in one moment.
 */
export function trustedManifest(schema: GraphQLSchema): Manifest {
  const released = Object.entries(JSON.parse(readFileSync(RELEASED, 'utf8')) as Manifest)
  const present = presentManifest()
  const earlier = released.filter(([id, text]) => !(id in present) && validate(schema, parse(text)).length === 0)
  return { ...present, ...Object.fromEntries(earlier) }
}

/** The documents of `schema/operations`, laid out as clients print them, each by its SHA-256 in hexadecimal digits. */
export function presentManifest(): Manifest {
  const texts = operationDocuments().map(({ text }) => print(parse(text)))
  return Object.fromEntries(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]))
}
