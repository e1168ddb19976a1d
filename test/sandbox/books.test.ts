import { beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { NAMED_ID_PREFIXES } from '../../src/sandbox/state/seed-ids.ts'
import { CARD, MID, NOW, OTHER_MID, postExample, sandboxForTests } from '../support/sandbox/forms.ts'

const DAY_MS = 86_400_000

let now = NOW
const sandbox: Sandbox = await sandboxForTests({ clock: () => now })

beforeEach(() => {
  now = NOW
})

/** The result code of an example with changes. */
async function codeOf(path: string, changes: Record<string, string> = {}): Promise<string | undefined> {
  const { status, body } = await postExample(sandbox, path, changes)
  expect(status).toBe(200)
  return body['ResultCode']
}

async function chargeKeyedIn(changes: Record<string, string> = {}): Promise<string> {
  const { body } = await postExample(sandbox, '/noauth/pay/card', changes)
  expect(body['ResultCode']).toBe('00')
  return body['tid'] ?? ''
}

const cancel = (changes: Record<string, string>) => codeOf('/cancel/cancel', changes)
const cancelPart = (tid: string, cancelPrice: string, confirmPrice: string) =>
  codeOf('/cancel/repay', { tid, cancelPrice, confirmPrice })

describe('charges', () => {
  it('two charges of one order number stand in the books as two', async () => {
    const tids = [await chargeKeyedIn({ oid: 'TWICE' }), await chargeKeyedIn({ oid: 'TWICE' })]
    expect(sandbox.books.charges.filter(({ oid }) => oid === 'TWICE')).toEqual(
      tids.map((tid) => ({ path: '/noauth/pay/card', mid: MID, oid: 'TWICE', tid, price: '1004', at: NOW })),
    )
    expect(tids[0]).not.toBe(tids[1])
  })

  it('charges keep amounts beyond what a float holds', async () => {
    const tid = await chargeKeyedIn({ price: '9999999999' })
    expect(await cancelPart(tid, '9999999998', '1')).toBe('00')
    expect(await cancel({ tid, price: '1' })).toBe('00')
  })
})

describe('cancels', () => {
  it('a payment is canceled as a whole once, and refused then', async () => {
    const tid = await chargeKeyedIn()
    expect(await cancel({ tid, price: '1003' })).toBe('2005')
    expect(await cancel({ tid, price: '1004' })).toBe('00')
    expect(await cancel({ tid, price: '1004' })).toBe('01')
    expect(await cancelPart(tid, '1', '1003')).toBe('01')
    expect(sandbox.books.cancellations.filter((entry) => entry.tid === tid)).toEqual([
      {
        path: '/cancel/cancel',
        mid: MID,
        tid,
        cancellationTid: null,
        currency: 'WON',
        price: '1004',
        remaining: '0',
        at: NOW,
      },
    ])
  })

  it('a payment is canceled in parts until nothing remains', async () => {
    const tid = await chargeKeyedIn()
    expect(await cancelPart(tid, '4', '999')).toBe('2005')
    expect(await cancelPart(tid, '4', '1000')).toBe('00')
    expect(await cancelPart(tid, '4', '1000')).toBe('2005')
    expect(await cancel({ tid, price: '1004' })).toBe('2005')
    expect(await cancelPart(tid, '1000', '0')).toBe('00')
    expect(await cancelPart(tid, '1000', '0')).toBe('01')
    const entries = sandbox.books.cancellations.filter((entry) => entry.tid === tid)
    expect(entries.map(({ price, remaining }) => [price, remaining])).toEqual([
      ['4', '1000'],
      ['1000', '0'],
    ])
    expect(new Set(entries.map(({ cancellationTid }) => cancellationTid)).size).toBe(2)
  })

  it('cancels in dollars are counted in cents', async () => {
    const tid = 'SANDBOX-USD-1'
    const part = { tid, currency: 'USD', cancelPrice: '0.5', confirmPrice: '49.50' }
    const { body } = await postExample(sandbox, '/cancel/repay', part)
    expect(body).toMatchObject({ ResultCode: '00', Price: '0.50', RmainPrice: '49.50' })
    expect(await cancel({ tid, currency: 'USD', price: '49.5' })).toBe('00')
  })

  it('a cancel whose means, currency or id does not fit is refused', async () => {
    const tid = await chargeKeyedIn()
    expect(await cancel({ tid, price: '1004', payType: 'bank' })).toBe('2003')
    expect(await cancel({ tid, price: '1004', currency: 'USD' })).toBe('2004')
    expect(await cancel({ tid, price: '1004', mid: OTHER_MID })).toBe('2002')
    for (const unknown of ['NO-SUCH-TID', 'SANDBOX-CARD-', 'SANDBOX-CARDKEY-1', 'constructor']) {
      expect(await cancel({ tid: unknown })).toBe('2001')
    }
    expect(await cancel({ tid, price: '1004' })).toBe('00')
  })

  it('a network cancel takes a mobile payment back', async () => {
    const { body } = await postExample(sandbox, '/billing/hppbillpay')
    const changes = { tid: body['tid'] ?? '', price: '1004', payType: 'hpp', cancelType: 'C' }
    expect(await cancel(changes)).toBe('00')
    expect(await cancel(changes)).toBe('01')
  })
})

describe('billing keys', () => {
  const charge = (billkey: string, mid = MID) => codeOf('/billing/billpay', { billkey, mid })
  const remove = (billkey: string, mid = MID) => codeOf('/billing/billkey/delete', { billkey, mid })

  it.each(['/billing/billkey/card', '/noauth/billkey/card'])('from %s charge until they are deleted', async (path) => {
    const { body } = await postExample(sandbox, path)
    const billkey = body['Billkey'] ?? ''
    expect(await charge(billkey)).toBe('00')
    expect(await charge(billkey, OTHER_MID)).toBe('3001')
    expect(await codeOf('/billing/hppbillpay', { billkey })).toBe('3003')
    expect(await remove(billkey, OTHER_MID)).toBe('3001')
    expect(await remove(billkey)).toBe('00')
    expect(await charge(billkey)).toBe('3002')
    expect(await remove(billkey)).toBe('3002')
    expect(sandbox.books.billingKeys).toContainEqual({ mid: MID, billkey, kind: 'card', at: NOW, deletedAt: NOW })
  })

  it('each issue gives a new billing key', async () => {
    const keys = [
      await postExample(sandbox, '/noauth/billkey/card'),
      await postExample(sandbox, '/noauth/billkey/card'),
    ]
    expect(keys[0]?.body['Billkey']).not.toBe(keys[1]?.body['Billkey'])
  })

  it('billing keys of mobile phones charge on their own path and cannot be deleted as a card', async () => {
    expect(await charge('SANDBOX-MOBILEKEY-2')).toBe('3003')
    expect(await remove('SANDBOX-MOBILEKEY-2')).toBe('3003')
    expect(await codeOf('/billing/hppbillpay', { billkey: 'SANDBOX-MOBILEKEY-2' })).toBe('00')
  })

  it('a billing key that was never issued is unknown', async () => {
    for (const billkey of ['NO-SUCH-KEY', '__proto__', 'SANDBOX-CARDKEY-']) {
      expect(await charge(billkey)).toBe('3001')
      expect(await remove(billkey)).toBe('3001')
    }
  })
})

describe('escrow', () => {
  const deliver = (tid: string, oid: string, soid = '1', report = 'I') =>
    codeOf('/escrow/delivery', { tid, oid, soid, report })
  const confirm = (originalTid: string) => codeOf('/escrow/buyconfirm', { originalTid })
  const deny = (originalTid: string) => codeOf('/escrow/buydeny', { originalTid })
  const confirmDenial = (originalTid: string) => codeOf('/escrow/denyconfirm', { originalTid })
  const statusOf = async (tid: string) => (await postExample(sandbox, '/escrow/checkstatus', { tid })).body
  const cancelEscrow = (tid: string) => cancel({ tid, payType: 'bank' })

  it('an escrow payment goes from approval over delivery to the confirmed purchase', async () => {
    const tid = 'SANDBOX-ESCROW-GOOD'
    expect(await statusOf(tid)).toMatchObject({
      idMerchant: MID,
      noOid: 'ORDER-GOOD',
      noTid: tid,
      clStatus: '0',
      dtAppl: '20190906',
      clPaymethod: '16',
      price: '50000',
      msgDeny: '',
    })
    expect(await confirm(tid)).toBe('5002')
    expect(await deny(tid)).toBe('5002')
    expect(await deliver(tid, 'ORDER-GOOD', '1', 'U')).toBe('5004')
    expect(await deliver(tid, 'ORDER-OTHER')).toBe('5005')
    expect(await deliver(tid, 'ORDER-GOOD')).toBe('310000')
    expect(await deliver(tid, 'ORDER-GOOD', '01')).toBe('5003')
    expect(await deliver(tid, 'ORDER-GOOD', '01', 'U')).toBe('310000')
    expect(await deliver(tid, 'ORDER-GOOD', '2', 'U')).toBe('5004')
    expect(await deliver(tid, 'ORDER-GOOD', '2')).toBe('310000')
    expect(await statusOf(tid)).toMatchObject({ clStatus: '0' })
    expect(await confirmDenial(tid)).toBe('5002')
    expect(await confirm(tid)).toBe('310000')
    expect(await confirm(tid)).toBe('5002')
    expect(await deny(tid)).toBe('5002')
    expect(await deliver(tid, 'ORDER-GOOD', '3')).toBe('5002')
    expect(await statusOf(tid)).toMatchObject({ clStatus: '3' })
    expect(await cancelEscrow(tid)).toBe('2006')
    expect(sandbox.books.escrow).toContainEqual({
      mid: MID,
      tid,
      oid: 'ORDER-GOOD',
      state: 'purchase-confirmed',
      deliveries: [1, 2],
      denialReason: '',
    })
  })

  it('an escrow payment goes from delivery over denial to its confirmation and the money back', async () => {
    const tid = 'SANDBOX-DELIVERED-BAD'
    expect(await codeOf('/escrow/buydeny', { originalTid: tid, refundBankCode: '00' })).toBe('5007')
    expect(await deny(tid)).toBe('310000')
    expect(await statusOf(tid)).toMatchObject({ clStatus: '10', msgDeny: '파손' })
    expect(await deny(tid)).toBe('5002')
    expect(await confirm(tid)).toBe('5002')
    expect(await confirmDenial(tid)).toBe('310000')
    expect(await confirmDenial(tid)).toBe('5002')
    expect(await cancelEscrow(tid)).toBe('00')
    expect(await statusOf(tid)).toMatchObject({ clStatus: '1' })
  })

  it('an escrow payment with a magic id begins in the state that its name says', async () => {
    expect(await confirmDenial('SANDBOX-DENIED-X')).toBe('310000')
    expect(await deliver('SANDBOX-DELIVERED-X', 'ORDER-X', '1', 'U')).toBe('310000')
    expect(await deliver('SANDBOX-DENIED-Y', 'ORDER-Y')).toBe('5002')
  })

  it('an escrow payment that was canceled tells the same day from a later one', async () => {
    await statusOf('SANDBOX-ESCROW-TODAY')
    await statusOf('SANDBOX-ESCROW-TOMORROW')
    expect(await cancelEscrow('SANDBOX-ESCROW-TODAY')).toBe('00')
    expect(await deliver('SANDBOX-ESCROW-TODAY', 'ORDER-TODAY')).toBe('5002')
    expect(await statusOf('SANDBOX-ESCROW-TODAY')).toMatchObject({ clStatus: '1' })
    now = NOW + DAY_MS
    const later = { tid: 'SANDBOX-ESCROW-TOMORROW', payType: 'bank', timestamp: '20190907110100' }
    expect(await cancel(later)).toBe('00')
    now = NOW
    expect(await statusOf('SANDBOX-ESCROW-TOMORROW')).toMatchObject({ clStatus: '2', dtAppl: '20190906' })
  })

  it('escrow steps of other payments, unknown ones and unknown couriers are refused', async () => {
    expect((await statusOf('SANDBOX-CARD-9'))['ResultCode']).toBe('5001')
    expect((await statusOf('NO-SUCH-TID'))['ResultCode']).toBe('2001')
    expect(await confirm('SANDBOX-BANK-9')).toBe('5001')
    for (const exCode of ['none', 'toString']) {
      expect(await codeOf('/escrow/delivery', { tid: 'SANDBOX-ESCROW-9', oid: 'ORDER-9', exCode })).toBe('5006')
    }
  })
})

describe('magic ids', () => {
  const PAY_TYPES: Readonly<Record<string, string>> = {
    'SANDBOX-CARD-': 'card',
    'SANDBOX-MOBILE-': 'hpp',
    'SANDBOX-VBANK-': 'vbank',
    'SANDBOX-BANK-': 'bank',
    'SANDBOX-USD-': 'card',
    'SANDBOX-ESCROW-': 'bank',
    'SANDBOX-DELIVERED-': 'bank',
    'SANDBOX-DENIED-': 'bank',
  }
  const transactions = NAMED_ID_PREFIXES.filter(({ names }) => names === 'transaction').map(({ prefix }) => prefix)

  it('magic ids are listed with a description', () => {
    expect(transactions).toEqual(Object.keys(PAY_TYPES))
    const keys = NAMED_ID_PREFIXES.filter(({ names }) => names === 'billingKey').map(({ prefix }) => prefix)
    expect(keys).toEqual(['SANDBOX-CARDKEY-', 'SANDBOX-MOBILEKEY-'])
    for (const { description } of NAMED_ID_PREFIXES) expect(description).toMatch(/\.$/)
  })

  it.each(transactions)('%s names one payment of each merchant', async (prefix) => {
    const usd = prefix === 'SANDBOX-USD-'
    for (const mid of [MID, OTHER_MID]) {
      const changes = {
        mid,
        tid: `${prefix}NAMED`,
        payType: PAY_TYPES[prefix] ?? '',
        price: usd ? '50.00' : '50000',
        currency: usd ? 'USD' : 'WON',
      }
      const { body } = await postExample(sandbox, '/cancel/cancel', changes)
      expect(body).toMatchObject({ ResultCode: '00', Moid: 'ORDER-NAMED', Price: changes.price })
      expect(await cancel(changes)).toBe('01')
    }
  })
})

describe('the books', () => {
  it('the books are served as JSON and hold no card data', async () => {
    await postExample(sandbox, '/billing/billkey/card', { registNo: '880229', passwd: '97' })
    const response = await fetch(`${sandbox.url}/sandbox/books`)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const text = await response.text()
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(sandbox.books)))
    for (const secret of [CARD, '880229', '"97"', 'registNo', 'cardNumber']) expect(text).not.toContain(secret)
  })

  it('the books count the requests by path, refused ones as well', async () => {
    const before = sandbox.books.requests['/smspay/makeUrl'] ?? 0
    await postExample(sandbox, '/smspay/makeUrl')
    await postExample(sandbox, '/smspay/makeUrl', { P_AMT: 'x' })
    expect(sandbox.books.requests['/smspay/makeUrl']).toBe(before + 2)
  })

  it('the books list a billing key with a magic id from its first use', async () => {
    await postExample(sandbox, '/billing/billpay', { billkey: 'SANDBOX-CARDKEY-LISTED' })
    const listed = sandbox.books.billingKeys.filter(({ billkey }) => billkey === 'SANDBOX-CARDKEY-LISTED')
    expect(listed).toEqual([{ mid: MID, billkey: 'SANDBOX-CARDKEY-LISTED', kind: 'card', at: NOW, deletedAt: null }])
  })
})
