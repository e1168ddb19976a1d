import type { EventType } from '../journal/records/events.ts'

/** A shop's server that is told what happens. */
export interface WebhookEndpoint {
  /** Names it in the journal, in metrics and in the graph. */
  readonly id: string
  readonly url: URL
  /** Each signs; several while one takes the other's place. */
  readonly secrets: readonly string[]
  /** What it is told of. */
  readonly events: readonly EventType[]
  /** Of which merchants; undefined for all. */
  readonly merchantIds: readonly string[] | undefined
}
