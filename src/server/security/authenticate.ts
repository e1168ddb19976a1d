import type { IncomingMessage } from 'node:http'
import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Authenticator } from '../../auth/authenticator.ts'
import type { Caller } from '../../auth/caller.ts'
import { BadCredentialsError, KeysUnavailableError, refusalOf, withStatus } from '../../auth/errors.ts'
import { addressOf } from '../http/client-address.ts'
import { refusalResponse } from '../http/refusal.ts'
import type { RateLimit } from './rate-limit.ts'

/** What a request's context holds of who sent it, beside what the server puts there. */
export interface Sender {
  readonly req?: IncomingMessage
  /** Undefined where nobody is known. */
  caller?: Caller | undefined
  /** Whether the request was let in; it is asked about once, whichever ways the request goes. */
  authentication?: Promise<void>
}

/** How callers are known and counted. */
interface AuthenticateOptions {
  /** Undefined where nobody is asked who they are. */
  readonly authenticator: Authenticator | undefined
  /** Undefined where nobody is counted. */
  readonly rateLimit: RateLimit | undefined
  readonly log: Logger
}

/**
 * Finds out who calls, before anything else is looked at, notes it in the context, and counts the request, whatever
 * becomes of it. Rejects with an error for the caller where the credentials are bad or they ask too often.
 */
export type Authenticate = (sender: Sender, headers: Headers) => Promise<void>

interface Headers {
  get(name: string): string | null
}

export function createAuthenticate({ authenticator, rateLimit, log }: AuthenticateOptions): Authenticate {
  const identify = async (sender: Sender, headers: Headers): Promise<void> => {
    try {
      sender.caller = await authenticator?.authenticate(headers)
    } catch (fault) {
      if (authenticator === undefined) throw fault
      if (!(fault instanceof BadCredentialsError || fault instanceof KeysUnavailableError)) throw fault
      // Only after they were looked into: behind a gateway all have one address, and one who guesses must not shut out the others.
      rateLimit?.take(addressOf(sender.req))
      log.info({ reason: fault.message, address: sender.req?.socket.remoteAddress }, 'credentials refused')
      throw refusalOf(fault, authenticator.challenge)
    }
    rateLimit?.take(sender.caller?.id ?? addressOf(sender.req))
  }
  return (sender, headers) => {
    sender.authentication ??= identify(sender, headers)
    return sender.authentication
  }
}

/** How callers are let in and refused. */
interface CallerOptions {
  readonly authenticate: Authenticate
  /** Undefined where nobody is asked who they are. */
  readonly authenticator: Authenticator | undefined
  readonly log: Logger
}

/**
 * Lets in who may call, before anything else of a request is looked at: so every request is counted, also one that is
 * refused for what it is. Whether a caller may use a field, the schema decides; what it refuses to somebody unknown gets
 * its HTTP status here.
 */
export function useCallers({ authenticate, authenticator, log }: CallerOptions): Plugin {
  return {
    async onRequest({ request: { headers }, serverContext, endResponse, fetchAPI }) {
      try {
        await authenticate(serverContext as Sender, headers)
      } catch (fault) {
        if (!(fault instanceof GraphQLError)) throw fault
        endResponse(refusalResponse(fault, headers.get('accept'), fetchAPI))
      }
    },
    onResultProcess({ result, setResult, serverContext }) {
      if (!('errors' in result) || result.errors === undefined || authenticator === undefined) return
      const errors = result.errors as readonly GraphQLError[]
      if (errors.some(isOf('FORBIDDEN'))) log.info({ caller: (serverContext as Sender).caller?.id }, 'caller refused')
      if (!errors.some(isOf('UNAUTHENTICATED'))) return
      const needsStatus = (error: GraphQLError) =>
        isOf('UNAUTHENTICATED')(error) && error.extensions['http'] === undefined
      const { challenge } = authenticator
      setResult({
        ...result,
        errors: errors.map((error) => (needsStatus(error) ? withStatus(error, challenge) : error)),
      })
    },
  }
}

const isOf = (code: string) => (error: GraphQLError) => error.extensions?.['code'] === code
