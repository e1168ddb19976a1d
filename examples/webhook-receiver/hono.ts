import { Hono } from 'hono'
import type { Receive } from './receive.ts'

/** `text()`, not `json()`: the signature is over the bytes. */
export function honoApp(receive: Receive) {
  const app = new Hono()
  app.post('/webhooks', async (c) => c.body(null, await receive(c.req.header(), await c.req.text())))
  return app
}
