import { readFileSync } from 'node:fs'
import * as z from 'zod'
import type { MerchantCredentials } from './payapi/merchant.ts'
import { SERVICES, type ServiceName } from './payapi/services/index.ts'
import { parseBaseUrl } from './payapi/transport.ts'

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
  readonly port: number
  readonly host: string
  readonly logLevel: string
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

const merchant = z.strictObject({
  mid: z.string().regex(/^[\x21-\x7e]{1,10}$/, 'must be 1 to 10 characters'),
  signKey: z.string().min(1, 'must not be empty'),
  apiKey: z.string().regex(/^[\x20-\x7e]{32}$/, 'must be 32 ASCII characters'),
  apiIv: z.string().regex(/^[\x20-\x7e]{16}$/, 'must be 16 ASCII characters'),
})

const merchants = z
  .tuple([merchant], merchant, 'must be a JSON array with at least one merchant')
  .refine((list) => new Set(list.map(({ mid }) => mid)).size === list.length, 'names a mid twice')

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    context.addIssue('is not JSON')
    return z.NEVER
  }
})

const path = z.string().regex(/^\/[\w./-]*$/, 'must be a path')

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
        'must be a JSON object',
      ),
    )
    .default({}),
  PORT: wholeNumber(0, 65_535).default(4_000),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be one of pino’s levels, e.g. info')
    .default('info'),
})

/**
 * Takes the environment variables; returns the configuration. Empty variables count as not set.
 * Throws `ConfigError`, which names every variable that is wrong and prints no value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const read = variables.safeParse(given)
  if (!read.success) throw new ConfigError(read.error.issues.map(problemOf))
  const { data } = read
  const environment = data.PAYAPI_ENV
  if (data.PAYAPI_MERCHANTS && data.PAYAPI_MERCHANTS_FILE) {
    throw new ConfigError(['PAYAPI_MERCHANTS and PAYAPI_MERCHANTS_FILE: set one of them, not both'])
  }
  const acting = data.PAYAPI_MERCHANTS ?? data.PAYAPI_MERCHANTS_FILE
  if (acting === undefined && (environment !== 'sandbox' || data.PAYAPI_BASE_URL !== undefined)) {
    throw new ConfigError([
      `PAYAPI_MERCHANTS (or PAYAPI_MERCHANTS_FILE) is needed to talk to a PayAPI other than the embedded sandbox`,
    ])
  }
  return {
    environment,
    baseUrl: data.PAYAPI_BASE_URL ?? (environment === 'sandbox' ? undefined : HOSTS[environment]),
    merchants: acting,
    timeoutMs: data.PAYAPI_TIMEOUT_MS ?? TIMEOUT_MS[environment],
    connectTimeoutMs: data.PAYAPI_CONNECT_TIMEOUT_MS,
    maxInFlight: data.PAYAPI_MAX_IN_FLIGHT,
    keepAlive: data.PAYAPI_KEEP_ALIVE,
    paths: data.PAYAPI_PATHS,
    port: data.PORT,
    host: data.HOST,
    logLevel: data.LOG_LEVEL,
  }
}

/** Names the variable and the place within it; zod's own messages speak of types, never of values. */
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

function readText(file: string, context: z.RefinementCtx): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    context.addIssue(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`)
    return z.NEVER
  }
}
