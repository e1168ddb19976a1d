import * as z from 'zod'
import { wholeNumber } from './fields.ts'

/** How connections are taken, and how they end. Times are milliseconds. */
export interface ServingConfig {
  /** Within this time a request's headers must be there. */
  readonly headersTimeoutMs: number
  /** Within this time the whole request must be there. */
  readonly requestTimeoutMs: number
  /** How long a connection is kept for its next request. */
  readonly keepAliveTimeoutMs: number
  /** The longest headers that are read, in bytes. */
  readonly maxHeaderBytes: number
  /** How many connections may be open at once. */
  readonly maxConnections: number
  /** How many requests of a connection may wait behind the one that is under way. */
  readonly maxWaitingRequests: number
  /** Within this time an answer must be taken. */
  readonly responseTimeoutMs: number
  /** How long the facade goes on as before once it was told to stop and says that it is not ready. */
  readonly stopDelayMs: number
  /** How long what is under way may take to end once the facade stops. */
  readonly drainMs: number
}

/** Where metrics are served: on a port of their own, or beside GraphQL to whoever knows the token. */
export interface MetricsConfig {
  /** Undefined for the port of GraphQL. */
  readonly port: number | undefined
  /** Where the port of their own listens. */
  readonly host: string
  /** Asked for wherever it is set; always set on the port of GraphQL. */
  readonly token: string | undefined
}

/** Where traces go. */
export interface TracingConfig {
  /** Base URL of an OTLP/HTTP collector. */
  readonly endpoint: string
  /** Of 100 requests that belong to no trace yet, so many begin one. */
  readonly samplePercent: number
  readonly serviceName: string
  /** Whether PayAPI is told of the trace, in a header of its request. */
  readonly payApiHeaders: boolean
}

/** The variables of how the facade is run, for `config.ts`. */
export const operationsVariables = {
  PAYAPI_HEADERS_TIMEOUT_MS: wholeNumber(100, 600_000).default(10_000),
  PAYAPI_REQUEST_TIMEOUT_MS: wholeNumber(100, 600_000).default(30_000),
  PAYAPI_KEEP_ALIVE_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(65_000),
  PAYAPI_MAX_HEADER_BYTES: wholeNumber(1_024, 1_048_576).default(16_384),
  PAYAPI_MAX_CONNECTIONS: wholeNumber(1, 1_000_000).default(10_000),
  PAYAPI_MAX_WAITING_REQUESTS: wholeNumber(0, 10_000).default(32),
  PAYAPI_RESPONSE_TIMEOUT_MS: wholeNumber(100, 600_000).default(30_000),
  PAYAPI_STOP_DELAY_MS: wholeNumber(0, 600_000).default(0),
  PAYAPI_DRAIN_MS: wholeNumber(0, 3_600_000).optional(),
  PAYAPI_METRICS_PORT: wholeNumber(0, 65_535).optional(),
  PAYAPI_METRICS_HOST: z.string().default('127.0.0.1'),
  PAYAPI_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be 16 or more printable ASCII characters')
    .optional(),
  PAYAPI_OTEL_ENDPOINT: z.string().refine(isCollector, 'must be an http or https URL without user or query').optional(),
  PAYAPI_OTEL_SAMPLE_PERCENT: wholeNumber(0, 100).default(100),
  PAYAPI_TRACE_PAYAPI_HEADERS: z.enum(['on', 'off'], 'must be on or off').default('off'),
  OTEL_SERVICE_NAME: z.string().default('payapi-graphql'),
}

const shape = z.object(operationsVariables)
type Variables = z.infer<typeof shape>

/** How much longer than a call what is under way may take to end: time to write down and to answer. */
const DRAIN_MARGIN_MS = 5_000

/** Takes the variables, checked, and the longest that a call takes; returns how connections are taken and end. */
export function servingConfig(data: Variables, timeoutMs: number): ServingConfig {
  return {
    headersTimeoutMs: data.PAYAPI_HEADERS_TIMEOUT_MS,
    requestTimeoutMs: data.PAYAPI_REQUEST_TIMEOUT_MS,
    keepAliveTimeoutMs: data.PAYAPI_KEEP_ALIVE_TIMEOUT_MS,
    maxHeaderBytes: data.PAYAPI_MAX_HEADER_BYTES,
    maxConnections: data.PAYAPI_MAX_CONNECTIONS,
    maxWaitingRequests: data.PAYAPI_MAX_WAITING_REQUESTS,
    responseTimeoutMs: data.PAYAPI_RESPONSE_TIMEOUT_MS,
    stopDelayMs: data.PAYAPI_STOP_DELAY_MS,
    drainMs: data.PAYAPI_DRAIN_MS ?? timeoutMs + DRAIN_MARGIN_MS,
  }
}

/** Takes the variables, checked; returns where metrics are served, or undefined. */
export function metricsConfig(data: Variables): MetricsConfig | undefined {
  const { PAYAPI_METRICS_PORT: port, PAYAPI_METRICS_HOST: host, PAYAPI_METRICS_TOKEN: token } = data
  return port === undefined && token === undefined ? undefined : { port, host, token }
}

/** Takes the variables, checked; returns where traces go, or undefined. */
export function tracingConfig(data: Variables): TracingConfig | undefined {
  if (data.PAYAPI_OTEL_ENDPOINT === undefined) return undefined
  return {
    endpoint: data.PAYAPI_OTEL_ENDPOINT,
    samplePercent: data.PAYAPI_OTEL_SAMPLE_PERCENT,
    serviceName: data.OTEL_SERVICE_NAME,
    payApiHeaders: data.PAYAPI_TRACE_PAYAPI_HEADERS === 'on',
  }
}

function isCollector(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search
}
