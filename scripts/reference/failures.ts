import { type DescribedFailure, FAILURES, type FailureCase } from '../../src/graphql/failures/guide.ts'
import { CONFLICT_REASONS, REFUND_REASONS, TRANSPORT_REASONS } from '../../src/graphql/failures/reasons.ts'
import type { Localized } from '../../src/lib/localized.ts'
import { code, type Language, type Page, table } from './markdown.ts'

const INTRODUCTION: readonly Localized[] = [
  {
    en: 'Every result union has these failures; `PayApiIdempotencyConflict` only where something is changed, `PayApiRefundRefused` only in `RefundPaymentResult`. `... on PayApiFailure` selects what all of them have.',
    ko: '모든 결과 유니언에 아래 실패가 있으며, `PayApiIdempotencyConflict`는 상태를 바꾸는 뮤테이션에만, `PayApiRefundRefused`는 `RefundPaymentResult`에만 있습니다. `... on PayApiFailure`로 공통 필드를 조회합니다.',
  },
  {
    en: 'For lookups nothing can have moved: their `outcome` is always `NOT_PROCESSED`, and HTTP 5XX and every transport error are `retryable`. The tables are of calls that change something.',
    ko: '조회는 움직이는 것이 없으므로 `outcome`이 항상 `NOT_PROCESSED`이며, HTTP 5XX와 모든 전송 오류가 `retryable`입니다. 아래 표는 상태를 바꾸는 호출의 경우입니다.',
  },
  {
    en: 'See also [When the outcome is UNKNOWN](../en/frontend.md#when-the-outcome-is-unknown).',
    ko: '[결과가 UNKNOWN일 때](../ko/frontend.md#결과가-unknown일-때)도 참고하십시오.',
  },
]

const WORDS = {
  en: { case: 'Case', meaning: 'Meaning', advice: 'What to do' },
  ko: { case: '경우', meaning: '의미', advice: '할 일' },
} as const

const REASONS = {
  PayApiTransportError: TRANSPORT_REASONS,
  PayApiIdempotencyConflict: CONFLICT_REASONS,
  PayApiRefundRefused: REFUND_REASONS,
} as const

/** The page of the failures. */
export const failures: Page = {
  title: { en: 'Failures', ko: '실패' },
  sources: ['src/graphql/failures/guide.ts', 'src/graphql/failures/reasons.ts'],
  body: (language) => [
    ...INTRODUCTION.map((text) => text[language]),
    ...Object.entries(FAILURES).flatMap(([type, failure]) => [
      `## ${code(type)}`,
      failure.about[language],
      type in REASONS ? reasonTable(REASONS[type as keyof typeof REASONS], language) : caseTable(failure, language),
    ]),
  ],
}

function reasonTable(reasons: Readonly<Record<string, DescribedFailure>>, language: Language): string {
  const { meaning, advice } = WORDS[language]
  const rows = Object.entries(reasons).flatMap(([reason, { about, cases }]) =>
    cases.map((each) => [code(reason), (each.when ?? about)[language], ...cells(each, language)]),
  )
  return table(['`reason`', meaning, ...FLAGS, advice], rows)
}

/** Where a failure has but one case, what is said of the failure says which. */
function caseTable({ cases }: DescribedFailure, language: Language): string {
  const words = WORDS[language]
  const several = cases.length > 1
  return table(
    [...(several ? [words.case] : []), ...FLAGS, words.advice],
    cases.map((each) => [...(several ? [each.when?.[language] ?? ''] : []), ...cells(each, language)]),
  )
}

const FLAGS = ['`outcome`', '`retryable`'] as const

const cells = ({ outcome, retryable, advice }: FailureCase, language: Language) => [
  code(outcome),
  code(String(retryable)),
  advice[language],
]
