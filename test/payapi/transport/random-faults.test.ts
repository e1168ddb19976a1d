import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isFailure, type PayApiClient } from '../../../src/payapi/index.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { clientFor, formFields, settle } from '../../support/payapi/client.ts'
import { Inbox } from '../../support/payapi/inbox.ts'
import { Random } from '../../support/payapi/random.ts'
import { httpAnswer, type RawConnection, startRawServer } from '../../support/payapi/raw-server.ts'

// Two thousand charges against a server that keeps books and misbehaves in every way that it knows, in turn of a fixed
// sequence. What the client says of a charge is held against the books.

const WAVES = 100
const CHARGES_PER_WAVE = 20

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})

afterAll(() => {
  vi.useRealTimers()
})

const REFUSAL = JSON.stringify({ ResultCode: '2001', ResultMsg: '한도 초과' })

/** What one connection is in for: it may read, it may book, and it does something else in between. */
type Misbehave = (connection: RawConnection, ledger: Payments, random: Random) => unknown

/** The books: which orders were processed, and under which transaction id. */
class Payments {
  readonly booked = new Map<string, string>()

  /** Reads a request without booking it. */
  async read(connection: RawConnection): Promise<string> {
    return Object.fromEntries(formFields((await connection.request()).body))['oid'] ?? ''
  }

  /** Reads a request, books its charge and returns the answer that would say so. */
  async book(connection: RawConnection): Promise<string> {
    const orderId = await this.read(connection)
    this.booked.set(orderId, `TID-OF-${orderId}`)
    return JSON.stringify({ ResultCode: '00', ResultMsg: '정상', tid: `TID-OF-${orderId}`, Price: '1004' })
  }
}

/** Cuts bytes off somewhere. */
const cut = (bytes: Buffer, random: Random) => bytes.subarray(0, random.below(bytes.length))

const WAYS: readonly [Misbehave, ...Misbehave[]] = [
  async (connection, ledger) => connection.send(httpAnswer(200, await ledger.book(connection))),
  async (connection, ledger) => {
    await ledger.read(connection)
    await connection.send(httpAnswer(200, REFUSAL))
  },
  (connection) => connection.reset(),
  (connection) => connection.fin(),
  async (connection, ledger) => {
    await ledger.read(connection)
    connection.reset()
  },
  async (connection, ledger) => {
    await ledger.book(connection)
    connection.reset()
  },
  async (connection, ledger) => {
    await ledger.book(connection)
    connection.fin()
  },
  // An answer that stops somewhere, in three ways.
  async (connection, ledger, random) => {
    await connection.send(cut(httpAnswer(200, await ledger.book(connection)), random))
    if (random.below(2) === 0) connection.fin()
    else connection.reset()
  },
  async (connection, ledger, random) => {
    const body = cut(Buffer.from(await ledger.book(connection)), random)
    await connection.send(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${body}`)
    connection.fin()
  },
  async (connection, ledger, random) => {
    await connection.send(cut(httpAnswer(200, await ledger.book(connection)), random))
  },
  // Silence, after booking and without.
  (connection, ledger) => ledger.book(connection),
  (connection, ledger) => ledger.read(connection),
  async (connection, ledger, random) => {
    await ledger.book(connection)
    await connection.send(httpAnswer(random.pick([500, 502, 503, 504]), random.pick(['', '<html>', REFUSAL])))
  },
  async (connection, ledger, random) => {
    await ledger.read(connection)
    await connection.send(httpAnswer(random.pick([400, 401, 404, 429]), random.pick(['', '<html>', REFUSAL])))
  },
  async (connection, ledger) => {
    await connection.send(httpAnswer(408))
    await ledger.book(connection)
  },
  async (connection, ledger, random) => {
    await ledger.book(connection)
    await connection.send(httpAnswer(random.pick([200, 201, 302]), random.pick(['', '<html>', '[]', '{"tid":"X"}'])))
  },
  async (connection, ledger, random) => {
    await ledger.book(connection)
    await connection.send(Buffer.from(Array.from({ length: 1 + random.below(200) }, () => random.below(256))))
    connection.fin()
  },
  // The right answer with another one behind it.
  async (connection, ledger) => {
    const answer = httpAnswer(200, await ledger.book(connection))
    await connection.send(Buffer.concat([answer, httpAnswer(200, REFUSAL), httpAnswer(408)]))
  },
  // The refusal of another merchant's charge.
  async (connection, ledger) => {
    await ledger.book(connection)
    await connection.send(httpAnswer(200, JSON.stringify({ ResultCode: '2001', Mid: 'welcometwo' })))
  },
  // The right answer in small pieces, and compressed.
  async (connection, ledger, random) => {
    let rest = httpAnswer(200, await ledger.book(connection))
    while (rest.length > 0) {
      const length = 1 + random.below(40)
      await connection.send(rest.subarray(0, length))
      rest = rest.subarray(length)
    }
  },
  async (connection, ledger) => {
    const body = gzipSync(await ledger.book(connection))
    await connection.send(httpAnswer(200, body, { 'content-encoding': 'gzip' }))
  },
]

const charge = (client: PayApiClient, orderId: string) =>
  client.chargeCardBillingKey({ ...FIXTURES.chargeCardBillingKey.minimal.input, orderId })

test('nothing that is in the books is said not to be processed, and nothing succeeds that is not in them', async () => {
  const random = new Random(20190906)
  const ledger = new Payments()
  const served = new Inbox<'served'>()
  const server = await startRawServer(async (connection) => {
    await random.pick(WAYS)(connection, ledger, random)
    served.put('served')
  })
  const client = clientFor(server.url)
  const counts = { success: 0, notProcessed: 0, unknown: 0 }

  for (let wave = 0; wave < WAVES; wave++) {
    const orderIds = Array.from({ length: CHARGES_PER_WAVE }, (_, place) => `ORDER-${wave}-${place}`)
    const charges = orderIds.map((orderId) => charge(client, orderId))
    for (const _ of charges) await served.next()
    await settle(5)
    // What has no answer by now will have none: its minute passes.
    vi.advanceTimersByTime(60_000)
    for (const [place, ending] of (await Promise.all(charges)).entries()) {
      const booked = ledger.booked.get(orderIds[place] ?? '')
      if (!isFailure(ending)) {
        counts.success++
        expect(ending).toMatchObject({ type: 'CardPayment', orderId: orderIds[place], transactionId: booked })
        expect(booked).toBeDefined()
      } else if (ending.outcome === 'NOT_PROCESSED') {
        counts.notProcessed++
        expect({ booked, ending }).toEqual({ booked: undefined, ending })
      } else {
        counts.unknown++
      }
    }
  }

  expect(counts.success + counts.notProcessed + counts.unknown).toBe(WAVES * CHARGES_PER_WAVE)
  expect(server.connections.all).toHaveLength(WAVES * CHARGES_PER_WAVE)
  expect(server.requests.all.length).toBeLessThanOrEqual(WAVES * CHARGES_PER_WAVE)
  expect(client.inFlight).toBe(0)
  // Of each kind there must be enough for all this to mean something.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(100)
})
