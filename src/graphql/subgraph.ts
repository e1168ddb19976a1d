import {
  GraphQLError,
  type GraphQLFieldResolver,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  graphqlSync,
  isUnionType,
} from 'graphql'
import { builder } from './builder.ts'
import { sortedSdl } from './sorted-sdl.ts'

/** The oldest version of the federation specification that has all we use: gateways of any age know it. */
const FEDERATION = 'https://specs.apollo.dev/federation/v2.3'

/** Returns the graph as a subgraph: with `_service` and `_entities`, and with its directives in the SDL. */
export function toSubgraph(): GraphQLSchema {
  const schema = builder.toSubGraphSchema({ linkUrl: FEDERATION })
  const { _entities: entities, _service: service } = schema.getQueryType()?.getFields() ?? {}
  const sdl = service && (getNamedType(service.type) as GraphQLObjectType).getFields()['sdl']
  if (!entities?.resolve || !sdl) throw new Error('The graph has no entities')
  entities.resolve = oneByOne(entities.resolve)
  const served = { sdl: sortedSdl(servedSdl(schema)) }
  service.resolve = () => served
  // As the specification of subgraphs has it.
  sdl.type = new GraphQLNonNull(GraphQLString)
  return schema
}

/** Takes a subgraph; returns the SDL that it serves. */
export function servedSdl(schema: GraphQLSchema): string {
  const { data } = graphqlSync({ schema, source: '{ _service { sdl } }' })
  return (data as { _service: { sdl: string } })._service.sdl
}

/** Takes a resolver of `_entities`; returns one that fails a reference to no entity of ours, and not the others with it. */
function oneByOne(resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> {
  return (source, { representations }: { representations?: unknown[] }, context, info) => {
    const union = info.schema.getType('_Entity')
    const names = new Set(isUnionType(union) ? union.getTypes().map(({ name }) => name) : [])
    return representations?.map((representation) => {
      const { __typename } = Object(representation) as { __typename?: unknown }
      if (typeof __typename === 'string' && names.has(__typename))
        return (resolve(source, { representations: [representation] }, context, info) as unknown[])[0]
      return new GraphQLError('The `__typename` of a representation names no entity of this subgraph.', {
        extensions: { code: 'BAD_USER_INPUT' },
      })
    })
  }
}
