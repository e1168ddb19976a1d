import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { GraphQLError } from 'graphql'
import { isKnown, logger } from './production.mjs'
import { resolversFor, typeDefs } from './schema.mjs'
import { charge, port } from './settings.mjs'

// Apollo Server as its own guide starts it: standalone, with its defaults, an API key checked and each request logged.

const log = {
  requestDidStart: async () => {
    const startedAt = performance.now()
    return {
      willSendResponse: async ({ operationName, errors }) =>
        logger.info(
          { operationName, errors: errors?.length ?? 0, durationMs: performance.now() - startedAt },
          'request',
        ),
    }
  },
}

const server = new ApolloServer({ typeDefs, resolvers: resolversFor(charge), plugins: [log] })
await startStandaloneServer(server, {
  listen: { port, host: '127.0.0.1' },
  context: async ({ req }) => {
    if (isKnown(req.headers['x-api-key'])) return {}
    throw new GraphQLError('Who is this?', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } })
  },
})
