import { expect, test } from 'vitest'
import { clientFor, settle } from '../../support/payapi/client.ts'
import { call, KINDS } from '../../support/payapi/faults.ts'
import { httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'

// A client that stops begins nothing more, and says when the last of what it had begun is over.

const SUCCESS = httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1"}')

for (const kind of KINDS) {
  test(`a ${kind} after stopping is not sent, and may be sent again elsewhere`, async () => {
    const server = await startRawServer(() => {})
    const client = clientFor(server.url)
    await client.stop()
    expect(await call(client, kind)).toMatchObject({
      type: 'PayApiTransportError',
      reason: 'SHUTTING_DOWN',
      outcome: 'NOT_PROCESSED',
      retryable: true,
      message: expect.stringContaining('was not sent'),
    })
    expect(client.records).toMatchObject([{ reason: 'SHUTTING_DOWN' }])
    expect(server.connections.all).toEqual([])
  })
}

test('stopping waits for what is under way, which ends as ever', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url)
  const [charge, lookup] = [call(client, 'charge'), call(client, 'lookup')]
  const held = [await server.connections.next(), await server.connections.next()]
  for (const connection of held) await connection.request()
  expect(client.underWay).toEqual({ changes: 1, lookups: 1 })

  let isOver = false
  const stopped = client.stop().then(() => {
    isOver = true
  })
  await held[0]?.send(SUCCESS)
  await Promise.race([charge, lookup])
  await settle()
  expect(isOver).toBe(false)
  await held[1]?.send(SUCCESS)
  await Promise.all([stopped, client.stop()])
  for (const ending of [charge, lookup]) expect(await ending).not.toHaveProperty('outcome')
  expect(client.underWay).toEqual({ changes: 0, lookups: 0 })
})

test('a client that is closed ends the wait of a call', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url)
  const charge = call(client, 'charge')
  await (await server.connections.next()).request()
  const stopped = client.stop()
  await client.close()
  await stopped
  expect(await charge).toMatchObject({ outcome: 'UNKNOWN' })
})
