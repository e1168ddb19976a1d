import type { WebhookEndpoint } from './endpoint.ts'
import { type SenderOptions, WebhookSender } from './sender.ts'

/** So many messages to one endpoint are under way at once: one that is slow takes no room from the others. */
const AT_ONCE = 8

/** The way to one endpoint. */
export class Lane {
  readonly endpoint: WebhookEndpoint
  readonly sender: WebhookSender
  /** Whether it said that it wants nothing more. */
  isGone = false
  #underWay = 0

  constructor(endpoint: WebhookEndpoint, options: SenderOptions) {
    this.endpoint = endpoint
    this.sender = new WebhookSender(endpoint.url, options)
  }

  /** What the journal knows it by. */
  get place() {
    return { id: this.endpoint.id, url: this.endpoint.url.href }
  }

  /** How many more may be under way. */
  get free(): number {
    return this.isGone ? 0 : AT_ONCE - this.#underWay
  }

  async occupy<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++
    try {
      return await work()
    } finally {
      this.#underWay--
    }
  }
}
