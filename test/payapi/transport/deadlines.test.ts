import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { CallResult } from '../../../src/payapi/index.ts'
import { CERTIFICATE, KEY } from '../../support/payapi/certificates.ts'
import { clientFor, settle, watchStarts } from '../../support/payapi/client.ts'
import { startDeafServer } from '../../support/payapi/deaf-server.ts'
import { call, expectLost, KINDS } from '../../support/payapi/faults.ts'
import { answering, httpAnswer, type RawConnection, startRawServer } from '../../support/payapi/raw-server.ts'

// The clock stands still here and is moved by hand, so the documented times are tested as they are.

const realSetTimeout = setTimeout

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})

afterAll(() => {
  vi.useRealTimers()
})

const SUCCESS = '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1"}'

/** Moves the clock and lets everything that follows from it happen. */
async function pass(milliseconds: number): Promise<void> {
  vi.advanceTimersByTime(milliseconds)
  await settle()
}

/** Tells whether a call has ended. */
function watched(ending: Promise<CallResult>) {
  const state = { ended: false, ending }
  ending.then(() => {
    state.ended = true
  })
  return state
}

interface Silence {
  readonly what: string
  /** What is said before the silence. */
  readonly first?: string
  /** What drips in every second. */
  readonly drip?: string
}

const SILENCES: readonly Silence[] = [
  { what: 'says nothing' },
  { what: 'says half of its headers', first: 'HTTP/1.1 200 OK\r\ncontent-ty' },
  { what: 'says half of its body', first: httpAnswer(200, SUCCESS).subarray(0, -9).toString() },
  { what: 'ends no chunks', first: `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n32\r\n${SUCCESS}\r\n` },
  { what: 'drips headers', first: 'HTTP/1.1 200 OK\r\n', drip: 'x-drip: drop\r\n' },
  { what: 'drips its body', first: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', drip: '1\r\n \r\n' },
  { what: 'drips hints that it is at work', drip: 'HTTP/1.1 103 Early Hints\r\n\r\n' },
]

for (const kind of KINDS) {
  describe(`a ${kind} ends after 60 seconds and not before`, () => {
    for (const { what, first, drip } of SILENCES) {
      test(`where PayAPI ${what}`, async () => {
        const server = await startRawServer(() => {})
        const starts = watchStarts(server.url)
        const client = clientFor(server.url)
        const state = watched(call(client, kind))
        const connection = await server.connections.next()
        await connection.request()
        if (first !== undefined) await connection.send(first)
        for (let second = 1; second < 60; second++) {
          await pass(1_000)
          if (drip !== undefined) await connection.send(drip)
        }
        await pass(999)
        expect(state.ended).toBe(false)
        await pass(1)
        expect(state.ended).toBe(true)
        expectLost({ ending: await state.ending, server, starts: starts.all.length }, kind, 'TIMEOUT')
        expect(client.inFlight).toBe(0)
        await connection.closed
      })
    }
  })
}

test('an answer in the last millisecond still counts', async () => {
  const server = await startRawServer(() => {})
  const ending = call(clientFor(server.url), 'charge')
  const connection = await server.connections.next()
  await connection.request()
  await pass(59_999)
  await connection.send(httpAnswer(200, SUCCESS))
  expect(await ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1' })
})

test('an answer that is there already when a busy program comes to look at the time still counts', async () => {
  const server = await startRawServer(() => {})
  const ending = call(clientFor(server.url), 'charge')
  const connection = await server.connections.next()
  await connection.request()
  // As after a pause: timers first, then what has arrived meanwhile.
  await new Promise<void>((resolve) => {
    realSetTimeout(() => {
      void connection.send(httpAnswer(200, SUCCESS))
      vi.advanceTimersByTime(60_000)
      resolve()
    }, 1)
  })
  expect(await ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1' })
})

test('the deadline is the one that is configured', async () => {
  const server = await startRawServer(() => {})
  const state = watched(call(clientFor(server.url, { timeoutMs: 1_500 }), 'charge'))
  await (await server.connections.next()).request()
  await pass(1_499)
  expect(state.ended).toBe(false)
  await pass(1)
  expect(await state.ending).toMatchObject({ reason: 'TIMEOUT', outcome: 'UNKNOWN' })
})

test('each call has its own time, also beside others', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url, { timeoutMs: 1_500 })
  const states: ReturnType<typeof watched>[] = []
  for (const kind of [...KINDS, ...KINDS]) {
    states.push(watched(call(client, kind)))
    await (await server.connections.next()).request()
    await pass(300)
  }
  const ended = () => states.map((state) => state.ended)
  await pass(1_499 - 300 * states.length)
  expect(ended()).toEqual([false, false, false, false])
  for (let nth = 1; nth <= states.length; nth++) {
    await pass(nth === 1 ? 1 : 300)
    expect(ended()).toEqual(states.map((_, index) => index < nth))
  }
})

/** Where nobody takes a connection, and where one is taken and its handshake never answered. */
const HANGS: readonly [what: string, start: () => Promise<string>][] = [
  ['a connection hangs', async () => `https://127.0.0.1:${await startDeafServer()}`],
  ['a TLS handshake hangs', async () => (await startRawServer(() => {})).urlAs('https')],
]

for (const kind of KINDS) {
  for (const [what, start] of HANGS) {
    test(`a ${kind} whose ${what.replace(/^a /, '')} was not sent, after 5 seconds`, async () => {
      const url = await start()
      const starts = watchStarts(url)
      const state = watched(call(clientFor(url), kind))
      await pass(4_900)
      expect(state.ended).toBe(false)
      // undici looks at its connect timers twice a second.
      await pass(1_500)
      expect(await state.ending).toMatchObject({
        type: 'PayApiTransportError',
        reason: 'CONNECT_TIMEOUT',
        outcome: 'NOT_PROCESSED',
        retryable: true,
      })
      expect(starts.all).toEqual([])
    })

    test(`a ${kind} whose whole time is up while ${what} was not sent, just then`, async () => {
      const url = await start()
      const starts = watchStarts(url)
      const client = clientFor(url, { timeoutMs: 300 })
      const state = watched(call(client, kind))
      await pass(299)
      expect(state.ended).toBe(false)
      await pass(1)
      expect(state.ended).toBe(true)
      expect(await state.ending).toMatchObject({
        reason: 'CONNECT_TIMEOUT',
        outcome: 'NOT_PROCESSED',
        retryable: true,
      })
      expect(starts.all).toEqual([])
      expect(client.inFlight).toBe(0)
    })
  }

  test(`a ${kind} that was said not to be sent is not sent when its connection comes up after all`, async () => {
    const held: RawConnection[] = []
    const server = await startRawServer((connection) => held.push(connection), { pauseOnConnect: true })
    const url = server.urlAs('https')
    const starts = watchStarts(url)
    const client = clientFor(url, { ca: CERTIFICATE, timeoutMs: 300 })
    const ending = call(client, kind)
    await server.connections.next()
    await pass(300)
    expect(await ending).toMatchObject({ outcome: 'NOT_PROCESSED', reason: 'CONNECT_TIMEOUT' })

    const received: Buffer[] = []
    const tls = createTlsServer({ key: KEY, cert: CERTIFICATE })
    const over = new Promise((resolve) => {
      tls.on('secureConnection', (late) => {
        late.on('error', () => {})
        late.on('data', (chunk) => received.push(chunk))
        late.on('close', resolve)
      })
      tls.on('tlsClientError', resolve)
    })
    tls.emit('connection', held[0]?.socket)
    await over
    expect(received).toEqual([])
    expect(starts.all).toEqual([])
  })
}

test('a call after one that timed out is answered', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url)
  for (const kind of KINDS) {
    const lost = call(client, kind)
    await (await server.connections.next()).request()
    await pass(60_000)
    expect(await lost).toMatchObject({ reason: 'TIMEOUT' })
    const next = call(client, kind)
    const connection = await server.connections.next()
    await connection.request()
    await connection.send(httpAnswer(200, SUCCESS))
    expect(await next).not.toHaveProperty('outcome')
  }
})

test('a call that has ended keeps no program running until its time would have been over', async () => {
  const server = await startRawServer(answering(() => httpAnswer(200, SUCCESS)))
  const client = clientFor(server.url)
  // What undici keeps a clock of its own for is there from now on.
  expect(await call(client, 'charge')).not.toHaveProperty('outcome')
  const before = vi.getTimerCount()
  const ending = call(client, 'charge')
  expect(vi.getTimerCount()).toBeGreaterThan(before)
  expect(await ending).not.toHaveProperty('outcome')
  expect(vi.getTimerCount()).toBe(before)
})
