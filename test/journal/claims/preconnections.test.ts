import { expect, it, onTestFinished } from 'vitest'
import { Journal } from '../../../src/journal/journal.ts'
import { Keyring } from '../../../src/journal/keys/keyring.ts'
import { SqliteStore } from '../../../src/journal/sqlite/store.ts'
import { SERVICES } from '../../../src/payapi/index.ts'
import { createApp } from '../../../src/server/app.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { aCharge, type Fields } from '../../support/journal/facade.ts'
import { HOUR, KEYS, unique } from '../../support/journal/operations.ts'
import { HeldThread } from '../../support/journal/sqlite/held-thread.ts'
import { newPath } from '../../support/journal/sqlite/journals.ts'
import { eventually, PATIENT_MS, whenReady } from '../../support/journal/store.ts'
import { CERTIFICATE, KEY } from '../../support/payapi/certificates.ts'
import { clientFor } from '../../support/payapi/client.ts'
import { answering, httpAnswer, type RawConnection, startRawServer } from '../../support/payapi/raw-server.ts'

// The connection to PayAPI is opened while a call is claimed. Nothing of the call leaves before the claim is on disk.

const SUCCESS = httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1","Price":"1004"}')

const CHARGE = `mutation ($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) {
  __typename ... on CardPayment { transactionId } ... on PayApiFailure { outcome }
  ... on PayApiTransportError { reason } ... on PayApiIdempotencyConflict { reason }
} }`

/** A facade whose journal can be held back, before a PayAPI that counts what it is sent, inside TLS. */
async function start({ tls = false, deadlineMs = PATIENT_MS } = {}) {
  const bytes = new Map<RawConnection, number>()
  const serve = (connection: RawConnection): unknown => {
    bytes.set(connection, 0)
    connection.socket.on('data', (chunk: Buffer) => {
      bytes.set(connection, (bytes.get(connection) ?? 0) + chunk.length)
    })
    return answering(() => SUCCESS)(connection)
  }
  const payApi = await startRawServer(serve, tls ? { tls: { key: KEY, cert: CERTIFICATE } } : {})
  const owner = unique('owner')
  const data = { path: newPath(), mode: 'shared', owner, keys: KEYS, init: false } as const
  const thread = new HeldThread(data)
  const store = await whenReady(new SqliteStore({ ...data, startThread: thread.start, deadlineMs }))
  const client = clientFor(payApi.url, { ca: CERTIFICATE })
  const journal = new Journal({
    store,
    keyring: new Keyring(KEYS),
    owner,
    callTimeoutMs: 60_000,
    orderGuard: true,
    waitMs: 30_000,
    retentionMs: 24 * HOUR,
  })
  onTestFinished(async () => {
    thread.passOn()()
    await journal.close()
  })
  const app = createApp({ client, journal, log: createLogger('silent') })
  const charge = async (input: object): Promise<Fields> => {
    const response = await app.fetch('http://facade/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: CHARGE, variables: { input: aCharge(input) } }),
    })
    const { data: answer } = (await response.json()) as { data: Record<string, Fields> }
    return answer['chargeCardBillingKey'] as Fields
  }
  const bytesOn = (connection: RawConnection) => bytes.get(connection)
  return { payApi, thread, journal, client, charge, bytesOn }
}

for (const tls of [false, true]) {
  it(`is there before the claim is on disk, and the request only after that (TLS: ${tls})`, async () => {
    const { payApi, thread, charge, bytesOn } = await start({ tls })
    thread.hold()
    const result = charge({})
    const connection = await payApi.connections.next()
    await eventually(() => expect(thread.held).toBeGreaterThan(0))
    expect(bytesOn(connection)).toBe(0)
    expect(payApi.requests.all).toEqual([])
    thread.passOn()()
    expect(await result).toMatchObject({ __typename: 'CardPayment', transactionId: 'TID-1' })
    expect(bytesOn(connection)).toBeGreaterThan(0)
    expect(payApi.connections.all).toHaveLength(1)
  })
}

const REFUSED: readonly { readonly what: string; readonly again: object; readonly expected: object }[] = [
  {
    what: 'an earlier result',
    again: { idempotencyKey: 'key-1', orderId: 'order-1' },
    expected: { __typename: 'CardPayment' },
  },
  {
    what: 'a conflict of the key',
    again: { idempotencyKey: 'key-1', orderId: 'order-2' },
    expected: { reason: 'DIFFERENT_INPUT' },
  },
  {
    what: 'a conflict of the order',
    again: { idempotencyKey: 'key-2', orderId: 'order-1' },
    expected: { reason: 'SAME_ORDER' },
  },
]

for (const { what, again, expected } of REFUSED) {
  it(`is closed without a byte where the answer is ${what}`, async () => {
    const { payApi, thread, charge, bytesOn } = await start()
    await charge({ idempotencyKey: 'key-1', orderId: 'order-1' })
    await payApi.connections.next()
    thread.hold()
    const second = charge(again)
    const connection = await payApi.connections.next()
    await eventually(() => expect(thread.held).toBeGreaterThan(0))
    thread.passOn()()
    expect(await second).toMatchObject(expected)
    await connection.closed
    expect(bytesOn(connection)).toBe(0)
    expect(payApi.requests.all).toHaveLength(1)
  })
}

it('is closed without a byte where the journal does not answer in time', async () => {
  const { payApi, thread, charge, bytesOn } = await start({ deadlineMs: 600 })
  await eventually(async () => expect(await charge({})).toMatchObject({ __typename: 'CardPayment' }))
  const { connections, requests } = payApi
  const before = { connections: connections.all.length, requests: requests.all.length }
  thread.hold()
  expect(await charge({})).toMatchObject({ reason: 'JOURNAL_UNAVAILABLE' })
  thread.passOn()()
  await Promise.all(connections.all.map(({ closed }) => closed))
  expect(connections.all.slice(before.connections).map(bytesOn)).toEqual([0])
  expect(requests.all).toHaveLength(before.requests)
})

it('is closed without a byte where a guard refuses', async () => {
  const { payApi, thread, journal, client, bytesOn } = await start()
  const call = client.prepare(SERVICES.cancelPayment, FIXTURES.cancelPayment.minimal.input)
  if ('type' in call) throw new Error(call.message)
  const { requestId: id, merchantId, transactionId } = call.metadata
  const key = { merchantId: String(merchantId), transactionId: String(transactionId) }
  const guard = { name: 'passRefund', input: { id, ...key, key: null, version: 'another' } } as const
  thread.hold()
  const result = journal.runGuarded(call, { caller: 'shop' }, guard, client)
  const connection = await payApi.connections.next()
  await eventually(() => expect(thread.held).toBeGreaterThan(0))
  thread.passOn()()
  expect(await result).toBe('GUARDED')
  await connection.closed
  expect(bytesOn(connection)).toBe(0)
})

it('is no storm: whoever repeats a request again and again makes a few', async () => {
  const { payApi, charge } = await start()
  const input = { idempotencyKey: 'key-1', orderId: 'order-1' }
  for (let times = 0; times < 100; times++) expect(await charge(input)).toMatchObject({ transactionId: 'TID-1' })
  expect(payApi.requests.all).toHaveLength(1)
  expect(payApi.connections.all.length).toBeLessThanOrEqual(1 + 16)
})
