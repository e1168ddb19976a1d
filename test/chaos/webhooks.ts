import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { EVENT_TYPES } from '../../src/journal/records/events.ts'
import { askGraph, readAll, readUntil } from './client.ts'

/** What an event tells. */
export interface ToldEvent {
  readonly webhookId: string
  readonly type: string
  readonly sequence: number
  readonly merchantId: string | null
  readonly orderId: string | null
  readonly transactionId: string | null
  readonly operationId: string | null
  readonly noticeId: string | null
}

/** An event as the graph shows it, and how far its delivery is. */
export interface GraphDelivery extends ToldEvent {
  readonly state: string
}

/** An operation with what became of it. */
export interface EndedOperation {
  readonly id: string
  readonly service: string
  readonly state: string
  readonly history: readonly { readonly kind: string; readonly processed: boolean | null }[]
}

/** What was told of the campaign, to be held against the journal. */
export interface WebhooksReport {
  readonly operations: readonly EndedOperation[]
  readonly deliveries: readonly GraphDelivery[]
  /** What came, in the order in which it did. */
  readonly received: readonly ToldEvent[]
  /** What came and was not signed as it must be. */
  readonly forged: number
}

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`

/** A shop that verifies what it is sent, and takes it. */
export class Shop {
  readonly received: ToldEvent[] = []
  forged = 0
  readonly #server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part
    })
    request.on('end', () => {
      this.#take(request.headers, body)
      response.writeHead(204).end()
    })
  })

  /** Where it is told of everything. */
  async open(folder: string): Promise<Readonly<Record<string, string>>> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    const url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
    const file = join(folder, 'webhooks.json')
    writeFileSync(file, JSON.stringify([{ id: 'shop', url, secrets: [SECRET], events: Object.keys(EVENT_TYPES) }]))
    return { PAYAPI_WEBHOOKS_FILE: file }
  }

  #take(headers: NodeJS.Dict<string | string[]>, body: string): void {
    const webhookId = String(headers['webhook-id'])
    // By the sender's clock: some are wrong on purpose.
    const sentAt = new Date(Number(headers['webhook-timestamp']) * 1_000)
    const signature = new Webhook(SECRET).sign(webhookId, sentAt, body)
    if (signature !== headers['webhook-signature']) this.forged++
    const { type, data } = JSON.parse(body) as { type: string; data: Omit<ToldEvent, 'webhookId' | 'type'> }
    this.received.push({ ...data, webhookId, type })
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

/** Longer than an instance that was killed is taken to be sending. */
const PATIENCE_MS = 300_000

/** What the journal and the outbox hold, once everything was delivered. */
export async function readWebhooks(url: string, shop: Shop): Promise<WebhooksReport> {
  await readUntil(
    Date.now() + PATIENCE_MS,
    () => askGraph(url, PENDING, {}) as Promise<{ webhookDeliveries: { edges: readonly unknown[] } }>,
    ({ webhookDeliveries }) => webhookDeliveries.edges.length === 0,
  )
  return {
    operations: await readAll<EndedOperation>(url, 'paymentOperations', OPERATIONS),
    deliveries: await readAll<GraphDelivery>(url, 'webhookDeliveries', DELIVERIES),
    received: [...shop.received],
    forged: shop.forged,
  }
}

const PENDING = '{ webhookDeliveries(first: 1, filter: { states: [PENDING] }) { edges { node { id } } } }'
const PAGE = 'pageInfo { hasNextPage endCursor }'
const OPERATIONS = `query Operations($after: String) { paymentOperations(first: 100, after: $after) {
  edges { node { id service state history { kind processed } } } ${PAGE} } }`
const DELIVERIES = `query Deliveries($after: String) { webhookDeliveries(first: 100, after: $after) {
  edges { node { webhookId type sequence merchantId orderId transactionId operationId noticeId state } } ${PAGE} } }`
