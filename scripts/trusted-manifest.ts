import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { parse, print } from 'graphql'

const OPERATIONS = new URL('../schema/operations/', import.meta.url)

/**
 * Returns the documents of `schema/operations` as a manifest of trusted documents: each text, laid out as clients print
 * it, by its SHA-256 in hexadecimal digits.
 */
export function trustedManifest(): Readonly<Record<string, string>> {
  const files = readdirSync(OPERATIONS).filter((name) => name.endsWith('.graphql'))
  const texts = files.sort().map((name) => print(parse(readFileSync(new URL(name, OPERATIONS), 'utf8'))))
  return Object.fromEntries(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]))
}
