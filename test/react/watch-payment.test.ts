import { expect, it, vi } from 'vitest'
import { type StatusListener, type Watch, watchPayment } from '../../src/react/watch-payment.ts'

const unknown = { data: { paymentOperation: { state: 'UNKNOWN' } } }
const succeeded = { data: { paymentOperation: { state: 'SUCCEEDED' } } }
const forbidden = { data: { paymentOperation: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] }
const absent = { data: { paymentOperation: null } }

const NEVER_MS = 2 ** 30

/** Watches with answers in turn, the last of them again and again; an Error is thrown. */
function watch(answers: readonly unknown[], more: Partial<Watch> = {}) {
  const seen: (readonly [unknown, boolean])[] = []
  const ask = vi.fn(async () => {
    const answer = answers[Math.min(ask.mock.calls.length, answers.length) - 1]
    if (answer instanceof Error) throw answer
    return answer
  })
  const end = watchPayment({
    ask,
    onResult: (result, isLast) => seen.push([result, isLast]),
    askAfterMs: 1,
    ...more,
  })
  return { ask, seen, end, last: () => vi.waitFor(() => expect(seen.at(-1)?.[1]).toBe(true), { timeout: 60_000 }) }
}

/** A subscription that a test speaks for. */
function subscription() {
  const listeners: StatusListener[] = []
  const unsubscribe = vi.fn()
  const subscribe = (listener: StatusListener) => {
    listeners.push(listener)
    return unsubscribe
  }
  return { subscribe, unsubscribe, tell: () => listeners[0] as StatusListener }
}

it('without a subscription it is asked for until it is known, and no more', async () => {
  const { ask, seen, last } = watch([unknown, unknown, succeeded])
  await last()
  expect(seen).toEqual([
    [unknown, false],
    [unknown, false],
    [succeeded, true],
  ])
  expect(ask).toHaveBeenCalledTimes(3)
})

it('an error of the asking is no status, and it is asked for again', async () => {
  const { seen, last } = watch([new TypeError('Failed to fetch'), forbidden, undefined, absent, succeeded])
  await last()
  expect(seen).toEqual([
    [absent, false],
    [succeeded, true],
  ])
})

it('what throws at once is asked for again as well', async () => {
  let calls = 0
  const { last } = watch([], {
    ask: () => {
      calls += 1
      if (calls === 1) throw new Error('not ready')
      return Promise.resolve(succeeded)
    },
  })
  await last()
  expect(calls).toBe(2)
})

it('a subscription that tells the end is ended, and nothing is asked for', () => {
  const { subscribe, unsubscribe, tell } = subscription()
  const { ask, seen } = watch([], { subscribe, askAfterMs: NEVER_MS })
  tell().next(unknown)
  tell().next(succeeded)
  tell().next(unknown)
  expect(seen).toEqual([
    [unknown, false],
    [succeeded, true],
  ])
  expect(unsubscribe).toHaveBeenCalled()
  expect(ask).not.toHaveBeenCalled()
})

it('a subscription that tells the end at once is ended too', () => {
  const unsubscribe = vi.fn()
  const { seen } = watch([], {
    askAfterMs: NEVER_MS,
    subscribe(listener) {
      listener.next(succeeded)
      return unsubscribe
    },
  })
  expect(seen).toEqual([[succeeded, true]])
  expect(unsubscribe).toHaveBeenCalled()
})

it.each(['error', 'complete'] as const)('a subscription that breaks off (%s) is replaced by asking', async (how) => {
  const { subscribe, tell } = subscription()
  const { ask, last, seen } = watch([unknown, succeeded], { subscribe, patienceMs: NEVER_MS })
  tell().next(unknown)
  expect(ask).not.toHaveBeenCalled()
  tell()[how]()
  await last()
  expect(seen).toHaveLength(3)
})

it('a subscription that cannot be made is replaced by asking', async () => {
  const subscribe = () => {
    throw new Error('no EventSource here')
  }
  await watch([succeeded], { subscribe }).last()
})

it('a subscription that tells nothing, or falls silent, is asked beside', async () => {
  await watch([unknown, succeeded], { subscribe: subscription().subscribe, patienceMs: 1 }).last()
  const silent = subscription()
  const { last } = watch([succeeded], { subscribe: silent.subscribe, askAfterMs: NEVER_MS, patienceMs: 1 })
  silent.tell().next(unknown)
  await last()
})

it('once it is ended nothing comes of an answer that is under way, and it is told to stop', async () => {
  let answer = (_: unknown) => {}
  const signals: AbortSignal[] = []
  const { seen, end } = watch([], {
    ask: (signal) => {
      signals.push(signal)
      return new Promise((resolve) => {
        answer = resolve
      })
    },
  })
  end()
  answer(succeeded)
  await new Promise(setImmediate)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  expect(seen).toEqual([])
})
