import type { TLSSocket } from 'node:tls'
import { expect, test } from 'vitest'
import { type PayApiClient, type PreparedCall, SERVICES, type ServiceName } from '../../../src/payapi/index.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { CERTIFICATE, CERTIFICATE_FOR_ANOTHER_HOST, KEY } from '../../support/payapi/certificates.ts'
import { clientFor, settle } from '../../support/payapi/client.ts'
import { startDeafServer } from '../../support/payapi/deaf-server.ts'
import { answering, httpAnswer, type RawConnection, startRawServer } from '../../support/payapi/raw-server.ts'

// A connection can be opened ahead of its request. Nothing is sent over it before.

const SUCCESS = httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1"}')
const WAYS = [
  { scheme: 'http', options: {} },
  { scheme: 'https', options: { tls: { key: KEY, cert: CERTIFICATE } } },
] as const

function prepared(client: PayApiClient, name: ServiceName = 'chargeKeyedInCard'): PreparedCall {
  const call = client.prepare(SERVICES[name], FIXTURES[name].minimal.input)
  if ('type' in call) throw new Error(call.message)
  return call
}

/** A charge, ready to be sent, whose connection is open. */
async function opened(client: PayApiClient, server: Awaited<ReturnType<typeof startRawServer>>) {
  const call = prepared(client)
  const preconnection = client.preconnect(call)
  const connection = await server.connections.next()
  // So that the client knows as well: of TLS, the handshake ends there.
  await settle()
  return { connection, preconnection, send: () => client.send(call, preconnection) }
}

for (const { scheme, options } of WAYS) {
  test(`a connection that is opened ahead takes its own request and nothing before (${scheme})`, async () => {
    let bytes = 0
    const serve = (connection: RawConnection): unknown => {
      connection.socket.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      return answering(() => SUCCESS)(connection)
    }
    const server = await startRawServer(serve, options)
    const { connection, send } = await opened(clientFor(server.url, { ca: CERTIFICATE }), server)
    expect(bytes).toBe(0)
    expect(await send()).toMatchObject({ type: 'CardPayment' })
    expect(server.requests.all).toMatchObject([{ path: SERVICES.chargeKeyedInCard.path }])
    expect(server.connections.all).toHaveLength(1)
    await connection.closed
  })

  test(`a connection that is not needed is closed without a byte (${scheme})`, async () => {
    const server = await startRawServer(() => {}, options)
    const client = clientFor(server.url, { ca: CERTIFICATE })
    const { connection, preconnection } = await opened(client, server)
    preconnection?.close()
    await connection.closed
    expect(scheme === 'http' ? connection.socket.bytesRead : 0).toBe(0)
    expect(server.requests.all).toEqual([])
    expect(client.records).toEqual([])
  })

  test(`a connection that is closed before it is there never takes a request (${scheme})`, async () => {
    const server = await startRawServer(
      answering(() => SUCCESS),
      options,
    )
    const client = clientFor(server.url, { ca: CERTIFICATE })
    const call = prepared(client)
    const preconnection = client.preconnect(call)
    await new Promise((resolve) => setImmediate(resolve))
    preconnection?.close()
    expect(await client.send(call, preconnection)).toMatchObject({ type: 'CardPayment' })
    const used = (await Promise.all(server.connections.all.map((each) => each.closed))).length
    expect(used).toBeLessThanOrEqual(2)
    expect(server.requests.all).toHaveLength(1)
  })
}

test('a request that comes while its connection is being opened waits for that one', async () => {
  const server = await startRawServer(answering(() => SUCCESS))
  const client = clientFor(server.url)
  const call = prepared(client)
  expect(await client.send(call, client.preconnect(call))).toMatchObject({ type: 'CardPayment' })
  expect(server.connections.all).toHaveLength(1)
})

test('a TLS session is resumed by connections that are opened ahead', async () => {
  const server = await startRawServer(
    answering(() => SUCCESS),
    { tls: { key: KEY, cert: CERTIFICATE } },
  )
  const client = clientFor(server.url, { ca: CERTIFICATE })
  const first = await opened(client, server)
  await first.send()
  const second = await opened(client, server)
  await second.send()
  expect((second.connection.socket as TLSSocket).isSessionReused()).toBe(true)
})

const SPOILT: readonly { readonly what: string; readonly spoil: (connection: RawConnection) => unknown }[] = [
  {
    what: 'ended',
    spoil: (connection) => {
      connection.fin()
      return connection.closed
    },
  },
  { what: 'cut', spoil: (connection) => connection.reset() },
  { what: 'written an answer to before it was asked', spoil: (connection) => connection.send(SUCCESS) },
  {
    what: 'written a 408 to, as when it waited for long, and ended',
    spoil: async (connection) => {
      await connection.send(httpAnswer(408))
      connection.fin()
    },
  },
]

for (const { what, spoil } of SPOILT) {
  test(`where the server has ${what}, the request takes another connection and ends as ever`, async () => {
    const server = await startRawServer(() => {})
    const client = clientFor(server.url)
    const { connection, send } = await opened(client, server)
    await spoil(connection)
    await settle()
    const result = send()
    const other = await server.connections.next()
    await other.request()
    await other.send(httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-2"}'))
    expect(await result).toMatchObject({ type: 'CardPayment', transactionId: 'TID-2' })
    expect(connection.socket.bytesRead).toBe(0)
  })
}

test('what was wrong with connecting is what the call ends with: not sent', async () => {
  const gone = await startRawServer(() => {})
  const { url } = gone
  await gone.close()
  const client = clientFor(url)
  const call = prepared(client)
  const preconnection = client.preconnect(call)
  await settle()
  expect(await client.send(call, preconnection)).toMatchObject({
    reason: 'CONNECTION_REFUSED',
    outcome: 'NOT_PROCESSED',
    retryable: true,
  })
})

test('a certificate that is another host’s is found ahead, and the call not sent', async () => {
  const server = await startRawServer(() => {}, { tls: { key: KEY, cert: CERTIFICATE_FOR_ANOTHER_HOST } })
  const client = clientFor(server.url, { ca: CERTIFICATE_FOR_ANOTHER_HOST })
  const call = prepared(client)
  const preconnection = client.preconnect(call)
  await settle()
  expect(await client.send(call, preconnection)).toMatchObject({ reason: 'TLS_FAILURE', outcome: 'NOT_PROCESSED' })
  expect(server.requests.all).toEqual([])
})

test('the time to connect begins where connecting does', async () => {
  const client = clientFor(`https://127.0.0.1:${await startDeafServer()}`, { connectTimeoutMs: 50 })
  const call = prepared(client)
  expect(await client.send(call, client.preconnect(call))).toMatchObject({
    reason: 'CONNECT_TIMEOUT',
    outcome: 'NOT_PROCESSED',
  })
})

test('the whole time of a call does not begin before it is sent', async () => {
  const server = await startRawServer(answering(() => SUCCESS))
  const client = clientFor(server.url, { timeoutMs: 200, connectTimeoutMs: 200 })
  const { connection, send } = await opened(client, server)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await send()).toMatchObject({ type: 'CardPayment' })
  expect(server.connections.all).toEqual([connection])
})

test('a stopped client opens nothing ahead, and closes what is open instead of using it', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url)
  const { connection, send } = await opened(client, server)
  await client.stop()
  expect(await send()).toMatchObject({ reason: 'SHUTTING_DOWN', outcome: 'NOT_PROCESSED' })
  await connection.closed
  expect(connection.socket.bytesRead).toBe(0)
  expect(client.preconnect(prepared(client))).toBeUndefined()
})

test('a client that is closed closes what is open ahead', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url)
  const { connection } = await opened(client, server)
  await client.close()
  await connection.closed
  expect(connection.socket.bytesRead).toBe(0)
})

test('no more are opened ahead than may be under way, and they keep nobody from sending', async () => {
  const server = await startRawServer(answering(() => SUCCESS))
  const client = clientFor(server.url, { maxInFlight: 2 })
  const [one] = [await opened(client, server), await opened(client, server)]
  expect(client.inFlight).toBe(0)
  expect(client.preconnect(prepared(client))).toBeUndefined()
  expect(await client.send(prepared(client))).toMatchObject({ type: 'CardPayment' })
  expect(await one?.send()).toMatchObject({ type: 'CardPayment' })
  expect(client.preconnect(prepared(client))).toBeDefined()
})

test('one call too many closes its connection', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url, { maxInFlight: 1 })
  const { connection, send } = await opened(client, server)
  const held = client.send(prepared(client))
  await (await server.connections.next()).request()
  expect(await send()).toMatchObject({ reason: 'OVERLOADED' })
  await connection.closed
  expect(connection.socket.bytesRead).toBe(0)
  await client.close()
  await held
})

test('whoever closes all of them soon gets no more, and gets one again for every ten calls', async () => {
  const server = await startRawServer(answering(() => SUCCESS))
  const client = clientFor(server.url)
  const inVain = () => {
    let opened = 0
    for (let tries = 0; tries < 100; tries++) {
      const preconnection = client.preconnect(prepared(client))
      if (preconnection !== undefined) opened++
      preconnection?.close()
    }
    return opened
  }
  expect(inVain()).toBe(16)
  for (let calls = 0; calls < 9; calls++) await client.send(prepared(client))
  expect(inVain()).toBe(0)
  for (let calls = 0; calls < 22; calls++) await client.send(prepared(client))
  expect(inVain()).toBe(3)
})

test('what is looked up, and what keeps its connections, opens none ahead', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url)
  expect(client.preconnect(prepared(client, 'lookUpCardPrefix'))).toBeUndefined()
  const keeping = clientFor(server.url, { keepAlive: 'all' })
  expect(keeping.preconnect(prepared(keeping))).toBeUndefined()
})

test('where the address comes with the call, nobody is connected to ahead', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url)
  expect(
    client.preconnect({ ...prepared(client), address: new URL('https://far.paywelcome.co.kr/pay') }),
  ).toBeUndefined()
  await settle()
  expect(server.connections.all).toEqual([])
})
