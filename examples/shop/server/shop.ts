import { randomBytes } from 'node:crypto'
import express, { type Express, type Request, type Response } from 'express'
import type { PayApiGraphql } from 'payapi-graphql'
import { adminRoutes } from './admin.ts'
import { BY_KEY, CHARGE, createGraph, LINK, LINK_CHANGED, MAKE_LINK, OPERATION } from './graph.ts'
import { findOrder, type Order, PRODUCTS, placeOrder } from './orders.ts'

export interface ShopOptions {
  readonly payapi: PayApiGraphql
  /** Where browsers reach the shop, e.g. `https://shop.example`. */
  readonly origin: string
  /** Of whoever may refund. */
  readonly adminPassword: string
  /** Offers the scenarios of the sandbox. */
  readonly isSandbox: boolean
  /** The folder of the built page. */
  readonly page: string
}

/** Some that are worth seeing, of those in `docs/reference/scenarios.md`. */
const SCENARIOS = ['decline', 'refused', 'reset', 'reset-unprocessed', 'slow']

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/** The shop's server. One body holds a card: nothing here logs or keeps a body. */
export function createShop({ payapi, origin, adminPassword, isSandbox, page }: ShopOptions): Express {
  const graph = createGraph(payapi, origin)
  const app = express().disable('x-powered-by')

  // Of the facade, what the PG and buyers who come back from it need, and the sandbox's page for buyers. Never `/graphql`,
  // where anybody could name an amount.
  app.use((request, response, next) => {
    if (/^\/(pg|s)\//.test(request.path)) payapi.nodeHandler(request, response, next)
    else next()
  })
  app.use((_, response, next) => {
    response.set(HEADERS)
    next()
  })
  app.use(['/api', '/admin/api'], express.json({ limit: '8kb' }), (_, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })

  app.get('/api/shop', (_, response) => {
    response.json({ products: PRODUCTS, scenarios: isSandbox ? SCENARIOS : [] })
  })

  app.post('/api/orders', (request, response) => {
    const known = ownerOf(request)
    const owner = known ?? randomBytes(16).toString('hex')
    const order = placeOrder(owner, request.body?.lines)
    if (order === undefined) return refuse(response, 400, 'BAD_USER_INPUT')
    // `lax`: it has to come along when the buyer comes back from the PG's page.
    const secure = origin.startsWith('https:')
    if (known === undefined) response.cookie(SESSION, owner, { httpOnly: true, sameSite: 'lax', secure })
    response.json({ id: order.id })
  })

  app.param('id', (request, response, next, id) => {
    const order = findOrder(id)
    if (order === undefined || order.owner !== ownerOf(request)) return refuse(response, 404, 'FORBIDDEN')
    response.locals['order'] = order
    next()
  })

  app.get('/api/orders/:id', async (request, response) => {
    const { id, lines, amount } = orderOf(response)
    response.json({ id, lines, amount, ...(await graph.standing(id, request)) })
  })

  // The browser gives the card and its key. What is bought, and for how much, the shop knows.
  app.post('/api/orders/:id/charge', async (request, response) => {
    const { id: orderId, amount, goodsName, buyer } = orderOf(response)
    const { card, key } = request.body ?? {}
    const input = { orderId, amount: String(amount), goodsName, buyer, card, idempotencyKey: `${orderId}.${key}` }
    response.json(await graph.ask(CHARGE, { input }, request))
  })

  // What became of it: the operation with the key, else the one that has the order, e.g. from another tab.
  app.get('/api/orders/:id/charge', async (request, response) => {
    const { id } = orderOf(response)
    type ByKey = { readonly paymentOperationByKey: { readonly id: string } | null }
    const { paymentOperationByKey } = await graph.read<ByKey>(BY_KEY, { key: `${id}.${request.query['key']}` }, request)
    const operation = paymentOperationByKey ?? (await graph.standing(id, request)).operation
    if (!wantsEvents(request)) response.json({ data: { paymentOperation: operation } })
    else if (operation === null) response.type('text/event-stream').end('event: complete\ndata:\n\n')
    else await graph.stream(OPERATION, { id: operation.id }, request, response)
  })

  // Of several links for an order one is charged at most, so a lost answer costs no more than another link.
  app.post('/api/orders/:id/link', async (request, response) => {
    const { id: orderId, amount, goodsName } = orderOf(response)
    const redirectUrl = `${origin}/orders/${orderId}`
    const input = { paymentMethod: 'CARD', orderId, amount: String(amount), goodsName, redirectUrl }
    response.json(await graph.ask(MAKE_LINK, { input }, request))
  })

  app.get('/api/orders/:id/link', async (request, response) => {
    const { id: orderId } = orderOf(response)
    if (wantsEvents(request)) await graph.stream(LINK_CHANGED, { orderId }, request, response)
    else response.json(await graph.ask(LINK, { orderId }, request))
  })

  app.use('/admin', adminRoutes(graph, adminPassword))
  app.use(express.static(page, { index: false }))
  app.get(['/', '/orders/:any', '/admin'], (_, response) => response.sendFile('index.html', { root: page }))
  app.use((_, response) => refuse(response, 404, 'BAD_REQUEST'))
  // An error may quote the body that it is about: of it, nothing but its name is told.
  app.use(
    (error: { readonly name: string; readonly status?: number }, request: Request, response: Response, _: unknown) => {
      const { status = 500 } = error
      if (status >= 500) process.stderr.write(`${request.method} ${request.path}: ${error.name}\n`)
      if (response.headersSent) response.destroy()
      else refuse(response, status, status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR')
    },
  )
  return app
}

const SESSION = 'shop'

/** Whose orders a browser may see; undefined for one that has none yet. */
const ownerOf = (request: Request): string | undefined =>
  new RegExp(`(?:^|; )${SESSION}=([\\da-f]{32})(?:;|$)`).exec(request.get('cookie') ?? '')?.[1]

const orderOf = (response: Response): Order => response.locals['order']

const wantsEvents = (request: Request): boolean => request.get('accept') === 'text/event-stream'

/** In the form of the graph's errors, so that `interpret` says what it means. */
function refuse(response: Response, status: number, code: string): void {
  response.status(status).json({ errors: [{ message: code, extensions: { code } }] })
}
