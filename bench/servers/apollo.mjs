import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { resolversFor, typeDefs } from './schema.mjs'
import { charge, port } from './settings.mjs'

// Apollo Server as its own guide starts it: standalone, with its defaults.

const server = new ApolloServer({ typeDefs, resolvers: resolversFor(charge) })
await startStandaloneServer(server, { listen: { port, host: '127.0.0.1' } })
