import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'
import { isKnown, logger } from './production.mjs'
import { resolversFor, typeDefs } from './schema.mjs'
import { charge, port } from './settings.mjs'

// GraphQL Yoga as its own guide starts it, with its defaults, an API key checked and each request logged.

const guard = {
  onRequest({ request, fetchAPI, endResponse }) {
    if (isKnown(request.headers.get('x-api-key'))) return
    endResponse(fetchAPI.Response.json({ errors: [{ message: 'Who is this?' }] }, { status: 401 }))
  },
}

const log = {
  onExecute({ args: { operationName } }) {
    const startedAt = performance.now()
    return {
      onExecuteDone: ({ result }) =>
        logger.info(
          { operationName, errors: result.errors?.length ?? 0, durationMs: performance.now() - startedAt },
          'request',
        ),
    }
  },
}

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers: resolversFor(charge) }), plugins: [guard, log] })
createServer(yoga).listen(port, '127.0.0.1')
