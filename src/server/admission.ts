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
  admission?: Promise<void> | typeof LET_IN
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
 * Takes the context of a request and its headers; finds out who calls, before anything of the request is read, and notes
 * it in the context. Rejects with an error for the caller where the credentials are bad or they ask too often.
 */
export type Admit = (sender: Sender, headers: Headers) => Promise<void> | typeof LET_IN

/** Says that a request is let in, at once. */
export const LET_IN = true

interface Headers {
  get(name: string): string | null
}

/** Takes how callers are known and counted; returns what lets requests in. */
export function createAdmission({ authenticator, rateLimit, log }: AdmissionOptions): Admit {
  const count = (sender: Sender): typeof LET_IN => {
    rateLimit?.take(sender.caller?.id ?? addressOf(sender.req))
    return LET_IN
  }
  const refuse = async (fault: unknown, sender: Sender): Promise<never> => {
    if (authenticator === undefined) throw fault
    if (!(fault instanceof BadCredentialsError || fault instanceof KeysUnavailableError)) throw fault
    // Only after they were looked into: behind a gateway all have one address, and one who guesses must not shut out the others.
    rateLimit?.take(addressOf(sender.req))
    log.info({ reason: fault.message, address: sender.req?.socket.remoteAddress }, 'credentials refused')
    throw refusalOf(fault, authenticator.challenge)
  }
  const letInLater = async (sender: Sender, known: Promise<Caller>): Promise<void> => {
    try {
      sender.caller = await known
    } catch (fault) {
      await refuse(fault, sender)
    }
    count(sender)
  }
  const letIn = (sender: Sender, headers: Headers) => {
    try {
      const known = authenticator?.authenticate(headers)
      if (known instanceof Promise) return letInLater(sender, known)
      sender.caller = known
      return count(sender)
    } catch (fault) {
      return refuse(fault, sender)
    }
  }
  return (sender, headers) => {
    sender.admission ??= letIn(sender, headers)
    return sender.admission
  }
}
