import { expect, test } from 'vitest'
import { CERTIFICATE } from '../../support/payapi/certificates.ts'
import { clientFor, settle, watchStarts } from '../../support/payapi/client.ts'
import { startDeafServer } from '../../support/payapi/deaf-server.ts'
import { call, KINDS } from '../../support/payapi/faults.ts'
import { Inbox } from '../../support/payapi/inbox.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'

// How many calls may be under way, and what becomes of them when the client closes.

const SUCCESS = httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1"}')

for (const kind of KINDS) {
  test(`one ${kind} too many is refused at once, and the next is taken when there is room again`, async () => {
    const opened = new Inbox<'opened'>()
    const gate = opened.next()
    const server = await startRawServer(async (connection) => {
      for (;;) {
        await connection.request()
        await gate
        await connection.send(SUCCESS)
      }
    })
    const starts = watchStarts(server.url)
    const client = clientFor(server.url, { maxInFlight: 2 })
    const held = [call(client, kind), call(client, kind)]
    expect(await call(client, kind)).toMatchObject({
      type: 'PayApiTransportError',
      reason: 'OVERLOADED',
      outcome: 'NOT_PROCESSED',
      retryable: true,
      message: expect.stringContaining('was not sent'),
    })
    expect(client.inFlight).toBe(2)

    opened.put('opened')
    for (const ending of held) expect(await ending).not.toHaveProperty('outcome')
    expect(starts.all).toHaveLength(2)
    expect(client.inFlight).toBe(0)
    expect(await call(client, kind)).not.toHaveProperty('outcome')
  })
}

test('calls that are still connecting count too', async () => {
  const client = clientFor(`https://127.0.0.1:${await startDeafServer()}`, { maxInFlight: 1 })
  const held = call(client, 'charge')
  await settle()
  expect(await call(client, 'charge')).toMatchObject({ reason: 'OVERLOADED' })
  await client.close()
  expect(await held).toMatchObject({ outcome: 'NOT_PROCESSED' })
})

test('lookups and changes do not take room from each other', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url, { maxInFlight: 1 })
  const held = [call(client, 'charge'), call(client, 'lookup')]
  for (const _ of held) await (await server.connections.next()).request()
  expect(client.inFlight).toBe(2)
  expect(await call(client, 'charge')).toMatchObject({ reason: 'OVERLOADED' })
  expect(await call(client, 'lookup')).toMatchObject({ reason: 'OVERLOADED' })
  await client.close()
  await Promise.all(held)
})

test('closing ends a charge under way as unknown and a lookup as harmless', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url)
  const charge = call(client, 'charge')
  const lookup = call(client, 'lookup')
  for (const _ of [charge, lookup]) await (await server.connections.next()).request()
  await client.close()
  expect(await charge).toMatchObject({ reason: 'CONNECTION_LOST', outcome: 'UNKNOWN', retryable: false })
  expect(await lookup).toMatchObject({ reason: 'CONNECTION_LOST', outcome: 'NOT_PROCESSED', retryable: true })
  expect(client.inFlight).toBe(0)
})

test('closing ends a charge that is still connecting as not sent, and it never is', async () => {
  const server = await startRawServer(() => {})
  const url = server.urlAs('https')
  const starts = watchStarts(url)
  const client = clientFor(url, { ca: CERTIFICATE })
  const charge = call(client, 'charge')
  await server.connections.next()
  await client.close()
  expect(await charge).toMatchObject({ type: 'PayApiTransportError', outcome: 'NOT_PROCESSED' })
  expect(starts.all).toEqual([])
})

test('a call after closing is not sent', async () => {
  const server = await startRawServer(answering(() => SUCCESS))
  const client = clientFor(server.url)
  expect(await call(client, 'charge')).toMatchObject({ type: 'CardPayment' })
  await client.close()
  for (const kind of KINDS) {
    expect(await call(client, kind)).toMatchObject({ reason: 'SHUTTING_DOWN', outcome: 'NOT_PROCESSED' })
  }
  expect(server.requests.all).toHaveLength(1)
})

test('a client that is closed twice at once and then again resolves each time', async () => {
  const server = await startRawServer(answering(() => SUCCESS))
  const client = clientFor(server.url)
  await call(client, 'lookup')
  await expect(Promise.all([client.close(), client.close()])).resolves.toBeDefined()
  await expect(client.close()).resolves.toBeUndefined()
})
