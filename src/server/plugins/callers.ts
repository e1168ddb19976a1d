import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Admit, Sender } from '../admission.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import { withStatus } from '../auth/refusals.ts'
import { refusalResponse } from '../refusal.ts'

/** How callers are let in and refused. */
export interface CallerOptions {
  readonly admit: Admit
  /** Undefined where nobody is asked who they are. */
  readonly authenticator: Authenticator | undefined
  readonly log: Logger
}

/**
 * Lets in who may call, before anything else of a request is looked at: so every request is counted, also one that is
 * refused for what it is. Whether a caller may use a field, the schema decides; what it refuses to somebody unknown gets
 * its HTTP status here.
 */
export function useCallers({ admit, authenticator, log }: CallerOptions): Plugin {
  return {
    async onRequest({ request: { headers }, serverContext, endResponse, fetchAPI }) {
      try {
        await admit(serverContext as Sender, headers)
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
