import { expect, test } from 'vitest'
import { createRateLimit } from '../../../src/server/security/rate-limit.ts'

/** A rate limit with a clock that is set by hand, in milliseconds. */
function limited(perMinute: number) {
  let time = 1_000
  const { take, allows } = createRateLimit(perMinute, () => time)
  const waitOf = (sender: string) => {
    try {
      take(sender)
      return 0
    } catch (error) {
      return Number(
        (error as { extensions: { http: { headers: { 'retry-after': string } } } }).extensions.http.headers[
          'retry-after'
        ],
      )
    }
  }
  const wait = (ms: number) => {
    time += ms
  }
  return { waitOf, allows, wait }
}

test('a minute begins with a sender’s first request, and who has to wait is told how long, in seconds', () => {
  const { waitOf, wait } = limited(2)
  expect(waitOf('alice')).toBe(0)
  wait(45_500)
  expect(waitOf('alice')).toBe(0)
  expect(waitOf('alice')).toBe(15)
  wait(14_499)
  expect(waitOf('alice')).toBe(1)
  wait(1)
  expect([waitOf('alice'), waitOf('alice'), waitOf('alice')]).toEqual([0, 0, 60])
})

test('who is only to be told whether they may is counted all the same', () => {
  const { waitOf, allows, wait } = limited(2)
  expect([allows('alice'), waitOf('alice'), allows('alice'), waitOf('alice')]).toEqual([true, 0, false, 60])
  wait(60_000)
  expect(allows('alice')).toBe(true)
})

test('to ask while one has to wait does not make it longer', () => {
  const { waitOf, wait } = limited(1)
  waitOf('alice')
  for (let n = 0; n < 59; n++) {
    wait(1_000)
    expect(waitOf('alice')).toBe(59 - n)
  }
  wait(1_000)
  expect(waitOf('alice')).toBe(0)
})

test('a crowd of senders does not fill the memory, and does not stop counting', () => {
  const { waitOf } = limited(1)
  for (let n = 0; n < 100_000; n++) waitOf(`2001:db8:${n.toString(16)}::/64`)
  expect(waitOf('alice')).toBe(0)
  expect(waitOf('alice')).toBe(60)
})
