import type { YogaServerOptions } from 'graphql-yoga'
import { API_KEY_HEADER } from './auth/authenticator.ts'

type Cors = NonNullable<YogaServerOptions<object, object>['cors']>

/** With one of these, a browser asks first whether a page of another site may send a request. */
export const PREFLIGHT_HEADERS = ['x-graphql-yoga-csrf', 'apollo-require-preflight'] as const

const PREFLIGHT_LASTS_S = 600

/** Takes the origins whose pages may ask; returns yoga's option. An origin that is not among them is told nothing. */
export function corsFor(origins: readonly string[]): Cors {
  if (origins.length === 0) return false
  const known = new Map(
    origins.map((origin) => [
      origin,
      {
        origin: [origin],
        methods: ['GET', 'POST'],
        allowedHeaders: ['authorization', 'content-type', API_KEY_HEADER, ...PREFLIGHT_HEADERS],
        exposedHeaders: ['retry-after', 'www-authenticate'],
        // Nobody is known by a cookie here.
        credentials: false,
        maxAge: PREFLIGHT_LASTS_S,
      },
    ]),
  )
  return (request) => known.get(request.headers.get('origin') ?? '') ?? false
}
