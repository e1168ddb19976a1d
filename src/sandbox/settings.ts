import { hiddenByService } from '../lib/foreign-variables.ts'
import type { Localized } from '../lib/localized.ts'
import { checkMerchants, DEMO_MERCHANTS } from './merchants.ts'
import type { SandboxOptions } from './server.ts'

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

/** The options of a sandbox, of the variables above. Throws SettingError. */
export function readSettings(environment: Environment): SandboxOptions {
  const problems: string[] = []
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
  if (port === undefined || rate === undefined || seed === undefined || merchants === undefined) {
    throw new SettingError(problems.join('\n'))
  }
  return {
    port,
    host: environment['SANDBOX_HOST']?.trim() || DEFAULT_HOST,
    merchants,
    ...(rate > 0 ? { faults: { rate, seed } } : {}),
  }
}
