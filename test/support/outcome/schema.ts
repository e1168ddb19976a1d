import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { API } from '../graphql/client-project.ts'

const schema = buildSchema(readFileSync(API, 'utf8'))

const changes = Object.values(schema.getMutationType()?.getFields() ?? {})
const lookups = Object.values(schema.getQueryType()?.getFields() ?? {})

const members = new Set(
  [...changes, ...lookups].flatMap(({ type }) => {
    const named = getNamedType(type)
    return isUnionType(named) ? [...named.getTypes()] : []
  }),
)

const isFailure = (type: GraphQLObjectType) => type.getInterfaces().some(({ name }) => name === 'PayApiFailure')

/** The types that mutations and lookups succeed with, by name. */
export const SUCCESSES = [...members].filter((type) => !isFailure(type)).map(({ name }) => name)

/** The types that they fail with, by name, those that stand in no union included. */
export const FAILURES = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(isFailure)
  .map(({ name }) => name)

/** The names of an enum's values. */
export function valuesOf(enumName: string): readonly string[] {
  const type = schema.getType(enumName)
  if (type === undefined || !('getValues' in type)) throw new Error(`${enumName} is no enum`)
  return type.getValues().map(({ name }) => name)
}

/** The path of everything that the input of a mutation holds, groups included. */
export const INPUT_PATHS: readonly (readonly string[])[] = changes.flatMap(({ args }) =>
  args.flatMap(({ type }) => {
    const named = getNamedType(type)
    return isInputObjectType(named) ? pathsOf(named) : []
  }),
)

function pathsOf(input: GraphQLInputObjectType, parent: readonly string[] = []): readonly (readonly string[])[] {
  return Object.values(input.getFields()).flatMap(({ name, type }) => {
    const path = [...parent, name]
    const named = getNamedType(type)
    return isInputObjectType(named) ? [path, ...pathsOf(named, path)] : [path]
  })
}
