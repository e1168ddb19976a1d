import { type GraphQLError, type GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { GraphQLDate, GraphQLDateTime, GraphQLEmailAddress, GraphQLIPv4, GraphQLURL } from 'graphql-scalars'
import { SafeError } from '../../auth/errors.ts'
import { builder } from '../builder.ts'

// What a field holds is checked by the service's definition, which reports all issues of an input at once, each with
// its path. A scalar only looks at the kind of value, and never puts the value into a message.

const MAX_EXACT = Number.MAX_SAFE_INTEGER

builder.scalarType('Amount', {
  description:
    'An amount of money as a decimal string, e.g. "1004": whole for KRW, up to two decimals for USD, without commas. Inputs take a whole number as well; never a fraction as a float.',
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

for (const scalar of [GraphQLDate, GraphQLDateTime, GraphQLEmailAddress, GraphQLIPv4, GraphQLURL]) {
  builder.scalarType(scalar.name as 'Date', textScalar(scalar))
}

/** A scalar with this name and description that reads and writes its text as it is. */
function textScalar({ name, description, specifiedByURL }: GraphQLScalarType) {
  return {
    ...(description ? { description } : {}),
    // The second is what stands in the SDL for gateways.
    ...(specifiedByURL ? { specifiedByURL, directives: { specifiedBy: { url: specifiedByURL } } } : {}),
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

/** What is said to a caller of a value of another kind. */
export function wrongKind(name: string, wanted: string, node?: ValueNode): GraphQLError {
  return new SafeError(`${name} takes ${wanted}.`, node ? { nodes: [node] } : {})
}
