import {
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'

type Values = Readonly<Record<string, unknown>>

/** Stands for a value that is not taken here; whether it is wrong, graphql's own coercion decides. */
const NOT_TAKEN = Symbol('not taken')

type Coerce = (value: unknown) => unknown

/**
 * Takes a schema and the variables that an operation declares; returns what coerces their values as graphql's own
 * coercion does, several times as fast. It takes only what is plainly right, and returns undefined for all else, so that
 * no rule, default or message of graphql's is repeated here.
 */
export function planVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (given: Values) => Values | undefined {
  const planned = definitions.map(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node)
    return {
      name: variable.name.value,
      coerce: planInput(type, new Map()),
      mayBeAbsent: !isNonNullType(type) && !defaultValue,
    }
  })
  return (given) => {
    const coerced: Record<string, unknown> = {}
    for (const { name, coerce, mayBeAbsent } of planned) {
      if (Object.hasOwn(given, name)) {
        const value = coerce(given[name])
        if (value === NOT_TAKEN) return undefined
        coerced[name] = value
      } else if (!mayBeAbsent) return undefined
    }
    return coerced
  }
}

/** A type may hold itself, so each is `known` before it is planned. */
function planInput(type: unknown, known: Map<GraphQLInputType, Coerce>): Coerce {
  if (!isInputType(type)) return () => NOT_TAKEN
  const found = known.get(type)
  if (found !== undefined) return found
  let planned: Coerce = () => NOT_TAKEN
  known.set(type, (value) => planned(value))
  planned = coerceNothing(type, known)
  return planned
}

function coerceNothing(type: GraphQLInputType, known: Map<GraphQLInputType, Coerce>): Coerce {
  if (isNonNullType(type)) {
    const coerce = coerceSomething(type.ofType, known)
    return (value) => (value === null || value === undefined ? NOT_TAKEN : coerce(value))
  }
  const coerce = coerceSomething(type, known)
  return (value) => (value === null || value === undefined ? null : coerce(value))
}

function coerceSomething(type: GraphQLInputType, known: Map<GraphQLInputType, Coerce>): Coerce {
  if (isLeafType(type)) {
    return (value) => {
      try {
        const parsed = type.parseValue(value)
        return parsed === undefined ? NOT_TAKEN : parsed
      } catch {
        return NOT_TAKEN
      }
    }
  }
  if (isListType(type)) return coerceList(planInput(type.ofType, known))
  if (!isInputObjectType(type) || type.isOneOf) return () => NOT_TAKEN
  const fields = Object.values(type.getFields())
  const coercions = new Map(fields.map((field) => [field.name, planInput(field.type, known)]))
  const needed = fields.flatMap((field) =>
    isNonNullType(field.type) || field.defaultValue !== undefined ? [field.name] : [],
  )
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return NOT_TAKEN
    for (const name of needed) if (!Object.hasOwn(value, name)) return NOT_TAKEN
    const coerced: Record<string, unknown> = {}
    for (const name of Object.keys(value)) {
      const part = coercions.get(name)?.((value as Values)[name])
      if (part === undefined || part === NOT_TAKEN) return NOT_TAKEN
      coerced[name] = part
    }
    return coerced
  }
}

function coerceList(coerce: Coerce): Coerce {
  return (value) => {
    if (!Array.isArray(value)) return NOT_TAKEN
    const items = value.map(coerce)
    return items.includes(NOT_TAKEN) ? NOT_TAKEN : items
  }
}
