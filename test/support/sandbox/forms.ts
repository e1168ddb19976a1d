import { createCipheriv, createHash } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll } from 'vitest'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts'

/** The time at the sandboxes of these tests, in Korea, and the same instant. */
export const TIMESTAMP = '20190906110100'
export const NOW = Date.UTC(2019, 8, 6, 2, 1, 0)

export const MID = 'welcometst'
export const OTHER_MID = 'welcometwo'
export const CARD = '4000000000000002'

export type Fields = Readonly<Record<string, string>>

const SIGN_KEYS = new Map(DEMO_MERCHANTS.map(({ mid, signKey }) => [mid, signKey]))

/** The order of each signature, written down a second time from the contract's text. */
const ORDERS: Readonly<Record<string, string>> = {
  '/cancel/cancel': 'mid mkey timestamp',
  '/cancel/repay': 'mid mkey timestamp',
  '/billing/billkey/card': 'mid mkey cardNumber timestamp',
  '/noauth/billkey/card': 'mid mkey cardNumber timestamp',
  '/billing/billpay': 'mid mkey oid price timestamp',
  '/billing/billkey/delete': 'mid mkey timestamp',
  '/billing/hppbillpay': 'mid mkey oid price timestamp',
  '/noauth/pay/card': 'mid mkey oid price timestamp',
  '/search/card/prefix': 'mid mkey cardNumber timestamp',
  '/escrow/delivery': 'mid mkey timestamp',
  '/escrow/buyconfirm': 'mid mkey timestamp',
  '/escrow/buydeny': 'mid mkey timestamp',
  '/escrow/denyconfirm': 'mid mkey timestamp',
  '/escrow/checkstatus': 'mid mkey timestamp',
  '/smspay/makeUrl': 'mid mkey P_OID P_AMT timestamp',
}

const ENCRYPTED = ['registNo', 'passwd']

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** The signature of a form of clear values. */
export function sign(path: string, clear: Fields): string {
  const mkey = hash(SIGN_KEYS.get(clear['mid'] ?? '') ?? 'no such key')
  const order = (ORDERS[path] ?? '').split(' ')
  return hash(order.map((name) => `${name}=${name === 'mkey' ? mkey : (clear[name] ?? '')}`).join('&'))
}

/** A card field under the keys of the first merchant, or of the second. */
export function encrypt(clear: string, mid: string = MID): string {
  const { apiKey, apiIv } = mid === OTHER_MID ? DEMO_MERCHANTS[1] : DEMO_MERCHANTS[0]
  const cipher = createCipheriv('aes-256-cbc', apiKey, apiIv)
  return cipher.update(clear, 'utf8', 'base64') + cipher.final('base64')
}

/** The form as it goes over the wire: mid, timestamp and signature added, card fields encrypted. */
export function formOf(path: string, fields: Fields): Record<string, string> {
  const clear: Fields = { mid: MID, timestamp: TIMESTAMP, ...fields }
  const form: Record<string, string> = { ...clear, signature: clear['signature'] ?? sign(path, clear) }
  for (const [name, value] of Object.entries(clear)) {
    const secret = ENCRYPTED.includes(name) || (name === 'cardNumber' && path !== '/search/card/prefix')
    if (secret) form[name] = encrypt(value, clear['mid'])
  }
  return form
}

const BUYER = { buyerName: '홍길동' }
const EXPIRY = { cardExpireYY: '30', cardExpireMM: '12' }
const IP = { clientIp: '203.0.113.7' }

/** Clear fields that each service accepts at once after a start. */
export const EXAMPLES: Readonly<Record<string, Fields>> = {
  '/cancel/cancel': { payType: 'card', tid: 'SANDBOX-CARD-1', price: '50000', currency: 'WON' },
  '/cancel/repay': {
    payType: 'card',
    tid: 'SANDBOX-CARD-2',
    cancelPrice: '20000',
    confirmPrice: '30000',
    currency: 'WON',
    tax: '1818',
    taxfree: '0',
  },
  '/billing/billkey/card': {
    ...BUYER,
    ...EXPIRY,
    cardNumber: CARD,
    registNo: '900101',
    passwd: '12',
    payPeriodCode: 'M31',
    etc: '비고',
  },
  '/noauth/billkey/card': { ...BUYER, ...EXPIRY, cardNumber: CARD },
  '/billing/billpay': {
    ...BUYER,
    oid: 'ORDER-1',
    price: '1004',
    billkey: 'SANDBOX-CARDKEY-1',
    tax: '100',
    cardQuota: '00',
    quotaInterest: '0',
  },
  '/billing/billkey/delete': { billkey: 'SANDBOX-CARDKEY-2' },
  '/billing/hppbillpay': { ...BUYER, oid: 'ORDER-1', price: '1004', billkey: 'SANDBOX-MOBILEKEY-1' },
  '/noauth/pay/card': {
    ...BUYER,
    ...EXPIRY,
    cardNumber: CARD,
    oid: 'ORDER-1',
    price: '1004',
    cardQuota: '36',
    quotaInterest: '1',
  },
  '/search/card/prefix': { cardNumber: '949094' },
  '/escrow/delivery': {
    ...IP,
    tid: 'SANDBOX-ESCROW-1',
    oid: 'ORDER-1',
    soid: '1',
    report: 'I',
    invoice: '123456789012',
    registName: '담당자',
    exCode: 'cjgls',
    exName: 'CJ대한통운',
    charge: 'S',
    invoiceDay: '20190906',
    sendName: '판매자',
    sendPost: '06236',
    sendAddr1: '서울시 강남구',
    sendAddr2: '1층',
    sendTel: '0212345678',
    recvName: '홍길동',
    recvPost: '04524',
    recvAddr: '서울시 중구',
    recvTel: '01012345678',
    price: '50000',
  },
  '/escrow/buyconfirm': { ...IP, originalTid: 'SANDBOX-DELIVERED-1', buyName: '홍길동' },
  '/escrow/buydeny': {
    ...IP,
    originalTid: 'SANDBOX-DELIVERED-2',
    buyName: '홍길동',
    denyMsg: '파손',
    refundBankCode: '88',
    refundAccount: '1234567890',
    refundName: '홍길동',
  },
  '/escrow/denyconfirm': { ...IP, originalTid: 'SANDBOX-DENIED-1', dcnfName: '담당자' },
  '/escrow/checkstatus': { ...IP, tid: 'SANDBOX-ESCROW-2' },
  '/smspay/makeUrl': {
    payType: 'card',
    P_GOODS: '상품',
    P_OID: 'ORDER-1',
    P_AMT: '1004',
    P_QUOTABASE: '99:02:03',
    P_RETURN_URL: 'https://shop.example/return',
    P_NEXT_URL: 'https://shop.example/next',
    P_RESERVED: 'a=1',
    P_CHARSET: 'utf8',
  },
}

/** An example with some fields changed; undefined leaves one out. */
export function exampleOf(path: string, changes: Readonly<Record<string, string | undefined>> = {}): Fields {
  const entries = Object.entries({ ...EXAMPLES[path], ...changes })
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
  readonly headers: Headers
}

/** Sends a body as it stands. */
export async function postBody(sandbox: Sandbox, path: string, body: string, headers: Fields = {}): Promise<Reply> {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
  })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Reply['body'] }
}

/** Signs, encrypts and sends clear fields. */
export function post(sandbox: Sandbox, path: string, fields: Fields, headers: Fields = {}): Promise<Reply> {
  return postBody(sandbox, path, new URLSearchParams(formOf(path, fields)).toString(), headers)
}

/** The same with the example of the path. */
export function postExample(
  sandbox: Sandbox,
  path: string,
  changes: Readonly<Record<string, string | undefined>> = {},
  headers: Fields = {},
): Promise<Reply> {
  return post(sandbox, path, exampleOf(path, changes), headers)
}

/** What came back over a connection of its own, and how that connection ended. */
export interface RawReply {
  readonly bytes: Buffer
  readonly ending: 'fin' | 'reset' | 'stopped'
}

/**
 * Sends clear fields over a raw connection. Stops reading once `enough` says so, otherwise when the other side ends it.
 */
export function postRaw(
  sandbox: Sandbox,
  path: string,
  fields: Fields,
  headers: Fields,
  enough: (bytes: Buffer) => boolean = () => false,
): Promise<RawReply> {
  const body = new URLSearchParams(formOf(path, fields)).toString()
  const lines = [
    `POST ${path} HTTP/1.1`,
    'Host: sandbox',
    'Content-Type: application/x-www-form-urlencoded; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return new Promise((resolve) => {
    const { hostname, port } = new URL(sandbox.url)
    const socket = connect(Number(port), hostname)
    let bytes = Buffer.alloc(0)
    const finish = (ending: RawReply['ending']) => {
      socket.destroy()
      resolve({ bytes, ending })
    }
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      if (enough(bytes)) finish('stopped')
    })
    socket.on('end', () => finish('fin'))
    socket.on('error', () => finish('reset'))
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
  })
}

/** A sandbox at the fixed time that ends with the tests of its file. */
export async function sandboxForTests(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, clock: () => NOW, slowMs: 1, ...options })
  afterAll(() => sandbox.close())
  return sandbox
}
