import { type GraphQLSchema, isAbstractType, lexicographicSortSchema, printSchema } from 'graphql'
import { servedSdl } from '../src/graphql/federation/subgraph.ts'
import { apiSchema } from './api-schema.ts'
import { trustedManifest } from './documents/trusted-manifest.ts'

/**
 * The files of `schema/` that are printed from the schema, by name: the SDL as gateways are served it, the SDL as clients
 * see it, for clients such as Apollo Client the types that stand behind each union and interface, and the manifest of
 * trusted documents.
 */
export async function printedFiles(schema: GraphQLSchema): Promise<Readonly<Record<string, string>>> {
  const api = lexicographicSortSchema(apiSchema(schema))
  return {
    'schema.graphql': `${(await servedSdl(schema)).trim()}\n`,
    'api.graphql': `${printSchema(api)}\n`,
    'possible-types.json': `${JSON.stringify(possibleTypes(api), null, 2)}\n`,
    'trusted-documents.json': `${JSON.stringify(trustedManifest(api), null, 2)}\n`,
  }
}

function possibleTypes(schema: GraphQLSchema): Readonly<Record<string, readonly string[]>> {
  const named = Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)] as const)
  return Object.fromEntries(named)
}
