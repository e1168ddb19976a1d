import { WEBHOOK_LIFETIME_MS } from '../journal/records/events.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** How long to wait before each attempt, from the one before; the first is made at once. */
export const WAITS_MS: readonly number[] = [0, 1, 4, 16, 64, 256].map((minutes) => minutes * MINUTE_MS)

/** How long to wait from then on. What an endpoint asks for with `Retry-After` is no longer than this. */
export const LONGEST_WAIT_MS = 6 * HOUR_MS

/** The part of a wait by which it may be shorter or longer: or all that failed at once would come again at once. */
const JITTER = 0.1

/** A delivery that failed. Times are milliseconds. */
export interface FailedAttempt {
  /** How many attempts there were, this one among them. */
  readonly attempts: number
  /** From when on it was tried. */
  readonly since: number
  readonly now: number
  /** What the endpoint asked to wait. */
  readonly retryAfterMs: number | undefined
  /** From 0 up to 1. */
  readonly random: number
}

/** When the next attempt is due; undefined where it is given up. */
export function nextAttemptAt({ attempts, since, now, retryAfterMs = 0, random }: FailedAttempt): number | undefined {
  const wait = (WAITS_MS[attempts] ?? LONGEST_WAIT_MS) * (1 - JITTER + 2 * JITTER * random)
  const next = now + Math.round(Math.max(wait, Math.min(retryAfterMs, LONGEST_WAIT_MS)))
  return next - since > WEBHOOK_LIFETIME_MS ? undefined : next
}

/** What `Retry-After` asks for, in seconds or as a date, in milliseconds; undefined where it asks for nothing. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,10}$/.test(text)) return Number(text) * SECOND_MS
  // Of the forms of a date that HTTP has, the one that is still written.
  const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
