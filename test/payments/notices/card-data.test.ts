import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withoutCardNumbers } from '../../../src/payments/notices/card-data.ts'
import {
  aDeposit,
  anApproval,
  form,
  lookedAt,
  pathOf,
  startNoticeFacade,
  unique,
} from '../../support/server/notices.ts'
import { CARD_NUMBER, dataFolder } from '../../support/server/running-facade.ts'

// A notice may hold a card number, masked or not, in any of its fields. None of it is written or logged.

const SPACED = '4000 0000 0000 0002'
const MASKED = '400000******0002'

/** Fields that hold one in their ways. */
const FIELDS: readonly (readonly [string, string])[] = [
  ['P_CARD_NUM', CARD_NUMBER],
  ['cardNumber', MASKED],
  ['CARD_NO', '40000000****0002'],
  ['nm_input', `김하나 ${CARD_NUMBER}`],
  ['P_UNAME', CARD_NUMBER],
  ['P_NOTI', `cart-7 ${SPACED}`],
  ['P_RMESG1', `P_VACCT_NO=9400120055661|note=${CARD_NUMBER}`],
  ['resultMessage', `declined ${MASKED}`],
  ['new_field', '4000-0000-0000-0002'],
  ['masked', '4000-00**-****-0002'],
  ['wide', [...CARD_NUMBER].map((digit) => '０１２３４５６７８９'[Number(digit)]).join('')],
  ['encoded', Buffer.from(`usepoint=&card=${CARD_NUMBER}`).toString('base64')],
  ['twice', '%34%30%30%30%30%30%30%30%30%30%30%30%30%30%30%32'],
  [CARD_NUMBER, 'a name may be anything'],
]

const PARTS = [
  CARD_NUMBER,
  SPACED,
  '4000-0000-0000-0002',
  '400000**',
  '40000000****',
  '４０００',
  '00000002',
  '******0002',
]

test.each(['deposit', 'mobile', 'transaction'] as const)(
  'no card number in a %s notice is shown, written or logged',
  async (kind) => {
    const folder = dataFolder()
    const facade = await startNoticeFacade({ PAYAPI_DATA_DIR: folder })
    const order = `CARD-${unique()}`
    const fields = {
      deposit: aDeposit({ no_oid: order }),
      mobile: { P_TYPE: 'VBANK', P_STATUS: '00', P_OID: order, P_TID: `T-${unique()}`, P_AMT: '33000' },
      transaction: anApproval({ oid: order }),
    }[kind]
    await facade.post(
      pathOf(kind),
      form([...Object.entries<string>(fields).filter(([name]) => name !== 'nm_input'), ...FIELDS], 'utf-8'),
      { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    )
    const [notice] = await facade.notices({ orderId: order }, lookedAt)
    const shown = JSON.stringify(notice)
    for (const part of PARTS) expect(shown).not.toContain(part)
    const names = notice.fields.map(({ name }: { name: string }) => name)
    expect(names).not.toContain('P_CARD_NUM')
    expect(names).not.toContain('cardNumber')
    expect(notice.fields).toContainEqual({ name: 'P_NOTI', value: 'cart-7 [hidden]' })
    expect(notice.fields).toContainEqual({ name: 'encoded', value: '[hidden]' })

    for (const part of PARTS) expect(facade.lines.join('\n')).not.toContain(part)
    await facade.close()
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name)).toString('utf8')
      for (const part of PARTS) expect(bytes).not.toContain(part)
      expect(bytes).not.toContain('김하나')
      expect(bytes).not.toContain('9400120055')
    }
  },
)

test('a card number in place of an order number or a transaction id is not kept, and is for a person', async () => {
  const facade = await startNoticeFacade()
  await facade.send('deposit', aDeposit({ no_oid: CARD_NUMBER }))
  await facade.send('deposit', aDeposit({ no_tid: SPACED }))
  const found = await facade.notices({ states: ['HELD'] }, ({ length }) => length === 2)
  expect(found).toMatchObject([{ exception: 'UNREADABLE' }, { exception: 'UNREADABLE' }])
  for (const part of PARTS) expect(JSON.stringify(found)).not.toContain(part)
})

test.each([
  ['order numbers made of date and time, one in ten of which passes Luhn', 'no_oid', '20261126101505'],
  ['transaction ids with long digits', 'no_tid', 'WELVBNKshop00010120261126101502123456'],
  ['account numbers that pass Luhn', 'no_vacct', '9400120055661'],
])('%s are kept as they are', async (_, field, value) => {
  const facade = await startNoticeFacade()
  await facade.send('deposit', aDeposit({ [field]: value }))
  const [notice] = await facade.notices({}, lookedAt)
  expect(notice.exception).toBeNull()
  expect(notice.fields).toContainEqual({ name: field, value })
})

test('what is no card number stays readable', () => {
  for (const text of ['010-1234-5678', '국민은행 33,000원', 'cart-7', '2026-11-27 14:10:05', 'RM3_PRICE^000000033000'])
    expect(withoutCardNumbers(text)).toBe(text)
})

test('of a text that is longer than any field of the manual nothing is kept', () => {
  expect(withoutCardNumbers('가'.repeat(10_000))).toHaveLength(10_000)
  expect(withoutCardNumbers('가'.repeat(10_001))).toBe('[hidden]')
})
