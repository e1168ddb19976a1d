import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { type CallRecord, SERVICES, type ServiceName } from '../../src/payapi/index.ts'
import { FIXTURES } from '../services/index.generated.ts'
import { clientFor, NOW } from '../support/payapi/client.ts'
import { call } from '../support/payapi/faults.ts'
import { answering, httpAnswer, startRawServer } from '../support/payapi/raw-server.ts'

// What the client tells whoever keeps the log. It is a list of what may be told: nothing else is.

const ALLOWED = [
  'requestId',
  'service',
  'merchantId',
  'operationId',
  'durationMs',
  'ending',
  'outcome',
  'reason',
  'httpStatus',
  'unread',
]

/** Calls a service and returns its one record. */
async function recordOf(name: ServiceName, input: unknown, status: number, body: string): Promise<CallRecord> {
  const server = await startRawServer(answering(() => httpAnswer(status, body)))
  const client = clientFor(server.url)
  await client.call(SERVICES[name], input)
  expect(client.records).toHaveLength(1)
  return client.records[0] as CallRecord
}

test('a success is told with its type and with what could not be read', async () => {
  const body = '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1","Price":"x"}'
  expect(await recordOf('chargeMobileBillingKey', FIXTURES.chargeMobileBillingKey.minimal.input, 200, body)).toEqual({
    requestId: expect.stringMatching(/^[\w-]{20,}$/),
    service: 'chargeMobileBillingKey',
    merchantId: 'welcometst',
    durationMs: 0,
    ending: 'MobilePayment',
    unread: ['Price', 'PayDate', 'PayTime'],
  })
})

test('a refusal of the PG is told without its words', async () => {
  const body = '{"ResultCode":"2001","ResultMsg":"카드 4000000000000002 거절"}'
  expect(await recordOf('chargeKeyedInCard', FIXTURES.chargeKeyedInCard.minimal.input, 200, body)).toEqual({
    requestId: expect.any(String),
    service: 'chargeKeyedInCard',
    merchantId: 'welcometst',
    durationMs: 0,
    ending: 'PgFailure',
    outcome: 'NOT_PROCESSED',
  })
})

test('a refusal by HTTP status is told with it', async () => {
  expect(await recordOf('cancelPayment', FIXTURES.cancelPayment.minimal.input, 503, '')).toMatchObject({
    ending: 'PayApiHttpServerError',
    outcome: 'UNKNOWN',
    httpStatus: 503,
  })
})

test('a lost call is told with its reason', async () => {
  expect(await recordOf('cancelPayment', FIXTURES.cancelPayment.minimal.input, 200, '<html>')).toMatchObject({
    ending: 'PayApiTransportError',
    outcome: 'UNKNOWN',
    reason: 'UNREADABLE_RESPONSE',
  })
})

test('an input that is rejected is no call', async () => {
  const client = clientFor('http://127.0.0.1:1')
  const rejected = await client.call(SERVICES.deleteCardBillingKey, { billingKey: '' }, { merchantId: 'stranger' })
  expect(rejected.type).toBe('PayApiInvalidInput')
  expect(client.records).toEqual([])
})

test('no record of any service in any case holds more than is allowed, nor anything that was sent or answered', async () => {
  const said = 'ANSWERED-WORDS'
  const bodies = [
    [200, (code: string) => `{"ResultCode":"${code}","ResultMsg":"${said}","tid":"${said}","Billkey":"${said}"}`],
    [200, () => `{"ResultCode":"9${said}","ResultMsg":"${said}"}`],
    [400, () => `{"ResultCode":"9","ResultMsg":"${said}"}`],
    [500, () => said],
  ] as const
  for (const name of Object.keys(FIXTURES) as ServiceName[]) {
    for (const [status, body] of bodies) {
      const record = await recordOf(name, FIXTURES[name].full.input, status, body(SERVICES[name].success))
      expect(Object.keys(record).filter((key) => !ALLOWED.includes(key))).toEqual([])
      expect(JSON.stringify(record)).not.toMatch(/ANSWERED|TID-2019|ORDER-|KEY-0|홍길동|4000000000000002|900101/)
    }
  }
})

test('the id in the record is the one in the failure, and no two calls share one', async () => {
  const server = await startRawServer(answering(() => httpAnswer(500)))
  const client = clientFor(server.url)
  const ids: unknown[] = []
  for (let made = 0; made < 20; made++) ids.push(((await call(client, 'charge')) as { requestId?: string }).requestId)
  expect(client.records.map(({ requestId }) => requestId)).toEqual(ids)
  expect(new Set(ids).size).toBe(20)
})

test('the duration is told, from the call to its end', async () => {
  let now = NOW
  const server = await startRawServer(
    answering(() => {
      now += 1_234
      return httpAnswer(500)
    }),
  )
  const client = clientFor(server.url, { now: () => now })
  const ending = await call(client, 'charge')
  expect(client.records[0]?.durationMs).toBe(1_234)
  expect(ending).toMatchObject({ requestedAt: new Date(NOW).toISOString() })
})

const THROWN: readonly [what: string, onCall: () => void, warning: string][] = [
  ['an error', () => expect.fail('disk full'), 'disk full'],
  [
    'a text',
    () => {
      throw 'no room'
    },
    'no room',
  ],
  [
    'what cannot become a text',
    () => {
      throw Object.create(null)
    },
    '',
  ],
  ['a promise that fails', () => Promise.reject(new Error('disk full')), 'disk full'],
]

for (const [what, onCall, words] of THROWN) {
  test(`a log that throws ${what} changes nothing in how a call ends, and becomes a warning`, async () => {
    const server = await startRawServer(answering(() => httpAnswer(200, '{"ResultCode":"00","tid":"TID-1"}')))
    const printing = process.listeners('warning')
    process.removeAllListeners('warning')
    onTestFinished(() => {
      for (const listener of printing) process.on('warning', listener)
    })
    const warned = once(process, 'warning')
    expect(await call(clientFor(server.url, { onCall }), 'charge')).toMatchObject({ transactionId: 'TID-1' })
    const [warning] = (await warned) as [Error]
    expect(warning.message).toContain(words)
  })
}
