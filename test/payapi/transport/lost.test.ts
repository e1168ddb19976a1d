import { describe, expect, test } from 'vitest'
import type { TransportErrorReason } from '../../../src/payapi/index.ts'
import { CERTIFICATE, KEY } from '../../support/payapi/certificates.ts'
import { expectLost, type Fault, KINDS, meet } from '../../support/payapi/faults.ts'
import { httpAnswer, type RawConnection } from '../../support/payapi/raw-server.ts'

// Everything that cuts a request or its answer short once it was begun: whether it was processed is not known.

const SUCCESS = '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1"}'

/** A chunked answer whose chunk is a whole success but which has no end. */
const ENDLESS = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${SUCCESS.length.toString(16)}\r\n${SUCCESS}\r\n`

/** Reads the request, says something and ends the connection. */
function after(bytes: string | Buffer, end: 'fin' | 'reset' | 'stay') {
  return async (connection: RawConnection) => {
    await connection.request()
    if (bytes.length > 0) await connection.send(bytes)
    if (end !== 'stay') connection[end]()
  }
}

const FAULTS: readonly (Fault & { readonly reason: TransportErrorReason })[] = [
  {
    what: 'an RST before the request is read',
    pauseOnConnect: true,
    serve: async (connection, starts) => {
      await starts.next()
      connection.reset()
    },
    reason: 'CONNECTION_LOST',
  },
  {
    what: 'a FIN before the request is read',
    pauseOnConnect: true,
    serve: async (connection, starts) => {
      await starts.next()
      connection.fin()
    },
    reason: 'CONNECTION_LOST',
  },
  { what: 'an RST after the request is read', serve: after('', 'reset'), reason: 'CONNECTION_LOST' },
  { what: 'a FIN after the request is read', serve: after('', 'fin'), reason: 'CONNECTION_LOST' },
  { what: 'half a status line, then a FIN', serve: after('HTTP/1.1 2', 'fin'), reason: 'CONNECTION_LOST' },
  {
    what: 'half of the headers, then an RST',
    serve: after('HTTP/1.1 200 OK\r\ncontent-len', 'reset'),
    reason: 'CONNECTION_LOST',
  },
  {
    what: 'half of the headers, then a FIN',
    serve: after('HTTP/1.1 200 OK\r\ncontent-len', 'fin'),
    reason: 'CONNECTION_LOST',
  },
  {
    what: 'half of the body, then a FIN',
    serve: after(httpAnswer(200, SUCCESS).subarray(0, -9), 'fin'),
    reason: 'CONNECTION_LOST',
  },
  {
    what: 'half of the body, then an RST',
    serve: after(httpAnswer(200, SUCCESS).subarray(0, -9), 'reset'),
    reason: 'CONNECTION_LOST',
  },
  {
    what: 'a whole success, but shorter than announced',
    serve: after(httpAnswer(200, SUCCESS, { 'content-length': '999' }), 'fin'),
    reason: 'CONNECTION_LOST',
  },
  { what: 'chunks without an end, then a FIN', serve: after(ENDLESS, 'fin'), reason: 'CONNECTION_LOST' },
  { what: 'chunks without an end, then an RST', serve: after(ENDLESS, 'reset'), reason: 'CONNECTION_LOST' },
  {
    what: 'an unasked 101',
    serve: after('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n', 'stay'),
    reason: 'CONNECTION_LOST',
  },
  {
    what: 'a client certificate demanded, in TLS 1.3, which says so after the handshake',
    serve: () => {},
    tls: { key: KEY, cert: CERTIFICATE, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
    reason: 'CONNECTION_LOST',
  },
  {
    what: 'an RST after the request is read, over TLS',
    serve: after('', 'reset'),
    tls: { key: KEY, cert: CERTIFICATE },
    reason: 'CONNECTION_LOST',
  },
  {
    what: 'a FIN after the request is read, over TLS',
    serve: after('', 'fin'),
    tls: { key: KEY, cert: CERTIFICATE },
    reason: 'CONNECTION_LOST',
  },
  { what: 'what is not HTTP', serve: after('SSH-2.0-OpenSSH_9.6\r\n', 'stay'), reason: 'UNREADABLE_RESPONSE' },
  { what: 'HTTP/2', serve: after(Buffer.from('000000040000000000', 'hex'), 'stay'), reason: 'UNREADABLE_RESPONSE' },
  {
    what: 'a chunk size that is no number',
    serve: after('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 'stay'),
    reason: 'UNREADABLE_RESPONSE',
  },
  {
    what: 'two lengths at once',
    serve: after(httpAnswer(200, SUCCESS, { 'content-length': '50', 'transfer-encoding': 'chunked' }), 'stay'),
    reason: 'UNREADABLE_RESPONSE',
  },
  {
    what: 'headers of more than 16 KiB',
    serve: after(httpAnswer(200, SUCCESS, { 'x-long': 'x'.repeat(17 * 1024) }), 'stay'),
    reason: 'UNREADABLE_RESPONSE',
  },
]

for (const kind of KINDS) {
  describe(kind === 'charge' ? 'a charge may have been processed' : 'a lookup changed nothing', () => {
    for (const fault of FAULTS) {
      test(`where it meets ${fault.what}`, async () => {
        expectLost(await meet(fault, kind), kind, fault.reason)
      })
    }
  })
}

for (const kind of KINDS) {
  test(`a ${kind} is not sent a second time when the first was lost`, async () => {
    const { server } = await meet({ what: 'an RST', serve: after('', 'reset') }, kind)
    expect(server.requests.all).toHaveLength(1)
    expect(server.connections.all).toHaveLength(1)
  })
}
