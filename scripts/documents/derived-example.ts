import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
  type OperationTypeNode,
} from 'graphql'
import type { OperationDocument } from './operation-documents.ts'

type Examples = ReadonlyMap<string, object>

/**
 * Variables for a field of which nobody wrote an example: what it cannot do without, as a query for the same has it, else
 * by its type; of a list one page.
 */
export function derivedExample(
  schema: GraphQLSchema,
  kind: OperationDocument['kind'],
  name: string,
  examples: Examples,
): object {
  const field = schema.getRootType(kind as OperationTypeNode)?.getFields()[name]
  if (field === undefined) return {}
  const known = exampleOfSame(schema, getNamedType(field.type).name, examples)
  const needed = field.args.filter((arg) => isRequiredArgument(arg) || arg.name === 'first')
  return Object.fromEntries(needed.map((arg) => [arg.name, known[arg.name] ?? placeholder(arg.name, arg.type)]))
}

/** The example of a query for a type. */
function exampleOfSame(schema: GraphQLSchema, type: string, examples: Examples): Readonly<Record<string, unknown>> {
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {})
  const same = queries.find((query) => getNamedType(query.type).name === type && examples.has(query.name))
  return { ...examples.get(same?.name ?? '') }
}

function placeholder(name: string, given: GraphQLInputType): unknown {
  const type = getNullableType(given)
  if (isListType(type)) return [placeholder(name, type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField)
    return Object.fromEntries(fields.map((field) => [field.name, placeholder(field.name, field.type)]))
  }
  return BY_TYPE[type.name] ?? name
}

const BY_TYPE: Readonly<Record<string, unknown>> = {
  Int: 20,
  Float: 1,
  Boolean: true,
  Amount: '1000',
  Date: '2026-11-24',
  DateTime: '2026-11-24T00:00:00Z',
  EmailAddress: 'buyer@example.com',
  IPv4: '127.0.0.1',
  URL: 'https://shop.example/',
}
