import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { createAuthenticator } from '../auth/authenticator.ts'
import type { Config } from '../config/index.ts'
import { createPrefixCache } from '../graphql/lookups/prefix-cache.ts'
import { createPayApiClient, type PayApiClient } from '../payapi/index.ts'
import { SettleSchedule } from '../payments/settling/schedule.ts'
import { DEMO_MERCHANTS } from '../sandbox/merchants.ts'
import { startSandbox } from '../sandbox/server.ts'
import { createHandler, ENDPOINT } from './app.ts'
import { createAssets } from './graphiql/assets.ts'
import { createHealth } from './http/health.ts'
import { serveInTurn } from './http/request-queue.ts'
import { hasValidHost } from './http/request-target.ts'
import { answerHeaders } from './http/response-headers.ts'
import { httpLimits, limitConnections } from './http/server-options.ts'
import { openJournal } from './journal/open-journal.ts'
import { openArrivals } from './pg/open-arrivals.ts'
import { openNotices } from './pg/open-notices.ts'
import { endpointsOfSandbox, noticesTo, reachableUrl, registerEndpoints } from './sandbox/embedded-sandbox.ts'
import { UNREACHABLE_URL } from './sandbox/scenario-list.ts'
import { Connections, drain } from './shutdown.ts'
import { listen } from './start-error.ts'
import { OpenStreams } from './streams/open-streams.ts'
import { hostOf, openTelemetry } from './telemetry/index.ts'
import { describeFault, logCall, logFault } from './telemetry/logger.ts'
import { openWebhooks } from './webhooks.ts'

/** How many connections may wait to be accepted: a burst of callers must not be turned away while a busy process catches up. */
const LISTEN_BACKLOG = 4_096

/** A facade that listens. */
export interface RunningFacade {
  /** Where GraphQL is, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly url: string
  /** Where the embedded sandbox is; undefined where another PayAPI is used. */
  readonly sandboxUrl: string | undefined
  /** Where metrics are; undefined where they have no port of their own. */
  readonly metricsUrl: string | undefined
  /**
   * Says that it is not ready, sends nothing more to PayAPI, stops listening, lets what is under way finish within the
   * time configured, cuts off what does not, and ends everything else. May be called twice. Never rejects.
   */
  close(): Promise<void>
}

/** Starts the facade, and in sandbox mode the sandbox it talks to. */
export async function startFacade(config: Config, log: Logger): Promise<RunningFacade> {
  const telemetry = await openTelemetry(config, log)
  const merchants = config.merchants ?? DEMO_MERCHANTS
  let ownUrl: string | undefined
  const publicUrl = () => config.publicUrl ?? (config.isLocalSandbox ? ownUrl : undefined)
  const sandbox =
    config.baseUrl === undefined
      ? await startSandbox({ merchants, publicUrl: () => publicUrl() ?? ownUrl, ...noticesTo(config.publicUrl) })
      : undefined
  const sandboxEndpoints = sandbox && endpointsOfSandbox(config, merchants)
  const connect = (baseUrl: string): PayApiClient =>
    createPayApiClient({
      baseUrl,
      merchants,
      timeoutMs: config.timeoutMs,
      connectTimeoutMs: config.connectTimeoutMs,
      maxInFlight: config.maxInFlight,
      keepAlive: config.keepAlive,
      paths: config.paths,
      sandbox: config.environment === 'sandbox',
      onCall: (record) => {
        logCall(log, record)
        telemetry.onCall?.(record)
      },
    })
  const client = connect(config.baseUrl ?? sandbox?.url ?? UNREACHABLE_URL)
  const unreachable = config.environment === 'sandbox' ? connect(UNREACHABLE_URL) : undefined
  const opened =
    config.journal &&
    openJournal(config.journal, config.webhooks.endpoints, config.timeoutMs, log, telemetry.onJournalEvent)
  if (opened === undefined)
    log.warn('PAYAPI_JOURNAL is off: nothing remembers what was sent, so a repeated request charges twice')
  const streams = new OpenStreams(config.limits)
  const handler = createHandler({
    streams,
    responseTimeoutMs: config.serving.responseTimeoutMs,
    client,
    log,
    journal: opened?.journal,
    webhooks: config.webhooks.endpoints,
    publicUrl,
    observers: telemetry.observers,
    prefixCache: config.prefixCache && telemetry.observeCache(createPrefixCache(config.prefixCache)),
    inlineTrace: config.inlineTrace
      ? (await import('../graphql/federation/inline-trace.ts')).useInlineTrace
      : undefined,
    security: {
      ...config.exposure,
      limits: config.limits,
      authenticator: config.auth && createAuthenticator(config.auth),
    },
    ...(unreachable === undefined ? {} : { unreachable }),
  })
  const notices =
    opened &&
    openNotices({
      config: sandboxEndpoints ? { ...config.notices, endpoints: sandboxEndpoints } : config.notices,
      journal: opened.journal,
      client,
      merchants,
      log,
      observer: telemetry.notices,
    })
  const takeArrival =
    opened &&
    openArrivals({
      client,
      journal: opened.journal,
      log,
      trustedProxies: config.notices.trustedProxies,
      behindTls: config.exposure.behindTls,
    })
  const settling =
    opened &&
    new SettleSchedule({
      journal: opened.journal,
      client,
      services: config.journal?.autoSettle ?? [],
      onFault: (fault) => log.warn({ fault: describeFault(fault) }, 'operations could not be settled'),
    })
  const webhooks =
    opened &&
    openWebhooks({ config: config.webhooks, store: opened.journal.operations, log, observer: telemetry.webhooks })
  let isStopping = false
  const store = opened?.journal.operations
  const takeHealth = createHealth({
    isStopping: () => isStopping,
    isJournalReady: opened && (() => opened.journal.isReady()),
  })
  const takeMetrics = telemetry.serve
  const { graphiql, introspection, behindTls } = config.exposure
  const takeAsset = graphiql
    ? createAssets(`${ENDPOINT}/assets/`, answerHeaders({ behindTls, crossOrigin: false }), introspection)
    : undefined
  const server = createServer(httpLimits(config.serving))
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const isForUs = request.method !== 'POST' && hasValidHost(request)
    if (isForUs && (takeHealth(request, response) || takeMetrics?.(request, response))) return
    if (isForUs && takeAsset?.(request, response)) return
    if (notices !== undefined && hasValidHost(request) && notices.handle(request, response)) return
    if (sandbox !== undefined && hasValidHost(request) && sandbox.handlePage(request, response)) return
    if (takeArrival !== undefined && hasValidHost(request) && takeArrival(request, response)) return
    handler(request, response)
  }
  serveInTurn(server, serve, config.serving, (reason, { remoteAddress: address }) =>
    log.info({ reason, address }, 'connection cut off'),
  )
  limitConnections(server, config.serving)
  const connections = new Connections(server)
  const closeBehind = async () => {
    await Promise.all([notices?.close(), settling?.close(), webhooks?.close()])
    await opened?.close().catch((fault: unknown) => logFault(log, fault))
    await Promise.all([client.close(), unreachable?.close(), sandbox?.close()])
    await telemetry.close()
  }
  const stop = async () => {
    isStopping = true
    const { stopDelayMs, drainMs } = config.serving
    log.info({ stopDelayMs, drainMs, calls: client.inFlight }, 'stopping')
    if (stopDelayMs > 0) await delay(stopDelayMs)
    streams.close()
    const clients = unreachable === undefined ? [client] : [client, unreachable]
    await drain({ server, connections, clients, drainMs, log })
    await closeBehind()
    log.info('stopped')
  }
  let stopped: Promise<void> | undefined
  let metricsUrl: string | undefined
  let port: number
  try {
    await opened?.verify()
    notices?.start()
    settling?.start()
    webhooks?.start()
    const countWebhooks = webhooks && (() => webhooks.countPending())
    metricsUrl = await telemetry.start({ client, store, streams, countWebhooks })
    port = await listen(server, { port: config.port, host: config.host, backlog: LISTEN_BACKLOG }, 'HOST', 'PORT')
  } catch (error) {
    await closeBehind()
    throw error
  }
  ownUrl = reachableUrl(config.host, port)
  if (sandbox && sandboxEndpoints) registerEndpoints(sandbox, sandboxEndpoints, ownUrl)
  return {
    url: `http://${hostOf(config.host)}:${port}${ENDPOINT}`,
    sandboxUrl: sandbox?.url,
    metricsUrl,
    close() {
      stopped ??= stop()
      return stopped
    },
  }
}
