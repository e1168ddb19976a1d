import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import type { NoticeDelivery } from '../../src/sandbox/notices/queue.ts'
import { NoticeGuard } from '../../src/sandbox/notices/send.ts'
import type { NoticeUrls, Sandbox, SandboxOptions } from '../../src/sandbox/server.ts'
import { exampleOf, MID, NOW, post, postExample, sandboxForTests } from '../support/sandbox/forms.ts'
import { makeLink } from '../support/sandbox/links.ts'
import { receiveNotices } from '../support/sandbox/receiver.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A buyer with an issued account, whose notices go to a shop that answers so. */
async function accountOf(shop: { readonly url: string }, options: Partial<SandboxOptions> = {}) {
  const sandbox = await sandboxForTests(options)
  await makeLink(sandbox, 'ACCOUNT-1', 'vbank', { P_NOTI_URL: shop.url })
  return { sandbox, buyer: sandbox.buyer('ACCOUNT-1') }
}

/** When the tries of the first notice were made, in minutes from the start. */
const minutesOf = ({ books }: Sandbox) => books.notices[0]?.attempts.map(({ at }) => (at - NOW) / MINUTE_MS)

describe('the result notice of a virtual account', () => {
  it('tells of the issue and of the deposit, in EUC-KR, with an id of its own each', async () => {
    const shop = await receiveNotices()
    const { sandbox, buyer } = await accountOf(shop)
    const { fields } = await buyer.issue({ name: '홍표천', institution: '20' })
    await buyer.deposit()
    const [issue, deposit] = shop.notices()
    const number = buyer.payment.account?.number ?? ''
    const common = { P_TYPE: 'VBANK', P_MID: MID, P_OID: 'ACCOUNT-1', P_AMT: '1004', P_UNAME: '홍표천' }
    const bank = { P_FN_CD1: '20', P_FN_CD2: '', P_FN_NM: '우리은행', P_RMESG2: '', P_NOTI: '' }
    const account = (digits: string) => `P_VACCT_NO=${number}|P_EXP_DT=${digits}`
    expect(issue).toEqual({
      P_STATUS: '00',
      P_TID: fields['P_TID'],
      P_AUTH_DT: '20190906110100',
      ...common,
      ...bank,
      P_RMESG1: account('20190913235959'),
    })
    expect(deposit).toEqual({
      P_STATUS: '02',
      P_TID: sandbox.books.charges[0]?.tid,
      P_AUTH_DT: '20190906110100',
      ...common,
      ...bank,
      P_RMESG1: account('20190913'),
    })
    expect(deposit?.['P_TID']).not.toBe(issue?.['P_TID'])
    expect(shop.requests).toEqual(Array(2).fill('POST /notices application/x-www-form-urlencoded'))
    expect(shop.bodies[0]?.toString()).toContain('&P_UNAME=%C8%AB%C7%A5%C3%B5&')
  })

  it('is in UTF-8 where the link asks for it', async () => {
    const shop = await receiveNotices()
    const sandbox = await sandboxForTests()
    await makeLink(sandbox, 'UTF-8', 'vbank', { P_NOTI_URL: shop.url, P_CHARSET: 'utf8' })
    await sandbox.buyer('UTF-8').issue({ name: '홍표천' })
    expect(shop.bodies[0]?.toString()).toContain('&P_UNAME=%ED%99%8D%ED%91%9C%EC%B2%9C&')
  })

  it('brings the account to the next page, with nothing to approve', async () => {
    const { buyer } = await accountOf(await receiveNotices())
    const { fields } = await buyer.issue()
    expect(fields).toEqual({
      P_STATUS: '00',
      P_RMESG1: '가상계좌가 발급되었습니다.',
      P_TID: expect.stringMatching(/^WELMX_VBNKwelcometst20190906110100\d{6}$/),
      P_VACT_NUM: expect.stringMatching(/^9400\d{10}$/),
      P_VACT_DATE: '20190913',
      P_VACT_TIME: '235959',
      P_VACT_NAME: '웰컴페이먼츠',
      P_VACT_BANK_CODE: '04',
      P_NOTI: '',
      P_AMT: '1004',
    })
  })

  it('is not sent where the link names no address', async () => {
    const sandbox = await sandboxForTests()
    await makeLink(sandbox, 'QUIET', 'vbank')
    await sandbox.buyer('QUIET').issue()
    expect(sandbox.books.notices).toEqual([])
  })

  it('tells what was deposited, also where that is another amount, and again', async () => {
    const shop = await receiveNotices()
    const { sandbox, buyer } = await accountOf(shop)
    await buyer.issue()
    await buyer.deposit({ amount: '1005' })
    await buyer.deposit()
    expect(shop.notices().map(({ P_AMT }) => P_AMT)).toEqual(['1004', '1005', '1004'])
    expect(sandbox.books.charges.map(({ price }) => price)).toEqual(['1005', '1004'])
  })

  it('a deposit can be canceled under its own id', async () => {
    const { sandbox, buyer } = await accountOf(await receiveNotices())
    await buyer.issue()
    await buyer.deposit()
    const tid = buyer.payment.tid ?? ''
    const { body } = await postExample(sandbox, '/cancel/cancel', { tid, payType: 'vbank', price: '1004' })
    expect(body['ResultCode']).toBe('00')
  })
})

it('the result notice of a payment in one step tells of the approval', async () => {
  const shop = await receiveNotices()
  const sandbox = await sandboxForTests()
  await makeLink(sandbox, 'ONE', 'card', { P_NOTI_URL: shop.url, P_RESERVED: 'x' })
  await sandbox.buyer('ONE').pay({ institution: '06' })
  expect(shop.notices()).toMatchObject([
    { P_STATUS: '00', P_TYPE: 'CARD', P_OID: 'ONE', P_FN_NM: '국민', P_PRTC_CODE: '1', P_CARD_NUM: '400000******0002' },
  ])
})

describe('a notice is sent again', () => {
  it('every ten minutes until the answer is OK, and then no more', async () => {
    const shop = await receiveNotices((index) => ({ body: index < 3 ? 'FAIL' : 'OK' }))
    const { sandbox, buyer } = await accountOf(shop)
    await buyer.issue()
    await sandbox.advance(DAY_MS)
    expect(minutesOf(sandbox)).toEqual([0, 10, 20, 30])
    expect(new Set(shop.bodies.map(String)).size).toBe(1)
    expect(sandbox.books.notices).toMatchObject([{ kind: 'result', event: '00', state: 'accepted', dueAt: null }])
  })

  it('for 24 hours at most', async () => {
    const shop = await receiveNotices(() => ({ status: 500 }))
    const { sandbox, buyer } = await accountOf(shop)
    await buyer.issue()
    await sandbox.advance(3 * DAY_MS)
    expect(shop.bodies).toHaveLength(145)
    expect(minutesOf(sandbox)?.at(-1)).toBe(24 * 60)
    expect(sandbox.books.notices).toMatchObject([{ state: 'given-up' }])
  })

  it.each([
    { body: 'OK\n' },
    { body: ' OK' },
    { body: 'ok' },
    { body: '<html>OK</html>' },
    { body: '' },
    { status: 500 },
    { status: 404 },
    { status: 201 },
    { status: 302, headers: { location: '/elsewhere' } },
  ])('after the answer %j', async (answer) => {
    const shop = await receiveNotices((index) => (index === 0 ? answer : {}))
    const { sandbox, buyer } = await accountOf(shop)
    await buyer.issue()
    expect(sandbox.books.notices).toMatchObject([{ state: 'waiting', dueAt: NOW + 10 * MINUTE_MS }])
    await sandbox.advance(10 * MINUTE_MS)
    expect(shop.requests).toEqual(Array(2).fill('POST /notices application/x-www-form-urlencoded'))
  })

  it('where nobody listens', async () => {
    const { sandbox, buyer } = await accountOf({ url: 'http://127.0.0.1:1/' })
    await buyer.issue()
    expect(sandbox.books.notices).toMatchObject([
      { state: 'waiting', attempts: [{ status: null, answer: 'ECONNREFUSED', accepted: false }] },
    ])
  })

  it('at once, where somebody asks for it', async () => {
    const shop = await receiveNotices((index) => ({ body: index === 0 ? 'FAIL' : 'OK' }))
    const sandbox = await sandboxForTests()
    const url = await makeLink(sandbox, 'AGAIN', 'vbank', { P_NOTI_URL: shop.url })
    await sandbox.buyer('AGAIN').issue()
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ action: 'send-again' }) })
    expect(await answer.text()).toContain('수신 확인')
    expect(sandbox.books.notices).toMatchObject([{ state: 'accepted', attempts: [{}, {}] }])
  })
})

describe('a notice on its way', () => {
  it('comes twice', async () => {
    const shop = await receiveNotices()
    const { sandbox, buyer } = await accountOf(shop)
    await buyer.issue({ notice: 'twice' })
    expect(shop.bodies).toHaveLength(2)
    expect(shop.bodies[0]).toEqual(shop.bodies[1])
    expect(sandbox.books.notices).toMatchObject([{ state: 'accepted', attempts: [{}, {}] }])
  })

  it('is overtaken', async () => {
    const shop = await receiveNotices()
    const { sandbox, buyer } = await accountOf(shop)
    await buyer.issue({ notice: 'late' })
    await buyer.deposit()
    await sandbox.advance(10 * MINUTE_MS)
    expect(shop.notices().map(({ P_STATUS }) => P_STATUS)).toEqual(['02', '00'])
  })

  it('is lost for good', async () => {
    const shop = await receiveNotices()
    const { sandbox, buyer } = await accountOf(shop)
    await buyer.issue({ notice: 'never' })
    await sandbox.advance(2 * DAY_MS)
    expect(shop.bodies).toEqual([])
    expect(sandbox.books.notices).toMatchObject([{ state: 'never', attempts: [] }])
  })

  it('the others do not wait for one that is not answered', async () => {
    const { sandbox, buyer } = await accountOf({ url: 'http://127.0.0.1:1/' })
    const shop = await receiveNotices()
    await makeLink(sandbox, 'OTHER', 'vbank', { P_NOTI_URL: shop.url })
    await buyer.issue()
    await sandbox.buyer('OTHER').issue()
    await sandbox.advance(HOUR_MS)
    expect(shop.bodies).toHaveLength(1)
  })
})

it('random faults meet notices for which nobody chose, the same with the same seed', async () => {
  const fatesOf = async (seed: number, deliveries: readonly NoticeDelivery[]) => {
    const shop = await receiveNotices()
    const { sandbox, buyer } = await accountOf(shop, { noticeFaults: { rate: 0.5, seed, deliveries } })
    await buyer.issue({ notice: 'once' })
    for (let each = 0; each < 20; each += 1) await buyer.deposit()
    return sandbox.books.notices.map(({ state, attempts }) => [state, attempts.length])
  }
  const fates = await fatesOf(3, ['twice', 'late', 'never'])
  expect(new Set(fates.map(String))).toEqual(new Set(['accepted,1', 'accepted,2', 'waiting,0', 'never,0']))
  expect(fates[0]).toEqual(['accepted', 1])
  expect(await fatesOf(3, ['twice', 'late', 'never'])).toEqual(fates)
  expect(await fatesOf(4, ['twice', 'late', 'never'])).not.toEqual(fates)
})

describe('where notices may go', () => {
  const isAllowed = (host: string, url: string, origins: readonly string[] = []) =>
    new NoticeGuard(host, origins).isAllowed(new URL(url))

  it.each([
    'http://127.0.0.1:8080/n',
    'http://127.9.9.9/n',
    'http://localhost/n',
    'http://[::1]:80/n',
    'https://localhost',
  ])('to %s from a sandbox that serves this machine alone, and from no other', (url) => {
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(isAllowed(host, url)).toBe(true)
    for (const host of ['0.0.0.0', '::', '192.168.0.7']) expect(isAllowed(host, url)).toBe(false)
  })

  it.each([
    'http://shop.example/n',
    'http://10.0.0.1/n',
    'http://192.168.0.1/n',
    'http://169.254.169.254/latest/meta-data',
    'http://0.0.0.0/n',
    'http://[::]/n',
    'http://[::ffff:10.0.0.1]/n',
    'http://127.0.0.1.nip.io/n',
    'http://localhost.example/n',
    'ftp://127.0.0.1/n',
    'file:///etc/passwd',
  ])('never to %s', (url) => {
    expect(isAllowed('127.0.0.1', url)).toBe(false)
    expect(isAllowed('127.0.0.1', url, ['https://shop.example', 'http://shop.example:8080'])).toBe(false)
  })

  it('to an origin that is named, wherever the sandbox listens', () => {
    const origins = ['https://shop.example', 'http://10.0.0.7:4000/x']
    expect(isAllowed('0.0.0.0', 'https://shop.example/pg/notices/1', origins)).toBe(true)
    expect(isAllowed('0.0.0.0', 'http://10.0.0.7:4000/pg/notices/1', origins)).toBe(true)
    expect(isAllowed('0.0.0.0', 'http://10.0.0.7:4001/pg/notices/1', origins)).toBe(false)
  })

  it('to the origin of an address that is registered', () => {
    const guard = new NoticeGuard('0.0.0.0', [])
    guard.allow('http://10.0.0.7:4000/pg/notices/deposit/m/token')
    expect(guard.isAllowed(new URL('http://10.0.0.7:4000/pg/notices/other'))).toBe(true)
    expect(guard.isAllowed(new URL('http://10.0.0.7/pg/notices/other'))).toBe(false)
  })

  it('one to anywhere else stands in the books and is not sent', async () => {
    const { sandbox, buyer } = await accountOf({ url: 'http://169.254.169.254/latest' })
    await buyer.issue()
    await sandbox.advance(DAY_MS)
    expect(sandbox.books.notices).toMatchObject([{ state: 'forbidden', attempts: [], dueAt: null }])
  })
})

/** A sandbox whose merchant has registered addresses, all at one shop. */
async function registered(kinds: readonly (keyof NoticeUrls)[], answer?: Parameters<typeof receiveNotices>[0]) {
  const shop = await receiveNotices(answer)
  const urls = Object.fromEntries(kinds.map((kind) => [kind, shop.url]))
  return { shop, sandbox: await sandboxForTests({ noticeUrls: { [MID]: urls } }) }
}

describe('the deposit notice', () => {
  it('tells of a withdrawn deposit, which can then not be canceled', async () => {
    const { shop, sandbox } = await registered(['deposit'])
    await makeLink(sandbox, 'GONE', 'vbank')
    const buyer = sandbox.buyer('GONE')
    await buyer.issue({ name: '홍표천' })
    await buyer.deposit()
    const tid = buyer.payment.tid ?? ''
    await buyer.withdraw()
    expect(shop.notices()).toEqual([
      {
        no_tid: tid,
        no_oid: 'GONE',
        id_merchant: MID,
        cd_bank: '00000004',
        cd_deal: '00000088',
        dt_trans: '20190906',
        tm_trans: '110100',
        no_vacct: buyer.payment.account?.number,
        amt_input: '0000000001004',
        flg_close: '0',
        cl_close: '0',
        type_msg: '0400',
        nm_inputbank: '신한',
        nm_input: '홍표천',
        dt_inputstd: '20190906',
        dt_calculstd: '20190906',
        dt_transbase: '20190906',
        cl_trans: '1100',
        cl_kor: '2',
      },
    ])
    const { body } = await postExample(sandbox, '/cancel/cancel', { tid, payType: 'vbank', price: '1004' })
    expect(body['ResultCode']).toBe('01')
    await expect(buyer.withdraw()).rejects.toThrow()
  })

  it('tells of a deposit that the PC window led to, four times after ten minutes and six after an hour', async () => {
    const { shop, sandbox } = await registered(['deposit'], () => ({ body: 'NO' }))
    const account = { number: '94001234', bankCode: '04', payer: '김하나' }
    const deposit = {
      type: 'deposit',
      mid: MID,
      oid: 'PC-1',
      tid: 'WELVBNK1',
      amount: '5000',
      account,
      at: NOW,
    } as const
    await sandbox.notifyDeposit(deposit)
    await sandbox.advance(2 * DAY_MS)
    expect(shop.notices()[0]).toMatchObject({ type_msg: '0200', no_oid: 'PC-1', amt_input: '0000000005000' })
    expect(minutesOf(sandbox)).toEqual([0, 10, 20, 30, 40, 100, 160, 220, 280, 340, 400])
  })
})

describe('the escrow notice', () => {
  const DELIVERED = { originalTid: 'SANDBOX-DELIVERED-1' }

  it('tells of every step, with codes of its own', async () => {
    const { shop, sandbox } = await registered(['escrow'], () => ({ body: 'cd_rslt=0000&msg_rslt=' }))
    await postExample(sandbox, '/escrow/delivery', { tid: 'SANDBOX-ESCROW-1', oid: 'ORDER-1' })
    await postExample(sandbox, '/escrow/buyconfirm', { originalTid: 'SANDBOX-ESCROW-1' })
    await postExample(sandbox, '/escrow/buydeny', { ...DELIVERED, denyMsg: '홍천' })
    await postExample(sandbox, '/escrow/denyconfirm', DELIVERED)
    await postExample(sandbox, '/cancel/cancel', { tid: DELIVERED.originalTid, payType: 'bank', price: '50000' })
    await postExample(sandbox, '/escrow/buyconfirm', { originalTid: 'SANDBOX-ESCROW-2' })
    await sandbox.noticesSent()
    expect(shop.notices().map(({ cl_status }) => cl_status)).toEqual(['2', '3', '4', '10', '8'])
    expect(shop.notices()[2]).toEqual({
      id_merchant: MID,
      no_oid: 'ORDER-1',
      no_tid: DELIVERED.originalTid,
      cl_status: '4',
      dt_req: '20190906110100',
      cl_paymethod: '16',
      msg_deny: '홍천',
      price: '50000',
      tid_org: '',
    })
  })

  it.each([
    ['cd_rslt=0000&msg_rslt=', 'accepted'],
    ['cd_rslt=0000', 'accepted'],
    ['{"cd_rslt":"0000","msg_rslt":""}', 'accepted'],
    ['cd_rslt=9999&msg_rslt=x', 'waiting'],
    ['OK', 'accepted'],
    ['', 'waiting'],
    ['null', 'waiting'],
  ])('answered %s is %s', async (body, state) => {
    const { sandbox } = await registered(['escrow'], () => ({ body }))
    await postExample(sandbox, '/escrow/buyconfirm', DELIVERED)
    await sandbox.noticesSent()
    expect(sandbox.books.notices).toMatchObject([{ kind: 'escrow', event: '3', state }])
  })

  it('comes eleven times at most', async () => {
    const { shop, sandbox } = await registered(['escrow'], () => ({ status: 500 }))
    await postExample(sandbox, '/escrow/buyconfirm', DELIVERED)
    await sandbox.advance(DAY_MS)
    expect(shop.bodies).toHaveLength(11)
  })
})

describe('the transaction notice', () => {
  it('tells of charges, cancels, accounts and deposits, of nothing that was refused, and is signed', async () => {
    const { shop, sandbox } = await registered(['transaction'])
    const { body } = await postExample(sandbox, '/noauth/pay/card', { oid: 'N4' })
    const tid = body['tid'] ?? ''
    await postExample(sandbox, '/cancel/repay', { tid, cancelPrice: '4', confirmPrice: '1000' })
    await postExample(sandbox, '/cancel/repay', { tid, cancelPrice: '4', confirmPrice: '1000' })
    await postExample(sandbox, '/cancel/cancel', { tid: 'SANDBOX-CARD-9' })
    await post(sandbox, '/noauth/pay/card', exampleOf('/noauth/pay/card'), { 'x-sandbox-scenario': 'decline' })
    await makeLink(sandbox, 'N4-V', 'vbank')
    await sandbox.buyer('N4-V').issue()
    await sandbox.buyer('N4-V').deposit()
    await sandbox.noticesSent()
    const told = shop.notices().map(({ transType, transAmount, oid }) => [transType, transAmount, oid])
    expect(told).toEqual([
      ['00', '1004', 'N4'],
      ['11', '4', 'N4'],
      ['01', '50000', 'ORDER-9'],
      ['03', '1004', 'N4-V'],
      ['02', '1004', 'N4-V'],
    ])
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
    const mkey = sha256(DEMO_MERCHANTS[0].signKey)
    expect(shop.notices()[0]).toEqual({
      mid: MID,
      oid: 'N4',
      tid,
      transType: '00',
      transStatus: '00',
      transAmount: '1004',
      transDate: '20190906',
      transTime: '110100',
      payMethod: 'card',
      resultMessage: '정상',
      signature: sha256(`mid=${MID}&mkey=${mkey}&tid=${tid}&transType=00&transAmount=1004`),
    })
  })

  it.each([
    ['OK', 'accepted'],
    ['received', 'accepted'],
    ['', 'waiting'],
  ])('answered %j is %s', async (body, state) => {
    const { sandbox } = await registered(['transaction'], () => ({ body }))
    await postExample(sandbox, '/noauth/pay/card')
    await sandbox.noticesSent()
    expect(sandbox.books.notices).toMatchObject([{ kind: 'transaction', event: '00', state }])
  })

  it.each([
    ['euc-kr', '"resultMessage":"\xc1\xa4\xbb\xf3"'],
    ['utf8', '"resultMessage":"\xec\xa0\x95\xec\x83\x81"'],
  ] as const)('is JSON in %s where the merchant wants it so', async (charset, message) => {
    const shop = await receiveNotices()
    const transaction = { url: shop.url, charset, format: 'json' } as const
    const sandbox = await sandboxForTests({ noticeUrls: { [MID]: { transaction } } })
    await postExample(sandbox, '/noauth/pay/card')
    await sandbox.noticesSent()
    expect(shop.requests).toEqual(['POST /notices application/json'])
    expect(shop.bodies[0]?.toString('latin1')).toContain(message)
  })

  it('comes before the answer to the call may have come', async () => {
    const { shop, sandbox } = await registered(['transaction'])
    const pending = postExample(sandbox, '/noauth/pay/card', {}, { 'x-sandbox-scenario': 'timeout' }).catch(
      () => 'lost',
    )
    await expect.poll(() => shop.bodies.length).toBe(1)
    await sandbox.close()
    expect(await pending).toBe('lost')
  })
})
