import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { apiKeys } from '../auth/variables.ts'
import { documents } from '../limits.ts'
import { endpoints as noticeEndpoints } from '../notices.ts'
import { merchants, paths } from '../payapi.ts'
import { type Variables, variables } from '../variables/index.ts'
import { endpoints as webhookEndpoints } from '../webhooks.ts'

// An option is a variable's value as a program has it. What may be in it, the variable's own check says; here stands how
// it is written as an option, and how the text of a variable becomes one.

type VariableName = keyof Variables

/** One option. */
export interface Option {
  /** The variable that sets the same. */
  readonly variable: VariableName
  /** Its check; gives what the variable's own gives. */
  readonly schema: z.ZodType
  /** The option that a variable's text stands for, once that was found to be right. */
  readonly read: (text: string) => unknown
}

/** Options by name, and groups of them. */
export interface OptionTree {
  readonly [name: string]: Option | OptionTree
}

export const isOption = (entry: Option | OptionTree): entry is Option => typeof entry['variable'] === 'string'

const checkOf = (variable: VariableName): z.ZodType<unknown, string> => variables.shape[variable] as never

const plain = (text: string): unknown => text

const text = (variable: VariableName, read = plain): Option => ({
  variable,
  schema: z.string('must be a text').min(1, 'must not be empty').pipe(checkOf(variable)),
  read,
})

const number = (variable: VariableName): Option => ({
  variable,
  schema: z.number('must be a number').transform(String).pipe(checkOf(variable)),
  read: Number,
})

const flag = (variable: VariableName): Option => ({
  variable,
  schema: z
    .boolean('must be true or false')
    .transform((given): string => (given ? 'on' : 'off'))
    .pipe(checkOf(variable)),
  read: (given) => given === 'on',
})

const element = z.string('must be a text').regex(/^[^\s,]+$/, 'must not be empty, and have no comma or space')

/** `none` is the variable's word for an empty list. */
const list = (variable: VariableName, none?: string): Option => ({
  variable,
  schema: z
    .array(element, 'must be an array of texts')
    .refine((given) => given.length > 0 || none !== undefined, { error: 'must not be empty', abort: true })
    .transform((given) => (given.length > 0 ? given.join(',') : none))
    .pipe(checkOf(variable)),
  read: (given) => (given.trim() === none ? [] : given.trim().split(/[\s,]+/)),
})

/** What a variable has as JSON, and an option as it is. */
const json = (variable: VariableName, schema: z.ZodType): Option => ({
  variable,
  schema,
  read: (given) => JSON.parse(given.replace(/^\ufeff/, '')),
})

const fromFile = ({ read, ...option }: Option): Option => ({
  ...option,
  read: (file) => read(readFileSync(file, 'utf8')),
})

/** All options that a variable sets as well. */
export const OPTIONS = {
  environment: text('PAYAPI_ENV'),
  baseUrl: text('PAYAPI_BASE_URL'),
  merchants: json('PAYAPI_MERCHANTS', merchants),
  timeoutMs: number('PAYAPI_TIMEOUT_MS'),
  connectTimeoutMs: number('PAYAPI_CONNECT_TIMEOUT_MS'),
  maxInFlight: number('PAYAPI_MAX_IN_FLIGHT'),
  keepAlive: text('PAYAPI_KEEP_ALIVE'),
  paths: json('PAYAPI_PATHS', paths),
  publicUrl: text('PAYAPI_PUBLIC_URL'),
  trustedProxies: list('PAYAPI_TRUSTED_PROXIES'),
  journal: {
    url: text('PAYAPI_STORE_URL'),
    connections: number('PAYAPI_STORE_CONNECTIONS'),
    keys: list('PAYAPI_JOURNAL_KEYS'),
    init: flag('PAYAPI_JOURNAL_INIT'),
    orderGuard: flag('PAYAPI_ORDER_GUARD'),
    retentionDays: number('PAYAPI_RETENTION_DAYS'),
    noticeRetentionDays: number('PAYAPI_NOTICE_RETENTION_DAYS'),
    waitMs: number('PAYAPI_IDEMPOTENCY_WAIT_MS'),
    autoSettle: list('PAYAPI_AUTO_SETTLE', 'off'),
  },
  auth: {
    jwt: {
      issuer: text('PAYAPI_JWT_ISSUER'),
      audience: text('PAYAPI_JWT_AUDIENCE'),
      jwksUrl: text('PAYAPI_JWT_JWKS_URL'),
      publicKey: text('PAYAPI_JWT_PUBLIC_KEY'),
      secret: text('PAYAPI_JWT_SECRET'),
      algorithms: list('PAYAPI_JWT_ALGORITHMS'),
    },
    apiKeys: json('PAYAPI_API_KEYS', apiKeys),
  },
  limits: {
    maxDepth: number('PAYAPI_MAX_DEPTH'),
    maxAliases: number('PAYAPI_MAX_ALIASES'),
    maxDirectives: number('PAYAPI_MAX_DIRECTIVES'),
    maxTokens: number('PAYAPI_MAX_TOKENS'),
    maxCost: number('PAYAPI_MAX_COST'),
    maxChanges: number('PAYAPI_MAX_CHANGES_PER_OPERATION'),
    maxLookups: number('PAYAPI_MAX_LOOKUPS_PER_REQUEST'),
    maxRepresentations: number('PAYAPI_MAX_REPRESENTATIONS'),
    maxBodyBytes: number('PAYAPI_MAX_BODY_BYTES'),
    rateLimitPerMinute: number('PAYAPI_RATE_LIMIT_PER_MINUTE'),
    maxStreams: number('PAYAPI_MAX_STREAMS'),
    maxStreamsPerCaller: number('PAYAPI_MAX_STREAMS_PER_CALLER'),
  },
  notices: {
    endpoints: json('PAYAPI_NOTICES', noticeEndpoints),
    addresses: list('PAYAPI_NOTICES_ADDRESSES'),
    settle: text('PAYAPI_NOTICES_SETTLE'),
    rateLimitPerMinute: number('PAYAPI_NOTICES_RATE_LIMIT_PER_MINUTE'),
  },
  webhooks: { endpoints: fromFile(json('PAYAPI_WEBHOOKS_FILE', webhookEndpoints)) },
  graphiql: flag('PAYAPI_GRAPHIQL'),
  introspection: flag('PAYAPI_INTROSPECTION'),
  trustedDocuments: fromFile(json('PAYAPI_TRUSTED_DOCUMENTS', documents)),
  corsOrigins: list('PAYAPI_CORS_ORIGINS'),
  behindTls: flag('PAYAPI_BEHIND_TLS'),
  prefixCache: { size: number('PAYAPI_PREFIX_CACHE_SIZE'), ttlMs: number('PAYAPI_PREFIX_CACHE_TTL_MS') },
  inlineTrace: flag('PAYAPI_INLINE_TRACE'),
  metrics: { token: text('PAYAPI_METRICS_TOKEN') },
  tracing: {
    endpoint: text('PAYAPI_OTEL_ENDPOINT'),
    samplePercent: number('PAYAPI_OTEL_SAMPLE_PERCENT'),
    serviceName: text('OTEL_SERVICE_NAME'),
    payApiHeaders: flag('PAYAPI_TRACE_PAYAPI_HEADERS'),
  },
  responseTimeoutMs: number('PAYAPI_RESPONSE_TIMEOUT_MS'),
  drainMs: number('PAYAPI_DRAIN_MS'),
} satisfies OptionTree

/** Every option that a variable sets as well, with its path. */
export function* optionsOf(
  tree: OptionTree,
  before: readonly string[] = [],
): Generator<{ readonly path: readonly string[]; readonly option: Option }> {
  for (const [name, entry] of Object.entries(tree)) {
    const path = [...before, name]
    if (isOption(entry)) yield { path, option: entry }
    else yield* optionsOf(entry, path)
  }
}

export type Plain = Readonly<Record<string, unknown>>

export const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null

export const valueAt = (given: Plain, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isPlain(value) ? value[name] : undefined), given)
