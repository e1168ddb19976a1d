import { createHash } from 'node:crypto'
import { parse, print } from 'graphql'
import { operationDocuments } from './operation-documents.ts'

/**
 * The documents of `schema/operations` as a manifest of trusted documents: each text, laid out as clients print it, by
 * its SHA-256 in hexadecimal digits.
 */
export function trustedManifest(): Readonly<Record<string, string>> {
  const texts = operationDocuments().map(({ text }) => print(parse(text)))
  return Object.fromEntries(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]))
}
