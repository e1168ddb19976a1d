import { LRUCache } from 'lru-cache'
import type { CallResult } from '../../payapi/index.ts'

/** Successful lookups of what hardly changes, kept from one request to the next. */
export interface PrefixCache {
  /** The success of a lookup that is still cached. The key is service, merchant and input in one. */
  get(key: string): CallResult | undefined
  set(key: string, success: CallResult): void
}

/** How much is cached, and for how long. */
interface PrefixCacheOptions {
  /** How many successes, at least 1; the one that was not asked for the longest goes first. */
  readonly size: number
  /** Milliseconds, at least 1. */
  readonly ttlMs: number
  /** Gives a time in milliseconds that never goes back; the process's own by default. */
  readonly now?: () => number
}

export function createPrefixCache({ size, ttlMs, now }: PrefixCacheOptions): PrefixCache {
  return new LRUCache<string, CallResult>({
    max: size,
    ttl: ttlMs,
    // Asked for or not, an entry ends when its time is over: a card name of last year helps nobody.
    updateAgeOnGet: false,
    ...(now === undefined ? {} : { perf: { now }, ttlResolution: 0 }),
  })
}
