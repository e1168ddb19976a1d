import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'

/** Where metrics are, on whichever port. */
export const METRICS_PATH = '/metrics'

/** The handler says whether the request was for the metrics. They are open to all where there is no token. */
export function metricsEndpoint(
  registry: Registry,
  token: string | undefined,
  onFault: (fault: unknown) => void,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const isAllowed = token === undefined ? () => true : bearerCheck(token)
  return (request, response) => {
    if (request.url?.split('?', 1)[0] !== METRICS_PATH) return false
    if (!isAllowed(request.headers.authorization)) response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
    else if (request.method !== 'GET') response.writeHead(405, { allow: 'GET' }).end()
    else {
      registry.metrics().then(
        (text) =>
          response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text),
        (fault: unknown) => {
          onFault(fault)
          response.writeHead(500).end()
        },
      )
    }
    return true
  }
}

/** Compares digests, so that the time it takes says nothing of the token, nor of its length. */
function bearerCheck(token: string): (authorization: string | undefined) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(`Bearer ${token}`)
  return (authorization) => timingSafeEqual(digest(authorization ?? ''), expected)
}
