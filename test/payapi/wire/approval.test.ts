import type { LookupFunction } from 'node:net'
import { describe, expect, test } from 'vitest'
import { ALL_SERVICES, type PayApiOptions } from '../../../src/payapi/index.ts'
import { clientFor, formFields, settle, watchStarts } from '../../support/payapi/client.ts'
import { answering, httpAnswer, type RawServer, startRawServer } from '../../support/payapi/raw-server.ts'

// The approval of a payment that a buyer has authenticated: another form, another answer, the same rules.

const { approveSmsPayment } = ALL_SERVICES

const INPUT = { paymentMethod: 'CARD', orderId: 'A-7', amount: '33000', authenticationId: 'WELMX_AUTH1' }

const SUCCESS =
  'P_STATUS=00&P_TID=WELMX_CARD1&P_TYPE=CARD&P_AUTH_DT=20261126101502&P_MID=welcometst&P_OID=A-7&P_AMT=33000&P_AUTH_NO=30001234&P_FN_CD1=06&P_RMESG1=OK'

/** Approves at a server, as before a sandbox. */
async function approve(server: RawServer, options: Partial<PayApiOptions> = {}, charset = 'euc-kr', input = INPUT) {
  const client = clientFor(server.url, { sandbox: true, ...options })
  const address = client.approvalAddress(`${server.url}/smart/approve?id=1`)
  if (!(address instanceof URL)) throw new Error(address)
  const call = client.prepare(approveSmsPayment, input, { address, answerCharset: charset })
  if ('type' in call) throw new Error(call.message)
  return client.send(call)
}

const TEXT = { 'content-type': 'text/plain' }

/** What comes of an approval that is answered so. */
const answered = async (body: string | Buffer, { status = 200, headers = TEXT as Record<string, string> } = {}) =>
  approve(await startRawServer(answering(() => httpAnswer(status, body, headers))))

const UNKNOWN = { type: 'PayApiTransportError', outcome: 'UNKNOWN', retryable: false }

test('posts the id and the merchant alone, unsigned, to the address that came', async () => {
  const server = await startRawServer(answering(() => httpAnswer(200, SUCCESS, TEXT)))
  await approve(server)
  const [request] = server.requests.all
  expect(request).toMatchObject({ method: 'POST', path: '/smart/approve?id=1' })
  expect(request?.headers['content-type']).toContain('application/x-www-form-urlencoded')
  expect(formFields(request?.body ?? '')).toEqual([
    ['P_TID', 'WELMX_AUTH1'],
    ['P_MID', 'welcometst'],
  ])
})

test('each approval has a connection of its own', async () => {
  const server = await startRawServer(answering(() => httpAnswer(200, SUCCESS, TEXT)))
  await approve(server, { keepAlive: 'all' })
  await approve(server, { keepAlive: 'all' })
  expect(server.connections.all).toHaveLength(2)
})

test('one under way when its client is closed ends at once, as lost', async () => {
  const server = await startRawServer(() => {})
  const client = clientFor(server.url, { sandbox: true, timeoutMs: 100_000 })
  const address = client.approvalAddress(`${server.url}/smart/approve`) as URL
  const call = client.prepare(approveSmsPayment, INPUT, { address })
  if ('type' in call) throw new Error(call.message)
  const result = client.send(call)
  const connection = await server.connections.next()
  await connection.request()
  await client.close()
  expect(await result).toMatchObject({ ...UNKNOWN, reason: 'CONNECTION_LOST' })
  await connection.closed
})

test('a success is read', async () => {
  expect(await answered(SUCCESS)).toEqual({
    type: 'SmsPaymentApproval',
    merchantId: 'welcometst',
    orderId: 'A-7',
    transactionId: 'WELMX_CARD1',
    paymentMethod: 'CARD',
    amount: '33000',
    approvedAt: '2026-11-26T01:15:02.000Z',
    approvalNumber: '30001234',
    cardCompany: { code: '06', name: '국민' },
    accountNumber: null,
    accountBank: null,
    accountHolder: null,
    accountExpiresAt: null,
  })
})

test('a virtual account is read', async () => {
  const account =
    'P_VACT_NUM=9400120055661&P_VACT_DATE=20261205&P_VACT_TIME=235900&P_VACT_NAME=shop&P_VACT_BANK_CODE=04'
  const body = `${SUCCESS.replace('CARD&', 'VBANK&')}&${account}`
  const server = await startRawServer(answering(() => httpAnswer(200, body, TEXT)))
  const input = { ...INPUT, paymentMethod: 'VIRTUAL_ACCOUNT' }
  expect(await approve(server, {}, 'euc-kr', input)).toMatchObject({
    paymentMethod: 'VIRTUAL_ACCOUNT',
    accountNumber: '9400120055661',
    accountBank: { code: '04', name: '국민은행' },
    accountHolder: 'shop',
    accountExpiresAt: '2026-12-05T14:59:00.000Z',
  })
})

test.each([
  ['zeros before the amount', SUCCESS.replace('33000', '000000033000')],
  ['commas in the amount', SUCCESS.replace('33000', '33,000')],
  ['lines instead of ampersands', SUCCESS.replaceAll('&', '\r\n')],
  ['blanks behind the values', SUCCESS.replaceAll('&', ' &')],
  ['a field without a name', `=x&${SUCCESS}&&x&`],
  ['the code twice, the same', `P_STATUS=00&${SUCCESS}`],
  ['a card of ISP', SUCCESS.replace('P_TYPE=CARD', 'P_TYPE=ISP')],
  ['a payment method that nobody has documented', SUCCESS.replace('P_TYPE=CARD', 'P_TYPE=NEW')],
])('a success with %s is one', async (_, body) => {
  expect(await answered(body)).toMatchObject({ type: 'SmsPaymentApproval', amount: '33000' })
})

const REFUSAL = 'P_STATUS=01&P_TID=&P_MID=welcometst&P_OID=A-7&P_RMESG1='
/** 카드사 승인거절 in EUC-KR, and 홍천, whose bytes are UTF-8 as well. */
const EUC_KR = Buffer.from('c4abb5e5bbe720bdc2c0ceb0c5c0fd', 'hex')
const HONGCHEON = Buffer.from('c8abc3b5', 'hex')
const escaped = (bytes: Buffer) => bytes.toString('hex').replace(/../g, '%$&')

test.each([
  ['in EUC-KR', EUC_KR, TEXT, '카드사 승인거절'],
  ['in EUC-KR whose bytes are UTF-8 as well', HONGCHEON, TEXT, '홍천'],
  ['in EUC-KR mislabelled as UTF-8', EUC_KR, { 'content-type': 'text/html; charset=utf-8' }, '카드사 승인거절'],
  ['in UTF-8', Buffer.from('카드사 승인거절'), { 'content-type': 'text/html; charset=utf-8' }, '카드사 승인거절'],
  ['in UTF-8 undeclared', Buffer.from('카드사 승인거절'), TEXT, '카드사 승인거절'],
  ['in escaped EUC-KR', Buffer.from(escaped(EUC_KR)), TEXT, '카드사 승인거절'],
  ['in escaped UTF-8', Buffer.from(encodeURIComponent('카드사 승인거절')), TEXT, '카드사 승인거절'],
  ['in escaped UTF-8 with plus signs', Buffer.from('%EC%B9%B4+%EC%B9%B4'), TEXT, '카 카'],
  ['with an escape among Korean', Buffer.concat([EUC_KR, Buffer.from(' 10%25')]), TEXT, '카드사 승인거절 10%'],
])('a refusal %s is read, and nothing was processed', async (_, message, headers, text) => {
  const body = Buffer.concat([Buffer.from(REFUSAL), message])
  expect(await answered(body, { headers })).toMatchObject({
    type: 'PgFailure',
    outcome: 'NOT_PROCESSED',
    resultCode: '01',
    resultMessage: text,
    transactionId: null,
  })
})

describe('what may have been processed is never called anything else', () => {
  test.each([
    ['another merchant', SUCCESS.replace('welcometst', 'welcometwo'), 'MISMATCHED_RESPONSE'],
    ['another order', SUCCESS.replace('A-7', 'A-8'), 'MISMATCHED_RESPONSE'],
    ['another amount', SUCCESS.replace('33000', '3300'), 'MISMATCHED_RESPONSE'],
    ['a larger amount', SUCCESS.replace('33000', '330000'), 'MISMATCHED_RESPONSE'],
    ['two amounts', `${SUCCESS}&P_AMT=1`, 'MISMATCHED_RESPONSE'],
    ['a refusal for another merchant', `${REFUSAL.replace('welcometst', 'welcometwo')}x`, 'MISMATCHED_RESPONSE'],
    ['two codes', `${SUCCESS}&P_STATUS=01`, 'UNREADABLE_RESPONSE'],
    ['a code that looks like success', SUCCESS.replace('P_STATUS=00', 'P_STATUS=0000'), 'UNREADABLE_RESPONSE'],
    ['no code', 'P_TID=WELMX_CARD1&P_AMT=33000', 'UNREADABLE_RESPONSE'],
    ['an empty code', SUCCESS.replace('P_STATUS=00', 'P_STATUS='), 'UNREADABLE_RESPONSE'],
    ['a page', '<html><body>P_STATUS : 00</body></html>', 'UNREADABLE_RESPONSE'],
    ['JSON', '{"P_STATUS":"00"}', 'UNREADABLE_RESPONSE'],
    ['nothing', '', 'UNREADABLE_RESPONSE'],
  ])('%s', async (_, body, reason) => {
    expect(await answered(body)).toMatchObject({ ...UNKNOWN, reason })
  })

  test('a redirect, which is not followed', async () => {
    const server = await startRawServer(answering(() => httpAnswer(302, '', { location: `${server.url}/elsewhere` })))
    expect(await approve(server)).toMatchObject({ ...UNKNOWN, reason: 'UNREADABLE_RESPONSE' })
    expect(server.requests.all).toHaveLength(1)
  })

  test('silence after the request', async () => {
    const server = await startRawServer(async (connection) => {
      await connection.request()
      connection.fin()
    })
    expect(await approve(server)).toMatchObject({ ...UNKNOWN, reason: 'CONNECTION_LOST' })
  })
})

describe('a name of the PG that leads into a private network', () => {
  /** Approves at the PG, whose names lead to these addresses. Nobody listens there for us. */
  async function approveAt(addresses: readonly string[]) {
    const asked: string[] = []
    const lookup: LookupFunction = (hostname, _, callback) => {
      asked.push(hostname)
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }
    const starts = watchStarts('https://m.paywelcome.co.kr')
    const client = clientFor('https://payapi.paywelcome.co.kr', { lookup })
    const address = client.approvalAddress('https://m.paywelcome.co.kr/approve') as URL
    const call = client.prepare(approveSmsPayment, INPUT, { address })
    if ('type' in call) throw new Error(call.message)
    const result = await client.send(call)
    await settle()
    expect(starts.all).toHaveLength(0)
    expect(asked).toEqual(['m.paywelcome.co.kr'])
    return result
  }

  test.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['172.16.0.1'],
    ['172.31.255.255'],
    ['192.168.0.1'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['198.18.0.1'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['::1'],
    ['::'],
    ['::ffff:127.0.0.1'],
    ['::ffff:8.8.8.8'],
    ['fe80::1'],
    ['fd00::1'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['2001:db8::1'],
    ['8.8.8.8', '10.0.0.1'],
    ['10.0.0.1', '8.8.8.8'],
    [],
  ])('is not connected to: %s %s', async (...addresses) => {
    expect(await approveAt(addresses)).toMatchObject({
      type: 'PayApiTransportError',
      reason: 'ADDRESS_REFUSED',
      outcome: 'NOT_PROCESSED',
    })
  })
})

test('a certificate of the PG is asked for as of PayAPI: of another nothing is told', async () => {
  const { KEY, CERTIFICATE, CERTIFICATE_FOR_ANOTHER_HOST } = await import('../../support/payapi/certificates.ts')
  const serve = answering(() => httpAnswer(200, SUCCESS, TEXT))
  const trusted = await startRawServer(serve, { tls: { key: KEY, cert: CERTIFICATE } })
  expect(await approve(trusted, { ca: CERTIFICATE })).toMatchObject({ type: 'SmsPaymentApproval' })
  const other = await startRawServer(serve, { tls: { key: KEY, cert: CERTIFICATE_FOR_ANOTHER_HOST } })
  expect(await approve(other, { ca: CERTIFICATE_FOR_ANOTHER_HOST })).toMatchObject({ reason: 'TLS_FAILURE' })
  expect(other.requests.all).toHaveLength(0)
})
