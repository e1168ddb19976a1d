import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Readiness } from '../../../src/journal/claims/readiness.ts'
import { StoreUnavailableError } from '../../../src/journal/store.ts'
import { createHealth } from '../../../src/server/http/health.ts'
import { succeeds } from '../../support/journal/child.ts'
import { overPostgres } from '../../support/journal/postgres/over-postgres.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'
import { connectTo, rawPost } from '../../support/server/raw-client.ts'
import {
  charge,
  dataFolder,
  post,
  resultOf,
  STARTS_PROCESSES,
  startTestFacade,
  startTestProcess,
  usingPayApi,
} from '../../support/server/running-facade.ts'

interface Health {
  readonly status: number
  readonly body: unknown
}

async function healthOf(origin: string, path: 'live' | 'ready'): Promise<Health> {
  const answer = await fetch(`${origin}/health/${path}`)
  return { status: answer.status, body: await answer.json() }
}

const READY = { status: 200, body: { status: 'ready' } }
const AWAY = { status: 503, body: { status: 'not ready', reasons: ['STORE_UNAVAILABLE'] } }

async function untilHealthIs(origin: string, expected: Health): Promise<void> {
  let health: Health
  do health = await healthOf(origin, 'ready')
  while (health.status !== expected.status)
  expect(health).toEqual(expected)
}

/**
 * Waits until it is not ready right after something has failed. What a failure said is believed for a moment, which may be
 * over on a busy machine before anybody asks: then it fails once more.
 */
async function untilAwayAfter(origin: string, fail: () => Promise<void>): Promise<void> {
  let health: Health
  do {
    await fail()
    health = await healthOf(origin, 'ready')
  } while (health.status !== AWAY.status)
  expect(health).toEqual(AWAY)
}

test('a facade is live and ready', async () => {
  const { origin } = await startTestFacade()
  expect(await healthOf(origin, 'live')).toEqual({ status: 200, body: { status: 'live' } })
  expect(await healthOf(origin, 'ready')).toEqual(READY)
  const head = await fetch(`${origin}/health/ready`, { method: 'HEAD' })
  expect([head.status, head.headers.get('cache-control'), await head.text()]).toEqual([200, 'no-store', ''])
  expect((await fetch(`${origin}/health/ready`, { method: 'DELETE' })).status).toBe(405)
})

test('it is ready without a journal, where none is kept', async () => {
  const { origin } = await startTestFacade({ PAYAPI_JOURNAL: 'off' })
  expect(await healthOf(origin, 'ready')).toEqual(READY)
})

test('it is not ready while the store is away, says no more of it than that, and stays live', async () => {
  const { origin, url } = await startTestFacade({
    PAYAPI_STORE_URL: 'postgres://somebody:SECRET@127.0.0.1:1/payments',
    PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 1).toString('base64'),
  })
  expect(await healthOf(origin, 'ready')).toEqual(AWAY)
  expect((await healthOf(origin, 'live')).status).toBe(200)
  expect(await post(url, charge('ORDER-AWAY'))).toMatchObject({ reason: 'JOURNAL_UNAVAILABLE' })
})

test('a PayAPI that is away leaves it ready', async () => {
  const { origin, url } = await startTestFacade(usingPayApi('http://127.0.0.1:1'))
  expect(await post(url, charge('ORDER-AWAY'))).toMatchObject({ reason: 'CONNECTION_REFUSED' })
  expect(await healthOf(origin, 'ready')).toEqual(READY)
})

test('it is not ready from the moment that it stops', async () => {
  const payApi = await startRawServer(() => {})
  const { origin, close } = await startTestFacade(usingPayApi(payApi.url))
  const client = await connectTo(origin)
  client.send(rawPost(charge('ORDER-STOP')))
  const held = await payApi.connections.next()
  await held.request()

  // Behind the charge on the same connection, the only one that is left.
  const stopped = close()
  client.send('GET /health/ready HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await held.send(httpAnswer(200, '{"ResultCode":"00"}'))
  expect(resultOf((await client.answer()).body)).toMatchObject({ __typename: 'CardPayment' })
  const { status, body } = await client.answer()
  expect({ status, body: JSON.parse(body) }).toEqual({
    status: 503,
    body: { status: 'not ready', reasons: ['STOPPING'] },
  })
  await stopped
})

/** Serves the health of a store of the test's own. */
async function serveHealth(ready: () => Promise<void>): Promise<string> {
  const readiness = new Readiness(ready)
  const takeHealth = createHealth({ isStopping: () => false, isJournalReady: () => readiness.isReady() })
  const server = createServer((request, response) => void takeHealth(request, response)).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('however many ask, the store is asked once', async () => {
  let asked = 0
  let answer = () => {}
  const origin = await serveHealth(() => {
    asked++
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  const health = Promise.all(Array.from({ length: 50 }, () => healthOf(origin, 'ready')))
  // Also the last of them is there by now: they came in this order.
  await healthOf(origin, 'live')
  answer()
  expect(new Set((await health).map(({ status }) => status))).toEqual(new Set([200]))
  expect(asked).toBe(1)
})

test('a store that goes away and comes back is noticed', async () => {
  let isAway = false
  const origin = await serveHealth(async () => {
    if (isAway) throw new StoreUnavailableError('away')
  })
  expect(await healthOf(origin, 'ready')).toEqual(READY)
  for (const expected of [AWAY, READY]) {
    isAway = !isAway
    await untilHealthIs(origin, expected)
  }
})

test(
  'it is not ready once a claim has failed, where the disk has room for less than that, until there is room (needs prlimit)',
  async ({ skip }) => {
    skip(!succeeds('prlimit', '--version'), 'prlimit is missing here')
    const folder = dataFolder()
    const { url, process: facade } = await startTestProcess({ PAYAPI_DATA_DIR: folder })
    const { origin } = new URL(url)
    const setLimit = (bytes: number | 'unlimited') => {
      expect(succeeds('prlimit', `--pid=${facade.pid}`, `--fsize=${bytes}:`)).toBe(true)
    }
    expect(await post(url, charge('ORDER-ROOM'))).toMatchObject({ __typename: 'CardPayment' })
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
    setLimit(Math.max(...sizes) + 12_000)
    let orders = 0
    const isRefused = async () => (await post(url, charge(`ORDER-${++orders}`)))['reason'] === 'JOURNAL_UNAVAILABLE'
    await untilAwayAfter(origin, async () => {
      // Of the journal's files only the largest has so little room.
      while (!(await isRefused()));
    })
    setLimit('unlimited')
    await untilHealthIs(origin, READY)
    expect(await post(url, charge(`ORDER-${orders}`))).toMatchObject({ __typename: 'CardPayment' })
  },
  STARTS_PROCESSES.timeout,
)

overPostgres('with its journal in PostgreSQL', (server) => {
  const start = async (database: string) => {
    const facade = await startTestFacade({
      PAYAPI_STORE_URL: server.url(await server.newDatabase(database)),
      PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 1).toString('base64'),
    })
    await untilHealthIs(facade.origin, READY)
    return facade
  }

  test('it is not ready while the table that claims write is locked', async () => {
    const { origin } = await start('locked')
    const unlock = await server.lockTable('payapi.operations', 'locked')
    await untilHealthIs(origin, AWAY)
    await unlock()
    await untilHealthIs(origin, READY)
  })

  test('it is not ready once a claim has failed, although a probe would not have, and says so at once', async () => {
    const { origin, url } = await start('refusing')
    await server.sql(
      `create function payapi.full() returns trigger language plpgsql as $$
         begin raise 'No space left on device' using errcode = 'disk_full'; end $$;
       create trigger full_disk before insert on payapi.operations for each row when (new.order_id = 'ORDER-FULL')
         execute function payapi.full()`,
      'refusing',
    )
    const done = charge('ORDER-ROOM', { idempotencyKey: 'key-1' })
    expect(await post(url, done)).toMatchObject({ __typename: 'CardPayment' })
    expect(await healthOf(origin, 'ready')).toEqual(READY)
    await untilAwayAfter(origin, async () => {
      expect(await post(url, charge('ORDER-FULL'))).toMatchObject({ reason: 'JOURNAL_UNAVAILABLE' })
      // This one needs nothing to be written.
      expect(await post(url, done)).toMatchObject({ __typename: 'CardPayment' })
    })
    await untilHealthIs(origin, READY)
  })
})

test('a store that says nothing counts as away', async () => {
  expect(await healthOf(await serveHealth(() => new Promise(() => {})), 'ready')).toEqual(AWAY)
})

test('a PayAPI that answers is not asked for its health', async () => {
  const payApi = await startRawServer(answering(() => httpAnswer(200, '{"ResultCode":"00"}')))
  const { origin } = await startTestFacade(usingPayApi(payApi.url))
  expect(await healthOf(origin, 'ready')).toEqual(READY)
  expect(payApi.requests.all).toEqual([])
})
