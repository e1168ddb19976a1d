import type { IncomingMessage, ServerResponse } from 'node:http'
import { isTrueInTime } from '../../lib/timeout.ts'

/** Answers 200 as long as the process can answer anything. */
export const LIVE_PATH = '/health/live'

/** Answers 200 where requests can be served, and 503 with the reasons where not. */
export const READY_PATH = '/health/ready'

/** Why an instance should get no requests. That PayAPI is away is none: no other instance would reach it either. */
type NotReadyReason = 'STOPPING' | 'STORE_UNAVAILABLE'

interface HealthOptions {
  /** Whether the facade was told to stop. */
  readonly isStopping: () => boolean
  /** Whether the journal can be written; undefined where none is kept. */
  readonly isJournalReady?: (() => Promise<boolean>) | undefined
}

/** How long the journal may take to show that it can be written. */
const PROBE_MS = 2_000

/** The handler says whether the request was for health. */
export function createHealth(options: HealthOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { isJournalReady = () => Promise.resolve(true) } = options
  const reasons = async (): Promise<readonly NotReadyReason[]> => [
    ...(options.isStopping() ? (['STOPPING'] as const) : []),
    ...((await isTrueInTime(PROBE_MS, isJournalReady())) ? [] : (['STORE_UNAVAILABLE'] as const)),
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
