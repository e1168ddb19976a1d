import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { createPayApiGraphql } from 'payapi-graphql'

const { PORT = '3000', PUBLIC_URL, NOTICE_TOKEN = 'a-secret-of-your-own' } = process.env

const payments = createPayApiGraphql({
  journal: { url: 'file:./data/payments.db' },
  publicUrl: PUBLIC_URL,
  notices: { endpoints: [{ kind: 'deposit', mid: 'welcometst', token: NOTICE_TOKEN }] },
})

const app = new Hono()
// GraphQL, what the PG and its buyers ask for, and the pages of the sandbox. Nothing before it reads bodies.
app.on('ALL', ['/graphql', '/graphql/*', '/pg/*', '/health/*', '/s/*'], (c) =>
  payments.fetch(c.req.raw, { clientAddress: getConnInfo(c).remote.address }),
)
app.post('/orders', async (c) => c.json({ ordered: await c.req.json() }))

await payments.ready()
const server = serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' }, (info) => console.log(info))

process.once('SIGTERM', async () => {
  server.close()
  await payments.close()
})
