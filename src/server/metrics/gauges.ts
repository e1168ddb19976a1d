import { Gauge, type Registry } from 'prom-client'
import type { OperationStore } from '../../journal/store.ts'
import type { PayApiClient } from '../../payapi/index.ts'
import { within } from '../within.ts'

/** How long the store may take to count, milliseconds: a scrape must not wait for a store that is away. */
const COUNT_MS = 1_000

/** What is looked at whenever somebody asks for the metrics. */
export interface GaugeSources {
  readonly client: Pick<PayApiClient, 'underWay'>
  /** Undefined where no journal is kept. */
  readonly store: Pick<OperationStore, 'count'> | undefined
}

/** Takes a registry and what is looked at; adds the gauges. */
export function addGauges(registry: Registry, { client, store }: GaugeSources): void {
  new Gauge({
    name: 'payapi_graphql_calls_in_flight',
    help: 'Calls to PayAPI under way: those that change something, and lookups.',
    labelNames: ['effect'] as const,
    registers: [registry],
    collect() {
      this.set({ effect: 'change' }, client.underWay.changes)
      this.set({ effect: 'lookup' }, client.underWay.lookups)
    },
  })
  if (store === undefined) return
  new Gauge({
    name: 'payapi_graphql_operations_unknown',
    help: 'Operations in the journal that nobody knows the outcome of; not there where the store does not say in time.',
    // A gauge without labels shows 0 where it was never set, and that would be a lie.
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      this.reset()
      await within(
        COUNT_MS,
        store.count('UNKNOWN').then((count) => this.set({ state: 'UNKNOWN' }, count)),
      ).catch(() => {})
    },
  })
}
