import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../../../src/config/index.ts'
import { connectTo, type RawClient, rawPost } from '../../../support/server/raw-client.ts'
import { charge, post, resultOf, startTestFacade } from '../../../support/server/running-facade.ts'

// Who sends slowly, or nothing, or too much, is cut off. By default Node lets them stay for one to six minutes, so a
// guard that is missing shows as a test that never ends.

/** Writes a byte every few milliseconds until the connection ends. */
function drip(client: RawClient, byte: string): void {
  const timer = setInterval(() => client.send(byte), 10)
  void client.closed.then(() => clearInterval(timer))
}

/** A head that announces a body of 90,000 bytes, of which the first has come. */
const HEAD = `${rawPost({}, { 'content-length': '90000' }).split('\r\n\r\n')[0]}\r\n\r\n{`

test('sockets on which nothing comes are closed, and meanwhile others are served', async () => {
  const { url, origin } = await startTestFacade({ PAYAPI_HEADERS_TIMEOUT_MS: '300' })
  const idle = await Promise.all(Array.from({ length: 100 }, () => connectTo(origin)))
  expect(await post(url, charge('ORDER-IDLE'))).toMatchObject({ __typename: 'CardPayment' })
  await Promise.all(idle.map(({ closed }) => closed))
})

test('headers that drip are cut off', async () => {
  const { origin } = await startTestFacade({ PAYAPI_HEADERS_TIMEOUT_MS: '300' })
  const client = await connectTo(origin)
  client.send('POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-slow: ')
  drip(client, 'a')
  expect(await client.answer()).toMatchObject({ status: 408 })
  await client.closed
})

test.each([
  ['of a plain POST of JSON', HEAD],
  ['of any other POST', HEAD.replace('application/json', 'application/graphql+json')],
])('a body %s that drips is cut off, and nothing is sent for it', async (_, head) => {
  const { origin, lines } = await startTestFacade({
    PAYAPI_HEADERS_TIMEOUT_MS: '300',
    PAYAPI_REQUEST_TIMEOUT_MS: '300',
  })
  const client = await connectTo(origin)
  client.send(head)
  drip(client, ' ')
  expect(await client.answer()).toMatchObject({ status: 408 })
  await client.closed
  expect(lines.filter((line) => line.includes('payapi call'))).toEqual([])
})

test('a connection that was used is closed when no further request comes', async () => {
  const { origin } = await startTestFacade({ PAYAPI_KEEP_ALIVE_TIMEOUT_MS: '200' })
  const client = await connectTo(origin)
  client.send(rawPost(charge('ORDER-KEPT')))
  const { headers, body } = await client.answer()
  expect(headers['connection']).toBe('keep-alive')
  expect(resultOf(body)).toMatchObject({ __typename: 'CardPayment' })
  await client.closed
})

test('headers without end are refused', async () => {
  const { origin } = await startTestFacade({ PAYAPI_MAX_HEADER_BYTES: '2000' })
  const client = await connectTo(origin)
  client.send(rawPost(charge('ORDER-HUGE'), { 'x-huge': 'a'.repeat(2_000) }))
  expect(await client.answer()).toMatchObject({ status: 431 })
  await client.closed
})

/** A connection over which an order was charged. */
async function chargedOver(origin: string, orderId: string): Promise<RawClient> {
  for (;;) {
    const client = await connectTo(origin)
    client.send(rawPost(charge(orderId, { idempotencyKey: orderId })))
    const answer = await client.answer().catch(() => undefined)
    // The connection that asked whether the facade is ready may not be quite gone.
    if (answer === undefined) continue
    expect(resultOf(answer.body)).toMatchObject({ __typename: 'CardPayment' })
    return client
  }
}

test('beyond the bound on connections a new one is closed at once, and those that are there go on', async () => {
  const { origin } = await startTestFacade({
    PAYAPI_MAX_CONNECTIONS: '2',
    // No connection is to be closed for another reason.
    PAYAPI_KEEP_ALIVE_TIMEOUT_MS: '600000',
    PAYAPI_HEADERS_TIMEOUT_MS: '600000',
    PAYAPI_REQUEST_TIMEOUT_MS: '600000',
  })
  const kept = [await chargedOver(origin, 'ORDER-1'), await chargedOver(origin, 'ORDER-2')]
  await (await connectTo(origin)).closed
  for (const [index, client] of kept.entries()) {
    client.send(rawPost(charge(`ORDER-STILL-${index}`)))
    expect(resultOf((await client.answer()).body)).toMatchObject({ __typename: 'CardPayment' })
  }
})

test('a request that drips is cut off also while the facade stops, and does not hold it up', async () => {
  const { origin, close } = await startTestFacade({
    PAYAPI_HEADERS_TIMEOUT_MS: '300',
    PAYAPI_REQUEST_TIMEOUT_MS: '300',
    PAYAPI_DRAIN_MS: '3600000',
  })
  const client = await connectTo(origin)
  client.send(HEAD)
  drip(client, ' ')
  const stopped = close()
  expect(await client.answer()).toMatchObject({ status: 408 })
  await stopped
})

test('the time for headers cannot be longer than the time for the whole request', () => {
  const read = () => readConfig({ PAYAPI_HEADERS_TIMEOUT_MS: '300', PAYAPI_REQUEST_TIMEOUT_MS: '200' })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow('PAYAPI_HEADERS_TIMEOUT_MS')
})
