import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type OperationTypeNode,
} from 'graphql'
import type { ExplorerOperation } from '../../graphiql/setup.ts'
import { SERVICES, type Service } from '../../payapi/index.ts'

/** What a field that one can begin with is about, as the schema has it. */
export interface RootField {
  readonly name: string
  readonly kind: ExplorerOperation['kind']
  readonly description: string
  /** The types of its success: of a list that of one in it. */
  readonly types: readonly string[]
  /** The service that it calls: of a mutation its own, of a query the lookup that answers likewise. */
  readonly service: Service | undefined
}

const FAILURE = 'PayApiFailure'

const BY_NAME: Readonly<Record<string, Service>> = SERVICES

/** Undefined where the schema has no such field. */
export function rootField(schema: GraphQLSchema, kind: RootField['kind'], name: string): RootField | undefined {
  const field = schema.getRootType(kind as OperationTypeNode)?.getFields()[name]
  if (field === undefined) return undefined
  const answer = getNamedType(field.type)
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {})
  const likewise = mutations.find((mutation) => mutation.name in BY_NAME && getNamedType(mutation.type) === answer)
  return {
    name,
    kind,
    description: field.description ?? '',
    types: successesOf(answer),
    service: BY_NAME[name] ?? BY_NAME[likewise?.name ?? ''],
  }
}

function successesOf(type: GraphQLNamedType): readonly string[] {
  if (isUnionType(type)) {
    const isFailure = (member: GraphQLNamedType) =>
      isObjectType(member) && member.getInterfaces().some(({ name }) => name === FAILURE)
    return type
      .getTypes()
      .filter((member) => !isFailure(member))
      .map(({ name }) => name)
  }
  const node = nodeOf(type)
  return [(node ?? type).name]
}

/** What a connection is a list of. */
function nodeOf(type: GraphQLNamedType): GraphQLNamedType | undefined {
  const edges = fieldType(type, 'edges')
  return edges === undefined ? undefined : fieldType(edges, 'node')
}

function fieldType(type: GraphQLNamedType, name: string): GraphQLNamedType | undefined {
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined
  const field = type.getFields()[name]
  return field === undefined ? undefined : getNamedType(field.type)
}
