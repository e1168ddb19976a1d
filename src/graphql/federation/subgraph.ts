import { getDocumentNodeFromSchema } from '@graphql-tools/utils'
import {
  type DefinitionNode,
  type DocumentNode,
  GraphQLError,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  graphql,
  isObjectType,
  Kind,
  parse,
} from 'graphql'
import { requireCaller } from '../../auth/authorize.ts'
import { SafeError } from '../../auth/errors.ts'
import { builder } from '../builder/builder.ts'
import { withExactIds } from '../builder/id.ts'
import { type GraphContext, perContext } from '../context.ts'
import { limitRepresentations } from './representation-limit.ts'
import { sortedSdl } from './sort-sdl.ts'

/** What another subgraph sends of an object: its `__typename` and the fields of one of its keys. */
type Representation = Readonly<Record<string, unknown>>

type Referenced = { readonly __typename: string }
type MaybePromise<Value> = Value | Promise<Value>

/** A type to whose objects other subgraphs may refer. */
export interface Entity {
  /** Sets of fields, each of which tells one object from all others. */
  readonly keys: readonly string[]
  /** The object that a gateway refers to, with its `__typename`; null where there is none. */
  resolveReference(representation: Representation, context: GraphContext): MaybePromise<Referenced | null>
}

type Entities = Readonly<Record<string, Entity>>

/** The graph with `_service` and `_entities`, as the specification of subgraphs has them. */
export function toSubgraph(entities: Entities): GraphQLSchema {
  const graph = withExactIds(builder.toSchema({ sortSchema: false }))
  const query = graph.getQueryType()
  if (query == null) throw new Error('The graph has no queries')
  const { fields, ...config } = query.toConfig()
  const extended = new GraphQLObjectType({
    ...config,
    fields: { ...fields, _entities: entitiesField(graph, entities), _service: serviceField(graph, entities) },
  })
  const types = Object.values(graph.getTypeMap()).filter((type) => type !== query)
  return new GraphQLSchema({ ...graph.toConfig(), query: extended, types })
}

function serviceField(graph: GraphQLSchema, entities: Entities) {
  let sdl: string | undefined
  const type = new GraphQLObjectType({
    name: '_Service',
    fields: { sdl: { type: new GraphQLNonNull(GraphQLString), description: 'This subgraph, for its composition.' } },
  })
  return {
    type: new GraphQLNonNull(type),
    // Printed when somebody asks: a start does not wait for it.
    resolve: () => {
      sdl ??= printSubgraph(graph, entities)
      return { sdl }
    },
  }
}

function entitiesField(graph: GraphQLSchema, entities: Entities) {
  const types = Object.values(graph.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => Object.hasOwn(entities, name))
  const any = new GraphQLScalarType({ name: '_Any', specifiedByURL: 'https://specs.apollo.dev/federation/v2.3' })
  return {
    type: new GraphQLNonNull(new GraphQLList(new GraphQLUnionType({ name: '_Entity', types }))),
    args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(any))) } },
    resolve: (
      _: unknown,
      { representations }: { representations?: unknown[] },
      context: GraphContext,
      info: GraphQLResolveInfo,
    ) => {
      requireCaller(context)
      limitRepresentations(info, context.limits.maxRepresentations)
      return representations?.map((representation) => {
        const entity = entityOf(representation, entities, context)
        if (entity instanceof Promise) return entity.catch((fault: unknown) => told(asError(fault), context))
        return entity instanceof Error ? told(entity, context) : entity
      })
    },
  }
}

/** An error for one that refers to no entity of ours, or without right: it fails, and not the others with it. */
function entityOf(
  representation: unknown,
  entities: Entities,
  context: GraphContext,
): MaybePromise<Referenced | null> | Error | undefined {
  const { __typename } = Object(representation) as Representation
  if (typeof __typename !== 'string' || !Object.hasOwn(entities, __typename))
    return badInput('The `__typename` of a representation names no entity of this subgraph.')
  try {
    return entities[__typename]?.resolveReference(representation as Representation, context)
  } catch (fault) {
    return asError(fault)
  }
}

/** What a value is refused for, as an error for the caller; all else as it is. */
function asError(fault: unknown): Error {
  if (fault instanceof GraphQLError) return fault.extensions['code'] === undefined ? badInput(fault.message) : fault
  return fault instanceof Error ? fault : new Error(String(fault))
}

/** So many errors of references are told in one request: there may be a thousand, of one cause. The others are null. */
const MAX_TOLD = 20

const errorsOf = perContext(() => ({ count: 0 }))

function told(error: Error, context: GraphContext): Error | null {
  return errorsOf(context).count++ < MAX_TOLD ? error : null
}

const badInput = (message: string) => new SafeError(message, { extensions: { code: 'BAD_USER_INPUT' } })

export async function servedSdl(schema: GraphQLSchema): Promise<string> {
  const { data, errors } = await graphql({ schema, source: '{ _service { sdl } }' })
  if (errors !== undefined) throw new AggregateError(errors, 'The SDL cannot be printed')
  return (data as { _service: { sdl: string } })._service.sdl
}

/** The oldest version of the federation specification that has all we use: gateways of any age know it. */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@tag"])'

/** By the name of a type, the keys of its objects: sets of fields. */
type Keyed = Readonly<Record<string, { readonly keys: readonly string[] }>>

/** A graph in SDL, with the directives of its types and fields and the keys of its entities, as gateways take it. */
function printSubgraph(graph: GraphQLSchema, entities: Keyed): string {
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
