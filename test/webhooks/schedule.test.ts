import { describe, expect, it } from 'vitest'
import { nextAttemptAt, parseRetryAfter } from '../../src/webhooks/schedule.ts'
import { verdictOn } from '../../src/webhooks/verdict.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = Date.parse('2026-11-26T13:00:00Z')

const next = (more: Partial<Parameters<typeof nextAttemptAt>[0]>) =>
  nextAttemptAt({ attempts: 1, since: NOW, now: NOW, retryAfterMs: undefined, random: 0.5, ...more })

describe('attempts that fail', () => {
  it('come again after 1, 4, 16, 64 and 256 minutes, then every 6 hours, and are given up after 3 days', () => {
    const waits: number[] = []
    let now = NOW
    for (let attempts = 1; ; attempts++) {
      const at = next({ attempts, now })
      if (at === undefined) break
      waits.push((at - now) / MINUTE)
      now = at
    }
    expect(waits.slice(0, 5)).toEqual([1, 4, 16, 64, 256])
    expect(new Set(waits.slice(5))).toEqual(new Set([360]))
    expect(now - NOW).toBeLessThanOrEqual(72 * HOUR)
    expect(now - NOW).toBeGreaterThan(66 * HOUR)
  })

  it('come a tenth earlier or later, so that not all come at once', () => {
    expect(next({ attempts: 2, random: 0 })).toBe(NOW + 3.6 * MINUTE)
    expect(next({ attempts: 2, random: 1 })).toBe(NOW + 4.4 * MINUTE)
  })

  it('come when the endpoint asks for it, never earlier than planned and never more than 6 hours later', () => {
    expect(next({ retryAfterMs: 10 * MINUTE })).toBe(NOW + 10 * MINUTE)
    expect(next({ retryAfterMs: 1_000 })).toBe(NOW + MINUTE)
    expect(next({ retryAfterMs: 1_000 * HOUR })).toBe(NOW + 6 * HOUR)
  })
})

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Thu, 26 Nov 2026 13:05:00 GMT', 5 * MINUTE],
    ['Thu, 26 Nov 2026 12:00:00 GMT', 0],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['2026', 2_026_000],
    ['99999999999', undefined],
    ['Thu, 99 Nov 2026 12:00:00 GMT', undefined],
  ])('%j asks for %j ms', (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected)
  })
})

describe('an answer', () => {
  const verdict = (answer: Parameters<typeof verdictOn>[0]['answer'], more: { since?: number } = {}) =>
    verdictOn({ answer, attempts: 1, since: NOW, now: NOW, random: 0.5, ...more })
  const status = (code: number, retryAfter?: string) => verdict({ status: code, retryAfter })
  const later = { outcome: 'RETRY', nextAt: NOW + MINUTE }

  it.each([200, 201, 202, 204, 299])('%i delivers', (code) => {
    expect(status(code)).toEqual({ outcome: 'DELIVERED' })
  })

  it.each([301, 302, 307, 400, 401, 404, 408, 422, 429, 500, 502, 503, 504, 600])('%i is tried again', (code) => {
    expect(status(code)).toEqual(later)
  })

  it('410 ends the endpoint', () => {
    expect(status(410)).toEqual({ outcome: 'GIVEN_UP', isGone: true })
  })

  it('Retry-After is heard with 429 and 503 alone', () => {
    const asked = { outcome: 'RETRY', nextAt: NOW + 10 * MINUTE }
    expect([status(429, '600'), status(503, '600')]).toEqual([asked, asked])
    expect([status(500, '600'), status(302, '600')]).toEqual([later, later])
  })

  it('that never came is tried again, and given up at the end', () => {
    expect(verdict({ reason: 'TIMEOUT' })).toEqual(later)
    expect(verdict({ reason: 'TIMEOUT' }, { since: NOW - 72 * HOUR })).toEqual({ outcome: 'GIVEN_UP', isGone: false })
  })

  it('that our own end cut off is tried again at once', () => {
    expect(verdict({ reason: 'SHUTTING_DOWN' })).toEqual({ outcome: 'RETRY', nextAt: NOW })
  })
})
