import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createJournaledClient, isFailure } from '../../src/package/client.ts'
import { createPayApiGraphql } from '../../src/package/index.ts'
import { startSandbox } from '../../src/package/sandbox.ts'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { httpAnswer, startRawServer } from '../support/payapi/raw-server.ts'

const SOURCE = join(import.meta.dirname, '../../src/package')

/** Runs a program from the sources, with variables that would be refused; it has to end by itself. */
function run(program: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'payapi-alone-')), 'program.mts')
  writeFileSync(file, `${program}\nprocess.exitCode = 7\n`)
  const env = { ...process.env, PAYAPI_ENV: 'none', PAYAPI_TIMEOUT_MS: 'none', PAYAPI_NO_SUCH: 'none', PORT: 'none' }
  return spawnSync(process.execPath, ['--import', 'tsx', file], { encoding: 'utf8', env, cwd: join(SOURCE, '../..') })
}

const ended = { status: 7, stdout: '', stderr: expect.not.stringContaining('Error') }

describe('a process', () => {
  it('ends by itself once the facade is closed, has written nothing, read no variable and heard no signal', () => {
    const options = `{ metrics: { token: 'sixteen-characters' }, tracing: { endpoint: 'http://127.0.0.1:1' } }`
    expect(
      run(`import { createPayApiGraphql } from '${SOURCE}/index.ts'
const before = process.eventNames().filter((name) => String(name).startsWith('SIG'))
const payments = createPayApiGraphql(${options})
const other = createPayApiGraphql()
for (const { fetch } of [payments, other]) {
  const body = JSON.stringify({ query: 'subscription { workChanged { __typename } }' })
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' }
  await fetch(new Request('http://x/graphql', { method: 'POST', headers, body }))
}
if (process.eventNames().filter((name) => String(name).startsWith('SIG')).length !== before.length) throw new Error('signals')
await Promise.all([payments.close(), other.close()])`),
    ).toMatchObject(ended)
  })

  it('ends by itself once a client and a sandbox are closed, and where nothing was ever begun', () => {
    expect(
      run(`import { createPayApiGraphql } from '${SOURCE}/index.ts'
import { createJournaledClient } from '${SOURCE}/client.ts'
import { startSandbox } from '${SOURCE}/sandbox.ts'
createPayApiGraphql()
const sandbox = await startSandbox()
const client = createJournaledClient({ baseUrl: sandbox.url, merchants: sandbox.merchants })
await client.lookUpCardPrefix({ prefix: '400000' })
await client.close()
await sandbox.close()`),
    ).toMatchObject(ended)
  })
})

const charge = (orderId: string, amount = '1000') => ({
  orderId,
  amount,
  goodsName: '커피',
  buyer: { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' },
  card: { number: '4000000000000002', expiryYear: '29', expiryMonth: '12' },
  installmentMonths: 0,
})

async function sandboxAndClient() {
  const sandbox = await startSandbox()
  const client = createJournaledClient({ baseUrl: sandbox.url, merchants: sandbox.merchants, timeoutMs: 400 })
  onTestFinished(async () => {
    await client.close()
    await sandbox.close()
  })
  return { sandbox, client }
}

describe('a client with a journal', () => {
  it('charges once however often it is asked with a key, and tells a key of another input', async () => {
    const { sandbox, client } = await sandboxAndClient()
    const results = await Promise.all(
      Array.from({ length: 5 }, () => client.chargeKeyedInCard(charge('C-1'), { idempotencyKey: 'k' })),
    )
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
    expect(results[0]?.type).toBe('CardPayment')
    expect(await client.chargeKeyedInCard(charge('C-2'), { idempotencyKey: 'k' })).toMatchObject({
      type: 'PayApiIdempotencyConflict',
      reason: 'DIFFERENT_INPUT',
    })
    expect(sandbox.books().charges).toHaveLength(1)
  })

  it('does not say ‘not processed’ of what may have been, and does not charge the order again', async () => {
    const { sandbox, client } = await sandboxAndClient()
    sandbox.scenario('timeout')
    const lost = await client.chargeKeyedInCard(charge('C-3'), { idempotencyKey: 'lost' })
    expect(isFailure(lost as never) && lost).toMatchObject({ type: 'PayApiTransportError', outcome: 'UNKNOWN' })
    sandbox.scenario(undefined)
    expect(await client.chargeKeyedInCard(charge('C-3'), { idempotencyKey: 'new' })).toMatchObject({
      reason: 'SAME_ORDER',
    })
    expect(sandbox.books().charges).toHaveLength(1)
    expect(() => sandbox.scenario('none' as never)).toThrow(RangeError)
  })

  it('gives back what the journal knows of, looks up without a key, and refuses what it cannot do', async () => {
    const { client } = await sandboxAndClient()
    const paid = await client.chargeKeyedInCard(charge('C-4'))
    const transactionId = paid.type === 'CardPayment' ? (paid.transactionId ?? '') : ''
    expect(await client.refundPayment({ transactionId, amount: '400' })).toMatchObject({ remainingAmount: '600' })
    expect(await client.refundPayment({ transactionId, amount: '601' })).toMatchObject({ reason: 'MORE_THAN_REMAINS' })
    expect((await client.lookUpCardPrefix({ prefix: '400000' })).type).toBe('CardPrefix')
    expect(await client.chargeKeyedInCard(charge('C-5', '-1'), { idempotencyKey: ' ' })).toMatchObject({
      issues: [{ path: ['amount'] }, { path: ['idempotencyKey'] }],
    })
  })

  it('is closed once what is under way has been answered, lookups too, and sends nothing more', async () => {
    const payApi = await startRawServer(() => {})
    const client = createJournaledClient({ baseUrl: payApi.url, merchants: DEMO_MERCHANTS })
    onTestFinished(() => client.close())
    const lookup = client.lookUpCardPrefix({ prefix: '400000' })
    const connection = await payApi.connections.next()
    await connection.request()
    const closed = client.close()
    expect(await client.lookUpCardPrefix({ prefix: '400001' })).toMatchObject({ reason: 'SHUTTING_DOWN' })
    // By then this one would be closed too, if it did not wait.
    for (let n = 0; n < 3; n++) {
      const idle = createJournaledClient({ baseUrl: payApi.url, merchants: DEMO_MERCHANTS })
      await idle.ready()
      await idle.close()
    }
    await connection.send(httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok"}'))
    expect((await lookup).type).toBe('CardPrefix')
    await closed
    expect(payApi.requests.all).toHaveLength(1)
  })

  it('tells all that is wrong with its options', () => {
    expect(() => createJournaledClient({ timeoutMs: 1 })).toThrow('timeoutMs must be at least 100')
    expect(() => createJournaledClient({})).toThrow('baseUrl is needed in the sandbox')
  })
})

const LINK = `mutation ($input: CreateSmsPaymentUrlInput!) {
  createSmsPaymentUrl(input: $input) { __typename ... on SmsPaymentUrl { paymentUrl } }
}`
const STATES = `{ smsPayments(first: 9) { edges { node { orderId status } } } }`

describe('a sandbox', () => {
  it('plays buyers and their bank to a facade that listens nowhere', async () => {
    const sandbox = await startSandbox()
    const { url: baseUrl, merchants } = sandbox
    const payments = createPayApiGraphql({ baseUrl, merchants, publicUrl: baseUrl })
    sandbox.mount(payments.nodeHandler)
    onTestFinished(async () => {
      await payments.close()
      await sandbox.close()
    })
    const ask = async (query: string, variables: object) => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      }
      return (await (await payments.fetch(new Request('http://x/graphql', init))).json()) as { readonly data: unknown }
    }
    const link = (paymentMethod: string, orderId: string) =>
      ask(LINK, { input: { paymentMethod, goodsName: '커피', orderId, amount: '5000' } })
    await link('CARD', 'S-1')
    expect((await sandbox.buyer('S-1').pay()).status).toBe(200)
    await link('VIRTUAL_ACCOUNT', 'S-2')
    await sandbox.deposit('S-2')
    expect(sandbox.books().charges.map(({ oid }) => oid)).toEqual(['S-1', 'S-2'])
    const states = async () => JSON.stringify(await ask(STATES, {}))
    await expect.poll(states).toMatch(/"S-2","status":"PAID"/)
    expect(await states()).toMatch(/"S-1","status":"PAID"/)
    expect(() => sandbox.buyer('S-3')).toThrow()
  })

  it('is reached by buyers and notices through its own address where the facade started it', async () => {
    const payments = createPayApiGraphql()
    onTestFinished(() => payments.close())
    const input = { paymentMethod: 'CARD', goodsName: '커피', orderId: 'S-9', amount: '5000' }
    const body = JSON.stringify({ query: LINK, variables: { input } })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    const made = (await (await payments.fetch(new Request('http://x/graphql', init))).json()) as {
      readonly data: { readonly createSmsPaymentUrl: { readonly paymentUrl: string } }
    }
    const page = made.data.createSmsPaymentUrl.paymentUrl
    const handOver = await (await fetch(page, { method: 'POST', body: new URLSearchParams({ action: 'pay' }) })).text()
    expect(handOver).toContain(`action="${new URL(page).origin}/pg/next/`)
  })
})
