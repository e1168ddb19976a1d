import type { Localized } from '../../lib/localized.ts'
import type { Failure, TransportErrorReason } from '../../payapi/index.ts'
import type { ScenarioName } from '../../sandbox/response/scenarios.ts'
import type { REFUSED } from './scenario-list.ts'

/** How a charge ends in a scenario, to its caller. */
export interface ScenarioEnding {
  readonly type: 'success' | Failure['type']
  /** Those of a `PayApiTransportError` that it may have. */
  readonly reasons?: readonly TransportErrorReason[]
  readonly note?: Localized
}

const success: ScenarioEnding = { type: 'success' }

const lost = (...reasons: readonly TransportErrorReason[]): ScenarioEnding => ({
  type: 'PayApiTransportError',
  reasons,
})

const timeout: ScenarioEnding = {
  ...lost('TIMEOUT'),
  note: { en: 'After `PAYAPI_TIMEOUT_MS`, 5 seconds.', ko: '`PAYAPI_TIMEOUT_MS`(5초) 뒤.' },
}

const unreadable = lost('UNREADABLE_RESPONSE')

const freshConnection: ScenarioEnding = {
  ...success,
  note: {
    en: 'The next payment has a fresh connection and does not read it, unless `PAYAPI_KEEP_ALIVE=all`.',
    ko: '`PAYAPI_KEEP_ALIVE=all`이 아니면 다음 거래는 새 연결을 쓰므로 그 응답을 읽지 않음.',
  },
}

/** How a charge ends in each scenario. */
export const SCENARIO_ENDINGS: Readonly<Record<ScenarioName | typeof REFUSED, ScenarioEnding>> = {
  refused: lost('CONNECTION_REFUSED'),
  decline: { type: 'PgFailure' },
  'http-400': { type: 'PayApiHttpClientError' },
  'http-404-html': { type: 'PayApiHttpClientError' },
  'http-408': { type: 'PayApiHttpClientError' },
  'http-500': { type: 'PayApiHttpServerError' },
  'http-500-processed': { type: 'PayApiHttpServerError' },
  'http-502-html': { type: 'PayApiHttpServerError' },
  timeout,
  'timeout-unprocessed': timeout,
  reset: lost('CONNECTION_LOST'),
  'reset-unprocessed': lost('CONNECTION_LOST'),
  close: lost('CONNECTION_LOST'),
  'close-unprocessed': lost('CONNECTION_LOST'),
  truncated: lost('CONNECTION_LOST', 'UNREADABLE_RESPONSE'),
  unreadable,
  empty: unreadable,
  'no-result-code': unreadable,
  'too-large': unreadable,
  drip: timeout,
  slow: success,
  mismatch: lost('MISMATCHED_RESPONSE'),
  redirect: unreadable,
  'redirect-307': unreadable,
  'euc-kr': success,
  'euc-kr-undeclared': success,
  'euc-kr-mislabelled': success,
  cp949: success,
  'cp949-cut': success,
  numbers: success,
  'extra-fields': success,
  'missing-fields': { ...success, note: { en: '`transactionId` is null.', ko: '`transactionId`는 `null`.' } },
  bom: success,
  'odd-json': success,
  'zero-code': unreadable,
  'two-codes': unreadable,
  continue: success,
  gzip: success,
  'answer-too-many': freshConnection,
  'answer-too-many-late': freshConnection,
}

const WORDS: readonly (readonly [keyof Localized, { readonly success: string; readonly or: string }])[] = [
  ['en', { success: 'success', or: 'or' }],
  ['ko', { success: '성공', or: '또는' }],
]

const code = (text: string) => `\`${text}\``

/** The result in words, with its outcome where that is given and no success. */
export function endingText({ type, reasons = [], note }: ScenarioEnding, outcome?: string): Localized {
  const said = WORDS.map(([language, { success, or }]) => {
    const result = type === 'success' ? success : code(type)
    const because = reasons.map(code).join(` ${or} `)
    const moved = type === 'success' || outcome === undefined ? '' : `: ${code(outcome)}`
    return [language, `${[result, because].filter(Boolean).join(' ')}${moved}${note ? `. ${note[language]}` : ''}`]
  })
  return Object.fromEntries(said) as unknown as Localized
}
