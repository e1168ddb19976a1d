import * as z from 'zod'
import { documentation } from './variables/documentation.ts'
import { wholeNumber } from './variables/fields.ts'

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

const onOrOff = z.enum(['on', 'off'], 'must be on or off')

/** The variables of metrics and traces. */
export const telemetryVariables = {
  PAYAPI_METRICS_PORT: wholeNumber(0, 65_535).optional().register(documentation, {
    en: 'Serves metrics on a port of their own. Each worker takes the next port.',
    ko: '메트릭을 별도 포트로 제공합니다. 워커마다 다음 포트를 하나씩 사용합니다.',
    example: '9464',
  }),
  PAYAPI_METRICS_HOST: z.string().default('127.0.0.1').register(documentation, {
    en: 'Address on which that port listens.',
    ko: '별도 포트의 대기 주소.',
    example: '0.0.0.0',
  }),
  PAYAPI_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be 16 or more printable ASCII characters')
    .optional()
    .register(documentation, {
      en: 'Token that metrics ask for, 16 printable ASCII characters or more. Without a port of their own they are served beside GraphQL, to whoever has it.',
      ko: '메트릭 요청에 필요한 토큰. 출력 가능한 ASCII 16자 이상입니다. 별도 포트가 없으면 GraphQL 포트에서 이 토큰을 가진 쪽에만 제공합니다.',
    }),
  PAYAPI_OTEL_ENDPOINT: z
    .string()
    .refine(isCollector, 'must be an http or https URL without user or query')
    .optional()
    .register(documentation, {
      en: 'Base URL of an OTLP/HTTP collector. No traces without it.',
      ko: 'OTLP/HTTP 수집기의 주소. 없으면 트레이스를 보내지 않습니다.',
      example: 'http://collector:4318',
    }),
  PAYAPI_OTEL_SAMPLE_PERCENT: wholeNumber(0, 100).default(100).register(documentation, {
    en: 'Of 100 requests that belong to no trace yet, so many begin one.',
    ko: '아직 트레이스에 속하지 않은 요청 100건 중 트레이스를 시작할 건수.',
  }),
  PAYAPI_TRACE_PAYAPI_HEADERS: onOrOff.default('off').register(documentation, {
    en: '`on` tells PayAPI of the trace in a header.',
    ko: '`on`이면 PayAPI에도 트레이스 헤더를 보냅니다.',
  }),
  PAYAPI_INLINE_TRACE: onOrOff.default('off').register(documentation, {
    en: '`on` answers a gateway that asks for a federated trace (ftv1) with one.',
    ko: '`on`이면 페더레이션 트레이스(ftv1)를 요청하는 게이트웨이에 트레이스를 돌려줍니다.',
  }),
  OTEL_SERVICE_NAME: z.string().default('payapi-graphql').register(documentation, {
    en: 'The service’s name in the traces.',
    ko: '트레이스에 쓸 서비스 이름.',
  }),
}

const shape = z.object(telemetryVariables)
type Variables = z.infer<typeof shape>

/** Where metrics are served; undefined where they are not. */
export function metricsConfig(data: Variables): MetricsConfig | undefined {
  const { PAYAPI_METRICS_PORT: port, PAYAPI_METRICS_HOST: host, PAYAPI_METRICS_TOKEN: token } = data
  return port === undefined && token === undefined ? undefined : { port, host, token }
}

/** Where traces go; undefined where there are none. */
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
