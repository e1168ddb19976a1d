import { parse } from 'graphql'
import * as z from 'zod'
import { documentation } from './variables/documentation.ts'
import { json, readText, text, wholeNumber } from './variables/fields.ts'

/** How much a caller may ask for. */
export interface LimitsConfig {
  /** Fields within fields; fragments do not count. */
  readonly maxDepth: number
  readonly maxAliases: number
  readonly maxDirectives: number
  /** Tokens of a document. */
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
  /** Streams of subscriptions that may be open in a process at once. */
  readonly maxStreams: number
  readonly maxStreamsPerCaller: number
}

/** From where, and what, may be asked. */
export interface ExposureConfig {
  readonly introspection: boolean
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
  maxStreams: 2_000,
  maxStreamsPerCaller: 1_000,
}

const RATE_LIMIT_PER_MINUTE = { sandbox: 0, test: 6_000, production: 6_000 } as const

const onOrOff = z.enum(['on', 'off'], 'must be on or off').transform((given) => given === 'on')

const origins = z
  .string()
  .transform((given) => given.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every(isOrigin), 'must be origins such as https://shop.example, separated by commas')

/** The check of trusted documents. */
export const documents = z
  .record(z.string(), text, 'must be a JSON object of operations by their ids')
  .refine((manifest) => Object.keys(manifest).length > 0, 'must hold at least one operation')
  .refine((manifest) => Object.values(manifest).every(isDocument), 'must hold GraphQL documents')

/** The variables of how much, from where and what may be asked. */
export const limitsVariables = {
  PAYAPI_MAX_DEPTH: wholeNumber(1, 1_000).default(DEFAULT_LIMITS.maxDepth).register(documentation, {
    en: 'Fields within fields; fragments do not count.',
    ko: '필드의 중첩 깊이. 프래그먼트는 세지 않습니다.',
  }),
  PAYAPI_MAX_ALIASES: wholeNumber(0, 10_000)
    .default(DEFAULT_LIMITS.maxAliases)
    .register(documentation, { en: 'Aliases in a document.', ko: '문서 하나의 별칭 수.' }),
  PAYAPI_MAX_DIRECTIVES: wholeNumber(0, 10_000)
    .default(DEFAULT_LIMITS.maxDirectives)
    .register(documentation, { en: 'Directives in a document.', ko: '문서 하나의 지시어 수.' }),
  PAYAPI_MAX_TOKENS: wholeNumber(100, 100_000)
    .default(DEFAULT_LIMITS.maxTokens)
    .register(documentation, { en: 'Tokens of a document.', ko: '문서 하나의 토큰 수.' }),
  PAYAPI_MAX_COST: wholeNumber(1, 100_000_000).default(DEFAULT_LIMITS.maxCost).register(documentation, {
    en: 'Cost of a document: a field costs 1, one with fields 2, each level half as much again; `first` of a list multiplies.',
    ko: '문서 하나의 비용. 필드는 1, 하위 필드가 있으면 2, 단계마다 1.5배이며 목록의 `first`는 곱합니다.',
  }),
  PAYAPI_MAX_CHANGES_PER_OPERATION: wholeNumber(1, 100).default(DEFAULT_LIMITS.maxChanges).register(documentation, {
    en: 'How many mutations one operation may hold.',
    ko: 'GraphQL 오퍼레이션 하나에 넣을 수 있는 뮤테이션 수.',
  }),
  PAYAPI_MAX_LOOKUPS_PER_REQUEST: wholeNumber(1, 100_000).default(DEFAULT_LIMITS.maxLookups).register(documentation, {
    en: 'Lookups at PayAPI that one request may make; equal ones count once, cached ones not. More are `OVERLOADED`.',
    ko: '한 요청이 PayAPI에 보낼 수 있는 조회 수. 같은 조회는 한 번으로 세고, 캐시된 조회는 세지 않습니다. 넘으면 `OVERLOADED`입니다.',
  }),
  PAYAPI_MAX_REPRESENTATIONS: wholeNumber(1, 100_000)
    .default(DEFAULT_LIMITS.maxRepresentations)
    .register(documentation, {
      en: 'References of other subgraphs that one request may hold. With more the request is refused: `TOO_MANY_REPRESENTATIONS`.',
      ko: '한 요청에 담을 수 있는 다른 서브그래프의 참조 수. 넘으면 요청을 거절합니다: `TOO_MANY_REPRESENTATIONS`.',
    }),
  PAYAPI_MAX_BODY_BYTES: wholeNumber(1_000, 100_000_000)
    .default(DEFAULT_LIMITS.maxBodyBytes)
    .register(documentation, { en: 'Bytes of a request’s body.', ko: '요청 본문의 최대 크기(바이트).' }),
  PAYAPI_RATE_LIMIT_PER_MINUTE: wholeNumber(0, 100_000_000)
    .optional()
    .register(documentation, {
      en: 'Requests of one caller in a minute; 0 for any number. Each process counts for itself.',
      ko: '호출자당 분당 요청 수. 0이면 제한하지 않습니다. 프로세스마다 따로 셉니다.',
      unset: { en: '6000; in sandbox mode 0', ko: '6000, sandbox 모드는 0' },
      example: '600',
    }),
  PAYAPI_MAX_STREAMS: wholeNumber(0, 1_000_000).default(DEFAULT_LIMITS.maxStreams).register(documentation, {
    en: 'Streams of subscriptions that may be open in a process at once; 0 for none. More are refused: `TOO_MANY_STREAMS`.',
    ko: '프로세스 하나에서 동시에 열 수 있는 구독 스트림 수. 0이면 열 수 없습니다. 넘으면 거절합니다: `TOO_MANY_STREAMS`.',
  }),
  PAYAPI_MAX_STREAMS_PER_CALLER: wholeNumber(0, 1_000_000)
    .default(DEFAULT_LIMITS.maxStreamsPerCaller)
    .register(documentation, {
      en: 'The same of one caller; of one address where nobody is asked who they are. Behind a gateway, all its clients with one token or key are one caller.',
      ko: '같은 제한의 호출자별 값. 호출자를 확인하지 않으면 주소별. 게이트웨이 뒤에서 같은 토큰이나 키를 쓰는 클라이언트는 모두 한 호출자입니다.',
    }),
  PAYAPI_INTROSPECTION: onOrOff.optional().register(documentation, {
    en: 'Whether the schema may be asked for. `off` also closes `_service { sdl }`.',
    ko: '스키마 조회(인트로스펙션) 허용 여부. `off`이면 `_service { sdl }`도 닫습니다.',
    unset: { en: '`on`; in production `off`', ko: '`on`, production은 `off`' },
  }),
  PAYAPI_GRAPHIQL: onOrOff.optional().register(documentation, {
    en: 'Whether GraphiQL is served.',
    ko: 'GraphiQL 제공 여부.',
    unset: { en: '`on`; in production `off`', ko: '`on`, production은 `off`' },
  }),
  PAYAPI_CORS_ORIGINS: origins.default([]).register(documentation, {
    en: 'Origins whose pages may call from a browser, separated by commas; never `*`.',
    ko: '브라우저에서 호출할 수 있는 출처. 쉼표로 구분하며 `*`는 쓸 수 없습니다.',
    example: 'https://shop.example',
  }),
  PAYAPI_BEHIND_TLS: onOrOff.default(false).register(documentation, {
    en: '`on` where the server is reached over TLS only: browsers are told to keep to it (HSTS).',
    ko: 'TLS로만 접근하는 서버이면 `on`. 브라우저가 TLS만 쓰도록 알립니다(HSTS).',
  }),
  PAYAPI_TRUSTED_DOCUMENTS: z
    .string()
    .transform(readText)
    .pipe(json)
    .pipe(documents)
    .optional()
    .register(documentation, {
      en: 'A file with a JSON object of GraphQL operations by their ids: the trusted documents. No other operation runs then.',
      ko: 'ID별 GraphQL 문서를 담은 JSON 파일: 허용 문서(trusted documents). 설정하면 그 밖의 문서는 실행하지 않습니다.',
      unset: { en: 'any operation runs', ko: '제한 없음' },
      example: 'trusted-documents.json',
    }),
}

const shape = z.object(limitsVariables)
type Variables = z.infer<typeof shape>

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
    maxStreams: data.PAYAPI_MAX_STREAMS,
    maxStreamsPerCaller: data.PAYAPI_MAX_STREAMS_PER_CALLER,
  }
}

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
