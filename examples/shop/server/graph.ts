import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { PayApiGraphql } from 'payapi-graphql'

// The graph as this shop uses it: each document asks for what its page shows, and nothing else leaves the server.

const FAILURE = `fragment Failure on PayApiFailure {
  outcome retryable operationId
  ... on PayApiInvalidInput { issues { path code } }
  ... on PayApiIdempotencyConflict { reason }
  ... on PayApiRefundRefused { reason }
}`

export const CHARGE = `mutation Charge($input: ChargeKeyedInCardInput!) {
  chargeKeyedInCard(input: $input) { __typename ... on CardPayment { operationId } ...Failure }
} ${FAILURE}`

export const MAKE_LINK = `mutation MakeLink($input: CreateSmsPaymentUrlInput!) {
  createSmsPaymentUrl(input: $input) { __typename ... on SmsPaymentUrl { operationId } ...Failure }
} ${FAILURE}`

export const REFUND = `mutation Refund($input: RefundPaymentInput!) {
  refundPayment(input: $input) { __typename ... on PaymentCancellation { operationId } ...Failure }
} ${FAILURE}`

export const RESOLVE = `mutation Resolve($input: ResolvePaymentOperationInput!) {
  resolvePaymentOperation(input: $input) { __typename ... on PayApiOperation { id state } ...Failure }
} ${FAILURE}`

export const BY_KEY = `query ByKey($key: ID!) {
  paymentOperationByKey(idempotencyKey: $key, service: chargeKeyedInCard) { id state }
}`

export const OPERATION = `subscription Operation($id: ID!) { paymentOperationChanged(id: $id) { id state } }`

export const LINK = `query Link($orderId: ID!) { smsPayment(orderId: $orderId) { status } }`

export const LINK_CHANGED = `subscription LinkChanged($orderId: ID!) { smsPaymentChanged(orderId: $orderId) { status } }`

/** How an order stands: its payment, what was tried for it and is not refused, its link. */
export const STANDING = `query Standing($orderId: ID!) {
  payments(first: 1, filter: { orderId: $orderId }) {
    edges { node { transactionId status amount remainingAmount approvalNumber operations { id service state } } }
  }
  paymentOperations(first: 1, filter: {
    orderId: $orderId, services: [chargeKeyedInCard, approveSmsPayment], states: [IN_PROGRESS, UNKNOWN, SUCCEEDED]
  }) { edges { node { id service state } } }
  smsPayment(orderId: $orderId) { status paymentUrl }
}`

interface Operation {
  readonly id: string
  readonly service: string
  readonly state: string
}

export interface Standing {
  readonly payment: {
    readonly transactionId: string
    readonly status: string | null
    readonly amount: string | null
    readonly remainingAmount: string | null
    readonly approvalNumber: string | null
    readonly operations: readonly Operation[]
  } | null
  /** The operation that has the order: no other may charge it. */
  readonly operation: Operation | null
  readonly link: { readonly status: string; readonly paymentUrl: string } | null
}

export type Graph = ReturnType<typeof createGraph>

/** Asks the facade within this process: no browser reaches the graph itself. */
export function createGraph(payapi: PayApiGraphql, origin: string) {
  /** For whoever sent `from`, so that each buyer has limits of their own. */
  const send = (query: string, variables: object, from: Request, accept: string, signal?: AbortSignal) =>
    payapi.fetch(
      new globalThis.Request(`${origin}/graphql`, {
        method: 'POST',
        headers: {
          accept,
          'content-type': 'application/json',
          // What the sandbox shall do; of no effect elsewhere.
          'x-sandbox-scenario': from.get('x-sandbox-scenario') ?? '',
        },
        body: JSON.stringify({ query, variables }),
        ...(signal && { signal }),
      }),
      { clientAddress: from.ip },
    )

  /** The answer as it is: what it means, `interpret` says. */
  async function ask<Data>(query: string, variables: object, from: Request) {
    const answer = await send(query, variables, from, 'application/json')
    return (await answer.json()) as { readonly data?: Data | null; readonly errors?: unknown }
  }

  /** What a query tells. Throws where it tells less than was asked for: that something is not there has to be sure. */
  async function read<Data>(query: string, variables: object, from: Request): Promise<Data> {
    const { data, errors } = await ask<Data>(query, variables, from)
    if (!data || errors !== undefined) throw new Error('The graph could not be asked.')
    return data
  }

  async function standing(orderId: string, from: Request): Promise<Standing> {
    type Edges<Node> = { readonly edges: readonly { readonly node: Node }[] }
    const { payments, paymentOperations, smsPayment } = await read<{
      payments: Edges<NonNullable<Standing['payment']>>
      paymentOperations: Edges<Operation>
      smsPayment: Standing['link']
    }>(STANDING, { orderId }, from)
    return {
      payment: payments.edges[0]?.node ?? null,
      operation: paymentOperations.edges[0]?.node ?? null,
      link: smsPayment,
    }
  }

  /** Passes the events of a subscription on, until either side ends it. */
  async function stream(query: string, variables: object, from: Request, response: Response): Promise<void> {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const events = await send(query, variables, from, 'text/event-stream', gone.signal)
    response.status(events.status).type(events.headers.get('content-type') ?? 'text/event-stream')
    await pipeline(Readable.fromWeb(events.body as never), response).catch(() => {})
  }
  return { ask, read, standing, stream }
}
