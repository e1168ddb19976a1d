import type { TLSSocket } from 'node:tls'
import { expect, test } from 'vitest'
import { type PayApiClient, SERVICES, type Service, type ServiceName } from '../../../src/payapi/index.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { CERTIFICATE, KEY } from '../../support/payapi/certificates.ts'
import { clientFor, formFields, settle } from '../../support/payapi/client.ts'
import { call } from '../../support/payapi/faults.ts'
import { answering, httpAnswer, type RawServer, startRawServer } from '../../support/payapi/raw-server.ts'

// Which calls share a connection. On a shared one, a stray response is taken for the next call's.

const SUCCESS = httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok"}')

/** Makes some calls of a service, each some time after the other; returns how many connections that took. */
async function connectionsFor(client: PayApiClient, server: RawServer, name: ServiceName, calls = 3): Promise<number> {
  const before = server.connections.all.length
  for (let made = 0; made < calls; made++) {
    await client.call(SERVICES[name], FIXTURES[name].minimal.input)
    await settle()
  }
  return server.connections.all.length - before
}

for (const { name, effect } of Object.values<Service>(SERVICES)) {
  const shares = effect === 'lookup'
  test(`${name} ${shares ? 'keeps its connection for the next' : 'takes a fresh connection each time'}`, async () => {
    const server = await startRawServer(answering(() => SUCCESS))
    const used = await connectionsFor(clientFor(server.url), server, name as ServiceName)
    expect(used).toBe(shares ? 1 : 3)
    expect(server.requests.all).toHaveLength(3)
    const connection = shares ? 'keep-alive' : 'close'
    for (const { headers } of server.requests.all) expect(headers['connection']).toBe(connection)
  })
}

test('a charge never takes a connection that a lookup left behind', async () => {
  const server = await startRawServer(answering(() => SUCCESS))
  const client = clientFor(server.url)
  expect(await connectionsFor(client, server, 'lookUpCardPrefix', 1)).toBe(1)
  expect(await connectionsFor(client, server, 'chargeKeyedInCard', 1)).toBe(1)
})

test('who asks for it gets kept connections for changes too', async () => {
  const server = await startRawServer(answering(() => SUCCESS))
  const client = clientFor(server.url, { keepAlive: 'all' })
  expect(await connectionsFor(client, server, 'chargeKeyedInCard')).toBe(1)
})

test('calls at the same time do not wait for each other', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url)
  const calls = ['charge', 'charge', 'lookup', 'lookup'] as const
  const endings = calls.map((kind) => call(client, kind))
  for (const _ of calls) await (await server.connections.next()).request()
  for (const connection of server.connections.all) await connection.send(SUCCESS)
  for (const ending of endings) expect(await ending).not.toHaveProperty('outcome')
})

/** Charges some orders. The server sends a stray response, which arrives when a connection is used once more. */
async function chargesWithAStrayResponse(keepAlive: 'lookups' | 'all', orderIds: readonly string[]) {
  const answer = (tid: string) => httpAnswer(200, JSON.stringify({ ResultCode: '00', tid }))
  const server = await startRawServer(async (connection) => {
    for (let used = 0; ; used++) {
      const form = Object.fromEntries(formFields((await connection.request()).body))
      if (used > 0) await connection.send(answer('TID-OF-NOBODY'))
      await connection.send(answer(`TID-OF-${form['oid']}`))
    }
  })
  const client = clientFor(server.url, { keepAlive })
  const endings = []
  for (const orderId of orderIds) {
    endings.push(await client.chargeCardBillingKey({ ...FIXTURES.chargeCardBillingKey.minimal.input, orderId }))
    await settle()
  }
  return endings
}

test('a stray response never becomes the answer of the next charge', async () => {
  const endings = await chargesWithAStrayResponse('lookups', ['A', 'B', 'C'])
  expect(endings).toMatchObject(['A', 'B', 'C'].map((order) => ({ transactionId: `TID-OF-${order}` })))
})

test('it does where somebody asks for kept connections for all, which is the risk they are warned of', async () => {
  const endings = await chargesWithAStrayResponse('all', ['A', 'B'])
  expect(endings).toMatchObject([{ transactionId: 'TID-OF-A' }, { transactionId: 'TID-OF-NOBODY' }])
})

test('a charge that was given up leaves no connection behind for the next one', async () => {
  const server = await startRawServer(async (connection) => {
    await connection.request()
    await connection.send(httpAnswer(200, ' '.repeat(70_000)))
  })
  const client = clientFor(server.url)
  for (let made = 1; made <= 3; made++) {
    expect(await call(client, 'charge')).toMatchObject({ reason: 'UNREADABLE_RESPONSE' })
    await settle()
    expect(server.connections.all).toHaveLength(made)
  }
  for (const connection of server.connections.all) await connection.closed
})

test('a 408 pushed when a call is over does not reach the next charge', async () => {
  const server = await startRawServer(async (connection) => {
    await connection.request()
    await connection.send(Buffer.concat([SUCCESS, httpAnswer(408)]))
  })
  const client = clientFor(server.url)
  for (let made = 0; made < 5; made++) expect(await call(client, 'charge')).toMatchObject({ type: 'CardPayment' })
})

for (const { over, tls, options } of [
  { over: 'plain connections', tls: undefined, options: {} },
  { over: 'TLS', tls: { key: KEY, cert: CERTIFICATE }, options: { ca: CERTIFICATE } },
]) {
  test(`long answers that arrive at the same time, piece by piece, are each their own call's, over ${over}`, async () => {
    const server = await startRawServer(() => {}, tls === undefined ? {} : { tls })
    const client = clientFor(server.url, options)
    const orders = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']
    const endings = orders.map((orderId) =>
      client.chargeCardBillingKey({ ...FIXTURES.chargeCardBillingKey.minimal.input, orderId }),
    )
    const answers = []
    for (const _ of orders) {
      const connection = await server.connections.next()
      const order = new Map(formFields((await connection.request()).body)).get('oid') ?? ''
      const body = JSON.stringify({ ResultCode: '01', ResultMsg: order.repeat(50_000) })
      answers.push({ connection, bytes: httpAnswer(200, body) })
    }
    const piece = 7_000
    for (let from = 0; answers.some(({ bytes }) => from < bytes.length); from += piece) {
      for (const { connection, bytes } of answers) await connection.send(bytes.subarray(from, from + piece))
    }
    expect(await Promise.all(endings)).toMatchObject(
      orders.map((orderId) => ({ type: 'PgFailure', orderId, resultMessage: orderId.repeat(50_000) })),
    )
  })
}

test('a fresh connection resumes the TLS session of the one before', async () => {
  const reused: boolean[] = []
  const server = await startRawServer(
    async (connection) => {
      reused.push((connection.socket as TLSSocket).isSessionReused())
      await connection.request()
      await connection.send(SUCCESS)
    },
    { tls: { key: KEY, cert: CERTIFICATE } },
  )
  const client = clientFor(server.url, { ca: CERTIFICATE })
  for (let made = 0; made < 5; made++) expect(await call(client, 'charge')).toMatchObject({ type: 'CardPayment' })
  expect(reused).toHaveLength(5)
  expect(reused[0]).toBe(false)
  // undici holds sessions weakly, so the garbage collector may take one of them.
  expect(reused.filter((isReused) => isReused).length).toBeGreaterThanOrEqual(2)
})
