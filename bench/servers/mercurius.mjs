import fastify from 'fastify'
import mercurius from 'mercurius'
import { isKnown } from './production.mjs'
import { resolversFor, typeDefs } from './schema.mjs'
import { charge, port } from './settings.mjs'

// Mercurius with its defaults, an API key checked and Fastify's own logging on, as in production.

const app = fastify({ logger: true })
app.addHook('onRequest', async (request, reply) => {
  if (!isKnown(request.headers['x-api-key'])) await reply.code(401).send({ errors: [{ message: 'Who is this?' }] })
})
app.register(mercurius, {
  schema: typeDefs,
  resolvers: { ...resolversFor(charge), ChargeCardBillingKeyResult: { resolveType: ({ __typename }) => __typename } },
})
await app.listen({ port, host: '127.0.0.1' })
