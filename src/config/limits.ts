import { parse } from 'graphql'
import * as z from 'zod'
import { json, readText, text, wholeNumber } from './fields.ts'

/** How much a caller may ask for. */
export interface LimitsConfig {
  /** Fields within fields; fragments do not count. */
  readonly maxDepth: number
  readonly maxAliases: number
  readonly maxDirectives: number
  /** Words and marks of a document. */
  readonly maxTokens: number
  /** A field costs 1, one with fields 2, each level half as much again; `first` of a list multiplies. */
  readonly maxCost: number
  /** Fields of one operation that change something. */
  readonly maxChanges: number
  /** Lookups at PayAPI of one request. */
  readonly maxLookups: number
  /** References of other subgraphs in one request. */
  readonly maxRepresentations: number
  /** Bytes of a request's body. */
  readonly maxBodyBytes: number
  /** Requests of one caller in a minute; 0 for any number. */
  readonly rateLimitPerMinute: number
}

/** From where, and what, may be asked. */
export interface ExposureConfig {
  /** Whether the schema may be asked for. */
  readonly introspection: boolean
  /** Whether GraphiQL is served. */
  readonly graphiql: boolean
  /** Pages of which origins a browser lets ask. */
  readonly corsOrigins: readonly string[]
  /** Whether the facade is reached over TLS only, and browsers are told to keep to it. */
  readonly behindTls: boolean
  /** By its id, the text of every operation that may run; undefined where any may. */
  readonly trustedDocuments: Readonly<Record<string, string>> | undefined
}

/** What holds where nothing is set. */
export const DEFAULT_LIMITS: LimitsConfig = {
  maxDepth: 12,
  maxAliases: 30,
  maxDirectives: 50,
  maxTokens: 1_500,
  maxCost: 50_000,
  maxChanges: 1,
  maxLookups: 1_000,
  maxRepresentations: 1_000,
  maxBodyBytes: 100_000,
  rateLimitPerMinute: 0,
}

const RATE_LIMIT_PER_MINUTE = { sandbox: 0, test: 6_000, production: 6_000 } as const

const onOrOff = z.enum(['on', 'off'], 'must be on or off').transform((given) => given === 'on')

const origins = z
  .string()
  .transform((given) => given.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every(isOrigin), 'must be origins such as https://shop.example, separated by commas')

const documents = z
  .record(z.string(), text, 'must be a JSON object of operations by their ids')
  .refine((manifest) => Object.keys(manifest).length > 0, 'must hold at least one operation')
  .refine((manifest) => Object.values(manifest).every(isDocument), 'must hold GraphQL documents')

/** The variables of how much, from where and what may be asked, for `config.ts`. */
export const limitsVariables = {
  PAYAPI_MAX_DEPTH: wholeNumber(1, 1_000).default(DEFAULT_LIMITS.maxDepth),
  PAYAPI_MAX_ALIASES: wholeNumber(0, 10_000).default(DEFAULT_LIMITS.maxAliases),
  PAYAPI_MAX_DIRECTIVES: wholeNumber(0, 10_000).default(DEFAULT_LIMITS.maxDirectives),
  PAYAPI_MAX_TOKENS: wholeNumber(100, 100_000).default(DEFAULT_LIMITS.maxTokens),
  PAYAPI_MAX_COST: wholeNumber(1, 100_000_000).default(DEFAULT_LIMITS.maxCost),
  PAYAPI_MAX_CHANGES_PER_OPERATION: wholeNumber(1, 100).default(DEFAULT_LIMITS.maxChanges),
  PAYAPI_MAX_LOOKUPS_PER_REQUEST: wholeNumber(1, 100_000).default(DEFAULT_LIMITS.maxLookups),
  PAYAPI_MAX_REPRESENTATIONS: wholeNumber(1, 100_000).default(DEFAULT_LIMITS.maxRepresentations),
  PAYAPI_MAX_BODY_BYTES: wholeNumber(1_000, 100_000_000).default(DEFAULT_LIMITS.maxBodyBytes),
  PAYAPI_RATE_LIMIT_PER_MINUTE: wholeNumber(0, 100_000_000).optional(),
  PAYAPI_INTROSPECTION: onOrOff.optional(),
  PAYAPI_GRAPHIQL: onOrOff.optional(),
  PAYAPI_CORS_ORIGINS: origins.default([]),
  PAYAPI_BEHIND_TLS: onOrOff.default(false),
  PAYAPI_TRUSTED_DOCUMENTS: z.string().transform(readText).pipe(json).pipe(documents).optional(),
}

const shape = z.object(limitsVariables)
type Variables = z.infer<typeof shape>

/** Takes the variables, checked, and which PayAPI is talked to; returns how much may be asked for. */
export function limitsConfig(data: Variables, environment: keyof typeof RATE_LIMIT_PER_MINUTE): LimitsConfig {
  return {
    maxDepth: data.PAYAPI_MAX_DEPTH,
    maxAliases: data.PAYAPI_MAX_ALIASES,
    maxDirectives: data.PAYAPI_MAX_DIRECTIVES,
    maxTokens: data.PAYAPI_MAX_TOKENS,
    maxCost: data.PAYAPI_MAX_COST,
    maxChanges: data.PAYAPI_MAX_CHANGES_PER_OPERATION,
    maxLookups: data.PAYAPI_MAX_LOOKUPS_PER_REQUEST,
    maxRepresentations: data.PAYAPI_MAX_REPRESENTATIONS,
    maxBodyBytes: data.PAYAPI_MAX_BODY_BYTES,
    rateLimitPerMinute: data.PAYAPI_RATE_LIMIT_PER_MINUTE ?? RATE_LIMIT_PER_MINUTE[environment],
  }
}

/** Takes the variables, checked, and which PayAPI is talked to; returns from where, and what, may be asked. */
export function exposureConfig(data: Variables, environment: string): ExposureConfig {
  const shown = environment !== 'production'
  return {
    introspection: data.PAYAPI_INTROSPECTION ?? shown,
    graphiql: data.PAYAPI_GRAPHIQL ?? shown,
    corsOrigins: data.PAYAPI_CORS_ORIGINS,
    behindTls: data.PAYAPI_BEHIND_TLS,
    trustedDocuments: data.PAYAPI_TRUSTED_DOCUMENTS,
  }
}

function isDocument(given: string): boolean {
  try {
    parse(given)
    return true
  } catch {
    return false
  }
}

function isOrigin(given: string): boolean {
  // A pattern would be parsed as a name, and match nothing.
  return (
    !given.includes('*') &&
    URL.canParse(given) &&
    /^https?:$/.test(new URL(given).protocol) &&
    new URL(given).origin === given
  )
}
