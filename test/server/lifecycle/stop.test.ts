import { Agent, request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import type { Books } from '../../../src/sandbox/server.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'
import { connectTo, rawPost } from '../../support/server/raw-client.ts'
import {
  charge,
  dataFolder,
  LOOK_UP,
  post,
  type Result,
  resultOf,
  STARTS_PROCESSES,
  startTestFacade,
  startTestProcess,
  usingPayApi,
} from '../../support/server/running-facade.ts'

const PAID = { __typename: 'CardPayment' }
const SHUTTING_DOWN = {
  __typename: 'PayApiTransportError',
  reason: 'SHUTTING_DOWN',
  outcome: 'NOT_PROCESSED',
  retryable: true,
}
const SUCCESS = httpAnswer(200, '{"ResultCode":"00"}')

/** Posts over connections that are kept, as a gateway does. Rejects where no answer comes. */
function postKept(agent: Agent, url: string, body: object, headers: Record<string, string> = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } }
    const sent = request(url, options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('error', reject).on('end', () => resolve(resultOf(text)))
    })
    sent.on('error', reject).end(JSON.stringify(body))
  })
}

/** Waits until the sandbox has so many charges in its books. */
async function untilCharged(sandboxUrl: string, count: number): Promise<void> {
  let books: Books
  do books = (await (await fetch(`${sandboxUrl}/sandbox/books`)).json()) as Books
  while (books.charges.length < count)
}

test('told to stop under load, it answers every request and ends with 0', STARTS_PROCESSES, async () => {
  const env = { PAYAPI_DATA_DIR: dataFolder(), PAYAPI_TIMEOUT_MS: '60000' }
  const facade = await startTestProcess(env)
  const sandboxUrl = /sandbox: +(http\S+)/.exec(facade.output())?.[1] ?? ''
  const before = ((await (await fetch(`${sandboxUrl}/sandbox/books`)).json()) as Books).charges.length
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const slow = Array.from({ length: 40 }, (_, index) =>
    postKept(agent, facade.url, charge(`SLOW-${index}`), { 'x-sandbox-scenario': 'slow' }),
  )
  await untilCharged(sandboxUrl, before + slow.length)

  facade.process.kill('SIGTERM')
  const results = await Promise.all(slow)
  expect(results).toEqual(results.map(() => expect.objectContaining(PAID)))
  expect(await facade.exited).toEqual([0, null])
  expect(facade.output()).toContain('"stopped"')
  await expect(post(facade.url, charge('LATE'))).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })

  // And all of it stands in the journal.
  const again = await startTestProcess(env)
  const query = `{ paymentOperations(first: 100) { edges { node { state } } } }`
  const answer = await fetch(again.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data } = (await answer.json()) as {
    data: { paymentOperations: { edges: readonly { node: { state: string } }[] } }
  }
  expect(data.paymentOperations.edges.map(({ node }) => node.state)).toEqual(results.map(() => 'SUCCEEDED'))
})

test('what cannot finish in time ends as unknown, for its caller and in the journal', STARTS_PROCESSES, async () => {
  const payApi = await startRawServer(() => {})
  const env = { ...usingPayApi(payApi.url), PAYAPI_DRAIN_MS: '300' }
  const facade = await startTestProcess(env)
  const results = [post(facade.url, charge('SILENT')), post(facade.url, LOOK_UP)]
  for (const _ of results) await (await payApi.connections.next()).request()

  facade.process.kill('SIGTERM')
  const [charged, lookedUp] = await Promise.all(results)
  expect(charged).toMatchObject({ reason: 'CONNECTION_LOST', outcome: 'UNKNOWN', retryable: false })
  expect(lookedUp).toMatchObject({ reason: 'CONNECTION_LOST', outcome: 'NOT_PROCESSED', retryable: true })
  expect(await facade.exited).toEqual([0, null])

  const again = await startTestProcess(env)
  const query = `{ result: paymentOperation(id: "${charged?.['operationId']}") { state orderId } }`
  expect(await post(again.url, { query })).toEqual({ state: 'UNKNOWN', orderId: 'SILENT' })
})

test.each(['on', 'off'])('a charge whose caller hung up is finished too, with the journal %s', async (journal) => {
  const payApi = await startRawServer(() => {})
  const facade = await startTestFacade({ ...usingPayApi(payApi.url), PAYAPI_JOURNAL: journal })
  const client = await connectTo(facade.origin)
  client.send(rawPost(charge('HUNG-UP')))
  const held = await payApi.connections.next()
  await held.request()
  client.socket.destroy()
  await client.closed

  const stopped = facade.close()
  await held.send(SUCCESS)
  await stopped
  expect(facade.lines.filter((line) => line.includes('payapi call'))).toEqual([expect.stringContaining('CardPayment')])
})

test('a charge whose caller hung up and that never ends is cut off too', async () => {
  const payApi = await startRawServer(() => {})
  const env = { ...usingPayApi(payApi.url), PAYAPI_TIMEOUT_MS: '600000', PAYAPI_DRAIN_MS: '0' }
  const facade = await startTestFacade(env)
  const client = await connectTo(facade.origin)
  client.send(rawPost(charge('HUNG-UP')))
  await (await payApi.connections.next()).request()
  client.socket.destroy()
  await client.closed

  await facade.close()
  const [line = ''] = facade.lines.filter((each) => each.includes('payapi call'))
  expect(JSON.parse(line)).toMatchObject({ outcome: 'UNKNOWN', reason: 'CONNECTION_LOST' })
})

test(
  'a second signal ends it at once with 1; until then, with a delay set, it serves on but is not ready',
  STARTS_PROCESSES,
  async () => {
    const facade = await startTestProcess({ PAYAPI_STOP_DELAY_MS: '600000' })
    const { origin } = new URL(facade.url)
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200)
    facade.process.kill('SIGTERM')
    let ready: Response
    do ready = await fetch(`${origin}/health/ready`)
    while (ready.status === 200)
    expect(await ready.json()).toEqual({ status: 'not ready', reasons: ['STOPPING'] })
    expect(await post(facade.url, charge('MEANWHILE'))).toMatchObject(PAID)

    facade.process.kill('SIGINT')
    expect(await facade.exited).toEqual([1, null])
  },
)

test('idle connections are closed at once, used or not; a busy one is told, and may ask on until then', async () => {
  const payApi = await startRawServer(() => {})
  const { origin, close } = await startTestFacade({ ...usingPayApi(payApi.url), PAYAPI_DRAIN_MS: '3600000' })
  const [busy, used, unused] = [await connectTo(origin), await connectTo(origin), await connectTo(origin)]
  used.send('GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n')
  expect((await used.answer()).headers['connection']).toBe('keep-alive')
  busy.send(rawPost(charge('BUSY')))
  const held = await payApi.connections.next()
  await held.request()

  const stopped = close()
  await Promise.all([used.closed, unused.closed])
  await expect(connectTo(origin)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  const late = charge('LATE', { idempotencyKey: 'late' })
  busy.send(rawPost(late))
  // The ordinary way through the server, too.
  busy.send(rawPost(LOOK_UP, { origin }))
  await held.send(SUCCESS)
  const answers = [await busy.answer(), await busy.answer(), await busy.answer()]
  const [paid, ...refused] = answers.map(({ body }) => resultOf(body))
  expect(paid).toMatchObject(PAID)
  expect(refused).toMatchObject([SHUTTING_DOWN, SHUTTING_DOWN])
  expect(answers.map(({ headers }) => headers['connection'] === 'close')).toEqual([false, false, true])
  await busy.closed
  await stopped
  expect(payApi.requests.all).toHaveLength(1)
})

test('what was refused while stopping can be sent again under its key', async () => {
  const payApi = await startRawServer(answering(() => SUCCESS))
  const env = usingPayApi(payApi.url)
  const first = await startTestFacade(env)
  const client = await connectTo(first.origin)
  const late = charge('LATE', { idempotencyKey: 'late' })
  // Written before the facade stops and read after: it is in the kernel in between, and must not be lost there.
  client.send(rawPost(late))
  const stopped = first.close()
  const { body, headers } = await client.answer()
  expect(resultOf(body)).toMatchObject(SHUTTING_DOWN)
  expect(headers['connection']).toBe('close')
  await stopped

  const second = await startTestFacade(env)
  expect(await post(second.url, late)).toMatchObject(PAID)
  expect(payApi.requests.all).toHaveLength(1)
})

test('what the journal knows already is still answered while stopping', async () => {
  const payApi = await startRawServer(() => {})
  const { url, origin, close } = await startTestFacade(usingPayApi(payApi.url))
  const known = charge('KNOWN', { idempotencyKey: 'known' })
  const paid = post(url, known)
  const first = await payApi.connections.next()
  await first.request()
  await first.send(SUCCESS)
  expect(await paid).toMatchObject(PAID)
  const client = await connectTo(origin)
  client.send(rawPost(charge('BUSY')))
  const held = await payApi.connections.next()
  await held.request()

  const stopped = close()
  client.send(rawPost(known))
  await held.send(SUCCESS)
  expect(resultOf((await client.answer()).body)).toMatchObject(PAID)
  expect(resultOf((await client.answer()).body)).toEqual(await paid)
  await stopped
})

test('a request whose beginning has arrived when it stops is still taken and answered', async () => {
  const { origin, close } = await startTestFacade()
  const [client, idle] = [await connectTo(origin), await connectTo(origin)]
  const bytes = rawPost(charge('HALF'))
  client.send(bytes.slice(0, 30))
  const stopped = close()
  // Both are looked at together: with the idle one gone, the other has been spared.
  await idle.closed
  client.send(bytes.slice(30))
  expect(resultOf((await client.answer()).body)).toMatchObject(SHUTTING_DOWN)
  await stopped
})

test('a facade that is stopped twice ends as if stopped once', async () => {
  const facade = await startTestFacade()
  await Promise.all([facade.close(), facade.close()])
  await facade.close()
  expect(facade.lines.filter((line) => line.includes('"stopped"'))).toHaveLength(1)
})
