import { EntityType, entitiesField, serviceField } from '@apollo/subgraph/dist/types.js'
import {
  GraphQLError,
  type GraphQLFieldResolver,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  graphql,
  isObjectType,
  lexicographicSortSchema,
} from 'graphql'
import { builder } from './builder.ts'
import { sortedSdl } from './sorted-sdl.ts'

/** The oldest version of the federation specification that has all we use: gateways of any age know it. */
const FEDERATION = { url: 'https://specs.apollo.dev/federation/v2.3', import: ['@key', '@shareable', '@tag'] }

/**
 * Returns the graph as a subgraph: with `_service` and `_entities`, and with its directives in the SDL. Pothos' own way
 * there prints the SDL first of all, which takes a third of the time that the program takes to start; here it is printed
 * when somebody asks for it, and what prints it is loaded then.
 */
export function toSubgraph(): GraphQLSchema {
  const graph = builder.toSchema({
    sortSchema: false,
    extensions: { directives: [{ name: 'link', args: FEDERATION }] },
  })
  const query = graph.getQueryType()
  const resolve = entitiesField.resolve as GraphQLFieldResolver<unknown, unknown> | undefined
  if (query == null || resolve === undefined) throw new Error('The graph has no queries or no entities')
  const entities = Object.values(graph.getTypeMap()).filter(isObjectType).filter(isEntity)
  const entity = new GraphQLUnionType({ ...EntityType.toConfig(), types: entities })
  const service = new GraphQLObjectType({
    name: '_Service',
    // As the specification of subgraphs has it: never null.
    fields: { sdl: { type: new GraphQLNonNull(GraphQLString), description: SDL_DESCRIPTION } },
  })
  const print = async () => {
    const { printSubgraphSchema } = await import('./print-subgraph.ts')
    return sortedSdl(printSubgraphSchema(lexicographicSortSchema(schema)))
  }
  let sdl: Promise<string> | undefined
  const { fields, ...config } = query.toConfig()
  const extended = new GraphQLObjectType({
    ...config,
    fields: {
      ...fields,
      _entities: {
        ...entitiesField,
        type: new GraphQLNonNull(new GraphQLList(entity)),
        resolve: oneByOne(resolve, new Set(entities.map(({ name }) => name))),
      },
      _service: {
        ...serviceField,
        type: new GraphQLNonNull(service),
        resolve: () => {
          sdl ??= print()
          return { sdl }
        },
      },
    },
  })
  const types = Object.values(graph.getTypeMap()).filter((type) => type !== query)
  const schema = new GraphQLSchema({ ...graph.toConfig(), query: extended, types })
  return schema
}

const SDL_DESCRIPTION =
  'The sdl representing the federated service capabilities. Includes federation directives, removes federation types, and includes rest of full schema after schema directives have been applied'

/** Whether another subgraph may refer to objects of a type. */
function isEntity({ extensions }: GraphQLObjectType): boolean {
  const { apollo } = extensions as { apollo?: { subgraph?: { resolveReference?: unknown } } }
  return apollo?.subgraph?.resolveReference !== undefined
}

/** Takes a subgraph; returns the SDL that it serves. */
export async function servedSdl(schema: GraphQLSchema): Promise<string> {
  const { data } = await graphql({ schema, source: '{ _service { sdl } }' })
  return (data as { _service: { sdl: string } })._service.sdl
}

/**
 * Takes a resolver of `_entities` and the names of the entities; returns one that fails a reference to no entity of ours,
 * and not the others with it.
 */
function oneByOne(
  resolve: GraphQLFieldResolver<unknown, unknown>,
  names: ReadonlySet<string>,
): GraphQLFieldResolver<unknown, unknown> {
  return (source, { representations }: { representations?: unknown[] }, context, info) =>
    representations?.map((representation) => {
      const { __typename } = Object(representation) as { __typename?: unknown }
      if (typeof __typename === 'string' && names.has(__typename))
        return (resolve(source, { representations: [representation] }, context, info) as unknown[])[0]
      return new GraphQLError('The `__typename` of a representation names no entity of this subgraph.', {
        extensions: { code: 'BAD_USER_INPUT' },
      })
    })
}
