import { join } from 'node:path'
import * as z from 'zod'
import { fileUrlOf, parseStoreUrl } from '../journal/open-store.ts'
import { ALL_SERVICES, type Service, type Settling } from '../payapi/index.ts'
import { documentation } from './variables/documentation.ts'
import { type Complain, readText, wholeNumber } from './variables/fields.ts'

/** How the journal of operations is kept. */
export interface JournalConfig {
  /** `file:` or `postgres:` URL; undefined for a file in a temporary folder that ends with the embedded sandbox. */
  readonly storeUrl: string | undefined
  /** 32 bytes each, the current one first; undefined where a key is to be made beside the file. */
  readonly keys: readonly Buffer[] | undefined
  /** Whether to begin anew where the file is gone, and to go on with what is there where it is not what it was. */
  readonly init: boolean
  /** How many connections a process may have to PostgreSQL; undefined for as many as its calls need, within bounds. */
  readonly storeConnections?: number | undefined
  readonly orderGuard: boolean
  readonly retentionMs: number
  readonly noticeRetentionMs: number
  readonly waitMs: number
  /** How long the store may take, milliseconds; no variable sets it. */
  readonly storeDeadlineMs?: number
  /** The services whose operations of unknown outcome are settled without being asked to. */
  readonly autoSettle: readonly string[]
}

const journalKeys = z
  .string()
  .transform((text) => text.trim().split(/[\s,]+/))
  .pipe(z.array(z.base64('must be Base64')).min(1))
  .transform((keys) => keys.map((key) => Buffer.from(key, 'base64')))
  .refine((keys) => keys.every(({ length }) => length === 32), 'must be keys of 32 bytes each, in Base64')

const onOrOff = z.enum(['on', 'off'], 'must be on or off')

const settled = (by: Settling['by']): readonly string[] =>
  Object.values<Service>(ALL_SERVICES)
    .filter(({ settling }) => settling?.by === by)
    .map(({ name }) => name)

const lookedUp = settled('LOOKUP')
const repeated = settled('REPEATING')
const settleable = [...lookedUp, ...repeated]

/** Names of mutations; by default those whose operations are settled by looking only. */
const autoSettle = z
  .string()
  .default(lookedUp.join(','))
  .transform((text) => (text.trim() === 'off' ? [] : text.trim().split(/[\s,]+/)))
  .refine(
    (names) => names.every((name) => settleable.includes(name)),
    `must be off, or some of ${settleable.join(', ')}, separated by commas`,
  )

/** The variables of the journal. */
export const journalVariables = {
  PAYAPI_JOURNAL: onOrOff.default('on').register(documentation, {
    en: '`off`: nothing remembers what was sent, and idempotency keys are refused. `production` does not start with it.',
    ko: '`off`: 보낸 요청을 기록하지 않으며 멱등키를 거절합니다. `production`은 `off`로 시작하지 않습니다.',
  }),
  PAYAPI_DATA_DIR: z
    .string()
    .optional()
    .register(documentation, {
      en: 'Folder of the journal’s file, `journal.db`.',
      ko: '저널 파일(`journal.db`)을 둘 폴더.',
      unset: {
        en: '`data`; with the embedded sandbox a temporary folder that ends with it',
        ko: '`data`, 내장 샌드박스에서는 종료할 때 지워지는 임시 폴더',
      },
      example: '/var/lib/payapi',
    }),
  PAYAPI_STORE_URL: z
    .string()
    .transform(storeUrl)
    .optional()
    .register(documentation, {
      en: 'Another store: a `file:` URL (`file:./data/journal.db`, from the folder of the process, or `file:///var/lib/payapi/journal.db`) or a `postgres://` URL of one host.',
      ko: '다른 저장소: `file:` URL(프로세스의 폴더를 기준으로 한 `file:./data/journal.db` 또는 `file:///var/lib/payapi/journal.db`), 또는 호스트가 하나인 `postgres://` URL.',
      unset: { en: 'the file in `PAYAPI_DATA_DIR`', ko: '`PAYAPI_DATA_DIR`의 파일' },
      example: 'postgres://payapi@db/payapi',
    }),
  PAYAPI_STORE_CONNECTIONS: wholeNumber(1, 1_000)
    .optional()
    .register(documentation, {
      en: 'How many connections each process may have to PostgreSQL (with `PAYAPI_WORKERS`, each worker), beside one that listens for changes. They are opened as calls need them at once, and closed 10 seconds after they were needed last. Where the server has room for fewer, calls share those that there are, and a line in the log says so.',
      ko: '프로세스 하나(`PAYAPI_WORKERS`를 쓰면 워커 하나)가 PostgreSQL에 여는 연결의 최대 수. 변경을 듣는 연결 하나는 별도입니다. 동시에 진행 중인 호출에 필요한 만큼 열고, 마지막으로 쓴 뒤 10초가 지나면 닫습니다. 서버에 자리가 모자라면 있는 연결을 나누어 쓰며 로그에 한 줄 남깁니다.',
      unset: { en: '40', ko: '40' },
      example: '20',
    }),
  PAYAPI_JOURNAL_KEYS: journalKeys.optional().register(documentation, {
    en: 'Keys of the journal’s encryption: 32 bytes each in Base64 (`openssl rand -base64 32`), the current one first, separated by commas or spaces. Needed for `test`, `production` and PostgreSQL.',
    ko: '저널 암호화 키: 32바이트씩 Base64(`openssl rand -base64 32`)로, 현재 키를 맨 앞에, 쉼표나 공백으로 구분합니다. `test`, `production`, PostgreSQL에서는 필수입니다.',
    unset: { en: 'a key that is made beside the file', ko: '파일 옆에 자동으로 만드는 키' },
  }),
  PAYAPI_JOURNAL_KEYS_FILE: z.string().transform(readText).pipe(journalKeys).optional().register(documentation, {
    en: 'A file that holds the same as `PAYAPI_JOURNAL_KEYS`. Set one of the two.',
    ko: '`PAYAPI_JOURNAL_KEYS`와 같은 내용의 파일. 둘 중 하나만 설정하십시오.',
    example: '/run/secrets/journal.keys',
  }),
  PAYAPI_JOURNAL_INIT: onOrOff.default('off').register(documentation, {
    en: '`on`, for one start only: begins a new journal where its file is gone or empty, and goes on with what is there where that is not what it was (a backup, a write-ahead log lost). Look into the merchant console first: what the journal no longer knows is charged again when it is asked for again. A first start in a new folder does not need it.',
    ko: '한 번의 시작에만 `on`: 저널 파일이 없어졌거나 비어 있으면 새로 만들고, 이전 상태와 다르면(백업, WAL 유실) 남아 있는 내용으로 계속합니다. 먼저 상점 관리자 페이지(PG 제공)에서 거래를 확인하십시오. 저널에 없는 거래는 다시 요청하면 다시 승인됩니다. 새 폴더에서 처음 시작할 때는 필요하지 않습니다.',
  }),
  PAYAPI_ORDER_GUARD: onOrOff.default('on').register(documentation, {
    en: '`on` refuses a charge for an order that was, or may have been, charged. `off` is for merchants who reuse order numbers.',
    ko: '`on`이면 승인되었거나 승인되었을 수 있는 주문번호의 승인 요청을 거절합니다. 주문번호를 재사용하는 가맹점은 `off`로 설정합니다.',
  }),
  PAYAPI_RETENTION_DAYS: wholeNumber(1, 36_500).default(400).register(documentation, {
    en: 'How many days operations that succeeded or failed, notices and SMS links are kept, counted in time in which the server ran: a wrong clock deletes nothing. What is `UNKNOWN` is kept until it is resolved, and an SMS link, with its operations, at least until a day after it ended: 90 days where it leads to a virtual account that was not paid. A payment is known, and can be refunded with `refundPayment`, for as long.',
    ko: '성공·실패한 작업, 노티, SMS 결제 링크의 보존 일수. 서버가 실행된 시간으로 세므로 시계가 틀려도 지워지지 않습니다. `UNKNOWN`은 확인 결과를 기록할 때까지 보존하며, SMS 결제 링크와 그 작업은 적어도 링크가 만료되고 하루(입금되지 않은 가상계좌 링크는 90일)가 지날 때까지 보존합니다. 이 기간 동안 결제를 조회하고 `refundPayment`로 환불할 수 있습니다.',
  }),
  PAYAPI_NOTICE_RETENTION_DAYS: wholeNumber(1, 36_500)
    .optional()
    .register(documentation, {
      en: 'How many days the content of notices is kept, which holds names and account numbers, sealed. What a notice did is kept as long as the payment.',
      ko: '이름과 계좌번호가 들어 있는 노티 내용(암호화)의 보존 일수. 노티의 처리 결과는 결제와 같은 기간 보존합니다.',
      unset: { en: '`PAYAPI_RETENTION_DAYS`', ko: '`PAYAPI_RETENTION_DAYS`' },
      example: '90',
    }),
  PAYAPI_AUTO_SETTLE: autoSettle.register(documentation, {
    en: `Of which mutations an operation of unknown outcome is settled without a person, separated by commas; \`off\` for none. PayAPI is asked after 5 minutes, after an hour and then daily for 5 days. By default those where it is only asked for the state (${lookedUp.join(', ')}). \`${repeated.join(', ')}\` can be added: the same full cancel is then sent once more, which moves nothing where the first one was processed.`,
    ko: `결과를 알 수 없는(\`UNKNOWN\`) 작업을 담당자 없이 확인할 뮤테이션 목록(쉼표로 구분), \`off\`는 없음. 5분 뒤, 1시간 뒤, 이후 5일 동안 하루 한 번 PayAPI에 확인합니다. 기본값은 상태만 조회하는 것(${lookedUp.join(', ')})입니다. \`${repeated.join(', ')}\`를 추가할 수 있습니다: 같은 전체 취소를 한 번 더 보내며, 앞선 취소가 처리되었다면 아무것도 바뀌지 않습니다.`,
    unset: { en: `\`${lookedUp.join(',')}\``, ko: `\`${lookedUp.join(',')}\`` },
    example: [...lookedUp, ...repeated].join(','),
  }),
  PAYAPI_IDEMPOTENCY_WAIT_MS: wholeNumber(0, 60_000).default(5_000).register(documentation, {
    en: 'How long a request waits for an earlier one with the same idempotency key that is under way, in milliseconds.',
    ko: '같은 멱등키의 앞선 요청이 진행 중일 때 기다리는 시간(ms).',
  }),
}

const shape = z.object(journalVariables)

/** Which PayAPI the journal is of. */
interface Deployment {
  readonly isSandbox: boolean
  readonly isEmbedded: boolean
}

const DAY_MS = 24 * 60 * 60 * 1000

/** How the journal is kept, of variables that were checked one by one; tells what does not fit together. */
export function journalConfig(
  data: z.infer<typeof shape>,
  { isSandbox, isEmbedded }: Deployment,
  complain: Complain,
): JournalConfig {
  if (data.PAYAPI_JOURNAL_KEYS && data.PAYAPI_JOURNAL_KEYS_FILE) {
    complain('PAYAPI_JOURNAL_KEYS and PAYAPI_JOURNAL_KEYS_FILE: set one of them, not both')
  }
  const keys = data.PAYAPI_JOURNAL_KEYS ?? data.PAYAPI_JOURNAL_KEYS_FILE
  const isFile = data.PAYAPI_STORE_URL === undefined || data.PAYAPI_STORE_URL.startsWith('file:')
  if (keys === undefined && (!isSandbox || !isFile)) {
    complain(
      'PAYAPI_JOURNAL_KEYS (or PAYAPI_JOURNAL_KEYS_FILE) is needed: 32 random bytes in Base64, e.g. from `openssl rand -base64 32`',
      'PAYAPI_JOURNAL_KEYS',
      'PAYAPI_JOURNAL_KEYS_FILE',
    )
  }
  const directory = data.PAYAPI_DATA_DIR ?? (isEmbedded ? undefined : 'data')
  return {
    storeUrl: data.PAYAPI_STORE_URL ?? (directory && fileUrlOf(join(directory, 'journal.db'))),
    keys,
    init: data.PAYAPI_JOURNAL_INIT === 'on',
    storeConnections: data.PAYAPI_STORE_CONNECTIONS,
    orderGuard: data.PAYAPI_ORDER_GUARD === 'on',
    retentionMs: data.PAYAPI_RETENTION_DAYS * DAY_MS,
    noticeRetentionMs: (data.PAYAPI_NOTICE_RETENTION_DAYS ?? data.PAYAPI_RETENTION_DAYS) * DAY_MS,
    waitMs: data.PAYAPI_IDEMPOTENCY_WAIT_MS,
    autoSettle: data.PAYAPI_AUTO_SETTLE,
  }
}

/** An SQLite file's, wherever the process works from then on. */
function storeUrl(text: string, context: z.RefinementCtx): string {
  try {
    const location = parseStoreUrl(text)
    return location.kind === 'sqlite' ? fileUrlOf(location.path, location.mode) : location.url
  } catch (error) {
    context.addIssue((error as Error).message)
    return z.NEVER
  }
}
