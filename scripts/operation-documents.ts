import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'graphql'

const OPERATIONS = new URL('../schema/operations/', import.meta.url)

/** `cancelPayment` as a file is named: `cancel-payment`. */
export const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** An operation document of `schema/operations`. */
export interface OperationDocument {
  readonly file: string
  readonly text: string
  /** The field of `Mutation` or `Query` that it asks for. */
  readonly field: string
  readonly kind: 'mutation' | 'query'
  /** What it calls itself. */
  readonly name: string
}

/** The documents that are there, in the order of their numbers. */
export function operationDocuments(): readonly OperationDocument[] {
  const files = readdirSync(OPERATIONS).filter((name) => name.endsWith('.graphql'))
  return files.sort().map((file) => described(file, readFileSync(new URL(file, OPERATIONS), 'utf8')))
}

function described(file: string, text: string): OperationDocument {
  const [operation, more] = parse(text).definitions
  if (operation?.kind !== 'OperationDefinition' || more !== undefined) throw new Error(`${file} must be one operation`)
  const [field] = operation.selectionSet.selections
  if (field?.kind !== 'Field' || operation.name === undefined) throw new Error(`${file} must be named and ask a field`)
  const kind = operation.operation === 'query' ? 'query' : 'mutation'
  return { file, text, field: field.name.value, kind, name: operation.name.value }
}
