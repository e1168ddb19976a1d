import { Counter, Histogram, type Registry } from 'prom-client'
import { type CallRecord, SERVICES, type Service } from '../../payapi/index.ts'
import type { Watcher } from '../watch.ts'

const SERVICE_LIST: readonly Service[] = Object.values(SERVICES)

/** The ways in which a call can end as unknown. */
const UNKNOWN_ENDINGS = [
  { ending: 'PayApiHttpClientError', reason: '' },
  { ending: 'PayApiHttpServerError', reason: '' },
  { ending: 'PayApiTransportError', reason: 'CONNECTION_LOST' },
  { ending: 'PayApiTransportError', reason: 'TIMEOUT' },
  { ending: 'PayApiTransportError', reason: 'UNREADABLE_RESPONSE' },
  { ending: 'PayApiTransportError', reason: 'MISMATCHED_RESPONSE' },
] as const

/** Takes a registry; returns what counts the calls that ended. */
export function countCalls(registry: Registry): (record: CallRecord) => void {
  const counter = new Counter({
    name: 'payapi_graphql_calls_total',
    help: 'Calls to PayAPI that ended.',
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

/** Takes a registry; returns what times the exchange of each call with PayAPI. */
export function timeCalls(registry: Registry): Watcher['send'] {
  const histogram = new Histogram({
    name: 'payapi_graphql_call_duration_seconds',
    help: 'How long PayAPI took, from the first attempt to connect to the last byte of its answer.',
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
