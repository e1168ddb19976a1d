import * as z from 'zod'
import { isLoopback } from '../lib/network/url.ts'
import { documentation } from './variables/documentation.ts'
import { type Complain, wholeNumber } from './variables/fields.ts'

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

export const LAST_PORT = 65_535

/** The variables of the server. */
export const serverVariables = {
  PORT: wholeNumber(0, LAST_PORT).default(4_000).register(documentation, {
    en: 'Port; 0 takes a free one.',
    ko: '포트. 0이면 빈 포트를 사용합니다.',
  }),
  HOST: z.string().default('127.0.0.1').register(documentation, {
    en: 'Address to listen on.',
    ko: '대기 주소.',
    example: '0.0.0.0',
  }),
  PAYAPI_PUBLIC_URL: z
    .string()
    .superRefine(isPublicUrl)
    .transform((text) => new URL(text).origin)
    .optional()
    .register(documentation, {
      en: 'Where buyers’ browsers and the PG reach this server, e.g. `https://pay.shop.example`: an origin, without a path, of at most 66 characters. With it, payments by `createSmsPaymentUrl` come back here and are carried to their end: nobody else has to approve them. https; http only for a host of this machine, in sandbox mode. Needs the journal.',
      ko: '구매자의 브라우저와 PG가 이 서버에 접속하는 주소. 예: `https://pay.shop.example`. 경로 없이 66자 이하의 출처(origin)만 쓸 수 있습니다. 설정하면 `createSmsPaymentUrl`의 결제가 이 서버로 돌아와 승인까지 처리되므로 상점이 따로 승인할 필요가 없습니다. https만 쓸 수 있으며, sandbox 모드에서는 같은 서버의 주소에 한해 http도 됩니다. 저널이 필요합니다.',
      unset: {
        en: 'the server’s own address before a sandbox of this machine; else none',
        ko: '같은 서버의 샌드박스를 쓸 때는 서버 자신의 주소, 그 밖에는 없음',
      },
      example: 'https://pay.shop.example',
    }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be one of pino’s levels, e.g. info')
    .default('info')
    .register(documentation, { en: 'The least that is logged.', ko: '로그에 남길 최소 수준.' }),
  PAYAPI_WORKERS: wholeNumber(1, 256).default(1).register(documentation, {
    en: 'How many processes serve the port, on one journal.',
    ko: '한 포트와 한 저널을 함께 쓰는 프로세스 수.',
  }),
  PAYAPI_PREFIX_CACHE_SIZE: wholeNumber(0, 1_000_000).default(10_000).register(documentation, {
    en: 'How many card prefixes are cached; 0 caches none.',
    ko: '캐시할 카드 PREFIX 조회 결과의 수. 0이면 캐시하지 않습니다.',
  }),
  PAYAPI_PREFIX_CACHE_TTL_MS: wholeNumber(0, 999_999_999)
    .default(24 * 60 * 60 * 1000)
    .register(documentation, {
      en: 'For how long a card prefix is cached, in milliseconds; 0 caches none.',
      ko: '카드 PREFIX 조회 결과를 캐시할 시간(ms). 0이면 캐시하지 않습니다.',
    }),
  PAYAPI_MAX_CONNECTIONS: wholeNumber(1, 1_000_000).default(10_000).register(documentation, {
    en: 'How many connections may be open at once.',
    ko: '동시에 열 수 있는 연결 수.',
  }),
  PAYAPI_HEADERS_TIMEOUT_MS: wholeNumber(100, 600_000).default(10_000).register(documentation, {
    en: 'A request’s headers must be there within this time, in milliseconds; not longer than `PAYAPI_REQUEST_TIMEOUT_MS`.',
    ko: '요청 헤더를 모두 받아야 하는 시간(ms). `PAYAPI_REQUEST_TIMEOUT_MS`보다 길 수 없습니다.',
  }),
  PAYAPI_REQUEST_TIMEOUT_MS: wholeNumber(100, 600_000).default(30_000).register(documentation, {
    en: 'The whole request must be there within this time, in milliseconds.',
    ko: '요청 전체를 받아야 하는 시간(ms).',
  }),
  PAYAPI_KEEP_ALIVE_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(65_000).register(documentation, {
    en: 'How long a connection is kept for its next request, in milliseconds.',
    ko: '다음 요청을 위해 연결을 유지하는 시간(ms).',
  }),
  PAYAPI_MAX_HEADER_BYTES: wholeNumber(1_024, 1_048_576).default(16_384).register(documentation, {
    en: 'The longest headers that are read, in bytes.',
    ko: '읽을 헤더의 최대 크기(바이트).',
  }),
  PAYAPI_MAX_WAITING_REQUESTS: wholeNumber(0, 10_000).default(32).register(documentation, {
    en: 'How many requests of one connection may wait behind the one under way; with more it is cut off.',
    ko: '한 연결에서 처리 중인 요청 뒤에 대기할 수 있는 요청 수. 넘으면 연결을 끊습니다.',
  }),
  PAYAPI_RESPONSE_TIMEOUT_MS: wholeNumber(100, 600_000).default(30_000).register(documentation, {
    en: 'An answer must be taken within this time, in milliseconds, or its connection is cut off.',
    ko: '응답을 받아 가야 하는 시간(ms). 넘으면 연결을 끊습니다.',
  }),
  PAYAPI_STOP_DELAY_MS: wholeNumber(0, 600_000).default(0).register(documentation, {
    en: 'How long the server goes on as before after SIGTERM, in milliseconds, so that a load balancer notices that it is not ready.',
    ko: 'SIGTERM을 받은 뒤 로드 밸런서가 알아차리도록 평소처럼 동작하는 시간(ms).',
  }),
  PAYAPI_DRAIN_MS: wholeNumber(0, 3_600_000)
    .optional()
    .register(documentation, {
      en: 'How long a graceful shutdown waits for what is under way, and for a journal that is away to take the results of calls, in milliseconds.',
      ko: '정상 종료(graceful shutdown)할 때 진행 중인 요청과, 쓸 수 없는 저널이 복구되어 호출 결과를 기록하기를 기다리는 시간(ms).',
      unset: { en: '`PAYAPI_TIMEOUT_MS` + 5000', ko: '`PAYAPI_TIMEOUT_MS` + 5000' },
    }),
}

const shape = z.object(serverVariables)

/** How much longer than a call what is under way may take to end: time to write down and to answer. */
const DRAIN_MARGIN_MS = 5_000

/** How connections are taken and end, where a call takes `timeoutMs` at the longest. */
export function servingConfig(data: z.infer<typeof shape>, timeoutMs: number): ServingConfig {
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

/** So much of a hundred characters the paths behind it leave. */
const MAX_PUBLIC_URL = 66

function isPublicUrl(text: string, context: z.RefinementCtx): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  // What a URL writes otherwise than it was given, a Korean name or a port that goes without saying, is not the same to all.
  if (url === undefined || !/^https?:$/.test(url.protocol) || text.replace(/\/$/, '') !== url.origin) {
    context.addIssue('must be an origin, such as https://pay.shop.example, without a path')
  } else if (url.origin.length > MAX_PUBLIC_URL) {
    context.addIssue(`must be at most ${MAX_PUBLIC_URL} characters`)
  }
}

/** Undefined where payments do not come back here. */
export function publicUrlConfig(
  {
    PAYAPI_PUBLIC_URL: publicUrl,
    PAYAPI_JOURNAL: journal,
  }: { PAYAPI_PUBLIC_URL?: string | undefined; PAYAPI_JOURNAL: string },
  isSandbox: boolean,
  complain: Complain,
): string | undefined {
  if (publicUrl === undefined) return undefined
  const { protocol, hostname } = new URL(publicUrl)
  if (protocol === 'http:' && !(isSandbox && isLoopback(hostname))) {
    complain('PAYAPI_PUBLIC_URL must be https, except for a host of this machine in sandbox mode')
  }
  if (journal === 'off') complain('PAYAPI_PUBLIC_URL needs the journal: PAYAPI_JOURNAL must be on')
  return publicUrl
}
