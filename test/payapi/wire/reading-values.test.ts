import { expect, test } from 'vitest'
import { SERVICES, type ServiceName } from '../../../src/payapi/index.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { clientFor } from '../../support/payapi/client.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'

// Single values of an answer that are not as documented.

/** Calls a service that answers this body; returns the result and the wire names that could not be read. */
async function reading(name: ServiceName, body: string) {
  const server = await startRawServer(answering(() => httpAnswer(200, body)))
  const client = clientFor(server.url)
  const ending = await client.call(SERVICES[name], FIXTURES[name].minimal.input)
  return { ending, unread: client.records[0]?.unread ?? [] }
}

const CODES: readonly [what: string, json: string, expected: object][] = [
  ['a number, which has lost its leading zero', '0', { type: 'CardPayment' }],
  ['a number of a failure', '1', { type: 'PgFailure', resultCode: '01' }],
  ['a longer number', '2001', { type: 'PgFailure', resultCode: '2001' }],
  ['a text with spaces around', '" 00 "', { type: 'CardPayment' }],
  ['a text of letters', '"V801"', { type: 'PgFailure', resultCode: 'V801' }],
  ['the code of cancelled before', '"01"', { type: 'PgFailure', resultCode: '01', outcome: 'NOT_PROCESSED' }],
]

for (const [what, json, expected] of CODES) {
  test(`a ResultCode that is ${what} is read`, async () => {
    const { ending } = await reading('chargeKeyedInCard', `{"ResultCode":${json},"ResultMsg":"m"}`)
    expect(ending).toMatchObject(expected)
  })
}

test('a ResultCode that is a number means success for an escrow change too', async () => {
  const { ending } = await reading('confirmEscrowPurchase', '{"ResultCode":310000}')
  expect(ending).toMatchObject({ type: 'EscrowPurchaseConfirmation' })
})

test('a code that is no code does not get into a sentence of ours', async () => {
  const { ending } = await reading('chargeKeyedInCard', '{"ResultCode":"<b>no</b>"}')
  expect(ending).toMatchObject({ resultCode: '<b>no</b>', message: expect.not.stringContaining('<b>') })
})

const AMOUNTS: readonly [what: string, json: string, amount: string | null][] = [
  ['a number', '1004', '1004'],
  ['a number past 2^31', '4294967296', '4294967296'],
  ['a number past 2^53', '9007199254740993', '9007199254740993'],
  ['a number of 22 digits', '1234567890123456789012', '1234567890123456789012'],
  ['a number with decimals past 2^53', '9007199254740993.25', '9007199254740993.25'],
  ['a text past 2^53', '"9007199254740993"', '9007199254740993'],
  ['a text with commas', '"1,234,567"', '1234567'],
  ['a text with leading zeros', '"0000001004"', '1004'],
  ['a text with decimals', '"10.50"', '10.50'],
  ['zero', '"0"', '0'],
  ['less than zero', '"-1004"', null],
  ['a word', '"free"', null],
  ['a number in powers of ten', '1e21', null],
  ['an object', '{"won":1004}', null],
  ['a list', '[1004]', null],
  ['true', 'true', null],
]

for (const [what, json, amount] of AMOUNTS) {
  test(`an amount that is ${what} is ${amount === null ? 'null' : 'read exactly'}`, async () => {
    // The text beside it looks like numbers and quotes, and must stay what it is.
    const ignoredFields = '"tid":"1234567890123456789 \\"12345678901234567\\""'
    const body = `{"ResultCode":"00","PayDate":20190906,"PayTime":110102,"Price":${json},"ApplNum":"1",${ignoredFields}}`
    const { ending, unread } = await reading('chargeKeyedInCard', body)
    expect(ending).toMatchObject({ amount, transactionId: '1234567890123456789 "12345678901234567"' })
    expect(unread).toEqual(amount === null ? ['Price'] : [])
  })
}

test('ids that are numbers are read exactly, however long', async () => {
  const body = '{"ResultCode":"00","tid":12345678901234567890,"ApplNum":30012345}'
  const { ending } = await reading('chargeKeyedInCard', body)
  expect(ending).toMatchObject({ transactionId: '12345678901234567890', approvalNumber: '30012345' })
})

const MOMENTS: readonly [what: string, date: string, time: string, instant: string | null][] = [
  ['numbers', '20190906', '110102', '2019-09-06T02:01:02.000Z'],
  ['a time that has lost its leading zeros', '20190906', '102', '2019-09-05T15:01:02.000Z'],
  ['the last second of a year', '"20191231"', '"235959"', '2019-12-31T14:59:59.000Z'],
  ['a day that does not exist', '"20190229"', '"110102"', null],
  ['a month that does not exist', '"20191301"', '"110102"', null],
  ['an hour that does not exist', '"20190906"', '"240000"', null],
  ['a second that does not exist', '"20190906"', '"110160"', null],
  ['zeros', '"00000000"', '"000000"', null],
  ['a date with dashes', '"2019-09-06"', '"110102"', null],
  ['a date without a time', '"20190906"', '""', null],
  ['a time without a date', '""', '"110102"', null],
]

for (const [what, date, time, instant] of MOMENTS) {
  test(`a moment of ${what} is ${instant ?? 'null, and told to the log'}`, async () => {
    const body = `{"ResultCode":"00","tid":"T","Price":"1","ApplNum":"1","PayDate":${date},"PayTime":${time}}`
    const { ending, unread } = await reading('chargeKeyedInCard', body)
    expect(ending).toMatchObject({ type: 'CardPayment', approvedAt: instant })
    expect(unread).toEqual(instant === null ? ['PayDate', 'PayTime'] : [])
  })
}

const DAYS: readonly [json: string, day: string | null][] = [
  ['"20200229"', '2020-02-29'],
  ['20200229', '2020-02-29'],
  ['"20200229143000"', '2020-02-29'],
  ['"2020-02-29"', '2020-02-29'],
  ['"20190229"', null],
  ['"yesterday"', null],
  ['"202002"', null],
]

for (const [json, day] of DAYS) {
  test(`a day answered as ${json} is ${day}`, async () => {
    const { ending, unread } = await reading('checkEscrowStatus', `{"ResultCode":"00","dtAppl":${json}}`)
    expect(ending).toMatchObject({ type: 'EscrowStatus', approvedOn: day })
    expect(unread.includes('dtAppl')).toBe(day === null)
  })
}

test('a state of tomorrow is null, and its code is kept', async () => {
  const { ending, unread } = await reading(
    'checkEscrowStatus',
    '{"ResultCode":"00","clStatus":"11","clPaymethod":"18"}',
  )
  expect(ending).toMatchObject({ state: null, stateCode: '11', paymentMethod: null })
  expect(unread).toEqual(expect.arrayContaining(['clStatus', 'clPaymethod']))
})

test('a state that is named like what every object has is null', async () => {
  const { ending } = await reading('checkEscrowStatus', '{"ResultCode":"00","clStatus":"constructor"}')
  expect(ending).toMatchObject({ state: null, stateCode: 'constructor' })
})

for (const code of ['99', 'constructor', '__proto__']) {
  test(`the card company ${code} of tomorrow keeps its code and has no name`, async () => {
    const { ending, unread } = await reading('lookUpCardPrefix', `{"ResultCode":"00","CardCode":"${code}"}`)
    expect(ending).toMatchObject({ cardCompany: { code, name: null } })
    expect(unread).not.toContain('CardCode')
  })
}

test('fields that nobody knows are ignored, also those named like what every object has', async () => {
  const extra = '"__proto__":{"tid":"FALSE","ResultCode":"99"},"constructor":"x","toString":1,"hasOwnProperty":2'
  const { ending } = await reading('chargeKeyedInCard', `{${extra},"ResultCode":"00","Extra":{"a":[1]},"ApplNum":"7"}`)
  expect(ending).toMatchObject({ type: 'CardPayment', approvalNumber: '7', transactionId: null })
  expect(Object.getPrototypeOf(ending)).toBe(Object.prototype)
  expect(({} as Record<string, unknown>)['tid']).toBeUndefined()
})

test('an address that is none is null', async () => {
  const { ending, unread } = await reading('createSmsPaymentUrl', '{"ResultCode":"00","MsgSend":"see your phone"}')
  expect(ending).toMatchObject({ type: 'SmsPaymentUrl', paymentUrl: null })
  expect(unread).toEqual(['MsgSend'])
})
