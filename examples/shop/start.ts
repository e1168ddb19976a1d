import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createPayApiGraphql } from 'payapi-graphql'
import pino from 'pino'
import { createShop } from './server/shop.ts'

// `npm run shop`: the shop over the embedded sandbox, which moves no money, until SIGTERM or Ctrl-C.

const { SHOP_PORT = '4020', SHOP_ADMIN_PASSWORD: adminPassword = randomBytes(9).toString('base64url') } = process.env

const server = createServer()
await new Promise<void>((resolve) => {
  server.once('listening', resolve)
  // Where another program has the port, a free one is taken.
  server.once('error', () => server.listen(0, '127.0.0.1'))
  server.listen(Number(SHOP_PORT), '127.0.0.1')
})
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const environment = 'sandbox'
const payapi = createPayApiGraphql({
  environment,
  publicUrl: origin,
  // The shop's server says who may do what: nobody else reaches the graph.
  auth: false,
  graphiql: false,
  log: pino(),
})
await payapi.ready()
const page = join(import.meta.dirname, 'dist')
server.on('request', createShop({ payapi, origin, adminPassword, isSandbox: environment === 'sandbox', page }))
process.stdout.write(`Shop:  ${origin}\nAdmin: ${origin}/admin (any name, password ${adminPassword})\n`)

const stop = async () => {
  server.close()
  server.closeAllConnections()
  await payapi.close()
  process.exit(0)
}
process.once('SIGTERM', stop).once('SIGINT', stop)
