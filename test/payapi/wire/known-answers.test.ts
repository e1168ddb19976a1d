import { expect, test } from 'vitest'
import type { PayApiClient } from '../../../src/payapi/index.ts'
import { Merchant, sha256Hex, sign } from '../../../src/payapi/merchant.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { clientFor, formFields, MERCHANT, TIMESTAMP } from '../../support/payapi/client.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'

// The published example of an mkey; the other values were computed with sha256sum and openssl.
const MKEY = '3a9503069192f207491d4b19bd743fc249a761ed94246c8c42fed06c3cd15a33'

/** Sends one call and returns the fields that came off the wire. */
async function sentBy(call: (client: PayApiClient) => Promise<unknown>, now?: () => number) {
  const server = await startRawServer(answering(() => httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok"}')))
  await call(clientFor(server.url, now === undefined ? {} : { now }))
  return Object.fromEntries(formFields((await server.requests.next()).body))
}

const SIGNED: readonly [string, string, (client: PayApiClient) => Promise<unknown>][] = [
  [
    'mid, mkey and timestamp of a cancel',
    '2352dc2846816ee3b3a42ae82718015ed75ee14b96a69bb484d0b60ea1923ea7',
    (client) => client.cancelPayment(FIXTURES.cancelPayment.minimal.input),
  ],
  [
    'mid, mkey, oid, price and timestamp of a charge',
    '7caa7b500a7a272b8d8abab7c20dff7ec44e6f48bb65599c9cd4c8c8fa9f05da',
    (client) =>
      client.chargeKeyedInCard({ ...FIXTURES.chargeKeyedInCard.minimal.input, orderId: 'ORDER-1', amount: '1004' }),
  ],
  [
    'mid, mkey, prefix and timestamp of a prefix lookup',
    '8b0f31fb3214e22d2110901e737e24f58b908c815f4952400bc1bc9513bf94f7',
    (client) => client.lookUpCardPrefix({ prefix: '949094' }),
  ],
  [
    'mid, mkey, clear card number and timestamp of a billing key',
    'e47b8700b2ef005ce8b6f5d2523b238ded37205b972eef5f19d627203183b7f2',
    (client) => client.issueCardBillingKeyWithoutAuth(FIXTURES.issueCardBillingKeyWithoutAuth.minimal.input),
  ],
  [
    'mid, mkey, P_OID, P_AMT and timestamp of a payment link',
    '1b31329455ee9e0927c4dc07b17ffa57bc80854a4e5a5574f2f0423a818bd09f',
    (client) =>
      client.createSmsPaymentUrl({ ...FIXTURES.createSmsPaymentUrl.minimal.input, orderId: 'ORDER-1', amount: '1004' }),
  ],
]

for (const [what, signature, call] of SIGNED) {
  test(`signs ${what} with the known signature`, async () => {
    expect(await sentBy(call)).toMatchObject({ mid: 'welcometst', timestamp: TIMESTAMP, signature })
  })
}

test('encrypts card fields to the known cipher texts', async () => {
  const legacy = await sentBy((client) => client.chargeKeyedInCard(FIXTURES.chargeKeyedInCard.full.input))
  const billing = await sentBy((client) => client.issueCardBillingKey(FIXTURES.issueCardBillingKey.full.input))
  const cardNumber = 'DoV3YljGqfRCFeWAibUIK2A4rl+iUQgWP3sCCTuZPFo='
  expect(legacy).toMatchObject({
    cardNumber,
    registNo: 'npXpqjQz3aDgeMbO14MdBw==',
    passwd: 'zh32Q4tT/jdkodhVyQQzLg==',
  })
  expect(billing).toMatchObject({ cardNumber, registNo: 'bQlsXRkC/GhysALdUd8byA==' })
})

test('the known text is encrypted to the known answer', () => {
  expect(new Merchant(MERCHANT).encrypt('test')).toBe('Uz5co61EhX1eYPf4ug97Og==')
})

test('refuses keys of another length, and does not quote them', () => {
  expect(() => new Merchant({ ...MERCHANT, apiKey: 'sixteen letters!' })).toThrow(/^(?!.*sixteen)/)
  expect(() => new Merchant({ ...MERCHANT, apiIv: 'short' })).toThrow(/^(?!.*short)/)
})

test('hashes the published demonstration key to the published mkey', () => {
  expect(sha256Hex(MERCHANT.signKey)).toBe(MKEY)
})

test('never signs a form in which a signed field has no value', () => {
  expect(() => sign(['mid', 'oid'], (name) => (name === 'mid' ? 'welcometst' : undefined))).toThrow('oid')
})

const MOMENTS: readonly [string, string, string][] = [
  ['the last second of a Korean day', '2019-09-06T14:59:59.999Z', '20190906235959'],
  ['the first second of a Korean day', '2019-09-06T15:00:00.000Z', '20190907000000'],
  ['the last second of a Korean year', '2019-12-31T14:59:59.000Z', '20191231235959'],
  ['the first second of a Korean year', '2019-12-31T15:00:00.000Z', '20200101000000'],
  ['a Korean leap day that is not one in UTC yet', '2020-02-28T15:00:00.000Z', '20200229000000'],
  ['a summer day, which has no summer time', '2026-07-01T00:00:00.000Z', '20260701090000'],
]

for (const [what, instant, timestamp] of MOMENTS) {
  test(`stamps ${what} in Korean time, whatever the time zone here`, async () => {
    const zone = process.env['TZ']
    process.env['TZ'] = 'America/New_York'
    try {
      const now = Date.parse(instant)
      expect(
        await sentBy(
          (client) => client.deleteCardBillingKey({ billingKey: 'KEY' }),
          () => now,
        ),
      ).toMatchObject({
        timestamp,
      })
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })
}
