import type { IncomingMessage, ServerResponse } from 'node:http'
import { createYoga, type Plugin, type YogaServerInstance, type YogaServerOptions } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Caller } from '../auth/caller.ts'
import { type ContextOptions, createContext, type GraphContext } from '../graphql/context.ts'
import type { RedactOptions } from '../graphql/failures/redact-errors.ts'
import { schema } from '../graphql/schema.ts'
import type { PrefixCache } from '../graphql/services/prefix-cache.ts'
import type { Journal } from '../journal/journal.ts'
import { SCENARIO_HEADER } from '../sandbox/response/scenarios.ts'
import { useGraphiqlPage } from './graphiql/page.ts'
import type { GraphiqlSetting } from './graphiql/setting.ts'
import { boundedParserCache, DocumentCache, useDocumentCache } from './http/document-cache.ts'
import { createGraphqlHandler } from './http/graphql-handler.ts'
import { useEndpoint, useNoIdempotencyHeader } from './http/request/rules.ts'
import { REFUSED } from './sandbox/scenario-list.ts'
import { executionLimits, useErrorLimits } from './security/error-limits.ts'
import { createSecurity, type Security, type SecurityOptions } from './security/index.ts'
import { useJsonOnly } from './security/json-only.ts'
import { useRedactedErrors, useSafeNames } from './security/redaction.ts'
import { useEventStreams } from './streams/event-streams.ts'
import { OpenStreams } from './streams/open-streams.ts'
import { logFault, requestLog, withoutValues } from './telemetry/logger.ts'
import {
  noteOperationKind,
  observedClient,
  observedHandler,
  type RequestObserver,
  useOperationKind,
} from './telemetry/observer.ts'

/** Where GraphQL is served, unless told otherwise. */
export const ENDPOINT = '/graphql'

export interface AppOptions {
  /** The path of GraphQL; `/graphql` where left out. */
  readonly endpoint?: string | undefined
  /** Whether `/` leads a browser to GraphiQL; it does where left out. */
  readonly leadsFromRoot?: boolean
  readonly client: ContextOptions['client']
  readonly log: Logger
  /** Remembers what was sent; without it nothing guards against sending twice. */
  readonly journal?: Journal | undefined
  /** Whom webhooks are sent to; nobody where left out. */
  readonly webhooks?: ContextOptions['webhooks']
  /** In the sandbox: a client that reaches nobody, for the scenario `refused`. Elsewhere the header is ignored. */
  readonly unreachable?: ContextOptions['client']
  /** Who may call, how much, from where and what. */
  readonly security?: SecurityOptions
  /** Where buyers come back to from the PG's pages; undefined where they do not. */
  readonly publicUrl?: (() => string | undefined) | undefined
  /** Card prefixes from one request to the next; without it each request looks them up anew. */
  readonly prefixCache?: PrefixCache | undefined
  /** Makes what gives a gateway that asks for it a federated trace (`useInlineTrace`); it costs time in every request. */
  readonly inlineTrace?: ((options: RedactOptions) => Plugin) | undefined
  /** The streams that are open; those of this app alone where left out. */
  readonly streams?: OpenStreams | undefined
  /** Within this time whoever has a stream open must take its events, milliseconds. */
  readonly responseTimeoutMs?: number
  /** Who observes requests and calls; nobody where left out. */
  readonly observers?: readonly RequestObserver[]
}

/** The GraphQL server, not listening: a handler for `node:http`, and `fetch` for tests. */
export type App = YogaServerInstance<object, GraphContext>

export function createApp(options: AppOptions): App {
  return createYoga<object, GraphContext>(yogaOptions(options, securityOf(options)))
}

const DEFAULT_RESPONSE_TIMEOUT_MS = 30_000

/** The handler for `node:http`: as the GraphQL server's, and faster for a plain POST of JSON. */
export function createHandler(options: AppOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const security = securityOf(options)
  const shared = yogaOptions(options, security)
  const documents = new DocumentCache()
  const handler = createGraphqlHandler({
    yoga: createYoga<object, GraphContext>({
      ...shared,
      plugins: [...(shared.plugins ?? []), useDocumentCache(documents) as Plugin],
    }),
    endpoint: options.endpoint ?? ENDPOINT,
    maxBodyBytes: security.limits.maxBodyBytes,
    headers: security.headers,
    documents,
    executionLimits: executionLimits(suggestionsOf(options)),
    authenticate: security.authenticate,
    contextOf: (request, given) => contextOf(request, observedFor(given, options), security, security.callerOf(given)),
    responseTimeoutMs: options.responseTimeoutMs ?? DEFAULT_RESPONSE_TIMEOUT_MS,
    onFault: (fault) => logFault(options.log, fault),
    onCutOff: ({ remoteAddress: address }) =>
      options.log.info({ reason: 'events not taken in time', address }, 'connection cut off'),
    ...(isObserved(options) ? { onExecute: noteOperationKind } : {}),
  })
  return isObserved(options) ? observedHandler(handler, options.observers) : handler
}

const securityOf = ({ security, unreachable, log }: AppOptions): Security =>
  createSecurity(security ?? {}, unreachable !== undefined, log)

function graphiqlSetting({ security = {}, unreachable, journal, publicUrl }: AppOptions): GraphiqlSetting {
  return {
    sandbox: unreachable !== undefined,
    journal: journal !== undefined,
    signIn: security.authenticator?.methods ?? [],
    introspection: security.introspection ?? true,
    trustedDocumentsOnly: security.trustedDocuments !== undefined,
    fillsIn: () => publicUrl?.() !== undefined,
  }
}

/** Whoever may ask for the schema may be told what they meant. */
const suggestionsOf = ({ security }: AppOptions) => security?.introspection ?? true

function yogaOptions(options: AppOptions, security: Security): YogaServerOptions<object, GraphContext> {
  const { log } = options
  const suggestions = suggestionsOf(options)
  const { endpoint = ENDPOINT, leadsFromRoot = true } = options
  return {
    schema,
    graphqlEndpoint: endpoint,
    context: (given) => contextOf(given.request, observedFor(given, options), security, security.callerOf(given)),
    plugins: [
      ...security.plugins,
      useEventStreams({
        streams: options.streams ?? new OpenStreams(security.limits),
        limits: executionLimits(suggestions),
      }),
      ...(options.security?.graphiql === false
        ? []
        : [useGraphiqlPage(endpoint, graphiqlSetting(options), leadsFromRoot)]),
      useEndpoint(endpoint),
      useJsonOnly((fault) => logFault(log, fault)),
      useNoIdempotencyHeader(),
      useSafeNames(),
      useErrorLimits(suggestions),
      useRedactedErrors({ suggestions }) as Plugin,
      ...(isObserved(options) ? [useOperationKind() as Plugin] : []),
      ...(options.inlineTrace === undefined ? [] : [options.inlineTrace({ suggestions })]),
    ],
    logging: {
      debug: () => {},
      info: () => {},
      warn: (message: unknown) => log.warn({ reason: withoutValues(String(message)) }, 'graphql server'),
      error: (fault: unknown) => logFault(log, fault),
    },
    // Never the original error in an answer, whatever NODE_ENV says.
    maskedErrors: { isDev: false },
    parserAndValidationCache: boundedParserCache(),
    ...security.options,
    graphiql: false,
    landingPage: false,
    // Yoga would answer whatever ends in its path for health; nothing ends in this one.
    healthCheckEndpoint: '\n',
    multipart: false,
    batching: false,
  }
}

const isObserved = (options: AppOptions): options is AppOptions & Required<Pick<AppOptions, 'observers'>> =>
  options.observers !== undefined && options.observers.length > 0

/** The options for one request: where somebody observes, with clients that know which request they are used for. */
function observedFor(given: object, options: AppOptions): AppOptions {
  const { req } = given as { readonly req?: IncomingMessage }
  if (req === undefined || !isObserved(options)) return options
  const { client, unreachable, observers } = options
  return {
    ...options,
    client: observedClient(client, observers, req),
    ...(unreachable === undefined ? {} : { unreachable: observedClient(unreachable, observers, req) }),
  }
}

function contextOf(
  request: { readonly headers: { get(name: string): string | null } },
  { client, unreachable, journal, webhooks, log, prefixCache, publicUrl }: AppOptions,
  { limits }: Security,
  caller: Caller | undefined,
): GraphContext {
  const scenario = unreachable === undefined ? null : request.headers.get(SCENARIO_HEADER)
  return createContext({
    client: scenario === REFUSED && unreachable !== undefined ? unreachable : client,
    journal,
    webhooks,
    caller,
    limits,
    log: requestLog(log),
    prefixCache,
    publicUrl,
    headers: scenario ? { [SCENARIO_HEADER]: scenario } : {},
  })
}
