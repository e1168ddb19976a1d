import { describe, expect, test } from 'vitest'
import { SERVICES, type ServiceName } from '../../src/payapi/index.ts'
import { FIXTURES } from '../services/index.generated.ts'
import { CARD_NUMBER, clientFor, HOLDER_ID } from '../support/payapi/client.ts'
import { answering, httpAnswer, startRawServer } from '../support/payapi/raw-server.ts'
import { example } from '../support/payapi/rejections.ts'

// What was sent encrypted and comes back in clear goes no further. What PayAPI processed stays a success.

async function answered(
  name: ServiceName,
  answer: object,
  { status = 200, input = FIXTURES[name].full.input as object } = {},
) {
  const server = await startRawServer(answering(() => httpAnswer(status, JSON.stringify(answer))))
  const client = clientFor(server.url)
  const ending: object = await client.call(SERVICES[name], input)
  return { ending: ending as Readonly<Record<string, unknown>>, record: client.records[0] }
}

const SPELT = [
  ['as it is', CARD_NUMBER],
  ['as a number', Number(CARD_NUMBER)],
  ['with dashes', '4000-0000-0000-0002'],
  ['within an id', `welcometst${CARD_NUMBER}01`],
  ['in full-width digits', '４０００００００００００００02'],
  ['in Base64', Buffer.from(CARD_NUMBER).toString('base64')],
  ['in hexadecimal', Buffer.from(CARD_NUMBER).toString('hex')],
  ['percent-encoded', CARD_NUMBER.replace('4', '%34')],
] as const

const ISSUED = {
  ResultCode: '00',
  ResultMsg: '정상',
  CardResultCode: '06',
  CardKind: '0',
  Billkey: 'welcometstBK1',
  Price: '0',
  PayDate: '20190906',
  PayTime: '110100',
  tid: 'welcometstKY1',
}

const FIELDS = [
  ['Billkey', 'billingKey'],
  ['tid', 'transactionId'],
  ['CardResultCode', 'cardCompany'],
] as const

describe.each(FIELDS)('a %s that repeats the card number', (wire, field) => {
  test.each(SPELT)('is null %s, and the log says which it was', async (_, text) => {
    const { ending, record } = await answered('issueCardBillingKey', { ...ISSUED, [wire]: text })
    expect(ending).toMatchObject({ type: 'CardBillingKey', issuedAt: '2019-09-06T02:01:00.000Z', [field]: null })
    expect(record).toMatchObject({ ending: 'CardBillingKey', unread: [wire] })
    expect(JSON.stringify([ending, record])).not.toContain(String(text))
  })
})

test('amount, approval number and transaction of a charge that repeat what was sent encrypted are null', async () => {
  const charged = { ResultCode: '00', Price: '1234567890', ApplNum: '123-45-67890', tid: `T${CARD_NUMBER}` }
  const { ending, record } = await answered('chargeKeyedInCard', charged)
  expect(ending).toMatchObject({ type: 'CardPayment', amount: null, approvalNumber: null, transactionId: null })
  expect(record?.unread).toEqual(expect.arrayContaining(['Price', 'ApplNum', 'tid']))
})

test('a date of birth, and the password, are null where they are all of an id', async () => {
  const { ending } = await answered('issueCardBillingKey', { ...ISSUED, Billkey: HOLDER_ID, tid: '12' })
  expect(ending).toMatchObject({ type: 'CardBillingKey', billingKey: null, transactionId: null })
})

test('codes, amounts, days and times that only look like it are read', async () => {
  const input = example('issueCardBillingKey', { 'card.passwordPrefix': '06', 'card.holderId': '110100' })
  const { ending, record } = await answered('issueCardBillingKey', ISSUED, { input })
  expect(ending).toMatchObject({
    cardCompany: { code: '06' },
    issuedAt: '2019-09-06T02:01:00.000Z',
    billingKey: 'welcometstBK1',
    transactionId: 'welcometstKY1',
    amount: '0',
  })
  expect(record).not.toHaveProperty('unread')
})

test('a refusal whose code is the password of the card is told', async () => {
  const { ending } = await answered('issueCardBillingKey', { ResultCode: '12', ResultMsg: '한도 초과' })
  expect(ending).toMatchObject({ type: 'PgFailure', resultCode: '12', resultMessage: '한도 초과' })
})

test('a refusal whose code is the date of birth tells no code', async () => {
  const { ending } = await answered('issueCardBillingKey', { ResultCode: HOLDER_ID, ResultMsg: '거절' })
  expect(ending).toMatchObject({ type: 'PgFailure', resultCode: '[hidden]' })
  expect(JSON.stringify(ending)).not.toContain(HOLDER_ID)
})

const MESSAGES = [
  ['카드 4000/0000/0000/0002 거절', '카드 [hidden] 거절'],
  ['카드 ４０００　００００　００００　０００２ 거절', '카드 [hidden] 거절'],
  ['생년월일 90-01-01 불일치', '생년월일 [hidden] 불일치'],
  ['생년월일 19900101 불일치', '생년월일 [hidden] 불일치'],
  ['비밀번호 12 불일치', '[hidden] 불일치'],
  [`참고 ${Buffer.from(CARD_NUMBER).toString('base64')} 거절`, '[hidden]'],
  [`참고 ${Buffer.from(HOLDER_ID).toString('hex')} 거절`, '[hidden]'],
  ['한도 12만원 초과 (5555-5555-5555-4444)', '한도 12만원 초과 ([hidden])'],
  ['승인이 거절되었습니다', '승인이 거절되었습니다'],
] as const

describe.each([200, 400, 500])('a message with status %i', (status) => {
  test.each(MESSAGES)('%j comes back as %j', async (said, shown) => {
    const answer = { ResultCode: '2001', ResultMsg: said }
    const { ending } = await answered('issueCardBillingKey', answer, { status })
    expect(ending['resultMessage']).toBe(shown)
  })
})
