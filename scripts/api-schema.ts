import { GraphQLObjectType, GraphQLSchema, isUnionType } from 'graphql'

/**
 * The graph as a client of this server alone sees it: without what gateways ask for, and without the types to which
 * nothing else leads.
 */
export function apiSchema(subgraph: GraphQLSchema): GraphQLSchema {
  const query = withoutFederation(subgraph.getQueryType())
  const mutation = subgraph.getMutationType()
  const subscription = subgraph.getSubscriptionType()
  const reachable = new GraphQLSchema({ query, mutation, subscription }).getTypeMap()
  const entities = subgraph.getType('_Entity')
  const onlyReferredTo = isUnionType(entities) ? entities.getTypes().filter(({ name }) => !(name in reachable)) : []
  // What nothing leads to by mistake stays, for the tests to find.
  const types = Object.values(subgraph.getTypeMap()).filter(
    (type) =>
      !isFederations(type) && type.name !== query.name && !onlyReferredTo.some(({ name }) => name === type.name),
  )
  return new GraphQLSchema({ query, mutation, subscription, types })
}

function withoutFederation(query: GraphQLObjectType | null | undefined): GraphQLObjectType {
  if (query == null) throw new Error('The graph has no queries')
  const { fields, ...config } = query.toConfig()
  const own = Object.entries(fields).filter(([name]) => !isFederations({ name }))
  return new GraphQLObjectType({ ...config, fields: Object.fromEntries(own) })
}

/** Names that begin with one underscore are federation's. */
const isFederations = ({ name }: { readonly name: string }) => /^_(?!_)/.test(name)
