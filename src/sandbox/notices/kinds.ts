import type { NoticeKind } from '../state/types.ts'

/** How the PG treats one kind of notice. */
interface NoticeRules {
  /** How long after each try the next one follows, milliseconds. */
  readonly retryAfterMs: readonly number[]
  /** Whether a body of HTTP 200 ends it. */
  readonly accepts: (body: string) => boolean
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const times = (count: number, ms: number): readonly number[] => Array.from({ length: count }, () => ms)

/** The two bytes and nothing beside them: HTML, a space or a line feed make it a failure (mobile02 §2.5.4). */
const isOk = (body: string): boolean => body === 'OK'

/** `cd_rslt` 0000, as a form or as JSON, or `OK`: the manual does not say how it is written. */
function isEscrowOk(body: string): boolean {
  if (isOk(body)) return true
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && 'cd_rslt' in parsed && parsed.cd_rslt === '0000'
  } catch {
    return new URLSearchParams(body).get('cd_rslt') === '0000'
  }
}

/** The rules of each kind. What the manual leaves open is as in the lineage. */
export const NOTICE_RULES: Readonly<Record<NoticeKind, NoticeRules>> = {
  result: { retryAfterMs: times(144, 10 * MINUTE_MS), accepts: isOk },
  deposit: { retryAfterMs: [...times(4, 10 * MINUTE_MS), ...times(6, HOUR_MS)], accepts: isOk },
  escrow: { retryAfterMs: times(10, 10 * MINUTE_MS), accepts: isEscrowOk },
  // A message must come back; which one is not said.
  transaction: { retryAfterMs: times(20, 10 * MINUTE_MS), accepts: (body) => body !== '' },
}
