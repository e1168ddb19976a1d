import { readdirSync, readFileSync } from 'node:fs'
import { type OperationTypeNode, parse } from 'graphql'

const OPERATIONS = new URL('../../schema/operations/', import.meta.url)

/** `cancelPayment` as a file is named: `cancel-payment`. */
export const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The first line of a document that is printed. Without it the document is kept by hand. */
export const PRINTED_MARK = '# Printed by `npm run generate`. Without this line it is kept by hand.'

/** An operation document of `schema/operations`. */
export interface OperationDocument {
  readonly file: string
  /** What it holds, without the mark. */
  readonly text: string
  /** The field of `Mutation`, `Query` or `Subscription` that it asks for. */
  readonly field: string
  readonly kind: `${OperationTypeNode}`
  /** What it calls itself. */
  readonly name: string
  readonly byHand: boolean
}

/** The documents that are there, in the order of their numbers. */
export function operationDocuments(): readonly OperationDocument[] {
  const files = readdirSync(OPERATIONS).filter((name) => name.endsWith('.graphql'))
  return files.sort().map((file) => described(file, readFileSync(new URL(file, OPERATIONS), 'utf8')))
}

function described(file: string, whole: string): OperationDocument {
  const byHand = !whole.startsWith(`${PRINTED_MARK}\n`)
  const text = byHand ? whole : whole.slice(PRINTED_MARK.length + 1)
  const [operation, more] = parse(text).definitions
  if (operation?.kind !== 'OperationDefinition' || more !== undefined) throw new Error(`${file} must be one operation`)
  const [field] = operation.selectionSet.selections
  if (field?.kind !== 'Field' || operation.name === undefined) throw new Error(`${file} must be named and ask a field`)
  return { file, text, field: field.name.value, kind: operation.operation, name: operation.name.value, byHand }
}
