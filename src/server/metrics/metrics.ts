import { collectDefaultMetrics, Registry } from 'prom-client'
import type { PrefixCache } from '../../graphql/prefix-cache.ts'
import type { JournalEvent } from '../../journal/journal.ts'
import type { CallRecord } from '../../payapi/index.ts'
import type { Watcher } from '../watch.ts'
import { countCalls, timeCalls } from './calls.ts'
import { countCache, countJournalEvents } from './counters.ts'
import { timeRequests } from './requests.ts'

/** What one facade counts and times. */
export interface Metrics {
  readonly registry: Registry
  readonly watcher: Watcher
  readonly onCall: (record: CallRecord) => void
  readonly onJournalEvent: (event: JournalEvent) => void
  /** Takes a cache of card prefixes; returns it, counting the looks into it. */
  readonly watchCache: (cache: PrefixCache) => PrefixCache
}

/** Returns the metrics of one facade in a registry of their own, and with them those of the process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    watcher: { begin: timeRequests(registry), send: timeCalls(registry) },
    onCall: countCalls(registry),
    onJournalEvent: countJournalEvents(registry),
    watchCache: countCache(registry),
  }
}
