import type { YogaServerOptions } from 'graphql-yoga'
import { API_KEY_HEADER } from '../../auth/authenticator.ts'
import { SCENARIO_HEADER } from '../../sandbox/response/scenarios.ts'
import { IDEMPOTENCY_HEADER } from '../http/request/rules.ts'
import { TRACEPARENT } from '../telemetry/trace-context.ts'

type Cors = NonNullable<YogaServerOptions<object, object>['cors']>

/** With one of these, a browser asks first whether a page of another site may send a request. */
export const PREFLIGHT_HEADERS = ['x-graphql-yoga-csrf', 'apollo-require-preflight'] as const

const PREFLIGHT_LASTS_S = 600

/** What the facade reads of a request, and what it would say is wrong with one. */
const HEADERS = [
  'authorization',
  'content-type',
  API_KEY_HEADER,
  ...PREFLIGHT_HEADERS,
  TRACEPARENT,
  'tracestate',
  IDEMPOTENCY_HEADER,
]

/** Yoga's option for the origins whose pages may ask. An origin that is not among them is told nothing. */
export function corsFor(origins: readonly string[], sandbox: boolean): Cors {
  if (origins.length === 0) return false
  const allowedHeaders = sandbox ? [...HEADERS, SCENARIO_HEADER] : HEADERS
  const known = new Map(
    origins.map((origin) => [
      origin,
      {
        origin: [origin],
        methods: ['GET', 'POST'],
        allowedHeaders,
        exposedHeaders: ['retry-after', 'www-authenticate', 'allow'],
        // Nobody is known by a cookie here.
        credentials: false,
        maxAge: PREFLIGHT_LASTS_S,
      },
    ]),
  )
  return (request) => known.get(request.headers.get('origin') ?? '') ?? false
}
