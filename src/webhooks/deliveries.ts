import type { OperationStore } from '../journal/operation-store.ts'
import type { WebhookDelivery, WebhookEvent } from '../journal/records/events.ts'
import { UnderWay } from '../lib/concurrency.ts'
import { withTimeout } from '../lib/timeout.ts'
import type { WebhookEndpoint } from './endpoint.ts'
import { Lane } from './lane.ts'
import { webhookMessage } from './message.ts'
import type { SenderOptions, WebhookAnswer } from './sender.ts'
import { verdictOn } from './verdict.ts'

/** An attempt to deliver, for logs and metrics. */
export interface Attempt {
  readonly webhookId: string
  readonly endpointId: string
  readonly type: WebhookEvent['type']
  readonly merchantId: string | null
  readonly result: 'DELIVERED' | 'FAILED' | 'GIVEN_UP'
  /** How many there were, this one among them. */
  readonly attempt: number
  /** HTTP status, or why there was none. */
  readonly answer: string
  /** From when the event was written down until now, milliseconds. */
  readonly ageMs: number
}

/** What becomes of webhooks. */
export type WebhookNews =
  | ({ readonly kind: 'attempt' } & Attempt)
  | { readonly kind: 'gone'; readonly endpointId: string }
  | { readonly kind: 'fault'; readonly fault: unknown }

export interface DeliveriesOptions extends SenderOptions {
  readonly store: Pick<OperationStore, 'run' | 'watch'>
  readonly endpoints: readonly WebhookEndpoint[]
  /** The process that delivers, unique for each start of one. */
  readonly owner: string
  readonly onNews: (news: WebhookNews) => void
  readonly now?: () => number
  /** How often it is looked whether something is due, beside when something has changed: the leases of others run out. */
  readonly lookEveryMs?: number
  /** From 0 up to 1. */
  readonly random?: () => number
}

/** How much longer than an attempt it may take until its end is written down. */
const LEASE_MARGIN_MS = 20_000

const LOOK_EVERY_MS = 10_000

/** What is due and was not taken waits for room. */
const SOONEST_LOOK_MS = 1_000

/** How long what is under way may take when all ends, before it is given back. */
const FAREWELL_MS = 3_000

/**
 * Delivers what is due to the endpoints. Several processes may do so for one journal: each delivery is leased to one of
 * them. What was sent and could not be written down is sent once more, under the same id.
 */
export class WebhookDeliveries {
  readonly #options: DeliveriesOptions
  readonly #now: () => number
  readonly #lookEveryMs: number
  readonly #lanes: ReadonlyMap<string, Lane>
  readonly #underWay = new UnderWay()
  #hasBegun = false
  #isWanted = false
  #isClosed = false
  #looking: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #unwatch = () => {}

  constructor(options: DeliveriesOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#lookEveryMs = options.lookEveryMs ?? LOOK_EVERY_MS
    this.#lanes = new Map(options.endpoints.map((endpoint) => [endpoint.id, new Lane(endpoint, options)]))
  }

  /** At once, whenever something has changed, and from time to time. */
  start(): void {
    if (this.#lanes.size === 0) return
    this.#unwatch = this.#options.store.watch(() => void this.look())
    void this.look()
  }

  /** Takes what is due, as far as there is room, and begins to deliver it. Never rejects. */
  look(): Promise<void> {
    this.#isWanted = true
    this.#looking ??= this.#lookWhileWanted()
    return this.#looking
  }

  async #lookWhileWanted(): Promise<void> {
    let waitMs = this.#lookEveryMs
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false
      try {
        await this.#begin()
        await this.#take()
        waitMs = await this.#untilNext()
      } catch (fault) {
        this.#options.onNews({ kind: 'fault', fault })
      }
    }
    // At once: whoever wants a look from here on begins one.
    this.#looking = undefined
    if (this.#isClosed) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.look(), waitMs).unref()
  }

  /** Finds out who is gone: one that said so and is somewhere else now begins anew. */
  async #begin(): Promise<void> {
    if (this.#hasBegun) return
    const endpoints = [...this.#lanes.values()].map(({ place }) => place)
    for (const id of await this.#options.store.run('beginEndpoints', { endpoints })) this.#setGone(id)
    this.#hasBegun = true
  }

  #setGone(endpointId: string): void {
    const lane = this.#lanes.get(endpointId)
    if (lane === undefined || lane.isGone) return
    lane.isGone = true
    this.#options.onNews({ kind: 'gone', endpointId })
  }

  async #take(): Promise<void> {
    const { store, owner, timeoutMs } = this.#options
    const lanes = [...this.#lanes.values()].filter(({ free }) => free > 0)
    if (lanes.length === 0) return
    const endpoints = lanes.map(({ endpoint, free }) => ({ id: endpoint.id, free }))
    const leaseMs = timeoutMs + LEASE_MARGIN_MS
    const taken = await store.run('takeDeliveries', { owner, leaseMs, endpoints, now: this.#now() })
    for (const delivery of taken) void this.#underWay.add(this.#deliver(delivery))
  }

  async #untilNext(): Promise<number> {
    const endpointIds = [...this.#lanes.values()].filter(({ free }) => free > 0).map(({ endpoint }) => endpoint.id)
    const nextAt = await this.#options.store.run('nextDeliveryAt', { endpointIds })
    if (nextAt === undefined) return this.#lookEveryMs
    return Math.min(this.#lookEveryMs, Math.max(SOONEST_LOOK_MS, nextAt - this.#now()))
  }

  async #deliver(delivery: WebhookDelivery): Promise<void> {
    const lane = this.#lanes.get(delivery.endpointId)
    if (lane === undefined) return
    try {
      await lane.occupy(async () => {
        const message = webhookMessage(delivery.event, lane.endpoint.secrets, this.#now())
        await this.#end(delivery, lane, await lane.sender.send(message))
      })
    } catch (fault) {
      // It is nobody's until its lease ends, and is sent once more then.
      this.#options.onNews({ kind: 'fault', fault })
    }
    // The next of the same payment waited for this one.
    void this.look()
  }

  async #end({ event, endpointId, attempts, pendingSince }: WebhookDelivery, lane: Lane, given: WebhookAnswer) {
    const { store, owner, onNews, random = Math.random } = this.#options
    const now = this.#now()
    const verdict = verdictOn({ answer: given, attempts, since: pendingSince, now, random: random() })
    const answer = 'status' in given ? String(given.status) : given.reason
    const { outcome } = verdict
    const nextAt = outcome === 'RETRY' ? verdict.nextAt : null
    const end = { eventId: event.id, endpointId, owner, outcome, nextAt, answer, at: now }
    // Undefined where it is somebody else's by now.
    if ((await store.run('endDelivery', end)) === undefined) return
    const { id: webhookId, type, merchantId, createdAt } = event
    const result = outcome === 'RETRY' ? 'FAILED' : outcome
    const ageMs = now - createdAt
    onNews({ kind: 'attempt', webhookId, endpointId, type, merchantId, result, attempt: attempts, answer, ageMs })
    if (outcome !== 'GIVEN_UP' || !verdict.isGone) return
    await store.run('endEndpoint', { ...lane.place, at: now })
    this.#setGone(endpointId)
  }

  /** How many are pending, by endpoint. */
  async countPending(): Promise<Readonly<Record<string, number>>> {
    const counts = await this.#options.store.run('countPendingDeliveries', {})
    return Object.fromEntries([...this.#lanes.keys()].map((id) => [id, counts[id] ?? 0]))
  }

  /** Begins nothing more. What is under way ends, or is given back for whoever comes next. Never rejects. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#unwatch()
    clearTimeout(this.#timer)
    await this.#looking
    if (await withTimeout(FAREWELL_MS, this.#underWay.settled())) return
    for (const { sender } of this.#lanes.values()) sender.abort()
    await this.#underWay.settled()
  }
}
