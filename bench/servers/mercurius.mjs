import fastify from 'fastify'
import mercurius from 'mercurius'
import { resolversFor, typeDefs } from './schema.mjs'
import { charge, port } from './settings.mjs'

// Mercurius with its defaults and Fastify's own logging on, as in production.

const app = fastify({ logger: true })
app.register(mercurius, {
  schema: typeDefs,
  resolvers: { ...resolversFor(charge), ChargeCardBillingKeyResult: { resolveType: ({ __typename }) => __typename } },
})
await app.listen({ port, host: '127.0.0.1' })
