import type { GraphQLError } from 'graphql'
import { LRUCache } from 'lru-cache'
import { SafeError } from '../../auth/errors.ts'

export interface RateLimit {
  /** Counts one request of a sender. Throws an error for the caller where they had too many. */
  take(sender: string): void
  /** The same; whether they had no more than they may have. */
  allows(sender: string): boolean
}

const WINDOW_MS = 60_000

/** So many senders are counted at a time; beyond that, who was not heard of for longest begins anew. */
const MAX_SENDERS = 20_000

/**
 * Counts, in this process, how many requests a sender sends in a minute; at least 1 is let through. The clock gives
 * milliseconds and is never set back.
 */
export function createRateLimit(perMinute: number, now: () => number = () => performance.now()): RateLimit {
  // Made with the first request: it takes the memory for all of its senders at once, and many a limit meets none.
  let windows: LRUCache<string, { requests: number; readonly until: number }> | undefined
  /** Counts one; how long the sender has to wait where it is too many. */
  const count = (sender: string): number | undefined => {
    windows ??= new LRUCache({ max: MAX_SENDERS })
    const time = now()
    let window = windows.get(sender)
    if (window === undefined || window.until <= time) {
      window = { requests: 0, until: time + WINDOW_MS }
      windows.set(sender, window)
    }
    window.requests++
    return window.requests > perMinute ? window.until - time : undefined
  }
  return {
    take(sender) {
      const waitMs = count(sender)
      if (waitMs !== undefined) throw tooMany(waitMs)
    },
    allows: (sender) => count(sender) === undefined,
  }
}

/** Nothing was read of the request, so it is safe to tell when to send it again. */
function tooMany(waitMs: number): GraphQLError {
  const http = { status: 429, headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } }
  return new SafeError('Too many requests. Nothing was sent.', { extensions: { code: 'RATE_LIMITED', http } })
}
