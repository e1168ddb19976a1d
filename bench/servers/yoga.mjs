import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'
import { resolversFor, typeDefs } from './schema.mjs'
import { charge, port } from './settings.mjs'

// GraphQL Yoga as its own guide starts it, with its defaults.

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers: resolversFor(charge) }) })
createServer(yoga).listen(port, '127.0.0.1')
