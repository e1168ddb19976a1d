import type { Localized } from '../../src/lib/localized.ts'
import { APPROVAL_SCENARIOS } from '../../src/sandbox/response/approval-scenarios.ts'
import { findScenario, SCENARIO_HEADER } from '../../src/sandbox/response/scenarios.ts'
import { endingText, SCENARIO_ENDINGS } from '../../src/server/sandbox/scenario-endings.ts'
import { ALL_SCENARIOS } from '../../src/server/sandbox/scenario-list.ts'
import { code, type Page, table } from './markdown.ts'

const INTRODUCTION: readonly Localized[] = [
  {
    en: `Send the header \`${SCENARIO_HEADER}\` with a GraphQL request to a server with the embedded sandbox, and every call of that request meets the scenario, whichever the service. [Sandbox](../en/frontend.md#sandbox) says more.`,
    ko: `샌드박스를 내장한 서버에 \`${SCENARIO_HEADER}\` 헤더를 넣어 GraphQL 요청을 보내면 그 요청의 모든 호출에 시나리오가 적용됩니다(전 서비스 공통). [샌드박스](../ko/frontend.md#샌드박스)를 참고하십시오.`,
  },
  {
    en: '‘Processed’ means that the charge is in the sandbox’s books, whatever its caller sees. A form with a mistake gets its own answer first.',
    ko: '‘처리됨’은 호출자에게 무엇이 보이든 샌드박스의 거래 내역에 승인이 남았다는 뜻입니다. 전문 자체에 잘못이 있으면 그 오류가 먼저 나옵니다.',
  },
]

const APPROVALS: readonly Localized[] = [
  { en: '## Answers to an approval', ko: '## 승인 요청의 응답' },
  {
    en: 'The approval of a payment by SMS is no request of yours with a header: at the short URL of the sandbox, under ‘What the shop meets’, one chooses how it is answered. Those of the list above that make sense for it are there, where `ResultCode` stands for `P_STATUS`, and these:',
    ko: 'SMS 결제의 승인은 직접 보내는 요청이 아니므로 헤더로 정할 수 없습니다. 샌드박스 단축 URL의 페이지에서 ‘상점이 겪을 일’을 열어 응답을 선택하십시오. 위 목록 가운데 승인에 맞는 시나리오(`ResultCode`는 `P_STATUS`에 해당)와 다음 시나리오가 있습니다.',
  },
]

const WORDS = {
  en: { head: ['Scenario', 'What the sandbox does', 'How a charge ends', '`outcome`'] },
  ko: { head: ['시나리오', '샌드박스의 동작', '승인 결과', '`outcome`'] },
} as const

/** The page of the sandbox's scenarios. */
export const scenarios: Page = {
  title: { en: 'Scenarios', ko: '시나리오' },
  sources: [
    'src/sandbox/response/scenarios.ts',
    'src/sandbox/response/approval-scenarios.ts',
    'src/server/sandbox/scenario-endings.ts',
  ],
  body: (language) => [
    ...INTRODUCTION.map((text) => text[language]),
    table(
      WORDS[language].head,
      ALL_SCENARIOS.map(({ name, description }) => [
        code(name),
        description[language],
        endingText(SCENARIO_ENDINGS[name as keyof typeof SCENARIO_ENDINGS])[language],
        outcome(name),
      ]),
    ),
    ...APPROVALS.map((text) => text[language]),
    table(
      WORDS[language].head.slice(0, 2),
      APPROVAL_SCENARIOS.filter(({ name }) => findScenario(name) === undefined).map(({ name, description }) => [
        code(name),
        description[language],
      ]),
    ),
  ],
}

/** What no sandbox plays was never sent. */
function outcome(name: string): string {
  const said = findScenario(name)?.outcome ?? 'NOT_PROCESSED'
  return said === 'SUCCESS' ? '' : code(said)
}
