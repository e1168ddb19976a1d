import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { TransportErrorReason } from '../../../src/payapi/index.ts'
import {
  CERTIFICATE,
  CERTIFICATE_FOR_ANOTHER_HOST,
  EXPIRED_CERTIFICATE,
  KEY,
} from '../../support/payapi/certificates.ts'
import { clientFor, watchStarts } from '../../support/payapi/client.ts'
import { call, expectNotSent, type Fault, KINDS, meet } from '../../support/payapi/faults.ts'

// Everything that goes wrong before a request is begun: nothing was processed, and the call may be made again.

const nothing = () => {}

/** The client's first bytes are there: the handshake is under way. */
const handshake = ({ socket }: { socket: NodeJS.EventEmitter }) => once(socket, 'data')

const FAULTS: readonly (Fault & { readonly reason: TransportErrorReason })[] = [
  {
    what: 'a certificate that nobody vouches for',
    serve: nothing,
    tls: { key: KEY, cert: CERTIFICATE },
    options: { ca: CERTIFICATE_FOR_ANOTHER_HOST },
    reason: 'TLS_FAILURE',
  },
  {
    what: 'a self-signed certificate where the system decides whom to trust',
    serve: nothing,
    tls: { key: KEY, cert: CERTIFICATE },
    options: { ca: '' },
    reason: 'TLS_FAILURE',
  },
  {
    what: 'a certificate for another host',
    serve: nothing,
    tls: { key: KEY, cert: CERTIFICATE_FOR_ANOTHER_HOST },
    options: { ca: CERTIFICATE_FOR_ANOTHER_HOST },
    reason: 'TLS_FAILURE',
  },
  {
    what: 'a certificate that has expired',
    serve: nothing,
    tls: { key: KEY, cert: EXPIRED_CERTIFICATE },
    options: { ca: EXPIRED_CERTIFICATE },
    reason: 'TLS_FAILURE',
  },
  {
    what: 'TLS 1.1 and nothing newer',
    serve: nothing,
    tls: {
      key: KEY,
      cert: CERTIFICATE,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'ALL@SECLEVEL=0',
    },
    reason: 'TLS_FAILURE',
  },
  {
    what: 'a client certificate demanded, in TLS 1.2, which says so in the handshake',
    serve: nothing,
    tls: { key: KEY, cert: CERTIFICATE, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' },
    reason: 'TLS_FAILURE',
  },
  {
    what: 'plain HTTP where TLS belongs',
    serve: async (connection) => {
      await handshake(connection)
      await connection.send('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')
    },
    scheme: 'https',
    reason: 'TLS_FAILURE',
  },
  { what: 'a FIN on accept', serve: (connection) => connection.fin(), scheme: 'https', reason: 'CONNECTION_REFUSED' },
  {
    what: 'an RST on accept',
    serve: (connection) => connection.reset(),
    scheme: 'https',
    reason: 'CONNECTION_REFUSED',
  },
  {
    what: 'a FIN in the handshake',
    serve: async (connection) => {
      await handshake(connection)
      connection.fin()
    },
    scheme: 'https',
    reason: 'CONNECTION_REFUSED',
  },
  {
    what: 'an RST in the handshake',
    serve: async (connection) => {
      await handshake(connection)
      connection.reset()
    },
    scheme: 'https',
    reason: 'CONNECTION_REFUSED',
  },
]

for (const kind of KINDS) {
  describe(`a ${kind} was not sent`, () => {
    for (const fault of FAULTS) {
      test(`where it meets ${fault.what}`, async () => {
        expectNotSent(await meet(fault, kind), fault.reason)
      })
    }

    test('where the connection is refused', async () => {
      // Nobody listens there, and no other program is ever given that port.
      const url = 'http://127.0.0.1:1'
      const starts = watchStarts(url)
      expect(await call(clientFor(url), kind)).toMatchObject({
        reason: 'CONNECTION_REFUSED',
        outcome: 'NOT_PROCESSED',
        retryable: true,
      })
      expect(starts.all).toEqual([])
    })

    test('where the host name is not found', async () => {
      // No label of a name may be longer than 63 characters, so no resolver is asked and no network is needed.
      const url = `https://${'x'.repeat(64)}.invalid`
      const starts = watchStarts(url)
      expect(await call(clientFor(url), kind)).toMatchObject({
        reason: 'NAME_NOT_FOUND',
        outcome: 'NOT_PROCESSED',
        retryable: true,
      })
      expect(starts.all).toEqual([])
    })
  })
}

test('the same server with the right certificate is spoken to', async () => {
  const { ending } = await meet(
    {
      what: 'nothing wrong',
      serve: async (connection) => {
        await connection.request()
        await connection.send('HTTP/1.1 200 OK\r\ncontent-length: 19\r\n\r\n{"ResultCode":"00"}')
      },
      tls: { key: KEY, cert: CERTIFICATE },
    },
    'charge',
  )
  expect(ending).toMatchObject({ type: 'CardPayment' })
})
