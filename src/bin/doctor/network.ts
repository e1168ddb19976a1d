import type { Config } from '../../config/index.ts'
import { PRIVATE_ADDRESS, publicLookup } from '../../lib/network/public-lookup.ts'
import { createPayApiClient, isFailure } from '../../payapi/index.ts'
import { DEMO_MERCHANTS } from '../../sandbox/merchants.ts'
import { clockAheadOf, connectTo, type Reached } from './connect.ts'
import { type Finding, missing, ok, type PAGES, warning } from './finding.ts'

/** Whether PayAPI is reached, by the same clock, and takes what is signed with each merchant's keys. */
export async function payApiFindings(config: Config, baseUrl: string, mayLookUp: boolean): Promise<readonly Finding[]> {
  const url = new URL(baseUrl)
  const reached = await connectTo(url)
  const way = wayFinding(url, reached, 'PAYAPI_BASE_URL', 'network', missing)
  if (reached.at !== 'SERVER') return [way]
  const [clock, lookups] = await Promise.all([clockFinding(url), lookupFindings(config, baseUrl, mayLookUp)])
  return [way, ...clock, ...lookups]
}

const DAYS_TO_RENEW = 14

const REASONS = {
  NAME: { en: 'its name is not found', ko: '이름을 찾을 수 없습니다' },
  CONNECTION: { en: 'no connection can be made', ko: '연결할 수 없습니다' },
  TLS: {
    en: 'TLS fails: check the certificates and the system’s clock',
    ko: 'TLS 연결에 실패합니다. 인증서와 시스템 시각을 확인하십시오',
  },
} as const

/** Whether a server is reached; what is wrong where it is not is said by `severity`. */
export function wayFinding(
  { host }: URL,
  reached: Reached,
  subject: string,
  page: keyof typeof PAGES,
  severity: typeof missing,
): Finding {
  if (reached.at !== 'SERVER') {
    const { en, ko } = REASONS[reached.at]
    const isPrivate = reached.code === PRIVATE_ADDRESS
    return severity(
      subject,
      page,
      `${host} is not reached: ${isPrivate ? 'its name leads into a private network' : en} (${reached.code}).`,
      `${host}에 접속할 수 없습니다: ${isPrivate ? '사설 주소로 연결됩니다' : ko}(${reached.code}).`,
    )
  }
  const { protocol, daysLeft } = reached
  if (daysLeft !== undefined && daysLeft < DAYS_TO_RENEW) {
    return warning(
      subject,
      page,
      `${host} has a certificate that ends in ${daysLeft} days.`,
      `${host}의 인증서가 ${daysLeft}일 뒤에 만료됩니다.`,
    )
  }
  return ok(
    subject,
    page,
    `${host} is reached${protocol === null ? '' : `, over ${protocol}`}.`,
    `${host}에 접속됩니다${protocol === null ? '' : `(${protocol})`}.`,
  )
}

const DOUBTFUL_MS = 10_000
const WRONG_MS = 60_000

async function clockFinding(url: URL): Promise<readonly Finding[]> {
  const aheadMs = await clockAheadOf(url)
  if (aheadMs === undefined) return []
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  if (seconds * 1000 < DOUBTFUL_MS) {
    return [ok('clock', 'clocks', 'this machine’s agrees with PayAPI’s.', '이 서버의 시각이 PayAPI와 일치합니다.')]
  }
  const finding = seconds * 1000 < WRONG_MS ? warning : missing
  return [
    finding(
      'clock',
      'clocks',
      `this machine’s is ${seconds} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'} PayAPI’s: every form carries a time. Synchronize it (NTP).`,
      `이 서버의 시각이 PayAPI보다 ${seconds}초 ${aheadMs > 0 ? '빠릅니다' : '느립니다'}. 모든 요청에 시각이 들어가므로 NTP로 맞추십시오.`,
    ),
  ]
}

/** The first digits of no card in particular. */
const PREFIX = '949094'

async function lookupFindings(config: Config, baseUrl: string, mayLookUp: boolean): Promise<readonly Finding[]> {
  const { merchants = DEMO_MERCHANTS } = config
  if (!mayLookUp) {
    return [
      warning(
        'PAYAPI_MERCHANTS',
        'merchantKeys',
        'the keys were not tried: --lookup lets a card prefix be looked up in production.',
        '키를 확인하지 않았습니다. --lookup을 지정하면 production에서 카드 PREFIX를 조회합니다.',
      ),
    ]
  }
  const { timeoutMs, connectTimeoutMs, paths, environment } = config
  const sandbox = environment === 'sandbox'
  const client = createPayApiClient({ baseUrl, merchants, timeoutMs, connectTimeoutMs, paths, sandbox })
  try {
    return await Promise.all(merchants.map(({ mid }) => lookupFinding(client, mid)))
  } finally {
    await client.close()
  }
}

async function lookupFinding(client: ReturnType<typeof createPayApiClient>, mid: string): Promise<Finding> {
  const subject = 'PAYAPI_MERCHANTS'
  const result = await client.lookUpCardPrefix({ prefix: PREFIX }, { merchantId: mid })
  if (!isFailure(result)) {
    return ok(
      subject,
      'merchantKeys',
      `PayAPI took a card lookup that was signed with the signKey of ${mid}. apiKey and apiIv only show with a charge.`,
      `PayAPI가 ${mid}의 signKey로 서명한 카드 조회를 처리했습니다. apiKey와 apiIv는 승인할 때만 확인됩니다.`,
    )
  }
  const detail = [
    result.type,
    'httpStatus' in result && `HTTP ${result.httpStatus}`,
    'resultCode' in result && result.resultCode,
    'reason' in result && result.reason,
  ]
    .filter(Boolean)
    .join(' ')
  return missing(
    subject,
    'merchantKeys',
    `PayAPI did not take a card lookup that was signed with the signKey of ${mid} (${detail}). Check mid and signKey.`,
    `PayAPI가 ${mid}의 signKey로 서명한 카드 조회를 처리하지 않았습니다(${detail}). mid와 signKey를 확인하십시오.`,
  )
}

/** Whether what else is configured is reached: the issuer of tokens, and who is told by webhooks. Nothing is sent. */
export async function otherServers({ auth, webhooks }: Config): Promise<readonly Finding[]> {
  const issuer = auth?.jwt?.key
  const lookup = webhooks.privateAddresses ? undefined : publicLookup()
  const endpoints = webhooks.endpoints.map(async ({ id, url }) =>
    wayFinding(url, await connectTo(url, lookup), `PAYAPI_WEBHOOKS_FILE (${id})`, 'webhooks', warning),
  )
  const keys =
    issuer instanceof URL
      ? [connectTo(issuer).then((way) => wayFinding(issuer, way, 'PAYAPI_JWT_JWKS_URL', 'authentication', missing))]
      : []
  return await Promise.all([...keys, ...endpoints])
}
