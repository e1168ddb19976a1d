import { describe, expect, it } from 'vitest'
import { APPROVAL_SCENARIOS, type ApprovalScenarioName } from '../../src/sandbox/response/approval-scenarios.ts'
import { faultSource } from '../../src/sandbox/response/random-faults.ts'
import { MID, NOW, OTHER_MID, postExample, sandboxForTests } from '../support/sandbox/forms.ts'
import { approve, makeLink, readPairs } from '../support/sandbox/links.ts'

const sandbox = await sandboxForTests()
const PATH = '/smspay/approve'

let orders = 0

/** A buyer who opens a new link. */
async function buyerOf(payType: string, changes: Readonly<Record<string, string | undefined>> = {}) {
  orders += 1
  const order = `APPROVE-${orders}`
  await makeLink(sandbox, order, payType, changes)
  return { order, buyer: sandbox.buyer(order) }
}

const chargesOf = (order: string) => sandbox.books.charges.filter(({ oid }) => oid === order)

describe('an authentication', () => {
  it('brings the address of the approval to the shop, and charges nothing', async () => {
    const { order, buyer } = await buyerOf('card')
    const { url, method, fields } = await buyer.pay()
    expect([url, method]).toEqual(['http://shop.test/next', 'POST'])
    expect(fields).toEqual({
      P_STATUS: '00',
      P_RMESG1: '인증되었습니다.',
      P_TID: expect.stringMatching(/^WELMX_AUTHwelcometst20190906110100\d{6}$/),
      P_REQ_URL: expect.stringMatching(new RegExp(`^${sandbox.url}${PATH}/[0-9A-Z]{4,}$`)),
      P_NOTI: '',
      P_AMT: '1004',
    })
    expect(chargesOf(order)).toEqual([])
    expect(buyer.payment.status).toBe('authenticated')
  })

  it.each(['fail', 'giveUp'] as const)('that ends by %s brings a failure with nothing to approve', async (what) => {
    const { buyer } = await buyerOf('hpp')
    const { fields } = buyer[what]()
    expect(fields).toMatchObject({ P_STATUS: '01', P_TID: '', P_AMT: '1004' })
    expect(fields).not.toHaveProperty('P_REQ_URL')
    expect(buyer.payment.status).toBe('failed')
  })

  it('another authentication of the same link has another id and another address', async () => {
    const { buyer } = await buyerOf('card')
    const [first, second] = [await buyer.pay(), await buyer.pay()]
    expect(first.fields['P_TID']).not.toBe(second.fields['P_TID'])
    expect(first.fields['P_REQ_URL']).not.toBe(second.fields['P_REQ_URL'])
  })

  it('the address of the approval has the name by which the merchant reached the sandbox', async () => {
    const { buyer } = await buyerOf('card')
    const named = new URL((await buyer.pay()).fields['P_REQ_URL'] ?? '')
    expect(named.origin).toBe(sandbox.url)
  })
})

describe('an approval', () => {
  const CARD = {
    P_STATUS: '00',
    P_TID: expect.stringMatching(/^WELMX_CARDwelcometst20190906110100\d{6}$/),
    P_TYPE: 'CARD',
    P_AUTH_DT: '20190906110100',
    P_MID: MID,
    P_AMT: '1004',
    P_UNAME: '홍표천',
    P_FN_CD1: '14',
    P_FN_CD2: '',
    P_FN_NM: '신한',
    P_RMESG1: '정상 처리되었습니다.',
    P_RMESG2: '03',
    P_NOTI: '',
    P_AUTH_NO: expect.stringMatching(/^\d{8}$/),
    P_CARD_ISSUER_CODE: '14',
    P_CARD_ISSUER_NAME: '신한',
    P_CARD_NUM: '400000******0002',
    P_CARD_INTEREST: '0',
    P_CARD_CHECKFLAG: '0',
    P_CARD_PRTC_CODE: '1',
    P_MNAME: MID,
    P_NOTEURL: '',
    P_NEXT_URL: 'http://shop.test/next?a=1&b=+%',
  }

  it.each([
    [undefined, 'text/plain; charset=euc-kr', 'euc-kr'],
    ['utf8', 'text/plain; charset=utf-8', 'utf-8'],
  ] as const)('of a card is answered as text where P_CHARSET is %s', async (asked, type, charset) => {
    const { order, buyer } = await buyerOf('card', { P_CHARSET: asked, P_NEXT_URL: 'http://shop.test/next?a=1&b=+%' })
    const handOver = await buyer.pay({ name: '홍표천', institution: '14', months: '03' })
    const answer = await approve(handOver)
    expect([answer.status, answer.type]).toEqual([200, type])
    const fields = readPairs(answer.body, charset)
    expect(fields).toEqual({ ...CARD, P_OID: order })
    expect(fields['P_TID']).not.toBe(handOver.fields['P_TID'])
    expect(chargesOf(order)).toEqual([
      { path: PATH, mid: MID, oid: order, tid: fields['P_TID'], price: '1004', at: NOW },
    ])
  })

  it('of a card can be canceled, in part as well', async () => {
    const { buyer } = await buyerOf('card')
    const { P_TID: tid } = readPairs((await approve(await buyer.pay())).body)
    const part = await postExample(sandbox, '/cancel/repay', { tid, cancelPrice: '4', confirmPrice: '1000' })
    expect(part.body).toMatchObject({ ResultCode: '00', RmainPrice: '1000' })
    const rest = await postExample(sandbox, '/cancel/repay', { tid, cancelPrice: '1000', confirmPrice: '0' })
    expect(rest.body).toMatchObject({ ResultCode: '00', RmainPrice: '0' })
  })

  it('of a phone gives a billing key that can be charged', async () => {
    const { buyer } = await buyerOf('hpp')
    const fields = readPairs((await approve(await buyer.pay())).body)
    expect(fields).toMatchObject({ P_TYPE: 'MOBILE', P_FN_CD1: '010', P_HPP_CORP: 'SKT', P_HPP_NUM: '01012345678' })
    const { body } = await postExample(sandbox, '/billing/hppbillpay', { billkey: fields['P_HPP_BILLKEY'] })
    expect(body['ResultCode']).toBe('00')
  })

  it('of a bank transfer names the bank', async () => {
    const { buyer } = await buyerOf('bank')
    const fields = readPairs((await approve(await buyer.pay({ institution: '88' }))).body)
    expect(fields).toMatchObject({ P_TYPE: 'BANK', P_FN_CD1: '88', P_FN_NM: '신한(통합)은행' })
    expect(fields).not.toHaveProperty('P_AUTH_NO')
  })

  it('comes once for an authentication: the second is refused, also of a hundred at once', async () => {
    const { order, buyer } = await buyerOf('card')
    const handOver = await buyer.pay()
    const answers = await Promise.all(Array.from({ length: 100 }, () => approve(handOver)))
    const fields = answers.map(({ body }) => readPairs(body))
    expect(fields.filter(({ P_STATUS }) => P_STATUS === '00')).toHaveLength(1)
    expect(fields.filter(({ P_RMESG1 }) => P_RMESG1 === '이미 승인 처리된 인증입니다.')).toHaveLength(99)
    expect(chargesOf(order)).toHaveLength(1)
  })

  it('of two authentications of one link charges twice: the books hide nothing', async () => {
    const { order, buyer } = await buyerOf('card')
    for (const handOver of [await buyer.pay(), await buyer.pay()]) await approve(handOver)
    expect(chargesOf(order)).toHaveLength(2)
  })

  it.each([
    ['another merchant', { P_MID: OTHER_MID }, '다른 가맹점의 인증입니다.'],
    ['no merchant', { P_MID: '' }, '다른 가맹점의 인증입니다.'],
    ['another authentication', { P_TID: 'WELMX_AUTHother' }, '인증 거래번호가 맞지 않습니다.'],
  ])('of %s is refused and takes nothing away', async (_, changes, message) => {
    const { order, buyer } = await buyerOf('card')
    const handOver = await buyer.pay()
    expect(readPairs((await approve(handOver, changes)).body)).toMatchObject({ P_STATUS: '01', P_RMESG1: message })
    expect(chargesOf(order)).toEqual([])
    expect(readPairs((await approve(handOver)).body)).toMatchObject({ P_STATUS: '00' })
  })

  it('at an address that was never given is refused', async () => {
    const { buyer } = await buyerOf('card')
    const handOver = await buyer.pay()
    const unknown = { ...handOver, fields: { ...handOver.fields, P_REQ_URL: `${sandbox.url}${PATH}/ZZZZ` } }
    const { body } = await approve(unknown)
    expect(readPairs(body)).toEqual({ P_STATUS: '01', P_RMESG1: '존재하지 않는 인증입니다.' })
  })

  it('is counted in the books', async () => {
    const before = sandbox.books.requests[PATH] ?? 0
    const { buyer } = await buyerOf('card')
    await approve(await buyer.pay())
    expect(sandbox.books.requests[PATH]).toBe(before + 1)
  })
})

describe('scenarios of an approval', () => {
  /** Those that never answer are tried on a sandbox that closes. */
  const SILENT: readonly string[] = ['timeout', 'timeout-unprocessed']
  const ANSWERING = APPROVAL_SCENARIOS.filter(({ name }) => !SILENT.includes(name))

  const answerOf = async (name: ApprovalScenarioName) => {
    const { order, buyer } = await buyerOf('card')
    const answer = await approve(await buyer.pay({ approval: name })).catch(() => undefined)
    return { order, answer, fields: () => readPairs(answer?.body ?? Buffer.alloc(0)) }
  }

  it.each(ANSWERING)('$name enters the books as it says', async ({ name, processed }) => {
    const { order } = await answerOf(name)
    expect(chargesOf(order)).toHaveLength(processed ? 1 : 0)
  })

  it.each(SILENT)('%s is silent until the sandbox closes', async (name) => {
    const own = await sandboxForTests()
    await makeLink(own, 'SILENT', 'card')
    const handOver = await own.buyer('SILENT').pay({ approval: name as ApprovalScenarioName })
    const pending = approve(handOver).then(
      () => 'answered',
      () => 'nothing',
    )
    await expect.poll(() => own.books.requests[PATH]).toBe(1)
    await own.close()
    expect(await pending).toBe('nothing')
    expect(own.books.charges).toHaveLength(name === 'timeout' ? 1 : 0)
  })

  it.each([
    ['other-merchant', 'P_MID', 'othermerch'],
    ['other-order', 'P_OID', 'ANOTHER-ORDER'],
    ['other-amount', 'P_AMT', '1005'],
    ['zero-code', 'P_STATUS', '0000'],
    ['clear-card-number', 'P_CARD_NUM', '4000000000000002'],
    ['decline', 'P_RMESG1', '카드사에서 승인을 거절하였습니다.'],
  ] as const)('%s answers with %s %s', async (name, field, value) => {
    expect((await answerOf(name)).fields()).toHaveProperty(field, value)
  })

  it('cp949 has syllables that are not in EUC-KR', async () => {
    const { answer } = await answerOf('cp949')
    expect(answer?.body.toString('hex')).toContain('c3b3b8ae89e7bdc0b4cfb4d92e208c63')
  })

  it('charged-other-amount takes one won more', async () => {
    const { order, fields } = await answerOf('charged-other-amount')
    expect(fields()).toHaveProperty('P_AMT', '1005')
    expect(chargesOf(order)).toMatchObject([{ price: '1005' }])
  })

  it('a decline is final for its authentication; what did not arrive may be asked again', async () => {
    for (const [name, status] of [
      ['decline', '이미 승인 처리된 인증입니다.'],
      ['http-500', '처리하지 못하였습니다.'],
    ] as const) {
      const { buyer } = await buyerOf('card')
      const handOver = await buyer.pay({ approval: name })
      await approve(handOver)
      expect(readPairs((await approve(handOver)).body)).toHaveProperty('P_RMESG1', status)
    }
  })

  it('a random fault meets the approval of a buyer who chose none', async () => {
    const isWanted = (seed: number) => faultSource({ rate: 1, seed })()?.name === 'http-500'
    const seed = Array.from({ length: 1000 }, (_, each) => each).find(isWanted) ?? -1
    const own = await sandboxForTests({ faults: { rate: 1, seed } })
    const inPeace = { 'x-sandbox-scenario': 'numbers' }
    for (const [approval, status] of [
      ['decline', 200],
      [undefined, 500],
    ] as const) {
      await makeLink(own, 'RANDOM', 'card', {}, inPeace)
      expect((await approve(await own.buyer('RANDOM').pay({ approval }))).status).toBe(status)
    }
  })
})

describe('a payment in one step', () => {
  it.each([
    ['card', 'twotrs_isp=Y&block_isp=Y'],
    ['bank', 'below1000=Y'],
  ])(
    'of a %s whose reserved options do not ask for two is charged at once, and leads to the return URL',
    async (payType, reserved) => {
      const { order, buyer } = await buyerOf(payType, { P_RESERVED: reserved })
      expect(await buyer.pay()).toEqual({
        url: 'http://shop.test/return?shop=1',
        method: 'GET',
        fields: {},
        charset: 'euc-kr',
      })
      expect(chargesOf(order)).toHaveLength(1)
      await expect(buyer.pay()).rejects.toThrow()
    },
  )

  it('a phone always takes two', async () => {
    const { order, buyer } = await buyerOf('hpp', { P_RESERVED: 'x' })
    expect((await buyer.pay()).fields).toHaveProperty('P_REQ_URL')
    expect(chargesOf(order)).toEqual([])
  })
})
