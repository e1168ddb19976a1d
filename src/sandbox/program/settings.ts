import { hiddenByService } from '../../lib/foreign-variables.ts'
import type { Localized } from '../../lib/localized.ts'
import { nearName } from '../../lib/near-name.ts'
import { checkMerchants, DEMO_MERCHANTS } from '../merchants.ts'
import type { NoticeUrls } from '../notices/desk.ts'
import type { SandboxOptions } from '../server.ts'

const DEFAULT_PORT = 4010
const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_SEED = 1
const LAST_PORT = 65535

/** The variables, with what they mean and what holds where they are not set. */
export const SANDBOX_VARIABLES = {
  SANDBOX_PORT: {
    about: { en: 'Port; 0 takes a free one.', ko: '포트. 0이면 빈 포트를 사용합니다.' },
    fallback: { en: `\`${DEFAULT_PORT}\``, ko: `\`${DEFAULT_PORT}\`` },
  },
  SANDBOX_HOST: {
    about: { en: 'Address to listen on.', ko: '대기 주소.' },
    fallback: { en: `\`${DEFAULT_HOST}\``, ko: `\`${DEFAULT_HOST}\`` },
  },
  SANDBOX_MERCHANTS: {
    about: {
      en: 'Merchants as a JSON array of `{ mid, signKey, apiKey, apiIv }`.',
      ko: '가맹점 목록. `{ mid, signKey, apiKey, apiIv }`의 JSON 배열입니다.',
    },
    fallback: { en: 'the demo merchants', ko: '데모 가맹점' },
  },
  SANDBOX_PUBLIC_URL: {
    about: {
      en: 'Where browsers reach the sandbox: short URLs begin with it.',
      ko: '브라우저에서 샌드박스에 접속하는 주소. 단축 URL이 이 주소로 시작합니다.',
    },
    fallback: { en: 'its own address', ko: '샌드박스 자신의 주소' },
  },
  SANDBOX_NOTICE_URLS: {
    about: {
      en: 'Where a merchant has notices sent that are registered once, as JSON: `{ "mid": { "deposit", "escrow", "transaction" } }`. Notices of a link go to its `notificationUrl`.',
      ko: '가맹점이 한 번 등록해 두는 노티 수신 주소. `{ "mid": { "deposit", "escrow", "transaction" } }` 형식의 JSON입니다. 링크의 노티는 그 링크의 `notificationUrl`로 보냅니다.',
    },
    fallback: { en: 'none', ko: '없음' },
  },
  SANDBOX_NOTICE_ORIGINS: {
    about: {
      en: 'Origins that notices may be sent to, separated by commas. While the sandbox listens on a loopback address, loopback addresses are allowed as well; nothing else ever is.',
      ko: '노티를 보내도 되는 오리진. 쉼표로 구분합니다. 샌드박스가 루프백 주소에서 대기하는 동안에는 루프백 주소로도 보냅니다. 그 밖의 주소로는 보내지 않습니다.',
    },
    fallback: { en: 'none', ko: '없음' },
  },
  SANDBOX_FAULT_RATE: {
    about: {
      en: 'Share of requests, 0 to 1, that get a random scenario which loses, breaks or falsifies the answer.',
      ko: '응답 유실·손상·변조 시나리오를 무작위로 적용할 요청의 비율, 0~1.',
    },
    fallback: { en: '`0`', ko: '`0`' },
  },
  SANDBOX_FAULT_SEED: {
    about: {
      en: 'The same seed gives the same faults to the same order of requests.',
      ko: '시드와 요청 순서가 같으면 같은 장애가 발생합니다.',
    },
    fallback: { en: `\`${DEFAULT_SEED}\``, ko: `\`${DEFAULT_SEED}\`` },
  },
} as const satisfies Readonly<Record<string, { readonly about: Localized; readonly fallback: Localized }>>

type SandboxVariable = keyof typeof SANDBOX_VARIABLES
type Environment = Readonly<Record<string, string | undefined>>

/** Variables of the environment that cannot be used. The message names each in a line, and shows no value. */
export class SettingError extends Error {
  override readonly name = 'SettingError'
}

function readNumber(
  environment: Environment,
  name: SandboxVariable,
  fallback: number,
  must: string,
  fits: (n: number) => boolean,
) {
  const text = environment[name]?.trim()
  if (!text) return fallback
  const number = Number(text)
  if (!fits(number)) throw new SettingError(`${name} ${hiddenByService(name, text) ?? must}`)
  return number
}

function readMerchants(text: string | undefined): SandboxOptions['merchants'] {
  if (!text?.trim()) return DEMO_MERCHANTS
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    // The parser's own message quotes the text, and with it a key.
    throw new SettingError('SANDBOX_MERCHANTS is not valid JSON')
  }
  try {
    return checkMerchants(parsed)
  } catch (error) {
    throw new SettingError(`SANDBOX_MERCHANTS does not fit: ${error instanceof Error ? error.message : 'no merchants'}`)
  }
}

const isHttpUrl = (text: unknown): text is string =>
  typeof text === 'string' && /^https?:\/\//i.test(text) && URL.canParse(text)

function readPublicUrl(text: string | undefined): string | undefined {
  const url = text?.trim()
  if (!url) return undefined
  if (!isHttpUrl(url)) throw new SettingError('SANDBOX_PUBLIC_URL must be an http or https URL')
  return url.replace(/\/+$/, '')
}

function readOrigins(text: string | undefined): readonly string[] {
  const origins = (text ?? '').split(',').flatMap((origin) => origin.trim() || [])
  if (!origins.every(isHttpUrl)) throw new SettingError('SANDBOX_NOTICE_ORIGINS must be http or https URLs')
  return origins
}

const NOTICE_KINDS = ['deposit', 'escrow', 'transaction']

/** Those of one merchant, by kind. */
const isNoticeUrls = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([kind, url]) => NOTICE_KINDS.includes(kind) && isHttpUrl(url))

function readNoticeUrls(text: string | undefined): SandboxOptions['noticeUrls'] {
  if (!text?.trim()) return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // An address holds a token that the message must not show.
    throw new SettingError('SANDBOX_NOTICE_URLS is not valid JSON')
  }
  const fits = typeof parsed === 'object' && parsed !== null && Object.values(parsed).every(isNoticeUrls)
  if (!fits) throw new SettingError('SANDBOX_NOTICE_URLS must be { "mid": { "deposit", "escrow", "transaction" } }')
  return parsed as Readonly<Record<string, NoticeUrls>>
}

const NAMES = Object.keys(SANDBOX_VARIABLES)

/** Names that are one letter away from ours. What else begins with SANDBOX_ may be another program's. */
function misspelt(environment: Environment): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    const near = value?.trim() && !NAMES.includes(name) ? nearName(name, NAMES, 1) : undefined
    return near === undefined ? [] : [`${name} is not known; did you mean ${near}?`]
  })
}

/** The options of a sandbox, of the variables above. Throws SettingError. */
export function readSettings(environment: Environment): SandboxOptions {
  const problems = [...misspelt(environment)]
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof SettingError)) throw error
      problems.push(error.message)
      return undefined
    }
  }
  const isPort = (n: number) => Number.isInteger(n) && n >= 0 && n <= LAST_PORT
  const isRate = (n: number) => n >= 0 && n <= 1
  const port = attempt(() =>
    readNumber(environment, 'SANDBOX_PORT', DEFAULT_PORT, `must be a port from 0 to ${LAST_PORT}`, isPort),
  )
  const rate = attempt(() => readNumber(environment, 'SANDBOX_FAULT_RATE', 0, 'must be a number from 0 to 1', isRate))
  const seed = attempt(() =>
    readNumber(environment, 'SANDBOX_FAULT_SEED', DEFAULT_SEED, 'must be a whole number', Number.isSafeInteger),
  )
  const merchants = attempt(() => readMerchants(environment['SANDBOX_MERCHANTS']))
  const publicUrl = attempt(() => readPublicUrl(environment['SANDBOX_PUBLIC_URL']))
  const noticeUrls = attempt(() => readNoticeUrls(environment['SANDBOX_NOTICE_URLS']))
  const noticeOrigins = attempt(() => readOrigins(environment['SANDBOX_NOTICE_ORIGINS']))
  if (problems.length > 0 || port === undefined || rate === undefined || seed === undefined || !merchants) {
    throw new SettingError(problems.join('\n'))
  }
  return {
    port,
    host: environment['SANDBOX_HOST']?.trim() || DEFAULT_HOST,
    merchants,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(noticeUrls === undefined ? {} : { noticeUrls }),
    ...(noticeOrigins?.length ? { noticeOrigins } : {}),
    ...(rate > 0 ? { faults: { rate, seed } } : {}),
  }
}
