import { type GraphQLError, type GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { GraphQLDate, GraphQLDateTime, GraphQLEmailAddress, GraphQLIPv4, GraphQLURL } from 'graphql-scalars'
import { SafeError } from '../../auth/errors.ts'
import { builder } from './builder.ts'

// What a field holds is checked by the service's definition, which reports all issues of an input at once, each with
// its path. A scalar only looks at the kind of value, and never puts the value into a message.

const MAX_EXACT = Number.MAX_SAFE_INTEGER

builder.scalarType('Amount', {
  description:
    'An amount of money as a decimal string, e.g. "1004": whole for KRW, up to two decimals for USD, without commas. Inputs take a whole number as well; never a fraction as a float.',
  ...specifiedBy('https://www.w3.org/TR/xmlschema11-2/#decimal'),
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string') return value
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MAX_EXACT) return value
    throw wrongKind('Amount', 'a decimal string, or a whole number below 2^53')
  },
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT) return node.value
    throw wrongKind('Amount', 'a decimal string or a whole number', node)
  },
})

/** Where each format is laid down, also where the library of scalars does not say. */
const TEXTS: readonly (readonly [scalar: GraphQLScalarType, specification: string])[] = [
  [GraphQLDate, 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6'],
  [GraphQLDateTime, 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6'],
  [GraphQLEmailAddress, 'https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address'],
  [GraphQLIPv4, 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2'],
  [GraphQLURL, 'https://www.rfc-editor.org/rfc/rfc3986'],
]

for (const [scalar, specification] of TEXTS) {
  builder.scalarType(scalar.name as 'Date', textScalar(scalar, specification))
}

/** A scalar with this name and description that reads and writes its text as it is. */
function textScalar({ name, description }: GraphQLScalarType, specification: string) {
  return {
    ...(description ? { description } : {}),
    ...specifiedBy(specification),
    serialize: (value: string) => value,
    parseValue: (value: unknown) => {
      if (typeof value === 'string') return value
      throw wrongKind(name, 'a string')
    },
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING) return node.value
      throw wrongKind(name, 'a string', node)
    },
  }
}

/** The first is for introspection, the second is what stands in the SDL for gateways. */
function specifiedBy(url: string) {
  return { specifiedByURL: url, directives: { specifiedBy: { url } } }
}

/** What is said to a caller of a value of another kind. */
export function wrongKind(name: string, wanted: string, node?: ValueNode): GraphQLError {
  return new SafeError(`${name} takes ${wanted}.`, node ? { nodes: [node] } : {})
}
