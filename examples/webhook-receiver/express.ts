import express from 'express'
import type { Receive } from './receive.ts'

/** `express.raw`, not `express.json`: the signature is over the bytes. */
export function expressApp(receive: Receive) {
  const app = express()
  app.post('/webhooks', express.raw({ type: 'application/json' }), async (request, response) => {
    response.sendStatus(await receive(request.headers as Record<string, string>, String(request.body)))
  })
  return app
}
