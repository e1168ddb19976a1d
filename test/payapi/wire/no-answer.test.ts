import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { SERVICES } from '../../../src/payapi/index.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { clientFor } from '../../support/payapi/client.ts'
import { expectLost, KINDS, meet } from '../../support/payapi/faults.ts'
import { answering, httpAnswer, type RawConnection, startRawServer } from '../../support/payapi/raw-server.ts'

// Answers that came as a whole and are no answer of PayAPI: whether the request was processed is not known.

const SUCCESS = '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1"}'
const HTML = { 'content-type': 'text/html; charset=utf-8' }
const PAGE = '<!doctype html><title>We will be back</title>'

/** A success with so many spaces in it that it is as long as asked. */
const padded = (length: number) => SUCCESS.padEnd(length)

const ANSWERS: readonly [what: string, answer: Buffer][] = [
  ['200 with a page', httpAnswer(200, PAGE, HTML)],
  ['200 with nothing', httpAnswer(200)],
  ['200 with spaces', httpAnswer(200, '  \n')],
  ['200 with bad JSON', httpAnswer(200, "{'ResultCode':'00'}")],
  ['200 with a short number that is no JSON', httpAnswer(200, '{"ResultCode":"00","Price":0012}')],
  ['200 with a long number that is no JSON', httpAnswer(200, '{"ResultCode":"00","Price":0012345678901234567}')],
  ['200 with a success and something after it', httpAnswer(200, `${SUCCESS}${SUCCESS}`)],
  ['200 with a list', httpAnswer(200, `[${SUCCESS}]`)],
  ['200 with a text', httpAnswer(200, JSON.stringify(SUCCESS))],
  ['200 with a number', httpAnswer(200, '0')],
  ['200 with null', httpAnswer(200, 'null')],
  ['200 with an object that has no ResultCode', httpAnswer(200, '{"ResultMsg":"ok","tid":"TID-1"}')],
  ['200 with a ResultCode of another spelling', httpAnswer(200, '{"resultCode":"00"}')],
  ['200 with an empty ResultCode', httpAnswer(200, '{"ResultCode":""}')],
  ['200 with a ResultCode that is null', httpAnswer(200, '{"ResultCode":null}')],
  ['200 with a ResultCode that is an object', httpAnswer(200, '{"ResultCode":{"0":"0"}}')],
  ['200 with a ResultCode that is a list', httpAnswer(200, '{"ResultCode":["00"]}')],
  ['200 with a ResultCode that is false', httpAnswer(200, '{"ResultCode":false}')],
  ['200 with a ResultCode in the prototype', httpAnswer(200, '{"__proto__":{"ResultCode":"00"}}')],
  ['a success cut off by a short length', httpAnswer(200, SUCCESS, { 'content-length': '20' })],
  ['a success in an encoding that nobody knows', httpAnswer(200, SUCCESS, { 'content-encoding': 'zstd9' })],
  ['a success that says it is gzip and is not', httpAnswer(200, SUCCESS, { 'content-encoding': 'gzip' })],
  ['a gzip that is cut off', httpAnswer(200, gzipSync(SUCCESS).subarray(0, -9), { 'content-encoding': 'gzip' })],
  ['a body of more than 64 KiB', httpAnswer(200, padded(64 * 1024 + 1))],
  ['a gzip of more than 64 KiB', httpAnswer(200, gzipSync(padded(50 * 1024 * 1024)), { 'content-encoding': 'gzip' })],
  ['201 with a success', httpAnswer(201, SUCCESS)],
  ['202 with a success', httpAnswer(202, SUCCESS)],
  ['204', Buffer.from('HTTP/1.1 204 No Content\r\n\r\n')],
  ['302 with a success', httpAnswer(302, SUCCESS, { location: '/elsewhere' })],
  ['307, which asks for the same again elsewhere', httpAnswer(307, '', { location: '/elsewhere' })],
  ['a status of 600', httpAnswer(600, SUCCESS)],
]

for (const kind of KINDS) {
  describe(kind === 'charge' ? 'a charge may have been processed' : 'a lookup changed nothing', () => {
    for (const [what, answer] of ANSWERS) {
      test(`where the answer is ${what}`, async () => {
        const met = await meet({ what, serve: answering(() => answer) }, kind)
        expectLost(met, kind, 'UNREADABLE_RESPONSE')
        // Neither a redirect is followed nor anything asked again.
        expect(met.server.requests.all).toHaveLength(1)
      })
    }

    test('where a success is cut off by the end of the connection, which nothing announces', async () => {
      const serve = async (connection: RawConnection) => {
        await connection.request()
        await connection.send(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${SUCCESS.slice(0, -5)}`)
        connection.fin()
      }
      expectLost(await meet({ what: 'a cut', serve }, kind), kind, 'UNREADABLE_RESPONSE')
    })

    test('where the body never ends, and reading stops at 64 KiB', async () => {
      const serve = async (connection: RawConnection) => {
        await connection.request()
        await connection.send('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
        const chunk = `1000\r\n${' '.repeat(0x1000)}\r\n`
        while (!connection.socket.destroyed && connection.socket.writable) await connection.send(chunk)
      }
      expectLost(await meet({ what: 'a flood', serve }, kind), kind, 'UNREADABLE_RESPONSE')
    })
  })
}

const READ: readonly [what: string, answer: Buffer][] = [
  ['of just 64 KiB', httpAnswer(200, padded(64 * 1024))],
  ['of just 64 KiB in a gzip', httpAnswer(200, gzipSync(padded(64 * 1024)), { 'content-encoding': 'gzip' })],
  ['after an unasked 103', Buffer.from(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${httpAnswer(200, SUCCESS)}`)],
  ['after an unasked 102', Buffer.from(`HTTP/1.1 102 Processing\r\n\r\n${httpAnswer(200, SUCCESS)}`)],
  ['without any header', Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${SUCCESS.length}\r\n\r\n${SUCCESS}`)],
  ['that calls itself a page', httpAnswer(200, SUCCESS, HTML)],
  ['in HTTP/1.0', Buffer.from(`HTTP/1.0 200 OK\r\ncontent-length: ${SUCCESS.length}\r\n\r\n${SUCCESS}`)],
]

for (const [what, answer] of READ) {
  test(`a success ${what} is read`, async () => {
    const { ending } = await meet({ what, serve: answering(() => answer) }, 'charge')
    expect(ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1' })
  })
}

test('a success that ends with the connection is read', async () => {
  const serve = async (connection: RawConnection) => {
    await connection.request()
    await connection.send(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${SUCCESS}`)
    connection.fin()
  }
  const { ending } = await meet({ what: 'no length', serve }, 'charge')
  expect(ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1' })
})

test('a fault of our own in reading an answer does not become an exception: the charge may have been processed', async () => {
  const server = await startRawServer(answering(() => httpAnswer(200, SUCCESS)))
  const { chargeMobileBillingKey: service } = SERVICES
  const fields = {
    ...service.result.fields,
    amount: { ...service.result.fields.amount, read: () => expect.fail('a bug') },
  }
  const faulty = { ...service, result: { ...service.result, fields } }
  expect(await clientFor(server.url).call(faulty, FIXTURES.chargeMobileBillingKey.minimal.input)).toMatchObject({
    type: 'PayApiTransportError',
    reason: 'UNREADABLE_RESPONSE',
    outcome: 'UNKNOWN',
    retryable: false,
  })
})
