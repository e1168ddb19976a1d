import * as z from 'zod'
import { parseBaseUrl } from '../lib/network/url.ts'
import { SERVICES, type ServiceName } from '../payapi/services/index.ts'
import { documentation } from './variables/documentation.ts'
import { json, readText, text, wholeNumber } from './variables/fields.ts'

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

/** The check of the merchants. */
export const merchants = z
  .tuple([merchant], merchant, 'must be a JSON array with at least one merchant')
  .refine((list) => new Set(list.map(({ mid }) => mid)).size === list.length, 'names a mid twice')

const path = text.regex(/^\/[\w./-]*$/, 'must be a path')

/** The check of paths of single services. */
export const paths = z.partialRecord(
  z.enum(Object.keys(SERVICES) as [ServiceName], 'is not the name of a service'),
  path,
  'must be a JSON object of paths by the names of services',
)

/** The variables of PayAPI and the merchants. */
export const payApiVariables = {
  PAYAPI_ENV: z
    .enum(['sandbox', 'test', 'production'], 'must be sandbox, test or production')
    .default('sandbox')
    .register(documentation, {
      en: 'Which PayAPI: the embedded sandbox, the PG’s test system or production.',
      ko: '사용할 PayAPI: 내장 샌드박스, PG의 테스트 서버, 운영 서버.',
    }),
  PAYAPI_BASE_URL: z
    .string()
    .superRefine(isBaseUrl)
    .optional()
    .register(documentation, {
      en: 'Another address of PayAPI than the environment’s: https, or http on loopback only. In sandbox mode the embedded sandbox is not started then.',
      ko: '환경별 주소 대신 사용할 PayAPI 주소. https만 쓸 수 있고, 루프백은 http도 됩니다. sandbox 모드에서 설정하면 내장 샌드박스를 시작하지 않습니다.',
      unset: { en: 'the environment’s', ko: '환경별 주소' },
      example: 'http://127.0.0.1:4010',
    }),
  PAYAPI_MERCHANTS: json
    .pipe(merchants)
    .optional()
    .register(documentation, {
      en: 'Merchants as a JSON array, the first one is the default: `mid`, `signKey`, `apiKey` (32 characters), `apiIv` (16 characters). Needed wherever PayAPI is not the embedded sandbox.',
      ko: '가맹점의 JSON 배열. 첫 번째가 기본 가맹점입니다: `mid`, `signKey`, `apiKey`(32자), `apiIv`(16자). 내장 샌드박스가 아니면 필수입니다.',
      unset: { en: 'the demo merchants, in the embedded sandbox', ko: '내장 샌드박스에서는 데모 가맹점' },
      example: '[{"mid":"…","signKey":"…","apiKey":"…","apiIv":"…"}]',
      placeholder:
        '[{"mid":"yourmid","signKey":"replace-me-sign-key","apiKey":"replace-me-32-characters-api-key","apiIv":"replace-me-16-iv"}]',
    }),
  PAYAPI_MERCHANTS_FILE: z.string().transform(readText).pipe(json).pipe(merchants).optional().register(documentation, {
    en: 'A file that holds the same as `PAYAPI_MERCHANTS`. Set one of the two.',
    ko: '`PAYAPI_MERCHANTS`와 같은 내용의 파일. 둘 중 하나만 설정하십시오.',
    example: '/run/secrets/merchants.json',
  }),
  PAYAPI_TIMEOUT_MS: wholeNumber(100, 600_000)
    .optional()
    .register(documentation, {
      en: 'Time limit of a whole call, from connecting to the last byte, in milliseconds.',
      ko: '연결부터 마지막 바이트까지 호출 전체의 제한 시간(ms).',
      unset: { en: '60000; in sandbox mode 5000', ko: '60000, sandbox 모드는 5000' },
    }),
  PAYAPI_CONNECT_TIMEOUT_MS: wholeNumber(100, 60_000).default(5_000).register(documentation, {
    en: 'Time limit to connect, in milliseconds; never longer than the whole call.',
    ko: '연결 제한 시간(ms). 호출 전체의 제한 시간을 넘지 않습니다.',
  }),
  PAYAPI_MAX_IN_FLIGHT: wholeNumber(1, 100_000).default(512).register(documentation, {
    en: 'How many calls may be under way, lookups and changes counted apart. One more is `OVERLOADED`.',
    ko: '동시에 진행할 수 있는 호출 수. 조회와 변경을 따로 셉니다. 넘으면 `OVERLOADED`입니다.',
  }),
  PAYAPI_KEEP_ALIVE: z.enum(['lookups', 'all'], 'must be lookups or all').default('lookups').register(documentation, {
    en: 'Which calls reuse connections. With `all`, a stray second response may be taken for the next payment’s.',
    ko: '연결을 재사용할 호출. `all`이면 PG가 잘못 보낸 두 번째 응답을 다음 거래의 응답으로 읽을 수 있습니다.',
  }),
  PAYAPI_PATHS: json.pipe(paths).default({}).register(documentation, {
    en: 'Other paths for single services, as a JSON object by mutation name.',
    ko: '서비스의 경로를 바꿀 때. 뮤테이션 이름별 JSON 객체입니다.',
    example: '{"confirmEscrowDenial":"/escrow/buydeny"}',
  }),
}

function isBaseUrl(text: string, context: z.RefinementCtx): void {
  try {
    parseBaseUrl(text)
  } catch (error) {
    context.addIssue((error as Error).message)
  }
}
