import type { LookupFunction } from 'node:net'
import { createServer } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import type { WebhookEvent } from '../../src/journal/records/events.ts'
import { webhookMessage } from '../../src/webhooks/message.ts'
import { type SenderOptions, WebhookSender } from '../../src/webhooks/sender.ts'
import { CERTIFICATE, CERTIFICATE_FOR_ANOTHER_HOST, EXPIRED_CERTIFICATE, KEY } from '../support/payapi/certificates.ts'
import { answering, httpAnswer, type Serve, startRawServer } from '../support/payapi/raw-server.ts'

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
const NEXT_SECRET = `whsec_${Buffer.alloc(64, 2).toString('base64')}`

const EVENT: WebhookEvent = {
  id: 'AAAAAAAAevent',
  type: 'payment.approved',
  subject: 'order',
  sequence: 3,
  merchantId: 'welcometst',
  orderId: '주문-1',
  transactionId: 'T-1',
  operationId: 'op-1',
  noticeId: null,
  createdAt: Date.parse('2026-11-26T12:00:00.123Z'),
}

/** For what is decided by something else than time. */
const PATIENT_MS = 240_000

/** More than the buffers between two ends of a connection take. */
const MUCH = 64 * 1024 * 1024

const senderTo = (url: string, options: Partial<SenderOptions> = {}) =>
  new WebhookSender(new URL(url), { timeoutMs: PATIENT_MS, privateAddresses: true, ...options })

const message = (secrets: readonly string[] = [SECRET]) => webhookMessage(EVENT, secrets, Date.now())

const sendTo = (url: string, options?: Partial<SenderOptions>) => senderTo(url, options).send(message())

describe('a message', () => {
  it('is a POST that Standard Webhooks verifies, and holds ids, type, time and sequence alone', async () => {
    const server = await startRawServer(answering(() => httpAnswer(204)))
    expect(await sendTo(`${server.url}/hooks/payapi?shop=1`)).toEqual({ status: 204, retryAfter: undefined })
    const { method, path, headers, body } = await server.requests.next()
    expect([method, path, headers['content-type']]).toEqual(['POST', '/hooks/payapi?shop=1', 'application/json'])
    expect(headers['webhook-id']).toBe(EVENT.id)
    expect(new Webhook(SECRET).verify(body, headers)).toEqual({
      type: 'payment.approved',
      timestamp: '2026-11-26T12:00:00.123Z',
      data: {
        merchantId: 'welcometst',
        orderId: '주문-1',
        transactionId: 'T-1',
        operationId: 'op-1',
        noticeId: null,
        sequence: 3,
      },
    })
  })

  it('with two secrets is verified by either, and by no third', () => {
    const { headers, body } = message([NEXT_SECRET, SECRET])
    for (const secret of [SECRET, NEXT_SECRET]) expect(new Webhook(secret).verify(body, headers)).toBeTruthy()
    const third = new Webhook(`whsec_${Buffer.alloc(32, 3).toString('base64')}`)
    expect(() => third.verify(body, headers)).toThrow('No matching signature')
    expect(() => new Webhook(SECRET).verify(body.replace('T-1', 'T-2'), headers)).toThrow('No matching signature')
  })

  it('goes over a connection of its own each time', async () => {
    const server = await startRawServer(answering(() => httpAnswer(200)))
    const sender = senderTo(server.url)
    for (let count = 0; count < 3; count++) await sender.send(message())
    expect(server.connections.all).toHaveLength(3)
  })
})

describe('an answer', () => {
  it.each([200, 400, 404, 410, 429, 500, 503])('of status %i is told as that, with Retry-After', async (status) => {
    const server = await startRawServer(answering(() => httpAnswer(status, 'body', { 'retry-after': '120' })))
    expect(await sendTo(server.url)).toEqual({ status, retryAfter: '120' })
  })

  it('that leads elsewhere is not followed', async () => {
    const elsewhere = await startRawServer(answering(() => httpAnswer(200)))
    const server = await startRawServer(answering(() => httpAnswer(307, '', { location: elsewhere.url })))
    expect(await sendTo(server.url)).toMatchObject({ status: 307 })
    expect(elsewhere.connections.all).toEqual([])
  })

  it('without end is read for a few kilobytes, and its status counts', async () => {
    const server = await startRawServer(async (connection) => {
      await connection.request()
      await connection.send('HTTP/1.1 200 OK\r\n\r\n')
      let sent = 0
      while (!connection.socket.destroyed && sent < MUCH) {
        await connection.send(Buffer.alloc(64 * 1024))
        sent += 64 * 1024
      }
      await connection.closed
      expect(sent).toBeLessThan(MUCH)
    })
    expect(await sendTo(server.url)).toMatchObject({ status: 200 })
    await (await server.connections.next()).closed
  })

  const silent: Serve = async (connection) => void (await connection.request())
  const dripping: Serve = async (connection) => {
    await connection.request()
    await connection.send('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx')
  }
  it.each([
    ['never comes', silent],
    ['does not end', dripping],
  ])('that %s is a timeout, and the connection ends', async (_, serve) => {
    const server = await startRawServer(serve)
    expect(await sendTo(server.url, { timeoutMs: 200 })).toEqual({ reason: 'TIMEOUT' })
    await (await server.connections.next()).closed
  })

  it('whose connection ends before it is lost', async () => {
    const cut: Serve = async (connection) => {
      await connection.request()
      connection.reset()
    }
    expect(await sendTo((await startRawServer(cut)).url)).toEqual({ reason: 'CONNECTION_LOST' })
    const noHttp: Serve = async (connection) => {
      await connection.request()
      await connection.send('220 mail.example ESMTP\r\n')
    }
    expect(await sendTo((await startRawServer(noHttp)).url)).toEqual({ reason: 'CONNECTION_LOST' })
  })

  it('is not waited for once all ends', async () => {
    const server = await startRawServer(silent)
    const sender = senderTo(server.url)
    const sent = sender.send(message())
    await server.requests.next()
    sender.abort()
    expect(await sent).toEqual({ reason: 'SHUTTING_DOWN' })
  })
})

describe('an endpoint', () => {
  it('that nobody listens at, or whose name leads nowhere, is told as such', async () => {
    const closed = createServer()
    const port = await new Promise<number>((resolve) =>
      closed.listen(0, '127.0.0.1', () => resolve((closed.address() as { port: number }).port)),
    )
    await new Promise((resolve) => closed.close(resolve))
    expect(await sendTo(`http://127.0.0.1:${port}`)).toEqual({ reason: 'CONNECTION_REFUSED' })
    const lookup: LookupFunction = (_, __, callback) =>
      callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '', 0)
    expect(await sendTo('https://nowhere.example', { lookup })).toEqual({ reason: 'NAME_NOT_FOUND' })
  })

  it('over TLS must have a certificate for its name that is trusted and not over', async () => {
    const withCertificate = async (cert: string, ca: string | undefined) => {
      const server = await startRawServer(
        answering(() => httpAnswer(200)),
        { tls: { key: KEY, cert } },
      )
      return await sendTo(server.url, ca === undefined ? {} : { ca })
    }
    expect(await withCertificate(CERTIFICATE, CERTIFICATE)).toMatchObject({ status: 200 })
    const wrong = [
      await withCertificate(CERTIFICATE, undefined),
      await withCertificate(CERTIFICATE_FOR_ANOTHER_HOST, CERTIFICATE_FOR_ANOTHER_HOST),
      await withCertificate(EXPIRED_CERTIFICATE, EXPIRED_CERTIFICATE),
    ]
    expect(wrong).toEqual(Array(3).fill({ reason: 'TLS_FAILURE' }))
  })

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '100.100.100.200',
    '[::1]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0x7f.1',
  ])('at the private address %s is not connected to', async (host) => {
    const server = await startRawServer(() => {})
    expect(await sendTo(`http://${host}:${server.port}`, { privateAddresses: false })).toEqual({
      reason: 'ADDRESS_REFUSED',
    })
    expect(server.connections.all).toEqual([])
  })

  it('whose name leads into a private network is not connected to, also where another address of it is public', async () => {
    const server = await startRawServer(() => {})
    const leadsTo =
      (...addresses: string[]): LookupFunction =>
      (_, __, callback) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['169.254.169.254'], ['fd00:ec2::254']]) {
      const options = { privateAddresses: false, lookup: leadsTo(...addresses) }
      expect(await sendTo(`http://hooks.example:${server.port}`, options)).toEqual({ reason: 'ADDRESS_REFUSED' })
    }
    expect(server.connections.all).toEqual([])
  })
})
