import type { IncomingMessage, ServerResponse } from 'node:http'
import { createYoga, type Plugin, type YogaServerInstance, type YogaServerOptions } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Caller } from '../auth/caller.ts'
import { type ContextOptions, createContext, type GraphContext } from '../graphql/context.ts'
import type { PrefixCache } from '../graphql/prefix-cache.ts'
import type { CleanOptions } from '../graphql/redact-errors.ts'
import { schema } from '../graphql/schema.ts'
import type { Journal } from '../journal/journal.ts'
import { REFUSED, SCENARIO_HEADER, useFrontDoor } from './graphiql.ts'
import { boundedParserCache, KnownDocuments, useKnownDocuments } from './http/document-cache.ts'
import { createGraphqlHandler } from './http/graphql-handler.ts'
import { useEndpoint, useNoIdempotencyHeader } from './http/request-rules.ts'
import { executionLimits, useErrorLimits } from './security/error-limits.ts'
import { createGuards, type GuardOptions, type Guards } from './security/index.ts'
import { useJsonOnly } from './security/json-only.ts'
import { useCleanErrors, useCleanNames } from './security/redaction.ts'
import { logFault, requestLog, withoutValues } from './telemetry/logger.ts'
import {
  noteOperationKind,
  useOperationKind,
  type Watcher,
  watchedClient,
  watchedHandler,
} from './telemetry/observer.ts'

/** Where GraphQL is served. */
export const ENDPOINT = '/graphql'

/** What the app is assembled of. */
export interface AppOptions {
  readonly client: ContextOptions['client']
  readonly log: Logger
  /** Remembers what was sent; without it nothing guards against sending twice. */
  readonly journal?: Journal | undefined
  /** In the sandbox: a client that reaches nobody, for the scenario `refused`. Elsewhere scenarios are not heard. */
  readonly unreachable?: ContextOptions['client']
  /** Who may call, how much, from where and what. */
  readonly guards?: GuardOptions
  /** Remembers card prefixes from one request to the next; without it each request asks anew. */
  readonly prefixCache?: PrefixCache | undefined
  /** Makes what gives a gateway that asks for it a federated trace (`useInlineTrace`); it costs time in every request. */
  readonly inlineTrace?: ((options: CleanOptions) => Plugin) | undefined
  /** Who watches requests and calls; nobody where left out. */
  readonly watchers?: readonly Watcher[]
}

/** The GraphQL server, not listening: a handler for `node:http`, and `fetch` for tests. */
export type App = YogaServerInstance<object, GraphContext>

/** Takes what it is made of; returns the GraphQL server. */
export function createApp(options: AppOptions): App {
  return createYoga<object, GraphContext>(yogaOptions(options, guardsOf(options)))
}

/** The handler for `node:http`: as the GraphQL server's, and faster for a plain POST of JSON. */
export function createHandler(options: AppOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const guards = guardsOf(options)
  const shared = yogaOptions(options, guards)
  const documents = new KnownDocuments()
  const handler = createGraphqlHandler({
    yoga: createYoga<object, GraphContext>({
      ...shared,
      plugins: [...(shared.plugins ?? []), useKnownDocuments(documents) as Plugin],
    }),
    endpoint: ENDPOINT,
    maxBodyBytes: guards.limits.maxBodyBytes,
    headers: guards.headers,
    documents,
    executionLimits: executionLimits(suggestionsOf(options)),
    admit: guards.admit,
    contextOf: (request, given) => contextOf(request, watchedFor(given, options), guards, guards.callerOf(given)),
    onFault: (fault) => logFault(options.log, fault),
    ...(isWatched(options) ? { onExecute: noteOperationKind } : {}),
  })
  return isWatched(options) ? watchedHandler(handler, options.watchers) : handler
}

const guardsOf = ({ guards, unreachable, log }: AppOptions) =>
  createGuards(guards ?? {}, unreachable !== undefined, log)

/** Whoever may ask for the schema may be told what they meant. */
const suggestionsOf = ({ guards }: AppOptions) => guards?.introspection ?? true

function yogaOptions(options: AppOptions, guards: Guards): YogaServerOptions<object, GraphContext> {
  const { log } = options
  const suggestions = suggestionsOf(options)
  return {
    schema,
    graphqlEndpoint: ENDPOINT,
    context: (given) => contextOf(given.request, watchedFor(given, options), guards, guards.callerOf(given)),
    plugins: [
      ...guards.plugins,
      ...(guards.graphiql === undefined ? [] : [useFrontDoor(ENDPOINT, guards.graphiql)]),
      useEndpoint(ENDPOINT),
      useJsonOnly(),
      useNoIdempotencyHeader(),
      useCleanNames(),
      useErrorLimits(suggestions),
      useCleanErrors({ suggestions }) as Plugin,
      ...(isWatched(options) ? [useOperationKind() as Plugin] : []),
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
    ...guards.options,
    graphiql: false,
    landingPage: false,
    // Yoga would answer whatever ends in its path for health; nothing ends in this one.
    healthCheckEndpoint: '\n',
    multipart: false,
    batching: false,
  }
}

const isWatched = (options: AppOptions): options is AppOptions & Required<Pick<AppOptions, 'watchers'>> =>
  options.watchers !== undefined && options.watchers.length > 0

/** The options for one request: where somebody watches, with clients that know which request they are used for. */
function watchedFor(given: object, options: AppOptions): AppOptions {
  const { req } = given as { readonly req?: IncomingMessage }
  if (req === undefined || !isWatched(options)) return options
  const { client, unreachable, watchers } = options
  return {
    ...options,
    client: watchedClient(client, watchers, req),
    ...(unreachable === undefined ? {} : { unreachable: watchedClient(unreachable, watchers, req) }),
  }
}

function contextOf(
  request: { readonly headers: { get(name: string): string | null } },
  { client, unreachable, journal, log, prefixCache }: AppOptions,
  { limits }: Guards,
  caller: Caller | undefined,
): GraphContext {
  const scenario = unreachable === undefined ? null : request.headers.get(SCENARIO_HEADER)
  return createContext({
    client: scenario === REFUSED && unreachable !== undefined ? unreachable : client,
    journal,
    caller,
    limits,
    log: requestLog(log),
    prefixCache,
    headers: scenario ? { [SCENARIO_HEADER]: scenario } : {},
  })
}
