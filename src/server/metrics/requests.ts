import { Histogram, type Registry } from 'prom-client'
import type { OperationKind, Watcher } from '../watch.ts'

const OPERATIONS: readonly OperationKind[] = ['query', 'mutation', 'subscription', 'none']
const STATUSES = ['2xx', '3xx', '4xx', '5xx', 'hung_up'] as const

/** Takes a registry; returns what times the requests for GraphQL. */
export function timeRequests(registry: Registry): Watcher['begin'] {
  const histogram = new Histogram({
    name: 'payapi_graphql_request_duration_seconds',
    help: 'How long a request for GraphQL took, from its headers to the end of its answer.',
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
