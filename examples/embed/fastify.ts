import fastify from 'fastify'
import { createPayApiGraphql } from 'payapi-graphql'

const { PORT = '3000', PUBLIC_URL, NOTICE_TOKEN = 'a-secret-of-your-own' } = process.env

const payments = createPayApiGraphql({
  journal: { url: 'file:./data/payments.db' },
  publicUrl: PUBLIC_URL,
  notices: { endpoints: [{ kind: 'deposit', mid: 'welcometst', token: NOTICE_TOKEN }] },
})

const app = fastify()
// Before Fastify parses: notices are forms in EUC-KR, which no parser leaves as they were sent.
app.addHook('onRequest', (request, reply, next) => payments.nodeHandler(request.raw, reply.raw, next))
app.addHook('preClose', () => payments.close())
app.post('/orders', async (request) => ({ ordered: request.body }))

await payments.ready()
await app.listen({ port: Number(PORT), host: '127.0.0.1' })
console.log(app.server.address())

process.once('SIGTERM', () => app.close())
