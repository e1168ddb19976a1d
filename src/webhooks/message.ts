import { Webhook } from 'standardwebhooks'
import type { WebhookEvent } from '../journal/records/events.ts'

// As the Standard Webhooks say, version 1.0. Thin: the receiver asks the graph for the rest.

/** The headers and the body of a webhook. */
export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Signed with each of the secrets, at the time of the attempt: receivers refuse what was signed long ago. */
export function webhookMessage(event: WebhookEvent, secrets: readonly string[], now: number): WebhookMessage {
  const body = JSON.stringify(payloadOf(event))
  const signedAt = new Date(now)
  return {
    headers: {
      'content-type': 'application/json',
      'user-agent': 'payapi-graphql',
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(now / 1_000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(event.id, signedAt, body)).join(' '),
    },
    body,
  }
}

function payloadOf({ type, createdAt, sequence, ...event }: WebhookEvent) {
  const { merchantId, orderId, transactionId, operationId, noticeId } = event
  return {
    type,
    timestamp: new Date(createdAt).toISOString(),
    data: { merchantId, orderId, transactionId, operationId, noticeId, sequence },
  }
}
