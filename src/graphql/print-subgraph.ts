import { getDocumentNodeFromSchema } from '@graphql-tools/utils'
import { type DefinitionNode, type DocumentNode, type GraphQLSchema, Kind, parse } from 'graphql'
import { sortedSdl } from './sorted-sdl.ts'

/** The oldest version of the federation specification that has all we use: gateways of any age know it. */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@tag"])'

/** By the name of a type, the keys of its objects: sets of fields. */
type Keyed = Readonly<Record<string, { readonly keys: readonly string[] }>>

/** Returns a graph in SDL, with the directives of its types and fields and the keys of its entities, as gateways take it. */
export function printSubgraph(graph: GraphQLSchema, entities: Keyed): string {
  const { definitions } = getDocumentNodeFromSchema(graph)
  const types = definitions.filter(({ kind }) => kind !== Kind.SCHEMA_DEFINITION)
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [...parse(LINK).definitions, ...types.map((definition) => withKeys(definition, entities))],
  }
  return sortedSdl(document)
}

function withKeys(definition: DefinitionNode, entities: Keyed): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition
  const keys = entities[definition.name.value]?.keys ?? []
  const [type] = parse(`type T ${keys.map((fields) => `@key(fields: "${fields}")`).join(' ')}`).definitions
  const directives = type?.kind === Kind.OBJECT_TYPE_DEFINITION ? (type.directives ?? []) : []
  return { ...definition, directives: [...directives, ...(definition.directives ?? [])] }
}
