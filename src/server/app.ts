import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from 'pino'
import { createContext, type GraphContext } from '../graphql/context.ts'
import { schema } from '../graphql/schema.ts'
import type { PayApiClient } from '../payapi/index.ts'
import { graphiqlOptions, graphiqlRenderer } from './graphiql.ts'
import { logFault } from './logger.ts'
import { useCleanErrors } from './plugins/clean-errors.ts'
import { useJsonOnly } from './plugins/json-only.ts'
import { REFUSED, SCENARIO_HEADER } from './scenario.ts'

/** The largest request body that is read, in bytes: a full input of the largest service is below 10,000. */
export const MAX_BODY_BYTES = 100_000

/** What the app is assembled of. */
export interface AppOptions {
  readonly client: PayApiClient
  readonly log: Logger
  /** In the sandbox: a client that reaches nobody, for the scenario `refused`. Elsewhere scenarios are not heard. */
  readonly unreachable?: PayApiClient
}

/** The GraphQL server, not listening: a handler for `node:http`, and `fetch` for tests. */
export type App = YogaServerInstance<object, GraphContext>

/** Takes what it is made of; returns the GraphQL server. */
export function createApp(options: AppOptions): App {
  const { log } = options
  return createYoga<object, GraphContext>({
    schema,
    context: ({ request }) => contextOf(request, options),
    plugins: [useJsonOnly(), useCleanErrors() as Plugin],
    logging: {
      debug: () => {},
      info: () => {},
      warn: (message: unknown) => log.warn({ reason: String(message) }, 'graphql server'),
      error: (fault: unknown) => logFault(log, fault),
    },
    // Never the original error in an answer, whatever NODE_ENV says.
    maskedErrors: { isDev: false },
    graphiql: graphiqlOptions(options.unreachable !== undefined),
    renderGraphiQL: graphiqlRenderer(),
    landingPage: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    cors: false,
  })
}

function contextOf(request: Request, { client, unreachable }: AppOptions): GraphContext {
  const scenario = unreachable === undefined ? null : request.headers.get(SCENARIO_HEADER)
  if (!scenario) return createContext(client)
  if (scenario === REFUSED && unreachable !== undefined) return createContext(unreachable)
  return createContext(client, { [SCENARIO_HEADER]: scenario })
}
