import { createHash } from 'node:crypto'
import { requireFromExample } from './running-example.ts'
import { type Answer, type Json, servedSdl } from './subgraph.ts'

// Apollo's own tools, as the example has them installed.

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** What a client of Apollo's gateway gets; the supergraph is its SDL, or what composes one. */
export async function askApollo(supergraphSdl: unknown, query: string): Promise<Answer> {
  const { ApolloGateway } = requireFromExample('@apollo/gateway')
  const { parse } = requireFromExample('graphql')
  const gateway = new ApolloGateway({ supergraphSdl, logger: silent })
  const { executor } = await gateway.load()
  try {
    const result = await executor({
      request: { query },
      document: parse(query),
      queryHash: createHash('sha256').update(query).digest('hex'),
      operationName: null,
      context: {},
      logger: silent,
      metrics: {},
      overallCachePolicy: {},
    })
    // By way of JSON, as it reaches a client.
    return JSON.parse(JSON.stringify({ data: result.data, errors: result.errors }))
  } finally {
    await gateway.stop()
  }
}

/** What Apollo's composition says of running subgraphs, whose SDL may be changed beforehand. */
export async function composeByApollo(
  subgraphs: readonly { readonly name: string; readonly url: string }[],
  change = (sdl: string) => sdl,
): Promise<{ supergraphSdl?: string; errors?: readonly unknown[]; hints: readonly unknown[] }> {
  const { composeServices } = requireFromExample('@apollo/composition')
  const { parse } = requireFromExample('graphql')
  const services = subgraphs.map(async ({ name, url }): Promise<Json> => {
    const sdl = await servedSdl({ fetch: (_, init) => fetch(url, init) })
    return { name, url, typeDefs: parse(change(sdl)) }
  })
  return composeServices(await Promise.all(services))
}
