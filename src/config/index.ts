import type * as z from 'zod'
import type { AuthConfig } from '../auth/authenticator.ts'
import { foreignVariables } from '../lib/foreign-variables.ts'
import { isLoopback } from '../lib/network/url.ts'
import type { MerchantCredentials } from '../payapi/merchant.ts'
import type { ServiceName } from '../payapi/services/index.ts'
import { authConfig } from './auth/index.ts'
import { type JournalConfig, journalConfig } from './journal.ts'
import { type ExposureConfig, exposureConfig, type LimitsConfig, limitsConfig } from './limits.ts'
import { type NoticesConfig, noticesConfig } from './notices.ts'
import { LAST_PORT, publicUrlConfig, type ServingConfig, servingConfig } from './serving.ts'
import { ConfigError } from './settings-error.ts'
import { type MetricsConfig, metricsConfig, type TracingConfig, tracingConfig } from './telemetry.ts'
import type { Complain } from './variables/fields.ts'
import { VARIABLE_NAMES, type Variables, variables } from './variables/index.ts'
import { type WebhooksConfig, webhooksConfig } from './webhooks.ts'

export { ConfigError }

/** Which PayAPI the facade talks to. */
type Environment = 'sandbox' | 'test' | 'production'

/** Everything that can be set from outside, checked. Times are milliseconds. */
export interface Config {
  readonly environment: Environment
  /** Whether it can only reach a PayAPI of this machine, where no money is. */
  readonly isLocalSandbox: boolean
  /** Undefined where the embedded sandbox is to be started. */
  readonly baseUrl: string | undefined
  /** Undefined where the sandbox's demonstration merchants act. */
  readonly merchants: readonly [MerchantCredentials, ...MerchantCredentials[]] | undefined
  readonly timeoutMs: number
  readonly connectTimeoutMs: number
  readonly maxInFlight: number
  readonly keepAlive: 'lookups' | 'all'
  readonly paths: Partial<Readonly<Record<ServiceName, string>>>
  /** Undefined where no journal is kept. */
  readonly journal: JournalConfig | undefined
  /** Undefined where everybody may do everything. */
  readonly auth: AuthConfig | undefined
  readonly limits: LimitsConfig
  readonly notices: NoticesConfig
  readonly webhooks: WebhooksConfig
  /** Where buyers and the PG reach this server; undefined where payments by SMS do not come back to it. */
  readonly publicUrl: string | undefined
  readonly exposure: ExposureConfig
  readonly serving: ServingConfig
  /** Undefined where none are collected. */
  readonly metrics: MetricsConfig | undefined
  /** Undefined where none are written. */
  readonly tracing: TracingConfig | undefined
  /** Undefined where each request asks anew. */
  readonly prefixCache: { readonly size: number; readonly ttlMs: number } | undefined
  /** Whether a gateway that asks for a federated trace gets one. */
  readonly inlineTrace: boolean
  /** How many processes serve; 1 for this one alone. */
  readonly workers: number
  readonly port: number
  readonly host: string
  readonly logLevel: string
}

const HOSTS = {
  test: 'https://tpayapi.paywelcome.co.kr',
  production: 'https://payapi.paywelcome.co.kr',
} as const

// In the sandbox nobody waits for real money, so the scenario `timeout` may be over soon.
const TIMEOUT_MS = { sandbox: 5_000, test: 60_000, production: 60_000 } as const

/**
 * Empty variables count as not set. Throws `ConfigError`, which names every variable that is wrong, missing or not
 * known, and prints no value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.entries(env).filter(([, value]) => value !== undefined && value !== '')
  const foreign = foreignVariables(set, VARIABLE_NAMES, 'PAYAPI_')
  const ours = set.filter(([name]) => !foreign.has(name))
  const read = variables.safeParse(Object.fromEntries(ours))
  const issues = read.success ? [] : read.error.issues
  const lines = [...[...foreign.values()].filter((line) => line !== ''), ...issues.map(problemOf)]
  // So that what does not fit together is told as well, what is wrong by itself is left out; nobody is told that it is missing.
  const wrong = new Set(issues.map(({ path }) => String(path[0])))
  const data = variables.parse(Object.fromEntries(ours.filter(([name]) => !wrong.has(name))))
  const config = configOf(data, (line, ...names) => {
    if (!names.some((name) => wrong.has(name))) lines.push(line)
  })
  if (lines.length > 0) throw new ConfigError(lines)
  return config
}

/** The configuration of variables that were checked one by one; tells what does not fit together. */
export function configOf(data: Variables, complain: Complain): Config {
  const environment = data.PAYAPI_ENV
  if (data.PAYAPI_MERCHANTS && data.PAYAPI_MERCHANTS_FILE) {
    complain('PAYAPI_MERCHANTS and PAYAPI_MERCHANTS_FILE: set one of them, not both')
  }
  const acting = data.PAYAPI_MERCHANTS ?? data.PAYAPI_MERCHANTS_FILE
  if (acting === undefined && (environment !== 'sandbox' || data.PAYAPI_BASE_URL !== undefined)) {
    complain(
      `PAYAPI_MERCHANTS (or PAYAPI_MERCHANTS_FILE) is needed to talk to a PayAPI other than the embedded sandbox`,
      'PAYAPI_MERCHANTS',
      'PAYAPI_MERCHANTS_FILE',
    )
  }
  if (data.PAYAPI_JOURNAL === 'off' && environment === 'production') {
    complain('PAYAPI_JOURNAL cannot be off in production: nothing would guard against a second charge')
  }
  if (data.PAYAPI_HEADERS_TIMEOUT_MS > data.PAYAPI_REQUEST_TIMEOUT_MS) {
    complain('PAYAPI_HEADERS_TIMEOUT_MS must not be longer than PAYAPI_REQUEST_TIMEOUT_MS')
  }
  checkPorts(data, complain)
  const deployment = deploymentOf(data)
  const place = {
    merchantIds: acting?.map(({ mid }) => mid),
    journaled: data.PAYAPI_JOURNAL === 'on',
    isSandbox: deployment.isSandbox,
  }
  const timeoutMs = data.PAYAPI_TIMEOUT_MS ?? TIMEOUT_MS[environment]
  return {
    environment,
    isLocalSandbox: deployment.localSandboxOnly,
    baseUrl: data.PAYAPI_BASE_URL ?? (environment === 'sandbox' ? undefined : HOSTS[environment]),
    merchants: acting,
    timeoutMs,
    connectTimeoutMs: data.PAYAPI_CONNECT_TIMEOUT_MS,
    maxInFlight: data.PAYAPI_MAX_IN_FLIGHT,
    keepAlive: data.PAYAPI_KEEP_ALIVE,
    paths: data.PAYAPI_PATHS,
    journal: data.PAYAPI_JOURNAL === 'off' ? undefined : journalConfig(data, deployment, complain),
    auth: authConfig(data, deployment, complain),
    limits: limitsConfig(data, environment),
    notices: noticesConfig(data, place, complain),
    webhooks: webhooksConfig(data, place, complain),
    publicUrl: publicUrlConfig(data, deployment.isSandbox, complain),
    exposure: exposureConfig(data, environment),
    serving: servingConfig(data, timeoutMs),
    metrics: metricsConfig(data),
    tracing: tracingConfig(data),
    prefixCache: prefixCacheConfig(data.PAYAPI_PREFIX_CACHE_SIZE, data.PAYAPI_PREFIX_CACHE_TTL_MS),
    inlineTrace: data.PAYAPI_INLINE_TRACE === 'on',
    workers: data.PAYAPI_WORKERS,
    port: data.PORT,
    host: data.HOST,
    logLevel: data.LOG_LEVEL,
  }
}

function checkPorts(data: Variables, complain: Complain): void {
  const { PORT: port, PAYAPI_METRICS_PORT: first, PAYAPI_WORKERS: workers } = data
  if (!first) return
  // Each worker's metrics have a port of their own.
  const last = first + workers - 1
  if (last > LAST_PORT) complain(`PAYAPI_METRICS_PORT must be at most ${LAST_PORT - workers + 1} with so many workers`)
  if (port >= first && port <= last && data.HOST === data.PAYAPI_METRICS_HOST) {
    complain('PORT is one that PAYAPI_METRICS_PORT takes: set one of them to another')
  }
}

function deploymentOf({ PAYAPI_ENV: environment, PAYAPI_BASE_URL: baseUrl, HOST: host }: Variables) {
  const isSandbox = environment === 'sandbox'
  const isEmbedded = isSandbox && baseUrl === undefined
  // Also a facade that calls itself a sandbox may be pointed at the real thing.
  const localSandboxOnly = isSandbox && (baseUrl === undefined || isLoopback(new URL(baseUrl).hostname))
  return { host, isSandbox, isEmbedded, localSandboxOnly }
}

const prefixCacheConfig = (size: number, ttlMs: number) => (size > 0 && ttlMs > 0 ? { size, ttlMs } : undefined)

/** Names the variable and the place within it. The messages are all our own, for zod's may quote a name that was given. */
function problemOf({ path: [variable, ...place], message }: z.core.$ZodIssue): string {
  return `${String(variable)}${place.map((step) => `[${String(step)}]`).join('')} ${message}`
}
