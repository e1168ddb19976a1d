import { type GraphQLSchema, isAbstractType, lexicographicSortSchema, printSchema } from 'graphql'

/**
 * Takes the schema; returns the files of `schema/` that are printed from it, by name: the SDL, and for clients such as
 * Apollo Client the types that stand behind each union and interface.
 */
export function printedFiles(schema: GraphQLSchema): Readonly<Record<string, string>> {
  return {
    'schema.graphql': `${printSchema(lexicographicSortSchema(schema))}\n`,
    'possible-types.json': `${JSON.stringify(possibleTypes(schema), null, 2)}\n`,
  }
}

function possibleTypes(schema: GraphQLSchema): Readonly<Record<string, readonly string[]>> {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType)
  const named = abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name).sort()] as const)
  return Object.fromEntries(named.sort(([one], [other]) => one.localeCompare(other)))
}
