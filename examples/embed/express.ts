import express from 'express'
import { createPayApiGraphql } from 'payapi-graphql'

const { PORT = '3000', PUBLIC_URL, NOTICE_TOKEN = 'a-secret-of-your-own' } = process.env

const payments = createPayApiGraphql({
  journal: { url: 'file:./data/payments.db' },
  publicUrl: PUBLIC_URL,
  notices: { endpoints: [{ kind: 'deposit', mid: 'welcometst', token: NOTICE_TOKEN }] },
})

const app = express()
// Before body parsers: notices are forms in EUC-KR, which no parser leaves as they were sent.
app.use(payments.nodeHandler)
app.use(express.json())
app.post('/orders', (request, response) => void response.json({ ordered: request.body }))

await payments.ready()
const server = app.listen(Number(PORT), '127.0.0.1', () => console.log(server.address()))

process.once('SIGTERM', async () => {
  server.close()
  await payments.close()
})
