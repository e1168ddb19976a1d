import type { Config } from '../../config/index.ts'
import { isLoopback } from '../../lib/network/url.ts'
import type { MerchantCredentials } from '../../payapi/merchant.ts'
import { DEMO_MERCHANTS } from '../../sandbox/merchants.ts'
import { PROXY_SETTINGS } from '../start-warnings.ts'
import { type Finding, missing, ok, warning } from './finding.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What can be said of a configuration that is usable, without looking anywhere else. */
export function settingsFindings(config: Config, env: Environment): readonly Finding[] {
  return [
    environment(config),
    merchants(config),
    authentication(config, env),
    ...journalSettings(config, env),
    ...exposure(config, env),
    ...notices(config),
    ...weakening(config, env),
  ]
}

function environment({ environment: name }: Config): Finding {
  return name === 'production'
    ? ok('PAYAPI_ENV', 'steps', 'is production.', 'production입니다.')
    : warning(
        'PAYAPI_ENV',
        'steps',
        `is ${name}: no real payments. Set production on the day.`,
        `${name}입니다. 실제 결제가 되지 않으므로 전환하는 날 production으로 설정하십시오.`,
      )
}

const isOfDemo = ({ signKey, apiKey }: MerchantCredentials): boolean =>
  DEMO_MERCHANTS.some((demo) => demo.signKey === signKey || demo.apiKey === apiKey)
const isPlaceholder = ({ signKey, apiKey, apiIv }: MerchantCredentials): boolean =>
  [signKey, apiKey, apiIv].some((key) => /replace-?me|changeme|^(.)\1+$/i.test(key))

function merchants({ merchants: acting }: Config): Finding {
  if (acting === undefined || acting.some(isOfDemo)) {
    return missing(
      'PAYAPI_MERCHANTS_FILE',
      'steps',
      'is needed: the sandbox’s demonstration merchants act. Get mid, signKey, apiKey and apiIv from the PG.',
      '필수입니다. 지금은 샌드박스의 데모 가맹점을 사용합니다. PG에서 mid, signKey, apiKey, apiIv를 받으십시오.',
    )
  }
  const mids = acting.map(({ mid }) => mid).join(', ')
  const placeholder = acting.find(isPlaceholder)
  if (placeholder !== undefined) {
    return missing(
      'PAYAPI_MERCHANTS',
      'merchantKeys',
      `${placeholder.mid} has a placeholder in place of a key.`,
      `${placeholder.mid}의 키가 예시 값입니다.`,
    )
  }
  return ok(
    'PAYAPI_MERCHANTS',
    'merchantKeys',
    `${acting.length} of them, with keys of the right shape: ${mids}.`,
    `${acting.length}개, 키의 형식이 맞습니다: ${mids}.`,
  )
}

function authentication({ auth }: Config, env: Environment): Finding {
  if (auth !== undefined) {
    const methods = [auth.jwt && 'jwt', auth.apiKeys && 'api-key'].filter(Boolean).join(', ')
    return ok(
      'PAYAPI_AUTH',
      'authentication',
      `callers are asked who they are: ${methods}.`,
      `호출자를 확인합니다: ${methods}.`,
    )
  }
  if (env['PAYAPI_AUTH'] === 'none' && isLoopback(env['HOST'] || '127.0.0.1')) {
    return warning(
      'PAYAPI_AUTH',
      'authentication',
      'is none: every program of this machine may do everything.',
      'none입니다. 같은 서버의 모든 프로그램이 모든 작업을 할 수 있습니다.',
    )
  }
  return missing(
    'PAYAPI_AUTH',
    'authentication',
    'is needed: nobody is asked who they are. Set jwt or api-key.',
    '필수입니다. 지금은 호출자를 확인하지 않습니다. jwt 또는 api-key로 설정하십시오.',
  )
}

function journalSettings({ journal }: Config, env: Environment): readonly Finding[] {
  if (journal === undefined) {
    return [
      missing(
        'PAYAPI_JOURNAL',
        'stores',
        'is off: nothing guards against a second charge. Set it to on.',
        'off입니다. 중복 승인을 막지 못합니다. on으로 설정하십시오.',
      ),
    ]
  }
  return [journalKeys(journal.keys), ...journalPlace(journal, env), ...journalInit(journal)]
}

/** Fewer than that many different bytes, in 32, are not random. */
const DIFFERENT_BYTES = 12

function journalKeys(keys: readonly Buffer[] | undefined): Finding {
  const subject = 'PAYAPI_JOURNAL_KEYS'
  if (keys === undefined) {
    return missing(
      subject,
      'journalKeys',
      'is needed: the journal has a key that was made beside it. Make one with `openssl rand -base64 32`.',
      '필수입니다. 지금은 저널 파일 옆에 자동으로 만든 키를 사용합니다. `openssl rand -base64 32`로 만드십시오.',
    )
  }
  const isWeak = keys.some(
    (key) => new Set(key).size < DIFFERENT_BYTES || key.every((byte) => byte >= 32 && byte < 127),
  )
  return isWeak
    ? missing(
        subject,
        'journalKeys',
        'holds a key that is not random. Make one with `openssl rand -base64 32`.',
        '무작위가 아닌 키가 있습니다. `openssl rand -base64 32`로 만드십시오.',
      )
    : ok(subject, 'journalKeys', `${keys.length}, of 32 bytes.`, `${keys.length}개, 32바이트입니다.`)
}

function journalPlace({ storeUrl }: NonNullable<Config['journal']>, env: Environment): readonly Finding[] {
  if (storeUrl === undefined) {
    return [
      missing(
        'PAYAPI_DATA_DIR',
        'stores',
        'is needed (or PAYAPI_STORE_URL): the journal lies in a temporary folder.',
        'PAYAPI_DATA_DIR 또는 PAYAPI_STORE_URL이 필요합니다. 지금은 저널이 임시 폴더에 있습니다.',
      ),
    ]
  }
  if (env['PAYAPI_DATA_DIR'] || env['PAYAPI_STORE_URL']) return []
  return [
    warning(
      'PAYAPI_DATA_DIR',
      'stores',
      'is not set: the journal lies in the folder `data` where the server is started. Name one that outlives the server.',
      '설정되지 않아 저널이 서버를 시작한 폴더의 `data`에 있습니다. 서버와 관계없이 남는 폴더를 지정하십시오.',
    ),
  ]
}

function journalInit({ init }: NonNullable<Config['journal']>): readonly Finding[] {
  if (!init) return []
  return [
    missing(
      'PAYAPI_JOURNAL_INIT',
      'journalGone',
      'is on: a journal that is gone would be begun anew. Take it away after that one start.',
      'on입니다. 저널이 없어지면 새로 만듭니다. 한 번 시작한 뒤에는 삭제하십시오.',
    ),
  ]
}

function exposure({ environment, exposure: given, metrics }: Config, env: Environment): readonly Finding[] {
  const isProduction = environment === 'production'
  const open = [
    ...((isProduction ? given.introspection : env['PAYAPI_INTROSPECTION'] === 'on') ? ['PAYAPI_INTROSPECTION'] : []),
    ...((isProduction ? given.graphiql : env['PAYAPI_GRAPHIQL'] === 'on') ? ['PAYAPI_GRAPHIQL'] : []),
  ]
  return [
    ...open.map((name) => warning(name, 'introspection', 'is on, also in production.', 'production에서도 on입니다.')),
    ...(open.length > 0
      ? []
      : [
          ok(
            'PAYAPI_INTROSPECTION, PAYAPI_GRAPHIQL',
            'introspection',
            'are off in production.',
            'production에서는 off입니다.',
          ),
        ]),
    given.trustedDocuments === undefined
      ? warning(
          'PAYAPI_TRUSTED_DOCUMENTS',
          'trustedDocuments',
          'is not set: any operation runs. Set the manifest of your clients.',
          '설정되지 않아 모든 문서를 실행합니다. 클라이언트의 허용 문서를 설정하십시오.',
        )
      : ok('PAYAPI_TRUSTED_DOCUMENTS', 'trustedDocuments', 'no other document runs.', '다른 문서는 실행하지 않습니다.'),
    given.behindTls
      ? ok('PAYAPI_BEHIND_TLS', 'tls', 'browsers are told to keep to TLS.', '브라우저가 TLS만 쓰도록 알립니다.')
      : warning(
          'PAYAPI_BEHIND_TLS',
          'tls',
          'is off: put the server behind TLS, then set it to on.',
          'off입니다. 서버 앞에 TLS를 두고 on으로 설정하십시오.',
        ),
    metrics === undefined
      ? warning(
          'PAYAPI_METRICS_PORT',
          'metrics',
          'is not set: nobody is told of an operation of unknown outcome. Set it, and the alerts.',
          '설정되지 않아 결과를 알 수 없는 작업을 알릴 수 없습니다. 메트릭과 알림을 설정하십시오.',
        )
      : ok('PAYAPI_METRICS_PORT', 'metrics', 'metrics are served.', '메트릭을 제공합니다.'),
  ]
}

function notices({ notices: { endpoints, addresses }, publicUrl }: Config): readonly Finding[] {
  return [
    publicUrl === undefined
      ? warning(
          'PAYAPI_PUBLIC_URL',
          'sms',
          'is not set: payments by SMS link do not come back to this server, and nobody but the shop approves them.',
          '설정되지 않아 SMS 결제 링크의 결제가 이 서버로 돌아오지 않습니다. 승인은 상점이 따로 해야 합니다.',
        )
      : publicUrl.startsWith('https:')
        ? ok('PAYAPI_PUBLIC_URL', 'sms', 'is https.', 'https입니다.')
        : missing('PAYAPI_PUBLIC_URL', 'sms', 'must be https.', 'https여야 합니다.'),
    endpoints.length === 0
      ? warning(
          'PAYAPI_NOTICES',
          'notices',
          'is not set: deposits, escrow changes and transaction notices of the PG are not taken in.',
          '설정되지 않아 PG의 입금통보, 에스크로, 거래알림을 받지 않습니다.',
        )
      : ok('PAYAPI_NOTICES', 'notices', `${endpoints.length} addresses.`, `수신 주소 ${endpoints.length}개.`),
    ...(endpoints.length > 0 && addresses === undefined
      ? [
          warning(
            'PAYAPI_NOTICES_ADDRESSES',
            'notices',
            'is not set: nobody can tell whether a notice is the PG’s. Ask the PG for its addresses.',
            '설정되지 않아 통보가 PG에서 왔는지 확인할 수 없습니다. PG에 발신 주소를 문의하십시오.',
          ),
        ]
      : []),
  ]
}

const QUIET = ['silent', 'fatal', 'error']
const LONG_ENOUGH_MS = 60_000

/** What is allowed, and somebody should have thought about. */
function weakening(config: Config, env: Environment): readonly Finding[] {
  const found: (Finding | false)[] = [
    config.keepAlive === 'all' &&
      warning(
        'PAYAPI_KEEP_ALIVE',
        'weakening',
        'is all: a stray second response may be taken for the next payment’s.',
        'all입니다. PG가 잘못 보낸 두 번째 응답을 다음 거래의 응답으로 읽을 수 있습니다.',
      ),
    config.journal?.orderGuard === false &&
      warning(
        'PAYAPI_ORDER_GUARD',
        'weakening',
        'is off: an order can be charged twice with two idempotency keys.',
        'off입니다. 멱등키가 다르면 같은 주문이 두 번 승인될 수 있습니다.',
      ),
    env['PAYAPI_TIMEOUT_MS'] !== undefined &&
      config.timeoutMs < LONG_ENOUGH_MS &&
      warning(
        'PAYAPI_TIMEOUT_MS',
        'steps',
        'is shorter than 60 seconds: more operations end as UNKNOWN.',
        '60초보다 짧습니다. 결과를 알 수 없는(UNKNOWN) 작업이 늘어납니다.',
      ),
    QUIET.includes(config.logLevel) &&
      warning(
        'LOG_LEVEL',
        'logs',
        'is so high that calls, and warnings of the journal, are not logged.',
        '값이 높아 호출과 저널의 경고가 로그에 남지 않습니다.',
      ),
    PROXY_SETTINGS.some((name) => env[name]) &&
      warning(
        PROXY_SETTINGS.find((name) => env[name]) ?? '',
        'network',
        'is not read: PayAPI is called directly.',
        '프록시 설정은 사용하지 않습니다. PayAPI를 직접 호출합니다.',
      ),
  ]
  return found.filter((finding) => finding !== false)
}
