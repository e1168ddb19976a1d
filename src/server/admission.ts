import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import type { Caller } from '../graphql/caller.ts'
import { addressOf } from './address.ts'
import type { Authenticator } from './auth/authenticator.ts'
import { BadCredentialsError, KeysUnavailableError, refusalOf } from './auth/refusals.ts'
import type { RateLimit } from './rate-limit.ts'

/** What a request's context holds of who sent it, beside what the server puts there. */
export interface Sender {
  readonly req?: IncomingMessage
  /** Undefined where nobody is known. */
  caller?: Caller | undefined
  /** Whether the request was let in; it is asked about once, whichever ways the request goes. */
  admission?: Promise<void>
}

/** How callers are known and counted. */
export interface AdmissionOptions {
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
export type Admit = (sender: Sender, headers: Headers) => Promise<void>

interface Headers {
  get(name: string): string | null
}

/** Takes how callers are known and counted; returns what lets requests in. */
export function createAdmission({ authenticator, rateLimit, log }: AdmissionOptions): Admit {
  const letIn = async (sender: Sender, headers: Headers): Promise<void> => {
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
    sender.admission ??= letIn(sender, headers)
    return sender.admission
  }
}
