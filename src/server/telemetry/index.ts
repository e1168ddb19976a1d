import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Config } from '../../config/index.ts'
import type { PrefixCache } from '../../graphql/services/prefix-cache.ts'
import type { JournalEvent } from '../../journal/journal.ts'
import type { CallRecord } from '../../payapi/index.ts'
import { hasValidHost } from '../http/request/target.ts'
import { httpLimits } from '../http/server-options.ts'
import { listen } from '../lifecycle/listen.ts'
import type { NoticeObserver } from '../pg/open-notices.ts'
import type { WebhookObserver } from '../webhooks.ts'
import { describeFault, logFault } from './logger.ts'
import type { GaugeSources } from './metrics.ts'
import type { RequestObserver } from './observer.ts'

/** What metrics and traces make of a facade. Where neither is configured, nothing of it costs a request anything. */
interface Telemetry {
  /** Empty where nobody observes. */
  readonly observers: readonly RequestObserver[]
  readonly onCall?: (record: CallRecord) => void
  readonly onJournalEvent?: (event: JournalEvent) => void
  readonly notices?: NoticeObserver
  readonly webhooks?: WebhookObserver
  /** The same cache, observed. */
  observeCache(cache: PrefixCache): PrefixCache
  /** Serves metrics on the port of GraphQL; says whether the request was for them. Undefined where they are not there. */
  readonly serve?: (request: IncomingMessage, response: ServerResponse) => boolean
  /**
   * Adds the gauges. Where metrics have a port of their own, listens there and resolves to their address. Rejects with
   * `StartError` where it cannot listen.
   */
  start(sources: GaugeSources): Promise<string | undefined>
  /** Ends the port of their own, and sends the traces that are left. Never rejects. */
  close(): Promise<void>
}

type Configured = Pick<Config, 'metrics' | 'tracing' | 'serving' | 'webhooks'>

/** Loads what is configured of metrics and traces, and no more than that. */
export async function openTelemetry(config: Configured, log: Logger): Promise<Telemetry> {
  const metrics = await openMetrics(config, log)
  const tracing = await openTracing(config, log)
  return {
    observeCache: (cache) => cache,
    start: async () => undefined,
    ...metrics,
    observers: [...(metrics?.observers ?? []), ...(tracing?.observers ?? [])],
    close: async () => void (await Promise.all([metrics?.close(), tracing?.close()])),
  }
}

async function openMetrics(
  { metrics: config, serving, webhooks: { endpoints } }: Configured,
  log: Logger,
): Promise<Telemetry | undefined> {
  if (config === undefined) return undefined
  const { addGauges, createMetrics } = await import('./metrics.ts')
  const { metricsEndpoint } = await import('./metrics-endpoint.ts')
  const { registry, observer, onCall, onJournalEvent, notices, webhooks, observeCache } = createMetrics(endpoints)
  const serve = metricsEndpoint(registry, config.token, (fault) => logFault(log, fault))
  const server = createServer(httpLimits(serving), (request, response) => {
    if (!hasValidHost(request)) response.writeHead(400).end()
    else if (!serve(request, response)) response.writeHead(404).end()
  })
  return {
    observers: [observer],
    onCall,
    onJournalEvent,
    notices,
    webhooks,
    observeCache,
    ...(config.port === undefined ? { serve } : {}),
    async start(sources) {
      addGauges(registry, sources)
      if (config.port === undefined) return undefined
      // Among several workers each one's metrics are its own, and so is its port.
      const where = { port: config.port, host: config.host, exclusive: true }
      const port = await listen(server, where, 'PAYAPI_METRICS_HOST', 'PAYAPI_METRICS_PORT')
      return `http://${hostOf(config.host)}:${port}/metrics`
    },
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

async function openTracing({ tracing: config }: Configured, log: Logger) {
  if (config === undefined) return undefined
  const { createTracing } = await import('./tracing.ts')
  const { observer, close } = createTracing(config, (fault) =>
    log.warn({ fault: describeFault(fault) }, 'traces could not be sent'),
  )
  return { observers: [observer], close }
}

/** A host as it stands in a URL. */
export const hostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host)
