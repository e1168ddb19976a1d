import { expect, test } from 'vitest'
import { startRawServer } from '../../support/payapi/raw-server.ts'
import { connectTo, rawPost } from '../../support/server/raw-client.ts'
import { charge, LOOK_UP, resultOf, startTestFacade, usingPayApi } from '../../support/server/running-facade.ts'

// What one connection may do to the others, and to itself.

const HEAD = 'HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n'

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`

test.each([
  ['too large, and ends', 413, 'POST /graphql', '', `${chunk('x'.repeat(150_000))}0\r\n\r\n`],
  ['too large, and does not end', 413, 'POST /graphql', '', chunk('x'.repeat(150_000))],
  ['too large on the ordinary way', 413, 'POST /graphql?x', '', chunk('x'.repeat(150_000))],
  ['too large to a path that is not there', 404, 'POST /elsewhere', '', chunk('x'.repeat(150_000))],
  ['too large in another encoding', 415, 'POST /graphql', 'Content-Encoding: gzip\r\n', chunk('x'.repeat(150_000))],
  ['too large for another method', 413, 'PUT /graphql', '', chunk('x'.repeat(150_000))],
])(
  'a chunked body that is %s is answered with %i, the connection ends, and nothing behind it is executed',
  async (_, status, line, header, body) => {
    const { origin, lines } = await startTestFacade()
    const client = await connectTo(origin)
    client.send(`${line} ${HEAD}${header}\r\n${body}`)
    client.send(rawPost(charge('ORDER-BEHIND')))
    const answer = await client.answer()
    expect(answer).toMatchObject({ status, headers: { connection: 'close' } })
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{}] })
    await client.closed
    await expect(client.answer()).rejects.toThrow('closed after 0 bytes')
    // The same order, so that what had been begun would have been claimed before.
    const other = await connectTo(origin)
    other.send(rawPost(charge('ORDER-BEHIND')))
    expect(resultOf((await other.answer()).body)).toMatchObject({ __typename: 'CardPayment' })
    expect(lines.filter((line) => line.includes('payapi call'))).toHaveLength(1)
  },
)

test('a body that says that it is too large is answered with 413 before it came, and the connection ends', async () => {
  const { origin } = await startTestFacade()
  for (const path of ['/graphql', '/graphql?x']) {
    const client = await connectTo(origin)
    client.send(`POST ${path} ${HEAD.replace('Transfer-Encoding: chunked', 'Content-Length: 100001')}\r\n{`)
    expect(await client.answer()).toMatchObject({ status: 413, headers: { connection: 'close' } })
    await client.closed
  }
})

test('a chunked body within the limit is answered, and the connection goes on', async () => {
  const { origin } = await startTestFacade()
  const client = await connectTo(origin)
  for (const path of ['/graphql', '/graphql?x', '/graphql']) {
    client.send(`POST ${path} ${HEAD}\r\n${chunk(JSON.stringify(LOOK_UP))}0\r\n\r\n`)
    expect(resultOf((await client.answer()).body)).toMatchObject({ __typename: 'CardPrefix' })
  }
})

/** A facade before a PayAPI that answers nothing, and how many connections that got. */
async function heldFacade(env: Readonly<Record<string, string>>) {
  let accepted = 0
  const payApi = await startRawServer(() => {
    accepted++
  })
  const facade = await startTestFacade({ ...usingPayApi(payApi.url), PAYAPI_DRAIN_MS: '0', ...env })
  return { ...facade, payApi, accepted: () => accepted }
}

test('requests sent at once on one connection are executed one after the other, and all are answered', async () => {
  const { origin } = await startTestFacade()
  const client = await connectTo(origin)
  const orders = Array.from({ length: 20 }, (_, n) => `ORDER-${n}`)
  client.send(orders.map((orderId) => rawPost(charge(orderId))).join(''))
  for (const orderId of orders) {
    expect(resultOf((await client.answer()).body)).toMatchObject({ __typename: 'CardPayment', orderId })
  }
})

test('while a request is under way, none behind it on its connection begins, and others are served', async () => {
  const { origin, payApi, accepted } = await heldFacade({})
  const client = await connectTo(origin)
  client.send(Array.from({ length: 10 }, (_, n) => rawPost(charge(`ORDER-${n}`))).join(''))
  await (await payApi.connections.next()).request()
  const other = await connectTo(origin)
  other.send(rawPost(charge('ORDER-OTHER')))
  await (await payApi.connections.next()).request()
  expect(accepted()).toBe(2)
})

test('a connection on which more requests wait than may is cut off, and what waits is never executed', async () => {
  const { origin, lines, payApi, accepted } = await heldFacade({ PAYAPI_MAX_WAITING_REQUESTS: '3' })
  const client = await connectTo(origin)
  client.send(rawPost(charge('ORDER-BEGUN')))
  await (await payApi.connections.next()).request()
  client.send(Array.from({ length: 3 }, (_, n) => rawPost(charge(`ORDER-${n}`))).join(''))
  client.send(Array.from({ length: 50 }, (_, n) => rawPost(charge(`ORDER-MORE-${n}`))).join(''))
  await client.closed
  expect(lines.filter((line) => line.includes('connection cut off'))).toHaveLength(1)
  expect(accepted()).toBe(1)
})

test('as many requests as may wait are answered', async () => {
  const { origin } = await startTestFacade({ PAYAPI_MAX_WAITING_REQUESTS: '3' })
  const client = await connectTo(origin)
  client.send(Array.from({ length: 4 }, (_, n) => rawPost(charge(`ORDER-${n}`))).join(''))
  for (let n = 0; n < 4; n++) expect(resultOf((await client.answer()).body)).toMatchObject({ orderId: `ORDER-${n}` })
})

test('a caller who reads no answers is cut off, and others are served meanwhile', async () => {
  const { origin, lines } = await startTestFacade({
    PAYAPI_RESPONSE_TIMEOUT_MS: '500',
    PAYAPI_MAX_WAITING_REQUESTS: '10000',
  })
  const deaf = await connectTo(origin)
  deaf.socket.pause()
  // Their answers are more than what the kernels between the two keep.
  deaf.send(rawPost({ query: '{ __schema { types { name description fields { name description } } } }' }).repeat(1_000))
  const other = await connectTo(origin)
  other.send(rawPost(charge('ORDER-OTHER')))
  expect(resultOf((await other.answer()).body)).toMatchObject({ __typename: 'CardPayment' })
  const cutOffs = () => lines.filter((line) => line.includes('answer not taken in time'))
  await expect.poll(cutOffs).toHaveLength(1)
  deaf.socket.resume()
  await deaf.closed
})
