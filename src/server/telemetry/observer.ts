import type { IncomingMessage, ServerResponse } from 'node:http'
import { getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ContextOptions } from '../../graphql/context.ts'
import type { CallResult, PreparedCall } from '../../payapi/index.ts'

/** What a request asked for; `none` where no operation was executed. Never a name: callers choose those. */
export type OperationKind = 'query' | 'mutation' | 'subscription' | 'none'

/** How a request for GraphQL ended. */
export interface RequestEnd {
  readonly operation: OperationKind
  /** HTTP status; undefined where the caller hung up before the answer. */
  readonly status: number | undefined
}

export type Send = (call: PreparedCall) => Promise<CallResult>

/** Observes requests and the calls that are made for them, and changes nothing about them. */
export interface RequestObserver {
  /** Is told of a request that begins, and with what comes back, of its end. */
  begin(request: IncomingMessage): (end: RequestEnd) => void
  /** Sends a call that is made for a request. */
  send(request: IncomingMessage, call: PreparedCall, send: Send): Promise<CallResult>
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void
type Client = ContextOptions['client']

const kinds = new WeakMap<IncomingMessage, OperationKind>()

/** The same handler, observed. */
export function observedHandler(handler: Handler, observers: readonly RequestObserver[]): Handler {
  return (request, response) => {
    const ends = observers.map((observer) => observer.begin(request))
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : undefined
      for (const tell of ends) tell({ operation: kinds.get(request) ?? 'none', status })
    })
    handler(request, response)
  }
}

/** The same client, observed while it is used for a request. */
export function observedClient(
  client: Client,
  observers: readonly RequestObserver[],
  request: IncomingMessage,
): Client {
  const send = observers.reduce<Client['send']>(
    (inner, observer) => (call, preconnection) => observer.send(request, call, (each) => inner(each, preconnection)),
    (call, preconnection) => client.send(call, preconnection),
  )
  return {
    prepare: client.prepare.bind(client),
    prepareAgain: client.prepareAgain.bind(client),
    preconnect: client.preconnect.bind(client),
    send,
    defaultMerchantId: client.defaultMerchantId,
  }
}

/** Notes for the observers what a request asks for. */
export function noteOperationKind(request: IncomingMessage, kind: OperationKind): void {
  kinds.set(request, kind)
}

/** Does so for each request that goes through yoga. */
export function useOperationKind(): Plugin<{ req?: IncomingMessage }> {
  return {
    onSubscribe({ args: { contextValue } }) {
      if (contextValue.req !== undefined) noteOperationKind(contextValue.req, 'subscription')
    },
    onExecute({ args: { document, operationName, contextValue } }) {
      const { req } = contextValue
      if (req !== undefined) noteOperationKind(req, getOperationAST(document, operationName)?.operation ?? 'none')
    },
  }
}
