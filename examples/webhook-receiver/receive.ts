import { Webhook } from 'standardwebhooks'

// What a receiver of webhooks does, whatever server it stands in: it verifies, ignores what it took in already, and asks
// the graph. The body must be the bytes as they came: once parsed and written anew, no signature fits.

/** What a webhook holds: ids. How things stand, the graph says. */
interface WebhookEvent {
  readonly type: string
  readonly timestamp: string
  readonly data: {
    readonly merchantId: string | null
    readonly orderId: string | null
    readonly transactionId: string | null
    readonly operationId: string | null
    readonly sequence: number
  }
}

/** How the payment of an event stands now; null where it is about none. */
type Payment = { readonly status: string | null; readonly amount: string | null } | null

interface ReceiverOptions {
  /** As in `PAYAPI_WEBHOOKS_FILE`. */
  readonly secret: string
  /** Where the graph is, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly graph: string
  /** Credentials for the graph. */
  readonly headers?: Readonly<Record<string, string>>
  /** What the shop does about it. */
  readonly onEvent: (event: WebhookEvent, payment: Payment) => void | Promise<void>
}

/** The status to answer with. */
export type Receive = (headers: Readonly<Record<string, string>>, body: string) => Promise<204 | 400>

const PAYMENT =
  'query ($merchantId: ID!, $transactionId: ID!) { payment(merchantId: $merchantId, transactionId: $transactionId) { status amount } }'

export function createReceiver({ secret, graph, headers: credentials = {}, onEvent }: ReceiverOptions): Receive {
  const webhook = new Webhook(secret)
  // A shop keeps this in its database, in the transaction of what it does about the event, for three days at least.
  const taken = new Set<string>()
  const ask = async ({ data: { merchantId, transactionId } }: WebhookEvent): Promise<Payment> => {
    if (merchantId === null || transactionId === null) return null
    const response = await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credentials },
      body: JSON.stringify({ query: PAYMENT, variables: { merchantId, transactionId } }),
    })
    const { data } = (await response.json()) as { data?: { payment: Payment } }
    if (data === undefined) throw new Error('the graph did not answer')
    return data.payment
  }
  return async (headers, body) => {
    let event: WebhookEvent
    try {
      event = webhook.verify(body, headers) as WebhookEvent
    } catch {
      return 400
    }
    const id = String(headers['webhook-id'])
    if (taken.has(id)) return 204
    // Whatever fails from here on ends as a 500, and the webhook comes again.
    await onEvent(event, await ask(event))
    taken.add(id)
    return 204
  }
}
