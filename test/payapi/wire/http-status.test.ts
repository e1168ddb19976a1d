import { describe, expect, test } from 'vitest'
import { clientFor } from '../../support/payapi/client.ts'
import { call, expectLost, KINDS, meet } from '../../support/payapi/faults.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'

// Refusals by HTTP status, with and without PayAPI's own words.

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const PAGE = '<html><body><h1>Bad Gateway</h1></body></html>'
const WORDS = '{"ResultCode":"1002","ResultMsg":"서명이 올바르지 않습니다"}'

interface Row {
  readonly status: number
  readonly what: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly type: 'PayApiHttpClientError' | 'PayApiHttpServerError'
  /** The outcome of a charge; a lookup has always changed nothing. */
  readonly outcome: 'NOT_PROCESSED' | 'UNKNOWN'
}

const client = (status: number, what: string, body: string, headers = {}): Row => {
  return { status, what, body, headers, type: 'PayApiHttpClientError', outcome: 'NOT_PROCESSED' }
}

const server = (status: number, what: string, body: string, headers = {}): Row => {
  return { status, what, body, headers, type: 'PayApiHttpServerError', outcome: 'UNKNOWN' }
}

const ROWS: readonly Row[] = [
  client(400, 'with JSON', WORDS),
  client(400, 'with nothing', ''),
  client(401, 'with a page', PAGE, HTML),
  client(404, 'with JSON', WORDS),
  client(404, 'with a page', PAGE, HTML),
  client(429, 'with a time to come back', '', { 'retry-after': '1' }),
  client(499, 'with bad JSON', '{"ResultCode":'),
  { ...client(408, 'with JSON', WORDS), outcome: 'UNKNOWN' },
  { ...client(408, 'with nothing', ''), outcome: 'UNKNOWN' },
  { ...client(400, 'that carries the success code', '{"ResultCode":"00"}'), outcome: 'UNKNOWN' },
  server(500, 'with JSON', WORDS),
  server(500, 'with nothing', ''),
  server(502, 'with a page', PAGE, HTML),
  server(503, 'with JSON', WORDS),
  server(503, 'with a time to come back', '', { 'retry-after': '1' }),
  server(504, 'with a page', PAGE, HTML),
  server(599, 'with bad JSON', '{'),
  server(500, 'that carries the success code', '{"ResultCode":"00"}'),
]

for (const kind of KINDS) {
  describe(`a ${kind}`, () => {
    for (const { status, what, body, headers, type, outcome } of ROWS) {
      const expected = kind === 'lookup' ? 'NOT_PROCESSED' : outcome
      test(`that is answered ${status} ${what} is a ${type} and ${expected}`, async () => {
        const met = await meet({ what, serve: answering(() => httpAnswer(status, body, headers)) }, kind)
        const said = body === WORDS
        expect(met.ending).toMatchObject({
          type,
          httpStatus: status,
          outcome: expected,
          retryable: kind === 'lookup' && type === 'PayApiHttpServerError',
          resultCode: said ? '1002' : body.includes('"00"') ? '00' : null,
          resultMessage: said ? '서명이 올바르지 않습니다' : null,
        })
        expect(met.server.requests.all).toHaveLength(1)
      })
    }

    test('that is answered a page of more than 64 KiB with a 500 is unreadable', async () => {
      const met = await meet({ what: '', serve: answering(() => httpAnswer(500, PAGE.padEnd(70_000), HTML)) }, kind)
      expectLost(met, kind, 'UNREADABLE_RESPONSE')
    })
  })
}

test('a charge that meets a 408 pushed before its request may have been processed', async () => {
  const { ending, server } = await meet(
    {
      what: 'a pushed 408',
      serve: async (connection) => {
        await connection.send(httpAnswer(408, '', { connection: 'close' }))
        await connection.request()
      },
    },
    'charge',
  )
  expect(ending).toMatchObject({ type: 'PayApiHttpClientError', httpStatus: 408, outcome: 'UNKNOWN', retryable: false })
  // It did arrive, which is why nobody may say that nothing was processed.
  expect(await server.requests.next()).toMatchObject({ path: '/noauth/pay/card' })
})

test('the escrow changes have their own success code, in a 4XX too', async () => {
  const server = await startRawServer(answering(() => httpAnswer(400, '{"ResultCode":"310000"}')))
  const input = { clientIp: '127.0.0.1', transactionId: 'TID-1', processedBy: 'Kim' }
  expect(await clientFor(server.url).confirmEscrowPurchase(input)).toMatchObject({ outcome: 'UNKNOWN' })
})

test('a 200 with any other code is a failure of the PG, and nothing was processed', async () => {
  for (const kind of KINDS) {
    const server = await startRawServer(answering(() => httpAnswer(200, WORDS)))
    expect(await call(clientFor(server.url), kind)).toMatchObject({
      type: 'PgFailure',
      outcome: 'NOT_PROCESSED',
      retryable: false,
      resultCode: '1002',
      resultMessage: '서명이 올바르지 않습니다',
      message: 'PayAPI refused the request with code 1002; nothing was processed. resultMessage gives its reason.',
    })
  }
})
