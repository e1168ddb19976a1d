import type { EventType, WebhookEndpoint } from '../../events.ts'

const NOBODY: readonly string[] = []

/** Who wants to know of what. Answers without a statement, and without making anything, where nobody does. */
export class Endpoints {
  readonly #byType = new Map<EventType, readonly WebhookEndpoint[]>()

  constructor(endpoints: readonly WebhookEndpoint[] = []) {
    for (const endpoint of endpoints)
      for (const type of new Set(endpoint.events)) this.#byType.set(type, [...(this.#byType.get(type) ?? []), endpoint])
  }

  /** Whether anybody wants to know of one of these, of whichever merchant. */
  want(...types: readonly EventType[]): boolean {
    return this.#byType.size > 0 && types.some((type) => this.#byType.has(type))
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
