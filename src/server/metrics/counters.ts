import { Counter, type Registry } from 'prom-client'
import type { PrefixCache } from '../../graphql/prefix-cache.ts'
import type { JournalEvent } from '../../journal/journal.ts'

// A record, so that the compiler asks for a kind that is added.
const EVENT_KINDS: Readonly<Record<JournalEvent['kind'], true>> = {
  replayed: true,
  conflict: true,
  unavailable: true,
  'finish-delayed': true,
  'finish-fenced': true,
  interrupted: true,
  'clock-doubt': true,
  'upkeep-failed': true,
}

/** Takes a registry; returns what counts the journal's events. */
export function countJournalEvents(registry: Registry): (event: JournalEvent) => void {
  const counter = new Counter({
    name: 'payapi_graphql_journal_events_total',
    help: 'What the journal of operations reported: repeated requests, conflicts, and faults of its store.',
    labelNames: ['kind'] as const,
    registers: [registry],
  })
  const handles = new Map(Object.keys(EVENT_KINDS).map((kind) => [kind, counter.labels({ kind })]))
  for (const handle of handles.values()) handle.inc(0)
  // One report may be of several operations that were interrupted.
  return (event) => handles.get(event.kind)?.inc(event.kind === 'interrupted' ? event.count : 1)
}

/** Takes a registry; returns what makes a cache of card prefixes count the looks into it. */
export function countCache(registry: Registry): (cache: PrefixCache) => PrefixCache {
  const counter = new Counter({
    name: 'payapi_graphql_cache_lookups_total',
    help: 'Looks into a cache of answers, and whether it held what was looked for.',
    labelNames: ['cache', 'result'] as const,
    registers: [registry],
  })
  const hit = counter.labels({ cache: 'card_prefix', result: 'hit' })
  const miss = counter.labels({ cache: 'card_prefix', result: 'miss' })
  for (const handle of [hit, miss]) handle.inc(0)
  return (cache) => ({
    get(key) {
      const known = cache.get(key)
      if (known === undefined) miss.inc()
      else hit.inc()
      return known
    },
    set: (key, success) => cache.set(key, success),
  })
}
