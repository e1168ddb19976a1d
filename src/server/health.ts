import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OperationStore } from '../journal/store.ts'
import { within } from './within.ts'

/** Answers 200 as long as the process can answer anything. */
export const LIVE_PATH = '/health/live'

/** Answers 200 where requests can be served, and 503 with the reasons where not. */
export const READY_PATH = '/health/ready'

/** Why an instance should get no requests. That PayAPI is away is none: no other instance would reach it either. */
export type NotReadyReason = 'STOPPING' | 'STORE_UNAVAILABLE'

/** What health is made of. */
export interface HealthOptions {
  /** Whether the facade was told to stop. */
  readonly isStopping: () => boolean
  /** Where the journal is kept; undefined where none is. */
  readonly store?: Pick<OperationStore, 'ready'> | undefined
}

/** How long the store may take to show that it can be written. */
const PROBE_MS = 2_000

/** How long what the store showed is believed: whoever may ask for health must not keep the store busy with it. */
const BELIEVED_MS = 1_000

/** Takes what health is made of; returns a handler that says whether the request was for it. */
export function createHealth(options: HealthOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const storeReady = probeOf(options.store)
  const reasons = async (): Promise<readonly NotReadyReason[]> => [
    ...(options.isStopping() ? (['STOPPING'] as const) : []),
    ...((await storeReady()) ? [] : (['STORE_UNAVAILABLE'] as const)),
  ]
  return (request, response) => {
    const path = request.url?.split('?', 1)[0]
    if (path !== LIVE_PATH && path !== READY_PATH) return false
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
    } else if (path === LIVE_PATH) {
      answer(response, 200, { status: 'live' })
    } else {
      void reasons().then((found) =>
        found.length === 0
          ? answer(response, 200, { status: 'ready' })
          : answer(response, 503, { status: 'not ready', reasons: found }),
      )
    }
    return true
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

/** Returns what tells whether the store can be written. Who asks while it is found out waits for the same answer. */
function probeOf(store: Pick<OperationStore, 'ready'> | undefined): () => Promise<boolean> {
  if (store === undefined) return () => Promise.resolve(true)
  let known: { readonly until: number; readonly ready: Promise<boolean> } | undefined
  return () => {
    if (known === undefined || performance.now() >= known.until) {
      const ready = within(PROBE_MS, store.ready()).catch(() => false)
      const probe = { until: Number.POSITIVE_INFINITY, ready }
      known = probe
      void ready.then(() => {
        probe.until = performance.now() + BELIEVED_MS
      })
    }
    return known.ready
  }
}
