import type { Localized } from '../../lib/localized.ts'
import { SCENARIOS, type ScenarioName } from './scenarios.ts'

/** What may become of a request for an approval: whether it is carried out and stands in the books, and what is seen. */
interface ApprovalScenario {
  readonly name: ApprovalScenarioName
  readonly processed: boolean
  readonly description: Localized
}

/** The scenarios of the services that make sense for an answer of `name=value` text. */
const SHARED = [
  'decline',
  'http-400',
  'http-404-html',
  'http-408',
  'http-500',
  'http-500-processed',
  'http-502-html',
  'timeout',
  'timeout-unprocessed',
  'reset',
  'reset-unprocessed',
  'close',
  'close-unprocessed',
  'truncated',
  'unreadable',
  'empty',
  'no-result-code',
  'too-large',
  'slow',
  'redirect',
  'redirect-307',
  'euc-kr-mislabelled',
  'cp949',
  'extra-fields',
  'missing-fields',
  'zero-code',
  'two-codes',
] as const satisfies readonly ScenarioName[]

/** Those of approvals alone: another's answer in the place of ours. */
const OWN = [
  {
    name: 'other-merchant',
    processed: true,
    description: {
      en: 'Processed, then a success that names another P_MID.',
      ko: '처리됨. 다른 P_MID가 적힌 성공 응답.',
    },
  },
  {
    name: 'other-order',
    processed: true,
    description: {
      en: 'Processed, then a success that names another P_OID.',
      ko: '처리됨. 다른 P_OID가 적힌 성공 응답.',
    },
  },
  {
    name: 'other-amount',
    processed: true,
    description: {
      en: 'Processed, then a success with another P_AMT.',
      ko: '처리됨. 다른 P_AMT가 적힌 성공 응답.',
    },
  },
  {
    name: 'charged-other-amount',
    processed: true,
    description: {
      en: 'One won more is charged than the link says, and the answer says so.',
      ko: '링크의 금액보다 1원 많이 승인되고 응답에도 그 금액이 적힘.',
    },
  },
  {
    name: 'clear-card-number',
    processed: true,
    description: {
      en: 'Processed; P_CARD_NUM is not masked, as some contracts have it.',
      ko: '처리됨. 일부 계약처럼 P_CARD_NUM이 마스킹되지 않음.',
    },
  },
] as const

export type ApprovalScenarioName = (typeof SHARED)[number] | (typeof OWN)[number]['name']

const isShared = new Set<string>(SHARED)

/** All of them, in the order in which a page lists them. */
export const APPROVAL_SCENARIOS: readonly ApprovalScenario[] = [
  ...SCENARIOS.filter(({ name }) => isShared.has(name)).map(({ name, processed, description }) => ({
    name: name as (typeof SHARED)[number],
    processed,
    description,
  })),
  ...OWN,
]

const BY_NAME: ReadonlyMap<string, ApprovalScenario> = new Map(APPROVAL_SCENARIOS.map((each) => [each.name, each]))

/** Undefined for a name that is no scenario of approvals. */
export function findApprovalScenario(name: string): ApprovalScenario | undefined {
  return BY_NAME.get(name)
}
