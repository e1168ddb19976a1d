import {
  GraphQLID,
  GraphQLList,
  GraphQLNonNull,
  GraphQLScalarType,
  GraphQLSchema,
  type GraphQLType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql'
import { wrongKind } from './scalars.ts'

const WANTED = 'a string, or a whole number of at most 2^53 - 1'

/** A number stands for one id only where a double holds it exactly; -0 would be another text than it was written as. */
const isExact = (value: unknown): value is number => Number.isSafeInteger(value) && !Object.is(value, -0)

/**
 * The built-in `ID`, less the numbers that JSON cannot carry: 20261126123456789 arrives as …788, and one order would be
 * charged as another. A literal has the same bound, so that a request means the same in both ways of writing it.
 */
const ExactID = new GraphQLScalarType<string, string>({
  ...GraphQLID.toConfig(),
  parseValue: exactId,
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING) return node.value
    if (node.kind === Kind.INT && isExact(Number(node.value))) return node.value
    throw wrongKind('ID', WANTED, node)
  },
})

/** The id that a value from JSON stands for. Throws an error for the caller where it may stand for several. */
export function exactId(value: unknown): string {
  if (typeof value === 'string') return value
  if (isExact(value)) return String(value)
  throw wrongKind('ID', WANTED)
}

/**
 * Pothos builds every `ID` with graphql-js's own scalar, which all schemas of a process share: this puts ours in each
 * place. The types of the schema given, which nobody else has, change with it.
 */
export function withExactIds(schema: GraphQLSchema): GraphQLSchema {
  const types = Object.values(schema.getTypeMap()).filter((type) => type !== GraphQLID && !isIntrospectionType(type))
  for (const type of types) {
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        field.type = withExactId(field.type)
        for (const arg of field.args) arg.type = withExactId(arg.type)
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) field.type = withExactId(field.type)
    }
  }
  return new GraphQLSchema({ ...schema.toConfig(), types: [...types, ExactID] })
}

function withExactId<Type extends GraphQLType>(type: Type): Type
function withExactId(type: GraphQLType): GraphQLType {
  if (isNonNullType(type)) return new GraphQLNonNull(withExactId(type.ofType))
  if (isListType(type)) return new GraphQLList(withExactId(type.ofType))
  return type === GraphQLID ? ExactID : type
}
