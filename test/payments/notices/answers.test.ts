import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  aDeposit,
  anApproval,
  anEscrowChange,
  form,
  MERCHANT,
  pathOf,
  registered,
  startNoticeFacade,
  TOKENS,
} from '../../support/server/notices.ts'
import { connectTo } from '../../support/server/raw-client.ts'
import { startSmsWorld } from '../../support/server/sms-world.ts'

// What the PG reads of an answer are its bytes: two of them decide whether a notice comes again.

const head = (path: string, lines: string) => `POST ${path} HTTP/1.1\r\nhost: shop.example\r\n${lines}\r\n`
const FORM = 'content-type: application/x-www-form-urlencoded\r\n'

async function rawAnswer(origin: string, path: string, body: string, lines = FORM) {
  const client = await connectTo(origin)
  client.send(`${head(path, `${lines}content-length: ${Buffer.byteLength(body)}\r\n`)}${body}`)
  return client.answer()
}

test.each([
  ['the result of a mobile payment', 'mobile', { P_STATUS: '02', P_TYPE: 'VBANK', P_OID: 'A-1', P_AMT: '1000' }, 'OK'],
  ['a deposit', 'deposit', aDeposit(), 'OK'],
  ['a transaction', 'transaction', anApproval(), 'OK'],
  ['an escrow change', 'escrow', anEscrowChange(), 'cd_rslt=0000&msg_rslt='],
  ['a purchase decision', 'escrow', { P_ESCROW_TID: 'T-1', P_CL_STATUS: 'buyComplete', P_STATUS: '00' }, 'OK'],
] as const)('%s is answered with these bytes and no other', async (_, kind, fields, body) => {
  const { origin } = await startNoticeFacade()
  const answer = await rawAnswer(origin, pathOf(kind), form(fields))
  expect(answer).toMatchObject({ status: 200, body })
  expect(answer.headers).toMatchObject({ 'content-type': 'text/plain', 'content-length': String(body.length) })
})

test.each([
  ['json', 'application/json', '{"cd_rslt":"0000","msg_rslt":""}'],
  ['ok', 'text/plain', 'OK'],
])('an escrow change is answered as %s where that is configured', async (answer, type, body) => {
  const { origin } = await startNoticeFacade(registered({ escrow: { answer } }))
  const raw = await rawAnswer(origin, pathOf('escrow'), form(anEscrowChange()))
  expect(raw).toMatchObject({ status: 200, body })
  expect(raw.headers['content-type']).toBe(type)
})

test('a transaction notice is answered with the text that is configured', async () => {
  const { origin } = await startNoticeFacade(registered({ transaction: { answer: 'RESULT=0000' } }))
  expect(await rawAnswer(origin, pathOf('transaction'), form(anApproval()))).toMatchObject({ body: 'RESULT=0000' })
})

test('an answer is not compressed, whatever the sender takes, and asks for no charset', async () => {
  const { origin } = await startNoticeFacade()
  const { headers } = await rawAnswer(
    origin,
    pathOf('deposit'),
    form(aDeposit()),
    `${FORM}accept-encoding: gzip, br\r\naccept: application/json\r\n`,
  )
  expect(Object.keys(headers)).not.toContain('content-encoding')
  expect(headers['content-type']).toBe('text/plain')
})

test.each([
  ['another token', `/pg/notices/deposit/${MERCHANT}/${TOKENS.escrow}`, 404],
  ['a token that is longer', `${pathOf('deposit')}0`, 404],
  ['another merchant', `/pg/notices/deposit/welcometwo/${TOKENS.deposit}`, 404],
  ['another kind', `/pg/notices/escrow/${MERCHANT}/${TOKENS.deposit}`, 404],
  ['a token of no link', `/pg/notices/${'A'.repeat(22)}`, 404],
  ['a token that is none', '/pg/notices/x', 404],
])('a notice to %s is refused, and not kept', async (_, path, status) => {
  const facade = await startNoticeFacade()
  expect(await rawAnswer(facade.origin, path, form(aDeposit()))).toMatchObject({ status, body: 'FAIL' })
  expect((await facade.query('{ notices { edges { node { id } } } }')).notices.edges).toEqual([])
})

test('each kind has a second name in its address, as in the manual', async () => {
  const { origin } = await startNoticeFacade()
  for (const [name, kind] of [
    ['n1', 'mobile'],
    ['n2', 'deposit'],
    ['n3', 'escrow'],
    ['n4', 'transaction'],
  ] as const) {
    const fields = { n1: { P_TYPE: 'VBANK' }, n2: aDeposit(), n3: anEscrowChange(), n4: anApproval() }[name]
    const { status } = await rawAnswer(origin, `/pg/notices/${name}/${MERCHANT}/${TOKENS[kind]}`, form(fields))
    expect([name, status]).toEqual([name, 200])
  }
})

describe('a body', () => {
  test('of 64 kB is taken, and of one byte more is refused, with and without its length before it', async () => {
    const { origin } = await startNoticeFacade()
    const start = `${form(aDeposit())}&filler=`
    const largest = start + 'x'.repeat(65_536 - start.length)
    expect(await rawAnswer(origin, pathOf('deposit'), largest)).toMatchObject({ status: 200, body: 'OK' })
    const client = await connectTo(origin)
    client.send(head(pathOf('deposit'), `${FORM}content-length: 65537\r\n`))
    expect(await client.answer()).toMatchObject({ status: 413, body: 'FAIL' })
    const chunked = await connectTo(origin)
    chunked.send(`${head(pathOf('deposit'), `${FORM}transfer-encoding: chunked\r\n`)}10001\r\n${largest}x\r\n`)
    expect(await chunked.answer()).toMatchObject({ status: 413, body: 'FAIL' })
  })

  test.each([
    ['with nothing in it', '', FORM],
    ['of JSON that is cut off', '{"tid":"T-1"', 'content-type: application/json\r\n'],
    ['that is compressed', gzipSync('tid=1').toString('latin1'), `${FORM}content-encoding: gzip\r\n`],
  ])('%s is refused, so that it comes again', async (_, body, lines) => {
    const { origin } = await startNoticeFacade()
    expect(await rawAnswer(origin, pathOf('transaction'), body, lines)).toMatchObject({ status: 500, body: 'FAIL' })
  })
})

test('only a POST is a notice', async () => {
  const { origin } = await startNoticeFacade()
  const client = await connectTo(origin)
  client.send(`GET ${pathOf('deposit')} HTTP/1.1\r\nhost: shop.example\r\n\r\n`)
  expect(await client.answer()).toMatchObject({ status: 405, body: 'FAIL' })
})

test('a journal that cannot be written means that a notice is not answered with OK', async () => {
  const facade = await startNoticeFacade({
    PAYAPI_STORE_URL: 'postgres://somebody@127.0.0.1:1/payments',
    PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 1).toString('base64'),
  })
  expect(await rawAnswer(facade.origin, pathOf('deposit'), form(aDeposit()))).toMatchObject({
    status: 500,
    body: 'FAIL',
  })
  expect(await rawAnswer(facade.origin, `/pg/notices/${'A'.repeat(22)}`, form(aDeposit()))).toMatchObject({
    status: 500,
    body: 'FAIL',
  })
})

test('notices are taken where callers of GraphQL must show a token', async () => {
  const facade = await startNoticeFacade({
    PAYAPI_AUTH: 'jwt',
    PAYAPI_JWT_SECRET: 's'.repeat(32),
    PAYAPI_JWT_ISSUER: 'https://auth.example/',
    PAYAPI_JWT_AUDIENCE: 'payments',
  })
  expect(await rawAnswer(facade.origin, pathOf('deposit'), form(aDeposit()))).toMatchObject({ status: 200, body: 'OK' })
  await expect(facade.query('{ notices { edges { node { id } } } }')).rejects.toThrow('UNAUTHENTICATED')
})

test('beyond its own rate limit a notice is refused; whoever guesses tokens does not use it up', async () => {
  const facade = await startNoticeFacade({
    PAYAPI_NOTICES_RATE_LIMIT_PER_MINUTE: '2',
    PAYAPI_RATE_LIMIT_PER_MINUTE: '1',
  })
  const wrong = `/pg/notices/deposit/${MERCHANT}/${TOKENS.escrow}`
  const guesses = []
  for (let guess = 0; guess < 4; guess++) guesses.push((await facade.post(wrong, 'a=b')).status)
  expect(guesses).toEqual([404, 404, 429, 429])
  const answers = []
  for (let sent = 0; sent < 3; sent++) answers.push((await facade.send('deposit', aDeposit())).status)
  expect(answers).toEqual([200, 200, 429])
  expect((await facade.send('escrow', anEscrowChange())).status).toBe(200)
})

test('the addresses of two links are counted each for itself', async () => {
  const world = await startSmsWorld(undefined, { PAYAPI_NOTICES_RATE_LIMIT_PER_MINUTE: '2' })
  const [first, second] = [await world.link(), await world.link()]
  const tell = async ({ form: { P_NOTI_URL = '' } }: typeof first) => {
    const url = `${world.facade.origin}${new URL(P_NOTI_URL).pathname}`
    return (await fetch(url, { method: 'POST', body: new URLSearchParams({ P_STATUS: '01' }) })).status
  }
  expect([await tell(first), await tell(first), await tell(first)]).toEqual([200, 200, 429])
  expect(await tell(second)).toBe(200)
})
