import { serve } from '@hono/node-server'
import { expressApp } from './express.ts'
import { fastifyApp } from './fastify.ts'
import { honoApp } from './hono.ts'
import { createReceiver } from './receive.ts'

// WEBHOOK_SECRET=whsec_… node --import tsx examples/webhook-receiver/start.ts [express|fastify|hono]

const { WEBHOOK_SECRET: secret = '', GRAPH_URL: graph = 'http://127.0.0.1:4000/graphql', PORT = '4200' } = process.env
const port = Number(PORT)

const receive = createReceiver({
  secret,
  graph,
  onEvent: ({ type, data }, payment) =>
    void process.stdout.write(`${type} of order ${data.orderId}: ${payment?.status ?? 'no payment'}\n`),
})

const servers: Readonly<Record<string, () => unknown>> = {
  express: () => expressApp(receive).listen(port, '127.0.0.1'),
  fastify: () => fastifyApp(receive).listen({ port, host: '127.0.0.1' }),
  hono: () => serve({ fetch: honoApp(receive).fetch, port, hostname: '127.0.0.1' }),
}

servers[process.argv[2] ?? 'express']?.()
