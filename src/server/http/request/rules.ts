import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import { SafeError } from '../../../auth/errors.ts'
import type { Sender } from '../../security/authenticate.ts'
import { refusalResponse } from '../refusal.ts'
import { hasValidHost, urlOf } from './target.ts'

const refusal = (status: number, code: string, message: string) =>
  new SafeError(message, { extensions: { code, http: { status } } })

const MALFORMED = refusal(400, 'BAD_REQUEST', 'The request does not name its host or path as HTTP has it.')
const NOT_FOUND = refusal(404, 'NOT_FOUND', 'There is nothing at this path.')
const KEY_IN_HEADER = refusal(
  400,
  'BAD_REQUEST',
  'The header Idempotency-Key is not read here. Send the key as idempotencyKey in the input. Nothing was sent.',
)

/** Where a key is told to other APIs. */
export const IDEMPOTENCY_HEADER = 'idempotency-key'

/** Refuses a request over a socket whose host or path cannot be read, whatever else it asks for. */
export function useWellFormedRequests(log: Logger): Plugin {
  return {
    onRequest({ request: { headers }, serverContext, endResponse, fetchAPI }) {
      const { req } = serverContext as Sender
      if (req === undefined || (hasValidHost(req) && urlOf(req) !== undefined)) return
      log.info({ reason: 'malformed host or path', address: req.socket.remoteAddress }, 'request refused')
      endResponse(refusalResponse(MALFORMED, headers.get('accept'), fetchAPI))
    },
  }
}

/** Serves GraphQL at one path only: yoga would at whatever ends in it. */
export function useEndpoint(path: string): Plugin {
  return {
    onRequest({ request: { headers }, url: { pathname }, endResponse, fetchAPI }) {
      if (pathname === path || pathname === `${path}/`) return
      endResponse(refusalResponse(NOT_FOUND, headers.get('accept'), fetchAPI))
    },
  }
}

/**
 * Refuses a request with the header in which other APIs take such a key: whoever sends it relies on it. It is not read,
 * because it would be one key for all changes of a document.
 */
export function useNoIdempotencyHeader(): Plugin {
  return {
    onRequest({ request: { headers }, endResponse, fetchAPI }) {
      if (headers.get(IDEMPOTENCY_HEADER) === null) return
      endResponse(refusalResponse(KEY_IN_HEADER, headers.get('accept'), fetchAPI))
    },
  }
}
