import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention'
import type { Plugin, YogaServerOptions } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Authenticator } from '../../auth/authenticator.ts'
import type { Caller } from '../../auth/caller.ts'
import { ANYBODY } from '../../auth/caller.ts'
import { DEFAULT_LIMITS, type ExposureConfig, type LimitsConfig } from '../../config/limits.ts'
import { useWellFormedRequests } from '../http/request/rules.ts'
import { answerHeaders, type HeaderOptions, type Headers, useResponseHeaders } from '../http/response-headers.ts'
import { type Authenticate, createAuthenticate, type Sender, useCallers } from './authenticate.ts'
import { corsFor, PREFLIGHT_HEADERS } from './cors.ts'
import { documentLimits } from './document-limits.ts'
import { useMutationLimit } from './mutation-limit.ts'
import { createRateLimit } from './rate-limit.ts'
import { useClosedSchema, useFewSchemaQuestions } from './schema-questions.ts'
import { trustedDocuments, useNoPersistedQueries } from './trusted-documents.ts'

/** Who may call, how much, from where and what. What is left out is as open as can be, but for the limits' defaults. */
export interface SecurityOptions extends Partial<ExposureConfig> {
  /** Finds out who calls; left out, everybody may do everything. */
  readonly authenticator?: Authenticator | undefined
  readonly limits?: Partial<LimitsConfig>
  /** Whether a query in a URL needs a header that a page of another site cannot send unasked; true by default. */
  readonly csrfPrevention?: boolean
}

/** What stands before the graph, made once: both ways through the server share it. */
export interface Security {
  /** Lets requests in; the first of the plugins that refuse. */
  readonly authenticate: Authenticate
  readonly plugins: readonly Plugin[]
  readonly options: Pick<YogaServerOptions<object, object>, 'cors' | 'maxRequestBodySize'>
  readonly limits: LimitsConfig
  /** Headers of every answer that goes the short way; on the other way a plugin sets them. */
  readonly headers: Headers
  /** Who sent the request of a context; undefined where nobody is known. */
  callerOf(context: object): Caller | undefined
}

export function createSecurity(options: SecurityOptions, sandbox: boolean, log: Logger): Security {
  const { authenticator, corsOrigins = [], introspection = true, trustedDocuments: documents } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const headerOptions: HeaderOptions = {
    behindTls: options.behindTls ?? false,
    crossOrigin: corsOrigins.length > 0,
  }
  const rateLimit = limits.rateLimitPerMinute > 0 ? createRateLimit(limits.rateLimitPerMinute) : undefined
  const authenticate = createAuthenticate({ authenticator, rateLimit, log })
  return {
    authenticate,
    plugins: [
      useResponseHeaders(headerOptions),
      ...(options.csrfPrevention === false
        ? []
        : [useCSRFPrevention({ requestHeaders: [...PREFLIGHT_HEADERS] }) as Plugin]),
      useCallers({ authenticate, authenticator, log }),
      useWellFormedRequests(log),
      ...(documents === undefined ? [useNoPersistedQueries()] : trustedDocuments(documents)),
      ...documentLimits(limits),
      useMutationLimit(limits.maxChanges),
      introspection ? useFewSchemaQuestions() : useClosedSchema(),
    ],
    options: {
      cors: corsFor(corsOrigins, sandbox),
      maxRequestBodySize: limits.maxBodyBytes,
    },
    limits,
    headers: answerHeaders(headerOptions),
    callerOf: authenticator === undefined ? () => ANYBODY : (context) => (context as Sender).caller,
  }
}
