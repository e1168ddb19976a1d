import { describe, expect, test } from 'vitest'
import { SERVICES, type Service, type ServiceName } from '../../src/payapi/index.ts'
import { FIXTURES } from '../services/index.generated.ts'
import { clientFor } from '../support/payapi/client.ts'
import { answering, httpAnswer, startRawServer } from '../support/payapi/raw-server.ts'

// Codes that can be read as a success and are not the documented one, and answers that give more than one code.

/** Calls a service that is answered with this body. */
async function answered(name: ServiceName, body: string, status = 200) {
  const server = await startRawServer(answering(() => httpAnswer(status, body)))
  return clientFor(server.url).call(SERVICES[name], FIXTURES[name].minimal.input)
}

const answer = (code: string) => `{"ResultCode":${code},"ResultMsg":"정상","tid":"TID-1"}`
const UNREADABLE = { type: 'PayApiTransportError', reason: 'UNREADABLE_RESPONSE' }
const UNKNOWN = { ...UNREADABLE, outcome: 'UNKNOWN', retryable: false }

const ZEROS = ['"0"', '"000"', '"0000"', '"000000"', '"0000000000000000"', '"０００"', '" 0000 "', '"0 0"', '"\'00\'"']

describe('a code of zeros alone that is not the documented one', () => {
  for (const zeros of ZEROS) {
    test(`leaves a charge unknown: ${zeros}`, async () => {
      expect(await answered('chargeKeyedInCard', answer(zeros))).toMatchObject(UNKNOWN)
    })
  }

  for (const service of Object.values<Service>(SERVICES)) {
    const name = service.name as ServiceName
    const expected =
      service.effect === 'lookup' ? { ...UNREADABLE, outcome: 'NOT_PROCESSED', retryable: true } : UNKNOWN
    test(`${service.effect === 'lookup' ? 'has changed nothing' : 'leaves unknown what became'} of ${name}`, async () => {
      expect(await answered(name, answer('"0000"'))).toMatchObject(expected)
    })

    test(`does not get in the way of the code of success of ${name}`, async () => {
      const ending = await answered(name, answer(JSON.stringify(service.success)))
      expect(ending).toMatchObject({ type: service.result.type })
    })
  }

  for (const zeros of ['"00"', '"0000"', '0']) {
    test(`leaves an escrow change unknown, whose code of success is another: ${zeros}`, async () => {
      expect(await answered('confirmEscrowPurchase', answer(zeros))).toMatchObject(UNKNOWN)
    })
  }

  test('leaves a charge unknown with HTTP 400 too, and its words are passed on', async () => {
    expect(await answered('chargeKeyedInCard', answer('"0000"'), 400)).toMatchObject({
      type: 'PayApiHttpClientError',
      outcome: 'UNKNOWN',
      resultCode: '0000',
      resultMessage: '정상',
    })
  })

  test('is told in a message that holds neither the code nor a name of the wire', async () => {
    const { message } = (await answered('chargeKeyedInCard', answer('"0000"'))) as unknown as { message: string }
    expect(message).toContain('may mean success')
    expect(message).not.toMatch(/0000|ResultCode/)
  })
})

for (const code of ['"310000."', '"310,000"', '"0310000"', '"３１００００"']) {
  test(`the code of success in another dress leaves an escrow change unknown: ${code}`, async () => {
    expect(await answered('confirmEscrowPurchase', answer(code))).toMatchObject(UNKNOWN)
  })
}

for (const code of ['"01"', '"1000"', '"0001"', '"V000"', '"00A0"', '1', '10', '"100000"']) {
  test(`a code that has zeros among others is a refusal: ${code}`, async () => {
    expect(await answered('chargeKeyedInCard', answer(code))).toMatchObject({
      type: 'PgFailure',
      outcome: 'NOT_PROCESSED',
    })
  })
}

for (const code of [
  '"00\\u0007"',
  '"1001\\ufffd"',
  '"\\ufffd1"',
  '"10\\u000701"',
  '"\\u200b00"',
  '"0\\ufffd"',
  '0.0',
  '-0',
  '0e5',
  '1e-400',
  '1.5',
  'true',
  '[0]',
]) {
  test(`what is no plain code leaves a charge unknown: ${code}`, async () => {
    expect(await answered('chargeKeyedInCard', answer(code))).toMatchObject(UNKNOWN)
  })
}

test('a code that is filled up with NULs is read without them', async () => {
  expect(await answered('chargeKeyedInCard', answer('"00\\u0000\\u0000"'))).toMatchObject({ type: 'CardPayment' })
  expect(await answered('chargeKeyedInCard', answer('"1001\\u0000"'))).toMatchObject({ resultCode: '1001' })
})

const DOUBLED: readonly [what: string, body: string][] = [
  ['a success and a refusal', '{"ResultCode":"00","ResultCode":"1001"}'],
  ['a refusal and a success', '{"ResultCode":"1001","ResultCode":"00"}'],
  ['two refusals', '{"ResultCode":"1001","tid":"T","ResultCode":"2001"}'],
  ['a success and nothing', '{"ResultCode":"00","ResultCode":""}'],
  ['a refusal and null', '{"ResultCode":"1001","ResultCode":null}'],
  ['a refusal and a list', '{"ResultCode":"1001","ResultCode":["00"]}'],
  ['a refusal and a success whose name is escaped', '{"ResultCode":"1001","Result\\u0043ode":"00"}'],
]

for (const [what, body] of DOUBLED) {
  test(`an answer with a doubled code leaves a charge unknown: ${what}`, async () => {
    expect(await answered('chargeKeyedInCard', body)).toMatchObject(UNKNOWN)
  })

  test(`and with HTTP 400: ${what}`, async () => {
    expect(await answered('chargeKeyedInCard', body, 400)).toMatchObject({
      type: 'PayApiHttpClientError',
      outcome: 'UNKNOWN',
      resultCode: null,
    })
  })
}

test('a code that is given twice alike is one code', async () => {
  const twice = (code: string) =>
    `{"ResultCode":"${code}","a":{"ResultCode":"9"},"b":[{"ResultCode":"8"}],"ResultCode":"${code}"}`
  expect(await answered('chargeKeyedInCard', twice('00'))).toMatchObject({ type: 'CardPayment' })
  expect(await answered('chargeKeyedInCard', twice('1001'))).toMatchObject({ type: 'PgFailure', resultCode: '1001' })
  expect(await answered('chargeKeyedInCard', '{"ResultCode":0,"ResultCode":"00"}')).toMatchObject({
    type: 'CardPayment',
  })
})

test('a success whose other field is doubled is a success without that field', async () => {
  const body = '{"ResultCode":"00","tid":"TID-1","tid":"TID-2","Price":"1","Price":"1"}'
  expect(await answered('chargeKeyedInCard', body)).toMatchObject({
    type: 'CardPayment',
    transactionId: null,
    amount: '1',
  })
})

for (const named of [
  '"Tid":"TID-1","Tid":"TID-2"',
  '"Tid":"TID-2","Tid":"TID-1"',
  '"Mid":"welcometst","Mid":"welcometwo"',
]) {
  test(`an answer that names this payment and another is not taken for this one's: ${named}`, async () => {
    expect(await answered('cancelPayment', `{"ResultCode":"00",${named}}`)).toMatchObject({
      reason: 'MISMATCHED_RESPONSE',
      outcome: 'UNKNOWN',
    })
  })
}
