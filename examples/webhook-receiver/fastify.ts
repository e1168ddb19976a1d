import fastify from 'fastify'
import type { Receive } from './receive.ts'

/** A parser of its own, which leaves the text as it is: the signature is over the bytes. */
export function fastifyApp(receive: Receive) {
  const app = fastify()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => done(null, body))
  app.post('/webhooks', async (request, reply) => {
    await reply.code(await receive(request.headers as Record<string, string>, String(request.body))).send()
  })
  return app
}
