import { expect, test } from 'vitest'
import type { PayApiOptions } from '../../src/payapi/index.ts'
import { MINIMAL_INPUTS } from './examples.ts'
import { answering, httpAnswer, type RawRequest, startRawServer } from './raw-server.ts'
import { clientFor, decrypted, formFields, MERCHANT, signatureOf } from './support.ts'

/** Charges with an order number and a name of goods; returns the request off the wire. */
async function charged(orderId: string, goodsName: string, options: Partial<PayApiOptions> = {}, base = '') {
  const server = await startRawServer(answering(() => httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok"}')))
  const client = clientFor(server.url + base, options)
  await client.chargeKeyedInCard({ ...MINIMAL_INPUTS.chargeKeyedInCard, orderId, goodsName })
  return server.requests.next()
}

/** How one field stands in a body, still encoded. */
const encoded = ({ body }: RawRequest, name: string) =>
  body
    .split('&')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)

const TEXTS: readonly [string, string, string][] = [
  ['a plus', 'a+b', 'a%2Bb'],
  ['an ampersand', 'a&b', 'a%26b'],
  ['an equals sign', 'a=b', 'a%3Db'],
  ['a percent sign', '100%', '100%25'],
  ['what looks encoded already', '%2B%20', '%252B%2520'],
  ['Hangul', '커피', '%EC%BB%A4%ED%94%BC'],
  ['an emoji', '😀', '%F0%9F%98%80'],
  ['a combined emoji', '👨‍👩‍👧', '%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7'],
  ['quotes, brackets, a backslash', '"<{[\\', '%22%3C%7B%5B%5C'],
]

for (const [what, text, onTheWire] of TEXTS) {
  test(`${what} is encoded as UTF-8 in the form and signed as it is`, async () => {
    const request = await charged(text, text)
    expect(encoded(request, 'goodsName')).toBe(onTheWire)
    const form = Object.fromEntries(formFields(request.body))
    expect(form).toMatchObject({ oid: text, goodsName: text })
    expect(form['signature']).toBe(signatureOf(['mid', 'mkey', 'oid', 'price', 'timestamp'], form))
  })
}

test('an order number cannot add fields to the form', async () => {
  const fields = formFields((await charged('1&price=1&mid=other', 'x')).body)
  expect(fields.filter(([name]) => name === 'price' || name === 'mid')).toEqual([
    ['price', '1004'],
    ['mid', MERCHANT.mid],
  ])
})

test('the plus of a Base64 cipher text survives', async () => {
  const request = await charged('1', 'x')
  expect(encoded(request, 'cardNumber')).toMatch(/^[A-Za-z0-9]+(?:%2B|%2F|%3D|[A-Za-z0-9])*$/)
  expect(encoded(request, 'cardNumber')).toContain('%2B')
  expect(decrypted(Object.fromEntries(formFields(request.body))['cardNumber'] ?? '')).toBe('4000000000000002')
})

test('the request says that it is a UTF-8 form and how long it is', async () => {
  const request = await charged('1', '커피')
  expect(request.headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'content-length': String(Buffer.byteLength(request.body)),
    accept: 'application/json',
  })
  expect(request.headers).not.toHaveProperty('transfer-encoding')
  expect(request.headers).not.toHaveProperty('expect')
})

test('a path of the base URL stands before the path of the service', async () => {
  expect((await charged('1', 'x', {}, '/proxy/payapi/')).path).toBe('/proxy/payapi/noauth/pay/card')
})

test('a service may be given another path', async () => {
  const paths = { chargeKeyedInCard: '/noauth/v2/pay' }
  expect((await charged('1', 'x', { paths })).path).toBe('/noauth/v2/pay')
})

test('headers of a call are sent beside our own', async () => {
  const server = await startRawServer(answering(() => httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok"}')))
  await clientFor(server.url).deleteCardBillingKey({ billingKey: 'KEY' }, { headers: { 'x-scenario': 'slow' } })
  expect((await server.requests.next()).headers).toMatchObject({
    'x-scenario': 'slow',
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  })
})
