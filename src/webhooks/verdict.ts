import { nextAttemptAt, parseRetryAfter } from './schedule.ts'
import type { WebhookAnswer } from './sender.ts'

/** What is to be done after an attempt. */
export type Verdict =
  | { readonly outcome: 'DELIVERED' }
  | { readonly outcome: 'RETRY'; readonly nextAt: number }
  /** `isGone` where the endpoint wants nothing more. */
  | { readonly outcome: 'GIVEN_UP'; readonly isGone: boolean }

interface Attempted {
  readonly answer: WebhookAnswer
  /** How many attempts there were, this one among them. */
  readonly attempts: number
  /** From when on it was tried, milliseconds. */
  readonly since: number
  readonly now: number
  /** From 0 up to 1. */
  readonly random: number
}

const GONE = 410

/** Those that say when to come again. */
const BUSY: readonly number[] = [429, 503]

export function verdictOn({ answer, now, ...attempted }: Attempted): Verdict {
  const status = 'status' in answer ? answer.status : undefined
  if (status !== undefined && status >= 200 && status < 300) return { outcome: 'DELIVERED' }
  if (status === GONE) return { outcome: 'GIVEN_UP', isGone: true }
  // It was our own end that ended the attempt: the next that comes may make it.
  if ('reason' in answer && answer.reason === 'SHUTTING_DOWN') return { outcome: 'RETRY', nextAt: now }
  const retryAfterMs =
    'status' in answer && BUSY.includes(answer.status) ? parseRetryAfter(answer.retryAfter, now) : undefined
  const nextAt = nextAttemptAt({ ...attempted, now, retryAfterMs })
  return nextAt === undefined ? { outcome: 'GIVEN_UP', isGone: false } : { outcome: 'RETRY', nextAt }
}
