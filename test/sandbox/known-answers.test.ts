import { describe, expect, it } from 'vitest'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { parseKoreanTime, toKoreanTime } from '../../src/sandbox/request/korean-time.ts'
import { decryptField, expectedSignature } from '../../src/sandbox/request/verify.ts'
import { encodeEucKr } from '../../src/sandbox/response/charset.ts'
import { parseAmount } from '../../src/sandbox/state/amount.ts'
import { encrypt, MID, NOW, sign, TIMESTAMP } from '../support/sandbox/forms.ts'

const SIGNATURES = [
  ['/cancel/cancel', 'mid mkey timestamp', {}, '2352dc2846816ee3b3a42ae82718015ed75ee14b96a69bb484d0b60ea1923ea7'],
  [
    '/noauth/pay/card',
    'mid mkey oid price timestamp',
    { oid: 'ORDER-1', price: '1004' },
    '7caa7b500a7a272b8d8abab7c20dff7ec44e6f48bb65599c9cd4c8c8fa9f05da',
  ],
  [
    '/billing/billkey/card',
    'mid mkey cardNumber timestamp',
    { cardNumber: '4000000000000002' },
    'e47b8700b2ef005ce8b6f5d2523b238ded37205b972eef5f19d627203183b7f2',
  ],
  [
    '/smspay/makeUrl',
    'mid mkey P_OID P_AMT timestamp',
    { P_OID: 'ORDER-1', P_AMT: '1004' },
    '1b31329455ee9e0927c4dc07b17ffa57bc80854a4e5a5574f2f0423a818bd09f',
  ],
] as const

const CIPHERS = [
  ['test', 'Uz5co61EhX1eYPf4ug97Og=='],
  ['4000000000000002', 'DoV3YljGqfRCFeWAibUIK2A4rl+iUQgWP3sCCTuZPFo='],
  ['900101', 'bQlsXRkC/GhysALdUd8byA=='],
] as const

describe('known answers', () => {
  it.each(SIGNATURES)('signs %s, in the sandbox and in these tests', (path, order, fields, signature) => {
    const clear = { mid: MID, timestamp: TIMESTAMP, ...fields }
    expect(sign(path, clear)).toBe(signature)
    const signKey = DEMO_MERCHANTS[0].signKey
    expect(expectedSignature(order.split(' '), new Map(Object.entries(clear)), signKey)).toBe(signature)
  })

  it.each(CIPHERS)('encrypts %s in these tests, decrypts it in the sandbox', (clear, base64) => {
    expect(encrypt(clear)).toBe(base64)
    expect(decryptField(base64, DEMO_MERCHANTS[0])).toBe(clear)
  })

  it.each(['', 'not base64', 'Uz5co61EhX1eYPf4ug97Og', 'AAAA', encrypt('test', 'welcometwo')])(
    'does not decrypt %j',
    (value) => expect(decryptField(value, DEMO_MERCHANTS[0])).toBeUndefined(),
  )

  it('reads and writes Korean time', () => {
    expect(parseKoreanTime(TIMESTAMP)).toBe(NOW)
    expect(toKoreanTime(NOW)).toEqual({ date: '20190906', time: '110100' })
    expect(toKoreanTime(Date.UTC(2024, 1, 28, 15))).toEqual({ date: '20240229', time: '000000' })
  })

  it.each(['20190931110100', '20190229000000', '20190906240000', '20190906116000', '2019090611010', '00000000000000'])(
    'knows that there is no %s',
    (text) => expect(parseKoreanTime(text)).toBeUndefined(),
  )

  it('reads won as whole numbers and dollars to the cent', () => {
    expect(parseAmount('9007199254740993', 'WON')).toBe(9007199254740993n)
    expect([parseAmount('50', 'USD'), parseAmount('50.5', 'USD'), parseAmount('0.05', 'USD')]).toEqual([
      5000n,
      5050n,
      5n,
    ])
    for (const text of ['1,000', '050', '1.5', '-1', '+1', '1e3', ' 1', '', '１']) {
      expect(parseAmount(text, 'WON')).toBeUndefined()
    }
    for (const text of ['1.234', '1.', '.5', '1,000.00']) expect(parseAmount(text, 'USD')).toBeUndefined()
  })

  it('writes EUC-KR', () => {
    expect(encodeEucKr('정상 OK').toString('hex')).toBe('c1a4bbf3204f4b')
    expect(encodeEucKr('됬똠').toString('hex')).toBe('89e78c63')
    expect(encodeEucKr('é😀').toString('latin1')).toBe('??')
  })
})
