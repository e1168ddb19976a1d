import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { createAuthenticator } from '../auth/authenticator.ts'
import type { Config } from '../config/index.ts'
import { createPrefixCache } from '../graphql/services/prefix-cache.ts'
import { type CallRecord, createPayApiClient, type PayApiClient } from '../payapi/index.ts'
import { DEMO_MERCHANTS } from '../sandbox/merchants.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { createHandler, ENDPOINT } from './app.ts'
import { createAssets } from './graphiql/assets.ts'
import { createHealth } from './http/health.ts'
import { hasValidHost } from './http/request/target.ts'
import { answerHeaders } from './http/response-headers.ts'
import { openJournal } from './journal/open-journal.ts'
import { openWork } from './journal/open-work.ts'
import { endpointsOfSandbox, noticesTo, registerEndpoints } from './sandbox/embedded-sandbox.ts'
import { UNREACHABLE_URL } from './sandbox/scenario-list.ts'
import { OpenStreams } from './streams/open-streams.ts'
import { openTelemetry } from './telemetry/index.ts'
import { logCall, logFault } from './telemetry/logger.ts'

/** What a facade is made of, less what only a program has. */
export type FacadeConfig = Omit<Config, 'workers' | 'port' | 'host' | 'logLevel'>

/** Where a facade stands in the server that it is part of. */
export interface FacadePlace {
  /** The path of GraphQL; `/graphql` where left out. */
  readonly endpoint?: string
  /** Whether `/` leads a browser to GraphiQL; it does where left out. */
  readonly leadsFromRoot?: boolean
  /** Is told of every call to PayAPI that ended. */
  readonly onCall?: ((record: CallRecord) => void) | undefined
}

/** Everything that answers requests, and what works behind it. It does not listen. */
export interface Facade {
  /** Answers a request, with 404 what is not for the facade. */
  serve(request: IncomingMessage, response: ServerResponse): void
  /** Those that call PayAPI. */
  readonly clients: readonly PayApiClient[]
  /** The embedded sandbox; undefined where another PayAPI is used. */
  readonly sandbox: Sandbox | undefined
  readonly streams: OpenStreams
  /**
   * Opens the journal and begins with what works by itself; resolves to where metrics are that have a port of their own.
   * Rejects with `StartError`, and has then to be closed.
   */
  start(): Promise<string | undefined>
  /** Says where the facade is reached on this machine: buyers and notices of a local sandbox come there. */
  reachedAt(url: string): void
  /** Resolves once the results of the calls that are under way now are in the journal; undefined where none is kept. */
  readonly recorded: (() => Promise<void>) | undefined
  /** From now on it says that it is not ready. */
  announceStop(): void
  /** Ends everything; what is under way had its time before. Never rejects. */
  close(): Promise<void>
}

/** Makes a facade, and in sandbox mode starts the sandbox it talks to. Rejects with `StartError`, and leaves nothing then. */
export async function openFacade(config: FacadeConfig, log: Logger, place: FacadePlace = {}): Promise<Facade> {
  const telemetry = await openTelemetry(config, log)
  const merchants = config.merchants ?? DEMO_MERCHANTS
  let ownUrl: string | undefined
  const publicUrl = () => config.publicUrl ?? (config.isLocalSandbox ? ownUrl : undefined)
  let opened: ReturnType<typeof openJournal> | undefined
  let sandbox: Sandbox | undefined
  try {
    if (config.journal !== undefined)
      opened = openJournal(config.journal, config.webhooks.endpoints, config.timeoutMs, log, telemetry.onJournalEvent)
    if (config.baseUrl === undefined)
      sandbox = await startSandbox({
        merchants,
        publicUrl: () => publicUrl() ?? ownUrl,
        ...noticesTo(config.publicUrl),
      })
  } catch (error) {
    await opened?.close()
    await telemetry.close()
    throw error
  }
  if (opened === undefined)
    log.warn('PAYAPI_JOURNAL is off: nothing remembers what was sent, so a repeated request charges twice')
  const sandboxEndpoints = sandbox && endpointsOfSandbox(config, merchants)
  const connect = (baseUrl: string) => connectTo(baseUrl, config, log, [telemetry.onCall, place.onCall])
  const client = connect(config.baseUrl ?? sandbox?.url ?? UNREACHABLE_URL)
  const unreachable = config.environment === 'sandbox' ? connect(UNREACHABLE_URL) : undefined
  const streams = new OpenStreams(config.limits)
  const { endpoint = ENDPOINT } = place
  const { graphiql, introspection, behindTls } = config.exposure
  const handler = createHandler({
    ...place,
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
  const work =
    opened && openWork({ config, sandboxEndpoints, journal: opened.journal, client, merchants, log, telemetry })
  const isJournalReady = opened && (() => opened.journal.isReady())
  let isStopping = false
  const takeHealth = createHealth({
    isStopping: () => isStopping,
    isJournalReady,
  })
  const takeMetrics = telemetry.serve
  const takeAsset = graphiql
    ? createAssets(`${endpoint}/assets/`, answerHeaders({ behindTls, crossOrigin: false }), introspection)
    : undefined
  return {
    clients: unreachable === undefined ? [client] : [client, unreachable],
    sandbox,
    streams,
    serve(request, response) {
      const isForUs = request.method !== 'POST' && hasValidHost(request)
      if (isForUs && (takeHealth(request, response) || takeMetrics?.(request, response))) return
      if (isForUs && takeAsset?.(request, response)) return
      if (work !== undefined && hasValidHost(request) && work.takeNotice(request, response)) return
      if (sandbox !== undefined && hasValidHost(request) && sandbox.handlePage(request, response)) return
      if (work !== undefined && hasValidHost(request) && work.takeArrival(request, response)) return
      handler(request, response)
    },
    async start() {
      await opened?.verify()
      work?.start()
      const store = opened?.journal.store
      return telemetry.start({ client, store, isJournalReady, streams, countWebhooks: work?.countWebhooks })
    },
    reachedAt(url) {
      ownUrl = url
      if (sandbox && sandboxEndpoints) registerEndpoints(sandbox, sandboxEndpoints, url)
    },
    recorded: opened && (() => opened.journal.recorded()),
    announceStop() {
      isStopping = true
    },
    async close() {
      await work?.close()
      await opened?.close().catch((fault: unknown) => logFault(log, fault))
      await Promise.all([client.close(), unreachable?.close(), sandbox?.close()])
      await telemetry.close()
    },
  }
}

function connectTo(
  baseUrl: string,
  config: FacadeConfig,
  log: Logger,
  listeners: readonly (((record: CallRecord) => void) | undefined)[],
): PayApiClient {
  return createPayApiClient({
    baseUrl,
    merchants: config.merchants ?? DEMO_MERCHANTS,
    timeoutMs: config.timeoutMs,
    connectTimeoutMs: config.connectTimeoutMs,
    maxInFlight: config.maxInFlight,
    keepAlive: config.keepAlive,
    paths: config.paths,
    sandbox: config.environment === 'sandbox',
    onCall(record) {
      logCall(log, record)
      for (const listener of listeners) listener?.(record)
    },
  })
}
