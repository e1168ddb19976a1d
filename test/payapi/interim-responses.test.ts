import { describe, expect, test } from 'vitest'
import { CERTIFICATE, KEY } from '../support/payapi/certificates.ts'
import { clientFor, settle } from '../support/payapi/client.ts'
import { call, expectLost, KINDS, meet } from '../support/payapi/faults.ts'
import { answering, httpAnswer, type RawConnection, startRawServer } from '../support/payapi/raw-server.ts'

// Interim responses (1xx) that nobody asked for. RFC 9110, section 15.2: a client passes over them.

const SUCCESS = httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1"}')
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'
const PROCESSING = 'HTTP/1.1 102 Processing\r\n\r\n'
const HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n'

const PASSED_OVER: readonly [what: string, interim: string][] = [
  ['a 100', CONTINUE],
  ['a 100 with headers', 'HTTP/1.1 100 Continue\r\nserver: Apache\r\ndate: Thu, 26 Nov 2026 01:00:00 GMT\r\n\r\n'],
  ['a 100 without words', 'HTTP/1.1 100 \r\n\r\n'],
  ['a 100 without words and the space before them', 'HTTP/1.1 100\r\n\r\n'],
  ['a 100 in HTTP/1.0', 'HTTP/1.0 100 Continue\r\n\r\n'],
  ['three 100s', CONTINUE.repeat(3)],
  ['a 100 behind a 102 and a 103', PROCESSING + HINTS + CONTINUE],
  ['a 102 and a 103 behind a 100', CONTINUE + PROCESSING + HINTS],
  ['a 1xx that nobody has defined', 'HTTP/1.1 199 Whatever\r\n\r\n'],
  ['a 100 with headers of 15 KiB', `HTTP/1.1 100 Continue\r\nx-long: ${'x'.repeat(15 * 1024)}\r\n\r\n`],
]

const KIND_TYPES = { charge: 'CardPayment', lookup: 'CardPrefix' } as const

for (const kind of KINDS) {
  describe(`a ${kind}`, () => {
    for (const [what, interim] of PASSED_OVER) {
      test(`reads the answer behind ${what}`, async () => {
        const bytes = Buffer.concat([Buffer.from(interim), SUCCESS])
        const { ending, server } = await meet({ what, serve: answering(() => bytes) }, kind)
        expect(ending).toMatchObject({ type: KIND_TYPES[kind] })
        expect(server.requests.all).toHaveLength(1)
      })
    }

    test('reads the answer behind a 100 over TLS', async () => {
      const serve = answering(() => Buffer.concat([Buffer.from(CONTINUE), SUCCESS]))
      const { ending } = await meet({ what: 'TLS', serve, tls: { key: KEY, cert: CERTIFICATE } }, kind)
      expect(ending).toMatchObject({ type: KIND_TYPES[kind] })
    })

    test('reads the answer behind a 100 that came before the request', async () => {
      const serve = async (connection: RawConnection) => {
        await connection.send(CONTINUE)
        await connection.request()
        await connection.send(SUCCESS)
      }
      expect((await meet({ what: 'early', serve }, kind)).ending).toMatchObject({ type: KIND_TYPES[kind] })
    })

    for (const [over, tls] of [
      ['a plain connection', undefined],
      ['TLS', { key: KEY, cert: CERTIFICATE }],
    ] as const) {
      test(`reads what comes byte by byte over ${over}`, async () => {
        const serve = async (connection: RawConnection) => {
          await connection.request()
          for (const byte of Buffer.concat([Buffer.from(HINTS + CONTINUE), SUCCESS])) {
            await connection.send(Buffer.of(byte))
            await settle(2)
          }
        }
        const { ending } = await meet({ what: 'bytes', serve, ...(tls && { tls }) }, kind)
        expect(ending).toMatchObject({ type: KIND_TYPES[kind] })
      })
    }

    test('reads a success that ends with the connection behind a 100', async () => {
      const serve = async (connection: RawConnection) => {
        await connection.request()
        await connection.send(`${CONTINUE}HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"ResultCode":"00"}`)
        connection.fin()
      }
      expect((await meet({ what: 'close', serve }, kind)).ending).toMatchObject({ type: KIND_TYPES[kind] })
    })

    test('reads a refusal behind a 100', async () => {
      const serve = answering(() => Buffer.concat([Buffer.from(CONTINUE), httpAnswer(400, '{"ResultCode":"9001"}')]))
      const { ending } = await meet({ what: '400', serve }, kind)
      expect(ending).toMatchObject({ type: 'PayApiHttpClientError', resultCode: '9001', outcome: 'NOT_PROCESSED' })
    })
  })
}

test('of one kept connection, each answer is read behind interim responses of its own', async () => {
  const interims = [CONTINUE, '', HINTS + CONTINUE, CONTINUE.repeat(2), '']
  let answered = 0
  const server = await startRawServer(
    answering(() => Buffer.concat([Buffer.from(interims[answered++] ?? ''), SUCCESS])),
  )
  const client = clientFor(server.url)
  for (const _ of interims) {
    expect(await call(client, 'lookup')).toMatchObject({ type: 'CardPrefix' })
    await settle()
  }
  expect(server.connections.all).toHaveLength(1)
})

test('what looks like an interim response within an answer is part of it', async () => {
  const body = JSON.stringify({ ResultCode: '00', tid: CONTINUE })
  const [head, rest] = [httpAnswer(200, body).subarray(0, -body.length), body]
  const serve = async (connection: RawConnection) => {
    await connection.request()
    await connection.send(head)
    await settle()
    for (const part of rest.split(/(?=HTTP)/)) {
      await connection.send(part)
      await settle()
    }
  }
  const { ending } = await meet({ what: 'inside', serve }, 'charge')
  expect(ending).toMatchObject({ type: 'CardPayment', transactionId: CONTINUE.trim() })
})

const LOST: readonly [what: string, bytes: string, end: 'fin' | 'reset' | 'stay'][] = [
  ['a 100 and nothing behind it, then a FIN', CONTINUE, 'fin'],
  ['a 100 and nothing behind it, then an RST', CONTINUE, 'reset'],
  ['half a 100, then a FIN', 'HTTP/1.1 100 Cont', 'fin'],
  ['half the start of a 100, then a FIN', 'HTTP/1.1 1', 'fin'],
  ['a 100 whose lines end with LF alone', `HTTP/1.1 100 Continue\n\n${SUCCESS}`, 'stay'],
  ['a 100 with headers of 17 KiB', `HTTP/1.1 100 Continue\r\nx: ${'x'.repeat(17 * 1024)}\r\n\r\n${SUCCESS}`, 'stay'],
  ['100s of more than 16 KiB together', `${CONTINUE.repeat(700)}${SUCCESS}`, 'stay'],
  ['a 100 with a body', `HTTP/1.1 100 Continue\r\ncontent-length: 2\r\n\r\n{}${SUCCESS}`, 'stay'],
  ['a 101 behind a 100', `${CONTINUE}HTTP/1.1 101 Switching\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n`, 'stay'],
  ['a 100 in HTTP/2.0', `HTTP/2.0 100 Continue\r\n\r\n${SUCCESS}`, 'stay'],
  ['two digits where three belong', `HTTP/1.1 10 Continue\r\n\r\n${SUCCESS}`, 'stay'],
]

for (const [what, bytes, end] of LOST) {
  test(`a charge may have been processed where it meets ${what}`, async () => {
    const serve = async (connection: RawConnection) => {
      await connection.request()
      await connection.send(bytes)
      if (end !== 'stay') connection[end]()
    }
    const { ending } = await meet({ what, serve }, 'charge')
    expect(ending).toMatchObject({ type: 'PayApiTransportError', outcome: 'UNKNOWN', retryable: false })
  })
}

test('a charge that meets a 100 and then silence ends at its deadline, and may have been processed', async () => {
  const serve = async (connection: RawConnection) => {
    await connection.request()
    await connection.send(CONTINUE)
  }
  expectLost(await meet({ what: 'silence', serve, options: { timeoutMs: 300 } }, 'charge'), 'charge', 'TIMEOUT')
})
