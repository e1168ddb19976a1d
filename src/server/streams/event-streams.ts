import type { Plugin } from 'graphql-yoga'
import { SafeError } from '../../auth/errors.ts'
import { addressOf } from '../http/client-address.ts'
import { acceptsEventStream } from '../http/media-types.ts'
import type { Sender } from '../security/authenticate.ts'
import type { ExecutionLimits } from '../security/error-limits.ts'
import type { OpenStreams } from './open-streams.ts'
import { type Destination, subscribeTo } from './results.ts'

const EVENT_STREAM = 'text/event-stream'

const notAcceptable = (message: string) =>
  new SafeError(message, { extensions: { code: 'NOT_ACCEPTABLE', http: { status: 406 } } })

interface EventStreamOptions {
  readonly streams: OpenStreams
  readonly limits: ExecutionLimits
}

/**
 * Answers subscriptions, and nothing else, as server-sent events. A query or mutation that takes no other answer is refused
 * before it is executed: a client that connects again by itself would execute it again.
 */
export function useEventStreams({ streams, limits }: EventStreamOptions): Plugin {
  const accepted = new WeakMap<Request, boolean>()
  return {
    onRequest({ request }) {
      // Behind this hook the header says what an answer is sent in that is no stream.
      accepted.set(request, acceptsEventStream(request.headers.get('accept')))
    },
    onSubscribe({ args, setSubscribeFn, setResultAndStopExecution }) {
      const { contextValue } = args
      const { request } = contextValue
      if (accepted.get(request) !== true) {
        const message = `A subscription is answered as ${EVENT_STREAM}, and the header Accept has to name that.`
        setResultAndStopExecution({ errors: [notAcceptable(message)] })
        return
      }
      request.headers.set('accept', EVENT_STREAM)
      const { caller, req } = contextValue as Sender
      const owner = { name: caller?.id ?? addressOf(req), expiresAt: caller?.expiresAt }
      const { res } = contextValue as { readonly res?: Destination }
      setSubscribeFn((given) => subscribeTo(given, limits, streams, owner, res))
    },
    onExecute({ args: { contextValue }, setResultAndStopExecution }) {
      const { request } = contextValue
      if (request?.headers.get('accept') !== EVENT_STREAM) return
      request.headers.set('accept', 'application/json')
      setResultAndStopExecution({
        errors: [notAcceptable(`Only a subscription is answered as ${EVENT_STREAM}. Nothing was sent.`)],
      })
    },
  }
}
