import { GraphQLError } from 'graphql'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Counts requests. */
export interface RateLimit {
  /** Counts one request. Takes whose it is; rejects with an error for the caller where they had too many. */
  take(sender: string): Promise<void>
}

/** Takes how many requests a sender may send in a minute, at least 1; returns what counts them, in this process. */
export function createRateLimit(perMinute: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return {
    take: (sender) => limiter.consume(sender).then(nothing, refuse),
  }
}

const nothing = () => {}

function refuse(refusal: unknown): never {
  throw refusal instanceof RateLimiterRes ? tooMany(refusal.msBeforeNext) : refusal
}

/** Nothing was read of the request, so it is safe to tell when to send it again. */
function tooMany(waitMs: number): GraphQLError {
  const http = { status: 429, headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } }
  return new GraphQLError('Too many requests. Nothing was sent.', { extensions: { code: 'RATE_LIMITED', http } })
}
