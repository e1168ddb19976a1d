import { join } from 'node:path'
import * as z from 'zod'
import type { AuthConfig } from '../auth/authenticator.ts'
import { fileUrlOf, parseStoreUrl } from '../journal/open-store.ts'
import { foreignVariables } from '../lib/foreign-variables.ts'
import type { MerchantCredentials } from '../payapi/merchant.ts'
import { SERVICES, type ServiceName } from '../payapi/services/index.ts'
import { isLoopback, parseBaseUrl } from '../payapi/transport/transport.ts'
import { authConfig, authVariables } from './auth.ts'
import { type Complain, json, readText, text, wholeNumber } from './fields.ts'
import { type ExposureConfig, exposureConfig, type LimitsConfig, limitsConfig, limitsVariables } from './limits.ts'
import {
  type MetricsConfig,
  metricsConfig,
  operationsVariables,
  type ServingConfig,
  servingConfig,
  type TracingConfig,
  tracingConfig,
} from './serving.ts'

/** Which PayAPI the facade talks to. */
export type Environment = 'sandbox' | 'test' | 'production'

/** Everything that can be set from outside, checked. Times are milliseconds. */
export interface Config {
  readonly environment: Environment
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

/** How the journal of operations is kept. */
export interface JournalConfig {
  /** `file:` or `postgres:` URL; undefined for a file in a temporary folder that ends with the embedded sandbox. */
  readonly storeUrl: string | undefined
  /** 32 bytes each, the current one first; undefined where a key is to be made beside the file. */
  readonly keys: readonly Buffer[] | undefined
  /** Whether to begin anew where the file is gone, and to go on with what is there where it is not what it was. */
  readonly init: boolean
  readonly orderGuard: boolean
  readonly retentionMs: number
  readonly waitMs: number
}

/** Says which variables are wrong, and how, without any value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  /** Takes one line for each problem. */
  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

const HOSTS = {
  test: 'https://tpayapi.paywelcome.co.kr',
  production: 'https://payapi.paywelcome.co.kr',
} as const

// In the sandbox nobody waits for real money, so the scenario `timeout` may be over soon.
const TIMEOUT_MS = { sandbox: 5_000, test: 60_000, production: 60_000 } as const

const merchant = z.strictObject(
  {
    mid: text.regex(/^[\x21-\x7e]{1,10}$/, 'must be 1 to 10 characters'),
    signKey: text.min(1, 'must not be empty'),
    apiKey: text.regex(/^[\x20-\x7e]{32}$/, 'must be 32 ASCII characters'),
    apiIv: text.regex(/^[\x20-\x7e]{16}$/, 'must be 16 ASCII characters'),
  },
  // Zod's own message quotes a name that it does not know, and in a list that is put together wrongly that may be a key.
  'must be an object of mid, signKey, apiKey and apiIv, and nothing else',
)

const merchants = z
  .tuple([merchant], merchant, 'must be a JSON array with at least one merchant')
  .refine((list) => new Set(list.map(({ mid }) => mid)).size === list.length, 'names a mid twice')

const journalKeys = z
  .string()
  .transform((text) => text.trim().split(/[\s,]+/))
  .pipe(z.array(z.base64('must be Base64')).min(1))
  .transform((keys) => keys.map((key) => Buffer.from(key, 'base64')))
  .refine((keys) => keys.every(({ length }) => length === 32), 'must be keys of 32 bytes each, in Base64')

const LAST_PORT = 65_535

const path = text.regex(/^\/[\w./-]*$/, 'must be a path')

const variables = z.object({
  PAYAPI_ENV: z.enum(['sandbox', 'test', 'production'], 'must be sandbox, test or production').default('sandbox'),
  PAYAPI_BASE_URL: z.string().superRefine(isBaseUrl).optional(),
  PAYAPI_MERCHANTS: json.pipe(merchants).optional(),
  PAYAPI_MERCHANTS_FILE: z.string().transform(readText).pipe(json).pipe(merchants).optional(),
  PAYAPI_TIMEOUT_MS: wholeNumber(100, 600_000).optional(),
  PAYAPI_CONNECT_TIMEOUT_MS: wholeNumber(100, 60_000).default(5_000),
  PAYAPI_MAX_IN_FLIGHT: wholeNumber(1, 100_000).default(512),
  PAYAPI_KEEP_ALIVE: z.enum(['lookups', 'all'], 'must be lookups or all').default('lookups'),
  PAYAPI_PATHS: json
    .pipe(
      z.partialRecord(
        z.enum(Object.keys(SERVICES) as [ServiceName], 'is not the name of a service'),
        path,
        'must be a JSON object of paths by the names of services',
      ),
    )
    .default({}),
  PAYAPI_JOURNAL: z.enum(['on', 'off'], 'must be on or off').default('on'),
  PAYAPI_DATA_DIR: z.string().optional(),
  PAYAPI_STORE_URL: z.string().transform(storeUrl).optional(),
  PAYAPI_JOURNAL_KEYS: journalKeys.optional(),
  PAYAPI_JOURNAL_KEYS_FILE: z.string().transform(readText).pipe(journalKeys).optional(),
  PAYAPI_JOURNAL_INIT: z.enum(['on', 'off'], 'must be on or off').default('off'),
  PAYAPI_ORDER_GUARD: z.enum(['on', 'off'], 'must be on or off').default('on'),
  PAYAPI_RETENTION_DAYS: wholeNumber(1, 36_500).default(30),
  PAYAPI_IDEMPOTENCY_WAIT_MS: wholeNumber(0, 60_000).default(5_000),
  ...authVariables,
  ...limitsVariables,
  ...operationsVariables,
  PAYAPI_PREFIX_CACHE_SIZE: wholeNumber(0, 1_000_000).default(10_000),
  PAYAPI_PREFIX_CACHE_TTL_MS: wholeNumber(0, 999_999_999).default(24 * 60 * 60 * 1000),
  PAYAPI_INLINE_TRACE: z.enum(['on', 'off'], 'must be on or off').default('off'),
  PAYAPI_WORKERS: wholeNumber(1, 256).default(1),
  PORT: wholeNumber(0, LAST_PORT).default(4_000),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be one of pino’s levels, e.g. info')
    .default('info'),
})

type Variables = z.infer<typeof variables>

/** The names of all variables that are read. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(variables.shape)

/**
 * Takes the environment variables; returns the configuration. Empty variables count as not set.
 * Throws `ConfigError`, which names every variable that is wrong, missing or not known, and prints no value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.entries(env).filter(([, value]) => value !== undefined && value !== '')
  const foreign = foreignVariables(set, VARIABLE_NAMES)
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

function configOf(data: Variables, complain: Complain): Config {
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
  const timeoutMs = data.PAYAPI_TIMEOUT_MS ?? TIMEOUT_MS[environment]
  return {
    environment,
    baseUrl: data.PAYAPI_BASE_URL ?? (environment === 'sandbox' ? undefined : HOSTS[environment]),
    merchants: acting,
    timeoutMs,
    connectTimeoutMs: data.PAYAPI_CONNECT_TIMEOUT_MS,
    maxInFlight: data.PAYAPI_MAX_IN_FLIGHT,
    keepAlive: data.PAYAPI_KEEP_ALIVE,
    paths: data.PAYAPI_PATHS,
    journal: data.PAYAPI_JOURNAL === 'off' ? undefined : journalConfig(data, complain),
    auth: authConfig(data, standingOf(data), complain),
    limits: limitsConfig(data, environment),
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

function standingOf(data: Variables) {
  const { PAYAPI_ENV: environment, PAYAPI_BASE_URL: baseUrl, HOST: host } = data
  // Also a facade that calls itself a sandbox may be pointed at the real thing.
  const localSandboxOnly = environment === 'sandbox' && (baseUrl === undefined || isLoopback(new URL(baseUrl).hostname))
  return { host, localSandboxOnly }
}

const prefixCacheConfig = (size: number, ttlMs: number) => (size > 0 && ttlMs > 0 ? { size, ttlMs } : undefined)

const DAY_MS = 24 * 60 * 60 * 1000

function journalConfig(data: Variables, complain: Complain): JournalConfig {
  if (data.PAYAPI_JOURNAL_KEYS && data.PAYAPI_JOURNAL_KEYS_FILE) {
    complain('PAYAPI_JOURNAL_KEYS and PAYAPI_JOURNAL_KEYS_FILE: set one of them, not both')
  }
  const keys = data.PAYAPI_JOURNAL_KEYS ?? data.PAYAPI_JOURNAL_KEYS_FILE
  const isFile = data.PAYAPI_STORE_URL === undefined || data.PAYAPI_STORE_URL.startsWith('file:')
  if (keys === undefined && (data.PAYAPI_ENV !== 'sandbox' || !isFile)) {
    complain(
      'PAYAPI_JOURNAL_KEYS (or PAYAPI_JOURNAL_KEYS_FILE) is needed: 32 random bytes in Base64, e.g. from `openssl rand -base64 32`',
      'PAYAPI_JOURNAL_KEYS',
      'PAYAPI_JOURNAL_KEYS_FILE',
    )
  }
  const isEmbedded = data.PAYAPI_ENV === 'sandbox' && data.PAYAPI_BASE_URL === undefined
  const directory = data.PAYAPI_DATA_DIR ?? (isEmbedded ? undefined : 'data')
  return {
    storeUrl: data.PAYAPI_STORE_URL ?? (directory && fileUrlOf(join(directory, 'journal.db'))),
    keys,
    init: data.PAYAPI_JOURNAL_INIT === 'on',
    orderGuard: data.PAYAPI_ORDER_GUARD === 'on',
    retentionMs: data.PAYAPI_RETENTION_DAYS * DAY_MS,
    waitMs: data.PAYAPI_IDEMPOTENCY_WAIT_MS,
  }
}

/** Names the variable and the place within it. The messages are all our own, for zod's may quote a name that was given. */
function problemOf({ path: [variable, ...place], message }: z.core.$ZodIssue): string {
  return `${String(variable)}${place.map((step) => `[${String(step)}]`).join('')} ${message}`
}

function isBaseUrl(text: string, context: z.RefinementCtx): void {
  try {
    parseBaseUrl(text)
  } catch (error) {
    context.addIssue((error as Error).message)
  }
}

/** An SQLite file's, wherever the process works from then on. */
function storeUrl(text: string, context: z.RefinementCtx): string {
  try {
    const location = parseStoreUrl(text)
    return location.kind === 'sqlite' ? fileUrlOf(location.path, location.mode) : location.url
  } catch (error) {
    context.addIssue((error as Error).message)
    return z.NEVER
  }
}
