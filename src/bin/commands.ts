import type { Command, Given, Option } from './command-line/command.ts'
import { applyEnvironment, ENV_FILE } from './environment.ts'
import { explaining } from './explaining.ts'
import { GRAPH_OPTIONS, STATES } from './operations/options.ts'

const ADDRESS: Readonly<Record<string, Option>> = {
  port: {
    value: 'NUMBER',
    isPort: true,
    about: { en: 'Port; 0 takes a free one.', ko: '포트. 0이면 빈 포트를 사용합니다.' },
  },
  host: { value: 'ADDRESS', about: { en: 'Address to listen on.', ko: '대기 주소.' } },
}

const JSON_TEXT = { en: 'As JSON.', ko: 'JSON으로 표시합니다.' }

const BESIDE = {
  en: 'It opens the journal that is configured (PAYAPI_STORE_URL or PAYAPI_DATA_DIR, PAYAPI_JOURNAL_KEYS, …) beside a server that runs, or asks the server at --url, which needs the scope operations:read, or operations:resolve. It makes and upgrades no journal, sends nothing to PayAPI, and shows nothing that is sealed in the journal.',
  ko: '설정된 저널(PAYAPI_STORE_URL 또는 PAYAPI_DATA_DIR, PAYAPI_JOURNAL_KEYS 등)을 실행 중인 서버와 함께 열거나, --url의 서버에 요청합니다. 서버에 요청할 때는 operations:read 또는 operations:resolve 권한이 필요합니다. 저널을 새로 만들거나 업그레이드하지 않고, PayAPI에 아무것도 보내지 않으며, 저널에 암호화되어 있는 값은 표시하지 않습니다.',
} as const

/** Settings first, then the command; what keeps it from being done is told in one line. */
function asking(given: Given, command: () => Promise<number>): Promise<number> {
  applyEnvironment(given, {})
  return explaining(command)
}

/** What a command needs is loaded with it: the help of all takes no time. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    about: {
      en: 'Serves GraphQL; in sandbox mode with a sandbox PayAPI built in.',
      ko: 'GraphQL 서버를 시작합니다. sandbox 모드에서는 샌드박스 PayAPI를 내장합니다.',
    },
    operands: [],
    options: { ...ADDRESS, ...ENV_FILE },
    notes: [
      {
        en: 'Without any setting it starts in sandbox mode on http://127.0.0.1:4000/graphql: no money moves. --port and --host stand for PORT and HOST. SIGTERM and SIGINT end it.',
        ko: '설정이 없으면 sandbox 모드로 http://127.0.0.1:4000/graphql 에서 시작하며 실제 결제는 일어나지 않습니다. --port와 --host는 PORT와 HOST를 대신합니다. SIGTERM과 SIGINT로 종료합니다.',
      },
    ],
    async run(given) {
      applyEnvironment(given, { port: 'PORT', host: 'HOST' })
      await (await import('./serve.ts')).serve()
      return undefined
    },
  },
  sandbox: {
    about: {
      en: 'Serves the sandbox PayAPI by itself, for a server or a client elsewhere.',
      ko: '샌드박스 PayAPI만 따로 시작합니다.',
    },
    operands: [],
    options: { ...ADDRESS, ...ENV_FILE },
    notes: [
      {
        en: 'It listens on http://127.0.0.1:4010 unless SANDBOX_PORT and SANDBOX_HOST, for which --port and --host stand, say otherwise. Its state is in memory.',
        ko: 'SANDBOX_PORT와 SANDBOX_HOST(--port와 --host)로 바꾸지 않으면 http://127.0.0.1:4010 에서 대기합니다. 상태는 메모리에만 있습니다.',
      },
    ],
    async run(given) {
      applyEnvironment(given, { port: 'SANDBOX_PORT', host: 'SANDBOX_HOST' })
      return (await import('../sandbox/program/run.ts')).runSandbox(process.env)
    },
  },
  operations: {
    about: {
      en: 'Lists the operations of the journal, newest first.',
      ko: '저널의 작업을 최신순으로 표시합니다.',
    },
    operands: [],
    options: {
      status: {
        value: Object.keys(STATES).join('|'),
        oneOf: Object.keys(STATES),
        about: { en: 'In this state.', ko: '이 상태의 작업.' },
      },
      order: { value: 'ORDER', about: { en: 'Of this order.', ko: '이 주문번호의 작업.' } },
      since: {
        value: 'TIME',
        about: {
          en: 'Recorded at this time or later: a day in Korea (2026-11-27), a time with its zone, or how long ago (90m, 36h, 7d).',
          ko: '이 시각 이후의 작업: 한국 날짜(2026-11-27), 시간대가 있는 시각, 또는 지난 시간(90m, 36h, 7d).',
        },
      },
      limit: { value: 'NUMBER', about: { en: 'At most so many; 20 unless given.', ko: '최대 개수. 기본값은 20.' } },
      json: { about: JSON_TEXT },
      ...GRAPH_OPTIONS,
    },
    notes: [BESIDE],
    run: (given) => asking(given, async () => (await import('./operations/list.ts')).listOperations(given)),
  },
  resolve: {
    about: {
      en: 'Records what the merchant console showed of an operation of unknown outcome.',
      ko: '결과를 알 수 없는 작업에 상점 관리자 페이지(PG 제공)에서 확인한 결과를 기록합니다.',
    },
    operands: ['id'],
    options: {
      as: {
        value: 'succeeded|failed',
        oneOf: ['succeeded', 'failed'],
        about: {
          en: 'Needed: whether PayAPI had processed it. After `failed` the order may be charged again: be sure.',
          ko: '필수: PayAPI가 처리했는지 여부. `failed`로 기록하면 그 주문을 다시 승인할 수 있으므로 확실할 때만 기록하십시오.',
        },
      },
      transaction: {
        value: 'ID',
        about: {
          en: 'The transaction id that the console showed; needed for a charge that succeeded.',
          ko: '상점 관리자 페이지에 표시된 거래ID. 성공한 승인에는 필수입니다.',
        },
      },
      note: {
        value: 'TEXT',
        about: {
          en: 'Anything worth remembering, at most 500 characters. No card data.',
          ko: '남길 메모, 500자 이하. 카드 정보는 적지 마십시오.',
        },
      },
      by: {
        value: 'NAME',
        about: {
          en: 'Who records it; the account of this process unless given.',
          ko: '기록하는 사람. 지정하지 않으면 프로세스의 계정.',
        },
      },
      json: { about: JSON_TEXT },
      ...GRAPH_OPTIONS,
    },
    notes: [BESIDE],
    run: (given) => asking(given, async () => (await import('./operations/resolve.ts')).resolveOperation(given)),
  },
  doctor: {
    about: {
      en: 'Checks the configuration and says what is missing before going live.',
      ko: '설정을 점검하고 운영 전환 전에 필요한 것을 알려 줍니다.',
    },
    operands: [],
    options: {
      lookup: {
        about: {
          en: 'Looks up a card prefix with each merchant’s keys in production as well; elsewhere it does so anyway.',
          ko: 'production에서도 가맹점별 키로 카드 PREFIX를 조회합니다. 다른 환경에서는 항상 조회합니다.',
        },
      },
      offline: {
        about: {
          en: 'Connects to nobody but the journal’s database.',
          ko: '저널의 데이터베이스 외에는 연결하지 않습니다.',
        },
      },
      json: { about: JSON_TEXT },
      ...ENV_FILE,
    },
    notes: [
      {
        en: 'Run it where the server runs, as its user, with its settings. It charges nothing, makes and upgrades no journal, and shows no secret. It ends with 1 where something has to be put right; what is only to be thought about is a warning.',
        ko: '서버를 실행할 곳에서 서버와 같은 사용자, 같은 설정으로 실행하십시오. 승인은 하지 않고, 저널을 새로 만들거나 업그레이드하지 않으며, 비밀값을 표시하지 않습니다. 반드시 고칠 것이 있으면 1로 종료하고, 검토할 것은 주의로 표시합니다.',
      },
    ],
    run: (given) => asking(given, async () => (await import('./doctor/doctor.ts')).examine(given)),
  },
}
