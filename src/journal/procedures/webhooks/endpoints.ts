import type { PaymentStep } from '../../../payapi/index.ts'
import type { EventType, WebhookEndpoint } from '../../records/events.ts'

/** What an operation of a service is in the life of a payment. */
export interface ToldStep {
  readonly step: PaymentStep
  /** Whether it may be what a link in a text message led to. */
  readonly mayBeOfLink: boolean
}

/** Who is told of what happens, and what the services are to a payment, by name. Plain data. */
export interface Told {
  readonly endpoints: readonly WebhookEndpoint[]
  readonly steps: Readonly<Record<string, ToldStep>>
}

const NOBODY: readonly string[] = []

/** Who wants to know of what. Answers without a statement, and without making anything, where nobody does. */
export class Endpoints {
  readonly #byType = new Map<EventType, readonly WebhookEndpoint[]>()

  readonly #steps: Told['steps']

  constructor({ endpoints, steps }: Told = { endpoints: [], steps: {} }) {
    this.#steps = steps
    for (const endpoint of endpoints)
      for (const type of new Set(endpoint.events)) this.#byType.set(type, [...(this.#byType.get(type) ?? []), endpoint])
  }

  /** Whether anybody wants to know of one of these, of whichever merchant. */
  want(...types: readonly EventType[]): boolean {
    return this.#byType.size > 0 && types.some((type) => this.#byType.has(type))
  }

  /** Undefined for a service that names no payment, or is of a later version. */
  stepOf(service: string): ToldStep | undefined {
    return Object.hasOwn(this.#steps, service) ? this.#steps[service] : undefined
  }

  /** The ids of those that want to know it of that merchant. */
  of(type: EventType, merchantId: string): readonly string[] {
    const asking = this.#byType.get(type)
    if (asking === undefined) return NOBODY
    return asking
      .filter(({ merchantIds }) => merchantIds === undefined || merchantIds.includes(merchantId))
      .map(({ id }) => id)
  }
}

export const NO_ENDPOINTS = new Endpoints()
