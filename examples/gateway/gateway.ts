import { createGatewayRuntime } from '@graphql-hive/gateway'
import { type Listening, listen } from './listen.ts'

/** What of a client's request reaches the facade: who calls, and in the sandbox what shall happen. */
const PASSED_ON = ['authorization', 'x-api-key', 'x-sandbox-scenario']

/** The gateway subscribes by GET, which the facade takes from whoever sends a header that no page of another site can. */
const NO_PAGE = { 'apollo-require-preflight': 'gateway' }

/** Longer than the facade waits for PayAPI. */
const UPSTREAM_TIMEOUT_MS = 70_000

/** A subscription lasts as long as its caller likes. */
const UNBOUNDED = 0

/** Starts Hive Gateway over the supergraph's SDL on this machine; port 0 stands for a free one. */
export async function startGateway(supergraph: string, port: number): Promise<Listening> {
  const gateway = createGatewayRuntime({
    supergraph,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request, subgraphName }) =>
        subgraphName === 'payapi'
          ? {
              ...Object.fromEntries(PASSED_ON.map((name) => [name, request.headers.get(name) ?? undefined])),
              ...NO_PAGE,
            }
          : {},
    },
    // No `upstreamRetry`: it would send a charge again whose answer was lost.
    upstreamTimeout: ({ executionRequest }) =>
      executionRequest?.operationType === 'subscription' ? UNBOUNDED : UPSTREAM_TIMEOUT_MS,
    logging: 'warn',
    landingPage: false,
  })
  const server = await listen(gateway, gateway.graphqlEndpoint, port)
  return {
    url: server.url,
    async close() {
      await server.close()
      await gateway.dispose()
    },
  }
}
