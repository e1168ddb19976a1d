import { describe, expect, test } from 'vitest'
import {
  aDeposit,
  anApproval,
  anEscrowChange,
  form,
  lookedAt,
  MERCHANT,
  noticeFacadeForFile,
  pathOf,
  registered,
  startNoticeFacade,
  unique,
} from '../../support/server/notices.ts'

// From the bytes of a notice to what is shown of it.

const facade = noticeFacadeForFile()

const FORM = 'application/x-www-form-urlencoded'

/** 똠방, whose first syllable only the extended code page has. */
const CP949 = Buffer.from('8c63b9e6', 'hex')
/** 홍천호 and 표 in EUC-KR: as UTF-8 they are valid, and something else. */
const HONGCHEONHO = Buffer.from('c8abc3b5c8a3', 'hex')
const PYO = Buffer.from('c7a5', 'hex')
const KIM = Buffer.from('b1e8c7cfb3aa', 'hex')

type Row = readonly [what: string, type: string, name: Buffer, read: string, isDoubtful: boolean]

test.each<Row>([
  ['EUC-KR, where nothing is said', FORM, KIM, '김하나', false],
  ['EUC-KR, where the content type says so', `${FORM}; charset=EUC-KR`, KIM, '김하나', false],
  ['code page 949, where nothing is said', FORM, CP949, '똠방', false],
  ['code page 949 by its name', `${FORM};charset="ks_c_5601-1987"`, CP949, '똠방', false],
  ['UTF-8, where the content type says so', `${FORM}; charset=utf-8`, Buffer.from('김하나'), '김하나', false],
  ['EUC-KR, whose bytes are valid UTF-8', FORM, HONGCHEONHO, '홍천호', true],
  ['EUC-KR, whose bytes are one letter of UTF-8', FORM, PYO, '표', true],
  [
    'UTF-8, which the content type calls EUC-KR',
    `${FORM}; charset=euc-kr`,
    Buffer.from('김하나'),
    '源\ufffd\ufffd섎굹',
    true,
  ],
  ['EUC-KR, which the content type calls UTF-8', `${FORM}; charset=utf8`, KIM, '\ufffd\ufffd\ufffd\u03f3\ufffd', true],
  ['bytes that are no text at all', FORM, Buffer.from('41ff42', 'hex'), 'A\ufffdB', false],
  ['a charset that nobody knows', `${FORM}; charset=x-unknown`, KIM, '김하나', false],
])('a payer is read from %s', async (_, type, name, read, isDoubtful) => {
  const { nm_inputbank: _bank, ...deposit } = aDeposit()
  const body = form({ ...deposit, nm_input: name })
  expect(await facade().post(pathOf('deposit'), body, { 'content-type': type })).toMatchObject({ body: 'OK' })
  const [notice] = await facade().notices({ orderId: deposit['no_oid'] }, lookedAt)
  expect(notice).toMatchObject({ payerName: read, charsetDoubtful: isDoubtful, amount: '120000', event: 'DEPOSITED' })
})

test('bytes that are not percent-encoded, and an escape that is none, are read as they are', async () => {
  const order = `RAW-${unique()}`
  const start = Buffer.from(`type_msg=0200&no_oid=${order}&amt_input=1000&no_tid=T+1%2b2&filler=100%&x=%zz&nm_input=`)
  await facade().post(pathOf('deposit'), Buffer.concat([start, KIM]))
  const [notice] = await facade().notices({ orderId: order })
  expect(notice).toMatchObject({ payerName: '김하나', transactionId: 'T 1+2' })
  expect(notice.fields).toContainEqual({ name: 'filler', value: '100%' })
  expect(notice.fields).toContainEqual({ name: 'x', value: '%zz' })
})

test('a merchant’s setting says the charset where a notice does not, and a notice says it better', async () => {
  const facade = await startNoticeFacade(registered({ deposit: { charset: 'utf-8' } }))
  for (const [bytes, type] of [
    [Buffer.from('김하나'), FORM],
    [KIM, `${FORM}; charset=euc-kr`],
  ] as const) {
    const deposit = aDeposit()
    await facade.post(pathOf('deposit'), form({ ...deposit, nm_input: bytes }), { 'content-type': type })
    expect(await facade.notices({ orderId: deposit['no_oid'] })).toMatchObject([{ payerName: '김하나' }])
  }
})

describe('fields', () => {
  test('in any order, unknown ones among them, are read by name and all kept in their order', async () => {
    const deposit = aDeposit()
    const shuffled = [
      ['new_field', '하나'] as const,
      ...Object.entries(deposit).reverse(),
      ['new_field', '둘'] as const,
    ]
    await facade().send('deposit', shuffled)
    const [notice] = await facade().notices({ orderId: deposit['no_oid'] })
    expect(notice).toMatchObject({ event: 'DEPOSITED', amount: '120000', transactionId: deposit['no_tid'] })
    expect(notice.fields.map(({ name, value }: { name: string; value: string }) => [name, value])).toEqual(shuffled)
  })

  test('that stand there twice with one value are read, and with two are for a person', async () => {
    const [same, other] = [aDeposit(), aDeposit()]
    await facade().send('deposit', [...Object.entries(same), ['amt_input', '0000000120000']])
    await facade().send('deposit', [...Object.entries(other), ['amt_input', '1']])
    expect(await facade().notices({ orderId: same['no_oid'] }, lookedAt)).toMatchObject([
      { amount: '120000', exception: null },
    ])
    expect(await facade().notices({ orderId: other['no_oid'] }, lookedAt)).toMatchObject([
      { amount: null, state: 'HELD', exception: 'UNREADABLE' },
    ])
  })

  test.each(['1,000', '천원', '-5', '1e3', '10000000000000000', '12.5', ''])(
    'an amount of %j is none, and the notice is kept for a person',
    async (amount) => {
      const deposit = aDeposit({ amt_input: amount })
      expect(await facade().send('deposit', deposit)).toMatchObject({ status: 200, body: 'OK' })
      expect(await facade().notices({ orderId: deposit['no_oid'] }, lookedAt)).toMatchObject([
        { amount: null, state: 'HELD', exception: 'UNREADABLE' },
      ])
    },
  )

  test('codes that nobody knows are kept for a person', async () => {
    const deposit = aDeposit({ type_msg: '2' })
    expect(await facade().send('deposit', deposit)).toMatchObject({ body: 'OK' })
    expect(await facade().notices({ orderId: deposit['no_oid'] }, lookedAt)).toMatchObject([
      { event: null, code: '2', state: 'HELD', exception: 'UNKNOWN_EVENT' },
    ])
  })
})

describe('what the kinds say', () => {
  test('an issue and a deposit of a virtual account, with the account and its day', async () => {
    const order = `A-${unique()}`
    const shared = { P_TYPE: 'VBANK', P_MID: MERCHANT, P_OID: order, P_FN_CD1: '04', P_FN_NM: '국민', P_AMT: '33000' }
    await facade().send('mobile', {
      ...shared,
      P_STATUS: '00',
      P_TID: `T-${unique()}`,
      P_AUTH_DT: '20261126101502',
      P_UNAME: '김하나',
      P_RMESG1: 'P_VACCT_NO=9400120055661|P_EXP_DT=20261205235900',
    })
    await facade().send('mobile', {
      ...shared,
      P_STATUS: '02',
      P_TID: `T-${unique()}`,
      P_AUTH_DT: '20261127093344',
      P_RMESG1: 'P_VACCT_NO=9400120055661P_EXP_DT=20261205',
    })
    const [deposit, issue] = await facade().notices({ orderId: order }, (found) => found.length === 2)
    const account = { bank: { code: '04', name: '국민은행' }, number: '9400120055661' }
    expect(issue).toMatchObject({
      kind: 'MOBILE_RESULT',
      event: 'VIRTUAL_ACCOUNT_ISSUED',
      code: 'VBANK 00',
      amount: '33000',
      occurredAt: '2026-11-26T01:15:02.000Z',
      payerName: '김하나',
      virtualAccount: { ...account, expiresAt: '2026-12-05T14:59:00.000Z' },
    })
    expect(deposit).toMatchObject({
      event: 'DEPOSITED',
      code: 'VBANK 02',
      virtualAccount: { ...account, expiresAt: '2026-12-05T14:59:59.000Z' },
    })
  })

  test.each([
    ['CARD', '00', 'APPROVED'],
    ['ISP', '00', 'APPROVED'],
    ['BANK', '00', 'APPROVED'],
    ['MOBILE', '00', 'APPROVED'],
    ['CARD', '01', 'FAILED'],
    ['VBANK', '01', 'FAILED'],
    ['CARD', '02', null],
    ['POINT', '00', null],
  ])('a mobile result of %s with %s is %s', async (type, status, event) => {
    const order = `A-${unique()}`
    await facade().send('mobile', { P_TYPE: type, P_STATUS: status, P_OID: order, P_AMT: '1000', P_TID: order })
    expect(await facade().notices({ orderId: order })).toMatchObject([{ event, code: `${type} ${status}` }])
  })

  test('a deposit of the PC window, and one that is withdrawn', async () => {
    const deposit = aDeposit()
    const withdrawn = { ...deposit, type_msg: '0400' }
    await facade().send('deposit', deposit)
    await facade().send('deposit', withdrawn)
    const [second, first] = await facade().notices({ orderId: deposit['no_oid'] }, (found) => found.length === 2)
    expect(first).toMatchObject({
      kind: 'DEPOSIT',
      merchantId: MERCHANT,
      event: 'DEPOSITED',
      amount: '120000',
      occurredAt: '2026-11-27T05:10:05.000Z',
      virtualAccount: { bank: { code: '04', name: '국민은행' }, number: '9400120055700', expiresAt: null },
    })
    expect(second).toMatchObject({ event: 'DEPOSIT_WITHDRAWN' })
  })

  test.each([
    ['2', 'DELIVERY_REGISTERED'],
    ['3', 'CONFIRMED'],
    ['4', 'DENIED'],
    ['8', 'CANCELED'],
    ['10', 'DENIAL_CONFIRMED'],
    ['31', 'CONFIRMED_AUTOMATICALLY'],
    ['32', 'CONFIRMED_BY_FORCE'],
    ['02', 'DELIVERY_REGISTERED'],
  ])('an escrow change with %s is %s', async (code, escrowEvent) => {
    const change = anEscrowChange({ cl_status: code })
    await facade().send('escrow', change)
    expect(await facade().notices({ orderId: change['no_oid'] })).toMatchObject([
      { kind: 'ESCROW_CHANGE', event: 'ESCROW_CHANGED', escrowEvent, statedReason: '구매자 변심' },
    ])
  })

  test('a partial cancel of an escrow payment names the payment, not itself', async () => {
    const change = anEscrowChange({ cl_status: '8', tid_org: `T-${unique()}` })
    await facade().send('escrow', change)
    expect(await facade().notices({ orderId: change['no_oid'] })).toMatchObject([{ transactionId: change['tid_org'] }])
  })

  test.each([
    ['00', '00', 'APPROVED'],
    ['01', '00', 'CANCELED'],
    ['11', '00', 'PARTIALLY_CANCELED'],
    ['02', '00', 'DEPOSITED'],
    ['03', '00', 'VIRTUAL_ACCOUNT_ISSUED'],
    ['00', '99', 'FAILED'],
    ['00', '', null],
    ['01', '99', null],
    ['77', '00', null],
  ])('a transaction of type %s with status %j is %s', async (transType, transStatus, event) => {
    const approval = anApproval({ transType, transStatus })
    await facade().send('transaction', approval)
    expect(await facade().notices({ orderId: approval['oid'] })).toMatchObject([{ event }])
  })

  test('a transaction in JSON says the same, in either charset', async () => {
    for (const [type, name] of [
      ['application/json; charset=euc-kr', KIM],
      ['application/json; charset=utf-8', Buffer.from('김하나')],
      ['application/json', KIM],
    ] as const) {
      const oid = `O-${unique()}`
      const approval = { ...anApproval({ oid }), transAmount: 1004, buyerName: '@' }
      const [before = '', behind = ''] = JSON.stringify(approval).split('@')
      const body = Buffer.concat([Buffer.from(before), name, Buffer.from(behind)])
      expect(await facade().post(pathOf('transaction'), body, { 'content-type': type })).toMatchObject({ body: 'OK' })
      expect(await facade().notices({ orderId: oid })).toMatchObject([
        { event: 'APPROVED', amount: '1004', payerName: '김하나', occurredAt: '2026-11-27T01:11:12.000Z' },
      ])
    }
  })

  test('fields of transactions have the names that are configured', async () => {
    const fields = { orderId: 'moid', amount: 'amt', type: 'kind', status: 'code', transactionId: 'id' }
    const facade = await startNoticeFacade(registered({ transaction: { fields, format: 'json' } }))
    const order = `O-${unique()}`
    await facade.post(
      pathOf('transaction'),
      JSON.stringify({ moid: order, amt: '5', kind: '00', code: '00', id: 'T-1' }),
    )
    expect(await facade.notices({ orderId: order })).toMatchObject([
      { event: 'APPROVED', amount: '5', transactionId: 'T-1' },
    ])
  })
})
