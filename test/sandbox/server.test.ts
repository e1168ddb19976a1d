import { describe, expect, it } from 'vitest'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { faultSource } from '../../src/sandbox/response/random-faults.ts'
import { startSandbox } from '../../src/sandbox/server.ts'
import { EXAMPLES, NOW, post, postExample, postRaw, sandboxForTests } from '../support/sandbox/forms.ts'

const PAY = '/noauth/pay/card'

describe('starting and stopping', () => {
  it('takes a free port, answers on it, and can be closed twice', async () => {
    const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, clock: () => NOW })
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await postExample(sandbox, PAY)).status).toBe(200)
    await sandbox.close()
    await sandbox.close()
    await expect(fetch(sandbox.url)).rejects.toThrow()
  })

  it.each(['slow', 'drip', 'timeout'])('ends %s with the sandbox, unanswered until then', async (name) => {
    const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, clock: () => NOW, slowMs: 3_600_000 })
    const headers = { 'x-sandbox-scenario': name }
    const pending = postRaw(sandbox, PAY, { ...EXAMPLES[PAY] }, headers)
    await expect.poll(() => sandbox.books.charges.length).toBe(1)
    expect((await fetch(`${sandbox.url}/sandbox/books`)).status).toBe(200)
    await sandbox.close()
    const { ending, bytes } = await pending
    expect(['fin', 'reset']).toContain(ending)
    expect(bytes.toString()).not.toContain('ResultCode')
  })

  it('a start on a port that is taken is rejected', async () => {
    const sandbox = await sandboxForTests()
    const port = Number(new URL(sandbox.url).port)
    await expect(startSandbox({ merchants: DEMO_MERCHANTS, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('goes by the real clock unless told otherwise', async () => {
    const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS })
    const korea = new Date(Date.now() + 9 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14)
    const { status } = await post(sandbox, '/search/card/prefix', { cardNumber: '949094', timestamp: korea })
    await sandbox.close()
    expect(status).toBe(200)
  })

  it.each([
    [[], 'at least one'],
    [[DEMO_MERCHANTS[0], DEMO_MERCHANTS[0]], 'distinct'],
    [[{ ...DEMO_MERCHANTS[0], apiKey: 'short' }], 'merchant 1: apiKey must be 32 characters'],
    [[{ ...DEMO_MERCHANTS[0], apiIv: 'short' }], 'merchant 1: apiIv must be 16 characters'],
    [[{ ...DEMO_MERCHANTS[0], mid: 'elevenchars' }], 'merchant 1: mid'],
  ])('refuses merchants that make no sense (%#)', async (merchants, message) => {
    await expect(startSandbox({ merchants })).rejects.toThrow(message)
  })

  it('random faults whose rate or seed makes no sense are refused at the start', async () => {
    const start = (rate: number, seed: number) => startSandbox({ merchants: DEMO_MERCHANTS, faults: { rate, seed } })
    await expect(start(1.1, 1)).rejects.toThrow(RangeError)
    await expect(start(Number.NaN, 1)).rejects.toThrow(RangeError)
    await expect(start(0.5, 0.5)).rejects.toThrow(RangeError)
  })
})

describe('random faults', () => {
  const draw = (rate: number, seed: number, count: number) => {
    const next = faultSource({ rate, seed })
    return Array.from({ length: count }, () => next()?.name)
  }

  it('the same seed gives the same random faults', () => {
    expect(draw(0.5, 7, 100)).toEqual(draw(0.5, 7, 100))
    expect(draw(0.5, 7, 100)).not.toEqual(draw(0.5, 8, 100))
  })

  it('random faults come in the stated share, of every kind that loses or breaks an answer', () => {
    const drawn = draw(0.25, 1, 20_000).filter((name) => name !== undefined)
    expect(drawn.length / 20_000).toBeCloseTo(0.25, 1)
    const kinds = new Set(drawn)
    for (const name of ['reset', 'reset-unprocessed', 'timeout', 'truncated', 'http-500', 'answer-too-many'] as const) {
      expect(kinds).toContain(name)
    }
    for (const name of ['decline', 'http-400', 'slow', 'numbers'] as const) expect(kinds).not.toContain(name)
    expect(draw(0, 1, 100).every((name) => name === undefined)).toBe(true)
    expect(draw(1, 1, 100).every((name) => name !== undefined)).toBe(true)
  })

  it('random faults meet only requests that name no scenario', async () => {
    const seed = Array.from({ length: 1000 }, (_, each) => each).find((each) => draw(1, each, 1)[0] === 'http-500')
    const sandbox = await sandboxForTests({ faults: { rate: 1, seed: seed ?? -1 } })
    expect((await postExample(sandbox, PAY)).status).toBe(500)
    const { body } = await postExample(sandbox, PAY, {}, { 'x-sandbox-scenario': 'decline' })
    expect(body['ResultCode']).toBe('1001')
    expect((await postExample(sandbox, PAY, { price: 'x' })).status).toBe(400)
  })
})
