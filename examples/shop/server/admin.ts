import { createHash, timingSafeEqual } from 'node:crypto'
import { type RequestHandler, Router } from 'express'
import { type Graph, REFUND, RESOLVE } from './graph.ts'
import { allOrders, findOrder } from './orders.ts'

/** What the shop's own people do. The page asks by JSON, which no page of another site can send with their password. */
export function adminRoutes(graph: Graph, password: string): Router {
  const router = Router().use(basicAuth(password))

  router.get('/api/orders', async (request, response) => {
    const standing = allOrders().map(async ({ id, amount, goodsName }) => ({
      id,
      amount,
      goodsName,
      ...(await graph.standing(id, request)),
    }))
    response.json(await Promise.all(standing))
  })

  // All that is left of the payment; the server knows which payment that is.
  router.post('/api/orders/:id/refund', async (request, response) => {
    const order = findOrder(request.params.id)
    const { payment } = order ? await graph.standing(order.id, request) : { payment: null }
    const { key } = request.body ?? {}
    const input = { transactionId: payment?.transactionId, idempotencyKey: `${order?.id}.${key}` }
    response.json(await graph.ask(REFUND, { input }, request))
  })

  // What a person found in the PG's merchant console.
  router.post('/api/resolve', async (request, response) => {
    const { operationId, processed, transactionId } = request.body ?? {}
    response.json(await graph.ask(RESOLVE, { input: { operationId, processed, transactionId } }, request))
  })
  return router
}

function basicAuth(password: string): RequestHandler {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const wanted = digest(password)
  return (request, response, next) => {
    const [, encoded = ''] = /^Basic (.+)$/i.exec(request.get('authorization') ?? '') ?? []
    const given = Buffer.from(encoded, 'base64')
      .toString()
      .replace(/^[^:]*:/, '')
    if (timingSafeEqual(digest(given), wanted)) next()
    else response.status(401).set('WWW-Authenticate', 'Basic realm="shop"').end()
  }
}
