import { type GraphQLSchema, isAbstractType } from 'graphql'
import { servedSdl } from '../src/graphql/federation/subgraph.ts'
import { trustedManifest } from './trusted-manifest.ts'

/**
 * The files of `schema/` that are printed from the schema, by name: the SDL as gateways are served it, for clients such
 * as Apollo Client the types that stand behind each union and interface, and the manifest of the operations that are
 * there.
 */
export async function printedFiles(schema: GraphQLSchema): Promise<Readonly<Record<string, string>>> {
  return {
    'schema.graphql': `${(await servedSdl(schema)).trim()}\n`,
    'possible-types.json': `${JSON.stringify(possibleTypes(schema), null, 2)}\n`,
    'trusted-documents.json': `${JSON.stringify(trustedManifest(), null, 2)}\n`,
  }
}

function possibleTypes(schema: GraphQLSchema): Readonly<Record<string, readonly string[]>> {
  // A client never meets what is there for gateways: those names begin with an underscore.
  const abstract = Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .filter(({ name }) => !name.startsWith('_'))
  const named = abstract.map(
    (type) =>
      [
        type.name,
        schema
          .getPossibleTypes(type)
          .map(({ name }) => name)
          .sort(),
      ] as const,
  )
  return Object.fromEntries(named.sort(([one], [other]) => one.localeCompare(other)))
}
