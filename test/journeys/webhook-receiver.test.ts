import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Webhook } from 'standardwebhooks'
import { expect, it, onTestFinished } from 'vitest'
import { expressApp } from '../../examples/webhook-receiver/express.ts'
import { fastifyApp } from '../../examples/webhook-receiver/fastify.ts'
import { honoApp } from '../../examples/webhook-receiver/hono.ts'
import { createReceiver, type Receive } from '../../examples/webhook-receiver/receive.ts'
import { charge, dataFolder, post, startTestFacade } from '../support/server/running-facade.ts'
import { SECRET } from '../support/webhooks/receiver.ts'

/** The example's servers, each listening; resolves to its URL. They end with the test. */
const SERVERS: Readonly<Record<string, (receive: Receive) => Promise<string>>> = {
  express: (receive) => listening(createServer(expressApp(receive))),
  fastify: async (receive) => {
    const app = fastifyApp(receive)
    await app.listen({ port: 0, host: '127.0.0.1' })
    onTestFinished(() => app.close())
    return urlOf(app.server)
  },
  hono: (receive) => listening(createServer(getRequestListener(honoApp(receive).fetch))),
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`

async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return urlOf(server)
}

it.each(Object.entries(SERVERS))(
  'the receiver on %s verifies, takes each webhook in once, and asks the graph how the payment stands',
  async (_, listen) => {
    const taken: unknown[] = []
    let receive: Receive = async () => 400
    const answers: number[] = []
    let last: Parameters<Receive> | undefined
    const url = await listen(async (headers, body) => {
      last = [headers, body]
      const status = await receive(headers, body)
      answers.push(status)
      return status
    })
    const file = join(dataFolder(), 'webhooks.json')
    writeFileSync(file, JSON.stringify([{ id: 'shop', url, secrets: [SECRET], events: ['payment.approved'] }]))
    const facade = await startTestFacade({ PAYAPI_WEBHOOKS_FILE: file })
    receive = createReceiver({
      secret: SECRET,
      graph: facade.url,
      onEvent: ({ type, data: { orderId } }, payment) => void taken.push({ type, orderId, payment }),
    })
    await post(facade.url, charge('ORDER-1'))
    const approved = { type: 'payment.approved', orderId: 'ORDER-1', payment: { status: 'APPROVED', amount: '1004' } }
    await expect.poll(() => taken).toEqual([approved])
    const [headers, body] = last ?? [{}, '']
    const again = (more: object, text = body) =>
      fetch(url, { method: 'POST', headers: { ...headersOf(headers), ...more }, body: text })
    expect((await again({})).status).toBe(204)
    expect((await again({}, body.replace('ORDER-1', 'ORDER-2'))).status).toBe(400)
    expect((await again({ 'webhook-id': 'another' })).status).toBe(400)
    const old = new Date(Date.now() - 10 * 60_000)
    const stale = {
      'webhook-timestamp': String(Math.floor(old.getTime() / 1_000)),
      'webhook-signature': new Webhook(SECRET).sign(String(headers['webhook-id']), old, body),
    }
    expect((await again(stale)).status).toBe(400)
    expect(taken).toEqual([approved])
    expect(answers).toEqual([204, 204, 400, 400, 400])
  },
)

/** Of a request that came, the headers with which it is sent once more. */
const headersOf = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name === 'content-type' || name.startsWith('webhook-')))
