import type { IncomingMessage } from 'node:http'
import type { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Caller } from '../../graphql/caller.ts'
import { addressOf } from '../address.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import { BadCredentialsError, KeysUnavailableError, refusalOf, withStatus } from '../auth/refusals.ts'
import type { RateLimit } from '../rate-limit.ts'

/** What a request's context holds of who sent it, beside what the server puts there. */
export interface Sender {
  readonly req?: IncomingMessage
  /** Undefined where nobody is known. */
  caller?: Caller | undefined
}

/** How callers are known and counted. */
export interface CallerOptions {
  /** Undefined where nobody is asked who they are. */
  readonly authenticator: Authenticator | undefined
  /** Undefined where nobody is counted. */
  readonly rateLimit: RateLimit | undefined
  readonly log: Logger
}

/**
 * Finds out who calls, before anything of the request is read, and puts it into the context. Refuses bad credentials and
 * those who ask too often. Whether a caller may use a field, the schema decides; what it refuses to somebody unknown gets
 * its HTTP status here.
 */
export function useCallers({ authenticator, rateLimit, log }: CallerOptions): Plugin {
  const admit = (sender: Sender, caller: Caller | undefined) => {
    sender.caller = caller
    return rateLimit?.take(caller?.id ?? addressOf(sender.req))
  }
  const refuse = async (fault: unknown, { req }: Sender): Promise<never> => {
    if (authenticator === undefined) throw fault
    if (!(fault instanceof BadCredentialsError || fault instanceof KeysUnavailableError)) throw fault
    // Only after they were looked into: behind a gateway all have one address, and one who guesses must not shut out the others.
    await rateLimit?.take(addressOf(req))
    log.info({ reason: fault.message, address: req?.socket.remoteAddress }, 'credentials refused')
    throw refusalOf(fault, authenticator.challenge)
  }
  return {
    onRequestParse({ request: { headers }, serverContext }) {
      const sender = serverContext as Sender
      if (authenticator === undefined) return admit(sender, undefined)
      try {
        const caller = authenticator.authenticate(headers)
        if (!(caller instanceof Promise)) return admit(sender, caller)
        return caller.then(
          (known) => admit(sender, known),
          (fault: unknown) => refuse(fault, sender),
        )
      } catch (fault) {
        return refuse(fault, sender)
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
