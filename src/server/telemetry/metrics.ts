import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PrefixCache } from '../../graphql/services/prefix-cache.ts'
import type { JournalEvent } from '../../journal/journal.ts'
import type { OperationStore } from '../../journal/operation-store.ts'
import type { NoticeKind } from '../../journal/records/notices.ts'
import { isTrueInTime, withTimeout } from '../../lib/timeout.ts'
import { ALL_SERVICES, type CallRecord, type PayApiClient, type Service } from '../../payapi/index.ts'
import { NOTICE_KINDS } from '../../payments/notices/kinds.ts'
import type { WebhookEndpoint } from '../../webhooks/endpoint.ts'
import type { NoticeObserver } from '../pg/open-notices.ts'
import type { WebhookObserver } from '../webhooks.ts'
import { JOURNAL_EVENTS, named } from './metric-texts.ts'
import type { OperationKind, RequestObserver } from './observer.ts'

/** Whom webhooks are sent to, and of what. */
type Endpoint = Pick<WebhookEndpoint, 'id' | 'events'>

interface Metrics {
  readonly registry: Registry
  readonly observer: RequestObserver
  readonly onCall: (record: CallRecord) => void
  readonly onJournalEvent: (event: JournalEvent) => void
  readonly notices: NoticeObserver
  readonly webhooks: WebhookObserver
  /** The same cache, counting the looks into it. */
  readonly observeCache: (cache: PrefixCache) => PrefixCache
}

/** The metrics of one facade in a registry of their own, and with them those of the process. */
export function createMetrics(endpoints: readonly Endpoint[] = []): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    observer: { begin: timeRequests(registry), send: timeCalls(registry) },
    onCall: countCalls(registry),
    onJournalEvent: countJournalEvents(registry),
    notices: countNotices(registry),
    webhooks: countWebhooks(registry, endpoints),
    observeCache: countCache(registry),
  }
}

const OPERATIONS: readonly OperationKind[] = ['query', 'mutation', 'subscription', 'none']
const STATUSES = ['2xx', '3xx', '4xx', '5xx', 'hung_up'] as const

function timeRequests(registry: Registry): RequestObserver['begin'] {
  const histogram = new Histogram({
    ...named('payapi_graphql_request_duration_seconds'),
    labelNames: ['operation', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [registry],
  })
  const handlesOf = (operation: OperationKind) =>
    new Map<string, Histogram.Internal<'operation' | 'status'>>(
      STATUSES.map((status) => [status, histogram.labels({ operation, status })]),
    )
  const handles = new Map(OPERATIONS.map((operation) => [operation, handlesOf(operation)]))
  return () => {
    const begun = performance.now()
    return ({ operation, status }) => {
      handles
        .get(operation)
        ?.get(statusClass(status))
        ?.observe((performance.now() - begun) / 1_000)
    }
  }
}

function statusClass(status: number | undefined): string {
  return status === undefined ? 'hung_up' : `${Math.trunc(status / 100)}xx`
}

const SERVICE_LIST: readonly Service[] = Object.values(ALL_SERVICES)

/** The ways in which a call can end as unknown. */
const UNKNOWN_ENDINGS = [
  { ending: 'PayApiHttpClientError', reason: '' },
  { ending: 'PayApiHttpServerError', reason: '' },
  { ending: 'PayApiTransportError', reason: 'CONNECTION_LOST' },
  { ending: 'PayApiTransportError', reason: 'TIMEOUT' },
  { ending: 'PayApiTransportError', reason: 'UNREADABLE_RESPONSE' },
  { ending: 'PayApiTransportError', reason: 'MISMATCHED_RESPONSE' },
] as const

function countCalls(registry: Registry): (record: CallRecord) => void {
  const counter = new Counter({
    ...named('payapi_graphql_calls_total'),
    labelNames: ['service', 'ending', 'outcome', 'reason'] as const,
    registers: [registry],
  })
  const handles = new Map<string, Counter.Internal>()
  const handleOf = (service: string, ending: string, outcome: string, reason: string) => {
    const key = `${service} ${ending} ${outcome} ${reason}`
    const handle = handles.get(key) ?? counter.labels({ service, ending, outcome, reason })
    handles.set(key, handle)
    return handle
  }
  // There from the start: Prometheus sees no increase in a series that begins with its first event.
  for (const { name, effect } of SERVICE_LIST) {
    if (effect === 'lookup') continue
    for (const { ending, reason } of UNKNOWN_ENDINGS) handleOf(name, ending, 'UNKNOWN', reason).inc(0)
  }
  return ({ service, ending, outcome = 'SUCCESS', reason = '' }) => handleOf(service, ending, outcome, reason).inc()
}

/** Times the exchange of each call with PayAPI. */
function timeCalls(registry: Registry): RequestObserver['send'] {
  const histogram = new Histogram({
    ...named('payapi_graphql_call_duration_seconds'),
    labelNames: ['service'] as const,
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60],
    registers: [registry],
  })
  const handles = new Map(SERVICE_LIST.map(({ name }) => [name, histogram.labels({ service: name })]))
  return async (_, call, send) => {
    const begun = performance.now()
    try {
      return await send(call)
    } finally {
      handles.get(call.service.name)?.observe((performance.now() - begun) / 1_000)
    }
  }
}

function countJournalEvents(registry: Registry): (event: JournalEvent) => void {
  const counter = new Counter({
    ...named('payapi_graphql_journal_events_total'),
    labelNames: ['kind'] as const,
    registers: [registry],
  })
  const handles = new Map(Object.keys(JOURNAL_EVENTS).map((kind) => [kind, counter.labels({ kind })]))
  for (const handle of handles.values()) handle.inc(0)
  // One report may be of several operations that were interrupted.
  return (event) => handles.get(event.kind)?.inc(event.kind === 'interrupted' ? event.count : 1)
}

function countNotices(registry: Registry): NoticeObserver {
  const counter = new Counter({
    ...named('payapi_graphql_notices_total'),
    labelNames: ['kind', 'result'] as const,
    registers: [registry],
  })
  const histogram = new Histogram({
    ...named('payapi_graphql_notice_apply_seconds'),
    labelNames: ['kind'] as const,
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 600, 3_600, 86_400],
    registers: [registry],
  })
  const kinds: readonly (NoticeKind | 'none')[] = [...(Object.keys(NOTICE_KINDS) as NoticeKind[]), 'none']
  for (const kind of kinds) {
    for (const result of kind === 'none' ? ['refused'] : ['received', 'duplicate', 'unmatched', 'refused'])
      counter.labels({ kind, result }).inc(0)
  }
  return {
    received: (kind, isNew) => counter.labels({ kind, result: isNew ? 'received' : 'duplicate' }).inc(),
    refused: (kind) => counter.labels({ kind: kind ?? 'none', result: 'refused' }).inc(),
    unmatched: (kind) => counter.labels({ kind, result: 'unmatched' }).inc(),
    applied: (kind, seconds) => histogram.labels({ kind }).observe(seconds),
  }
}

function countWebhooks(registry: Registry, endpoints: readonly Endpoint[]): WebhookObserver {
  const counter = new Counter({
    ...named('payapi_graphql_webhooks_total'),
    labelNames: ['endpoint', 'type', 'result'] as const,
    registers: [registry],
  })
  const histogram = new Histogram({
    ...named('payapi_graphql_webhook_delivery_seconds'),
    labelNames: ['endpoint'] as const,
    buckets: [0.1, 0.5, 1, 5, 30, 60, 300, 1_800, 7_200, 21_600, 86_400, 259_200],
    registers: [registry],
  })
  for (const { id: endpoint, events } of endpoints) {
    for (const type of events) {
      for (const result of ['delivered', 'failed', 'given_up']) counter.labels({ endpoint, type, result }).inc(0)
    }
  }
  return ({ endpointId: endpoint, type, result, ageMs }) => {
    counter.labels({ endpoint, type, result: result.toLowerCase() }).inc()
    if (result === 'DELIVERED') histogram.labels({ endpoint }).observe(ageMs / 1_000)
  }
}

/** Makes a cache of card prefixes count the looks into it. */
function countCache(registry: Registry): (cache: PrefixCache) => PrefixCache {
  const counter = new Counter({
    ...named('payapi_graphql_cache_lookups_total'),
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

/** How long the store may take to count, milliseconds: a scrape must not wait for a store that is away. */
const COUNT_MS = 1_000

/** Waits for a count, but not for long; without it a gauge shows nothing. */
const inTime = (counted: Promise<unknown>) => withTimeout(COUNT_MS, counted).catch(() => {})

/** What is looked at whenever somebody asks for the metrics. */
export interface GaugeSources {
  readonly client: Pick<PayApiClient, 'underWay'>
  /** Undefined where no journal is kept. */
  readonly store: Pick<OperationStore, 'count'> | undefined
  /** Whether the journal can be written; left out where none is kept. */
  readonly isJournalReady?: (() => Promise<boolean>) | undefined
  readonly streams: { readonly count: number }
  /** Counts the webhooks that are pending, by endpoint; left out where there are none. */
  readonly countWebhooks?: (() => Promise<Readonly<Record<string, number>>>) | undefined
}

export function addGauges(
  registry: Registry,
  { client, store, isJournalReady, streams, countWebhooks: count }: GaugeSources,
): void {
  new Gauge({
    ...named('payapi_graphql_streams_open'),
    registers: [registry],
    collect() {
      this.set(streams.count)
    },
  })
  new Gauge({
    ...named('payapi_graphql_calls_in_flight'),
    labelNames: ['effect'] as const,
    registers: [registry],
    collect() {
      this.set({ effect: 'change' }, client.underWay.changes)
      this.set({ effect: 'lookup' }, client.underWay.lookups)
    },
  })
  if (isJournalReady !== undefined) {
    new Gauge({
      ...named('payapi_graphql_journal_ready'),
      registers: [registry],
      async collect() {
        this.set((await isTrueInTime(COUNT_MS, isJournalReady())) ? 1 : 0)
      },
    })
  }
  if (store === undefined) return
  new Gauge({
    ...named('payapi_graphql_operations_unknown'),
    // A gauge without labels shows 0 where it was never set, and that would be a lie.
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      this.reset()
      await inTime(store.count('UNKNOWN').then((count) => this.set({ state: 'UNKNOWN' }, count)))
    },
  })
  if (count === undefined) return
  new Gauge({
    ...named('payapi_graphql_webhooks_pending'),
    labelNames: ['endpoint'] as const,
    registers: [registry],
    async collect() {
      this.reset()
      await inTime(
        count().then((counts) => {
          for (const [endpoint, pending] of Object.entries(counts)) this.set({ endpoint }, pending)
        }),
      )
    },
  })
}
