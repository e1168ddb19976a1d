import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPayApiGraphql, type PayApiGraphql } from '../../src/package/index.ts'
import { formIn } from '../support/sandbox/pages.ts'
import { type BodyReader, behind, HARMFUL, HARMLESS, PARSERS } from '../support/server/body-readers.ts'
import { aDeposit, anApproval, form, MERCHANT, pathOf, TOKENS } from '../support/server/notices.ts'
import { post } from '../support/server/running-facade.ts'

// What the PG and its buyers send comes as forms, which the server around the facade may have read.

let payments: PayApiGraphql
let origin: string
let read: BodyReader = () => {}
const logged: object[] = []
const note = (fields: object) => void logged.push(fields)

const server = createServer((request, response) => behind(read, payments.nodeHandler)(request, response))

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  payments = createPayApiGraphql({
    publicUrl: origin,
    notices: {
      endpoints: (['deposit', 'transaction'] as const).map((kind) => ({ kind, mid: MERCHANT, token: TOKENS[kind] })),
    },
    log: { info: note, warn: note, error: note },
  })
  await payments.ready()
})
afterAll(async () => {
  server.close().closeAllConnections()
  await payments.close()
})

/** Asks behind nobody who reads bodies. */
async function ask(query: string, variables: object) {
  read = () => {}
  return await post(`${origin}/graphql`, { query, variables })
}

async function notify(reader: BodyReader, fields: Readonly<Record<string, string>>) {
  read = reader
  const answer = await fetch(`${origin}${pathOf('deposit')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form(fields),
  })
  return [answer.status, await answer.text()]
}

const NOTICES =
  'query ($filter: PayApiNoticeFilter) { result: notices(filter: $filter, first: 9) { nodes: edges { node { payerName } } } }'

const noticesOf = async (orderId: string) => (await ask(NOTICES, { filter: { orderId } }))['nodes']

// What a path is for is looked up first: by then whoever listens has let the body flow away.
const { 'somebody listens to it': listening, ...harmless } = HARMLESS

describe('a notice', () => {
  it.each(Object.entries(harmless))('is taken in as it was sent where %s', async (_, reader) => {
    const deposit = aDeposit()
    expect(await notify(reader, deposit)).toEqual([200, 'OK'])
    expect(await noticesOf(deposit['no_oid'] ?? '')).toEqual([{ node: { payerName: '김하나' } }])
  })

  it.each(
    Object.entries({
      ...HARMFUL,
      'somebody listens to it': listening as BodyReader,
      'it is parsed as a form': PARSERS.form,
    }),
  )(
    'has to come again where %s, and is not lost: the log says why, and it is taken in when it comes',
    async (_, reader) => {
      const deposit = aDeposit()
      logged.length = 0
      expect(await notify(reader, deposit)).toEqual([500, 'FAIL'])
      const told = { reason: 'BODY_ALREADY_READ', kind: 'DEPOSIT', fault: { reason: expect.stringContaining('Mount') } }
      expect(logged).toContainEqual(expect.objectContaining({ ...told, fault: expect.objectContaining(told.fault) }))
      expect(await noticesOf(deposit['no_oid'] ?? '')).toEqual([])
      expect(await notify(() => {}, deposit)).toEqual([200, 'OK'])
      expect(await noticesOf(deposit['no_oid'] ?? '')).toEqual([{ node: { payerName: '김하나' } }])
    },
  )
})

it('a notice in JSON has to come again where it is parsed', async () => {
  const json = (reader: BodyReader, body: object) => {
    read = reader
    const headers = { 'content-type': 'application/json' }
    return fetch(`${origin}${pathOf('transaction')}`, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  const approval = anApproval()
  expect((await json(PARSERS.json, approval)).status).toBe(500)
  expect((await json(() => {}, approval)).status).toBe(200)
})

describe('a buyer who comes back', () => {
  const CREATE = `mutation ($input: CreateSmsPaymentUrlInput!) { result: createSmsPaymentUrl(input: $input) {
    __typename ... on SmsPaymentUrl { paymentUrl } } }`
  const STATE = 'query ($orderId: ID!) { result: smsPayment(orderId: $orderId) { status } }'

  const send = (reader: BodyReader, url: string, fields: Readonly<Record<string, string>> | URLSearchParams) => {
    read = reader
    return fetch(url, { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** Pays at the sandbox's page, which is mounted as well; resolves to the page that leads back. */
  async function pay(reader: BodyReader, orderId: string) {
    const input = { orderId, goodsName: '커피', amount: '33000', paymentMethod: 'CARD' }
    const { paymentUrl } = await ask(CREATE, { input })
    return send(reader, String(paymentUrl), { action: 'pay', name: '김하나', institution: '06' })
  }

  const statusIn = (page: string) => /<main data-status="(\w+)"/.exec(page)?.[1]
  const statusOf = async (orderId: string) => (await ask(STATE, { orderId }))['status']

  it.each(Object.entries({ ...harmless, 'it is parsed as a form': PARSERS.form }))(
    'is charged where %s',
    async (name, reader) => {
      const orderId = `PAID-${Object.keys(HARMLESS).indexOf(name)}`
      const { action, fields } = formIn(await (await pay(reader, orderId)).text())
      expect(statusIn(await (await send(reader, action, fields)).text())).toBe('PAID')
      expect(await statusOf(orderId)).toBe('PAID')
    },
  )

  it.each(Object.entries(HARMFUL))('is not charged where %s, and is told to try again', async (name, reader) => {
    const orderId = `LOST-${Object.keys(HARMFUL).indexOf(name)}`
    const { action, fields } = formIn(await (await pay(() => {}, orderId)).text())
    logged.length = 0
    const refused = await send(reader, action, fields)
    expect([refused.status, statusIn(await refused.text())]).toEqual([503, 'NOT_NOW'])
    expect(logged).toContainEqual({ fault: expect.objectContaining({ name: 'BodyAlreadyReadError' }) })
    expect(await statusOf(orderId)).toBe('LINK_CREATED')
    expect(statusIn(await (await send(() => {}, action, fields)).text())).toBe('PAID')
  })

  it.each(Object.entries(HARMFUL))("is refused at the sandbox's page at once where %s", async (name, reader) => {
    const refused = await pay(reader, `PAGE-${Object.keys(HARMFUL).indexOf(name)}`)
    expect([refused.status, await refused.text()]).toEqual([500, expect.stringContaining('read before')])
  })
})

describe('fetch', () => {
  const READERS: readonly (readonly [string, (request: Request) => unknown])[] = [
    ['was read', (request) => request.text()],
    ['was read in part', (request) => request.body?.getReader().read()],
    [
      'was read in part and let go',
      async (request) => {
        const reader = request.body?.getReader()
        await reader?.read()
        reader?.releaseLock()
      },
    ],
    ['is being read', (request) => request.body?.getReader()],
    ['was read by a copy as well', (request) => request.clone().text()],
  ]

  it.each(READERS)('answers at once where the body of its request %s', async (name, reader) => {
    const { fetch: ask } = payments
    const request = new Request(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    })
    await reader(request)
    const answer = await ask(request)
    const { data, errors } = (await answer.json()) as { data?: object; errors?: object[] }
    if (name.includes('copy')) expect([answer.status, data]).toEqual([200, { __typename: 'Query' }])
    else expect([answer.status, errors]).toMatchObject([500, [{ extensions: { code: 'BODY_ALREADY_READ' } }]])
  })
})
