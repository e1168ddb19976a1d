import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import {
  CARD,
  exampleOf,
  formOf,
  post,
  postBody,
  postExample,
  sandboxForTests,
  sign,
  TIMESTAMP,
} from '../support/sandbox/forms.ts'

const sandbox = await sandboxForTests()
const PAY = '/noauth/pay/card'
const BILLPAY = '/billing/billpay'
const ISSUE = '/billing/billkey/card'
const SMS = '/smspay/makeUrl'

const encoded = (form: Record<string, string>) => new URLSearchParams(form).toString()
const payForm = () => formOf(PAY, exampleOf(PAY))

describe('what is wrong with the protocol', () => {
  it.each(['/', '/cancel', '/cancel/cancel/', '/cancel/cancel?mid=1', '/__proto__', '/sandbox/books/x'])(
    'answers 404 for %s',
    async (path) => {
      const { status, body } = await postBody(sandbox, path, '')
      expect([status, body['ResultCode']]).toEqual([404, '9001'])
    },
  )

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('answers 405 for %s', async (method) => {
    const response = await fetch(sandbox.url + PAY, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await response.json()).toEqual({ ResultCode: '9002', ResultMsg: 'POST 방식만 지원합니다.' })
  })

  it('answers 405 for anything but GET on the books', async () => {
    const response = await fetch(`${sandbox.url}/sandbox/books`, { method: 'POST' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
  })

  it.each([
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded; charset=euc-kr',
  ])('answers 415 for %s', async (type) => {
    const { status, body } = await postBody(sandbox, PAY, encoded(payForm()), { 'content-type': type })
    expect([status, body['ResultCode']]).toEqual([415, '9003'])
  })

  it.each([64 * 1024 + 1, 3_000_000])('answers 413 for a body of %i bytes', async (size) => {
    const { status, body } = await postBody(sandbox, PAY, `mid=${'x'.repeat(size - 4)}`)
    expect([status, body['ResultCode']]).toEqual([413, '9004'])
  })

  it('hangs up on a body without end, without an answer', async () => {
    const { hostname, port } = new URL(sandbox.url)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    let answered = 0
    socket.on('data', ({ length }) => {
      answered += length
    })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(
      `POST ${PAY} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
        'Content-Length: 99999999999\r\n\r\n',
    )
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk));
      socket.once('drain', pour)
    }
    pour()
    await closed
    expect(answered).toBe(0)
  })

  it.each(['mid=%', 'mid=%zz', 'mid=%ff', 'mid=%ed%a0%80', 'mid', '=x', 'mid=a&&tid=b', 'mid=a&'])(
    'answers 400 for the body %j',
    async (text) => {
      const { status, body } = await postBody(sandbox, PAY, text)
      expect([status, body['ResultCode']]).toEqual([400, '9005'])
    },
  )

  it('answers 400 for bytes that are no UTF-8', async () => {
    const response = await fetch(sandbox.url + PAY, {
      method: 'POST',
      body: Buffer.from([0x6d, 0x3d, 0xc1, 0xa4]),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(await response.json()).toMatchObject({ ResultCode: '9005' })
  })
})

describe('what is wrong with the fields', () => {
  it('names a field that comes twice', async () => {
    const { status, body } = await postBody(sandbox, PAY, `${encoded(payForm())}&price=1`)
    expect([status, body['ResultCode'], body['ResultMsg']]).toEqual([400, '9101', 'price 항목이 중복되었습니다.'])
  })

  it.each(['nickname', 'Price', '__proto__', 'constructor', 'sendAddr3'])(
    'names the unknown field %s',
    async (name) => {
      const { status, body } = await postBody(sandbox, PAY, `${encoded(payForm())}&${name}=1`)
      expect([status, body['ResultCode']]).toEqual([400, '9102'])
      expect(body['ResultMsg']).toContain(name)
    },
  )

  it('does not repeat a card number that stands where a name belongs', async () => {
    const { body } = await postBody(sandbox, PAY, `${encoded(payForm())}&${CARD}=1`)
    expect(body['ResultCode']).toBe('9102')
    expect(JSON.stringify(body)).not.toContain('4000')
  })

  it.each([
    [PAY, 'buyerName', undefined, '구매자명(buyerName)'],
    [PAY, 'buyerName', '', '구매자명(buyerName)'],
    [PAY, 'cardNumber', undefined, '카드번호(cardNumber)'],
    [PAY, 'cardNumber', '', '카드번호(cardNumber)'],
    [PAY, 'goodsName', '', '상품명(goodsName)'],
    [ISSUE, 'registNo', undefined, '생년월일(registNo)'],
    [ISSUE, 'etc', undefined, '비고(etc)'],
    [SMS, 'P_RESERVED', undefined, '복합파리미터(P_RESERVED)'],
  ])('%s names %s without a value (%j)', async (path, name, value, shown) => {
    const { status, body } = await postExample(sandbox, path, { [name]: value })
    expect([status, body['ResultCode'], body['ResultMsg']]).toEqual([400, '9103', `${shown} 값이 없습니다.`])
  })

  it.each(['mid', 'timestamp', 'signature'])('names a missing %s', async (name) => {
    const { [name]: _, ...form } = payForm()
    const { status, body } = await postBody(sandbox, PAY, encoded(form))
    expect([status, body['ResultCode']]).toEqual([400, '9103'])
    expect(body['ResultMsg']).toContain(name)
  })

  it.each([
    [PAY, 'buyerName', '가'.repeat(31)],
    [PAY, 'oid', 'x'.repeat(41)],
    [PAY, 'price', '12345678901'],
    [PAY, 'cardNumber', '40000000000000006'],
    [ISSUE, 'registNo', '1'.repeat(21)],
    [ISSUE, 'passwd', '123'],
    [ISSUE, 'etc', '가'.repeat(101)],
    ['/search/card/prefix', 'cardNumber', '9490941'],
    ['/cancel/cancel', 'tid', `SANDBOX-CARD-${'1'.repeat(28)}`],
    [SMS, 'P_AMT', '1234567890'],
    ['/escrow/delivery', 'soid', '100'],
  ])('%s answers 9104 for a %s that is too long', async (path, name, value) => {
    const { status, body } = await postExample(sandbox, path, { [name]: value })
    expect([status, body['ResultCode']]).toEqual([400, '9104'])
    expect(body['ResultMsg']).toContain(`(${name})`)
    expect(body['ResultMsg']).not.toContain(value)
  })

  it.each([
    ['/cancel/cancel', { payType: 'cash' }],
    ['/cancel/cancel', { currency: 'KRW' }],
    ['/cancel/cancel', { cancelType: 'C' }],
    ['/cancel/cancel', { payType: 'hpp', cancelType: 'X' }],
    ['/cancel/cancel', { price: '1,000' }],
    ['/cancel/cancel', { price: '0' }],
    ['/cancel/cancel', { price: '50000.00' }],
    ['/cancel/cancel', { currency: 'USD', price: '50.001' }],
    ['/cancel/repay', { cancelPrice: '0' }],
    ['/cancel/repay', { confirmPrice: '-1' }],
    ['/cancel/repay', { taxfree: '1.5' }],
    [PAY, { price: '1e3' }],
    [PAY, { price: '10.50' }],
    [PAY, { cardNumber: '4000000000000003' }],
    [PAY, { cardNumber: '400000000002' }],
    [PAY, { cardNumber: '4000-0000-0000-2' }],
    [PAY, { cardExpireYY: '3x' }],
    [PAY, { cardExpireMM: '00' }],
    [PAY, { cardExpireMM: '13' }],
    [PAY, { cardQuota: '01' }],
    [PAY, { cardQuota: '37' }],
    [PAY, { cardQuota: '0' }],
    [PAY, { quotaInterest: '2' }],
    [PAY, { tax: '101' }],
    [PAY, { passwd: '1' }],
    [BILLPAY, { tax: '101' }],
    [ISSUE, { registNo: '9001011234567' }],
    [ISSUE, { payPeriodCode: 'M32' }],
    [ISSUE, { price: '-1' }],
    ['/search/card/prefix', { cardNumber: '94909' }],
    ['/escrow/checkstatus', { clientIp: '::1' }],
    ['/escrow/delivery', { report: 'D' }],
    ['/escrow/delivery', { charge: 'X' }],
    ['/escrow/delivery', { soid: 'a' }],
    ['/escrow/delivery', { sendPost: '062-36' }],
    ['/escrow/delivery', { price: '5만' }],
    [SMS, { payType: 'phone' }],
    [SMS, { P_CHARSET: 'utf-8' }],
    [SMS, { P_HPP_METHOD: '1' }],
    [SMS, { payType: 'hpp', P_HPP_METHOD: '3' }],
    [SMS, { P_QUOTABASE: '01,02' }],
    [SMS, { P_QUOTABASE: '37' }],
    [SMS, { P_NEXT_URL: 'shop.example/next' }],
    [SMS, { P_RETURN_URL: 'javascript:alert(1)' }],
  ])('%s answers 9105 for %j', async (path, changes) => {
    const { status, body } = await postExample(sandbox, path, changes)
    expect([status, body['ResultCode']]).toEqual([400, '9105'])
    const named = Object.keys(changes).some((name) => body['ResultMsg']?.includes(`(${name})`))
    expect(named, body['ResultMsg']).toBe(true)
  })

  it.each(['4000000000000002', 'DoV3YljGqfRCFeWAibUIK2A4rl iUQgWP3sCCTuZPFo=', 'Uz5co61EhX1eYPf4ug97Ow=='])(
    'answers 9106 for a card number that cannot be decrypted: %s',
    async (cardNumber) => {
      const { status, body } = await postBody(sandbox, PAY, encoded({ ...payForm(), cardNumber }))
      expect([status, body['ResultCode']]).toEqual([400, '9106'])
      expect(body['ResultMsg']).toBe('카드번호(cardNumber) 복호화에 실패하였습니다.')
    },
  )

  it.each(['20190231110100', '2019090611010x', '2019-09-06'])(
    'answers 9107 for the timestamp %s',
    async (timestamp) => {
      const { status, body } = await postExample(sandbox, PAY, { timestamp })
      expect([status, body['ResultCode']]).toEqual([400, '9107'])
    },
  )

  it.each(['20190906105059', '20190906111101', '20190906020100'])('answers 9108 for %s', async (timestamp) => {
    const { status, body } = await postExample(sandbox, PAY, { timestamp })
    expect([status, body['ResultCode']]).toEqual([400, '9108'])
  })

  it.each([
    ['of other values', sign(PAY, { ...exampleOf(PAY), mid: 'welcometst', timestamp: TIMESTAMP, price: '1005' })],
    ['in another order', sign('/cancel/cancel', { mid: 'welcometst', timestamp: TIMESTAMP })],
    ['of nothing', 'x'],
    ['in capitals', sign(PAY, { ...exampleOf(PAY), mid: 'welcometst', timestamp: TIMESTAMP }).toUpperCase()],
  ])('answers 9109 for a signature %s', async (_, signature) => {
    const { status, body } = await postExample(sandbox, PAY, { signature })
    expect([status, body['ResultCode']]).toEqual([400, '9109'])
  })

  it('answers 9109 for a signature over the encrypted card number', async () => {
    const fields = { ...exampleOf(ISSUE), mid: 'welcometst', timestamp: TIMESTAMP }
    const { cardNumber = '' } = formOf(ISSUE, fields)
    const { body } = await post(sandbox, ISSUE, { ...fields, signature: sign(ISSUE, { ...fields, cardNumber }) })
    expect(body['ResultCode']).toBe('9109')
  })

  it.each(['nobody', 'toString', '__proto__'])('answers 9110 for the merchant %s', async (mid) => {
    const { status, body } = await postExample(sandbox, PAY, { mid })
    expect([status, body['ResultCode']]).toEqual([400, '9110'])
  })

  it('leaves nothing of all this in the books', () => {
    const { charges, cancellations, billingKeys, escrow } = sandbox.books
    expect([charges, cancellations, billingKeys, escrow]).toEqual([[], [], [], []])
  })
})
