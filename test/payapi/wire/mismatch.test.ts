import { describe, expect, test } from 'vitest'
import { SERVICES, type Service, type ServiceName } from '../../../src/payapi/index.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { clientFor } from '../../support/payapi/client.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'

// An answer that names another merchant or payment is somebody else's. It tells nothing of this call.

/** Calls a service with another input where given; answers this. */
async function answered(
  name: ServiceName,
  answer: object,
  { status = 200, input = FIXTURES[name].minimal.input as object } = {},
) {
  const server = await startRawServer(answering(() => httpAnswer(status, JSON.stringify(answer))))
  return clientFor(server.url).call(SERVICES[name], input)
}

const isMismatch = { type: 'PayApiTransportError', reason: 'MISMATCHED_RESPONSE' }
const UNKNOWN = { ...isMismatch, outcome: 'UNKNOWN', retryable: false }

for (const service of Object.values<Service>(SERVICES)) {
  const name = service.name as ServiceName
  const unknown = service.effect === 'lookup' ? { ...isMismatch, outcome: 'NOT_PROCESSED', retryable: true } : UNKNOWN

  describe(name, () => {
    test('does not take the success of another merchant for its own', async () => {
      expect(await answered(name, { ResultCode: service.success, Mid: 'welcometwo' })).toMatchObject(unknown)
    })

    test('takes a success that names its own merchant', async () => {
      const ending = await answered(name, { ResultCode: service.success, Mid: 'welcometst' })
      expect(ending).toMatchObject({ type: service.result.type, merchantId: 'welcometst' })
    })

    if ('transactionId' in service.request) {
      test('does not take the success of another payment for its own', async () => {
        expect(await answered(name, { ResultCode: service.success, Tid: 'TID-2' })).toMatchObject(unknown)
      })

      test('takes a success that names its own payment', async () => {
        const ending = await answered(name, { ResultCode: service.success, Tid: 'TID-1' })
        expect(ending).toMatchObject({ type: service.result.type, transactionId: 'TID-1' })
      })
    }
  })
}

for (const status of [200, 400, 404, 408, 500, 503]) {
  test(`a refusal with status ${status} that names another payment says nothing of this one`, async () => {
    const answer = { ResultCode: '2001', ResultMsg: '거절', Mid: 'welcometst', Tid: 'TID-2' }
    const ending = await answered('cancelPayment', answer, { status })
    expect(ending).toMatchObject(UNKNOWN)
    expect(ending).not.toHaveProperty('resultCode')
    expect(JSON.stringify(ending)).not.toMatch(/거절|TID-2|2001/)
  })
}

test('a refusal that names this payment is one', async () => {
  const answer = { ResultCode: '2001', Mid: 'welcometst', Tid: 'TID-1' }
  expect(await answered('cancelPayment', answer)).toMatchObject({ type: 'PgFailure', outcome: 'NOT_PROCESSED' })
})

test('a status that names another merchant or payment by its own names is not this one', async () => {
  for (const other of [{ idMerchant: 'welcometwo' }, { noTid: 'TID-2' }]) {
    expect(await answered('checkEscrowStatus', { ResultCode: '00', ...other })).toMatchObject(isMismatch)
  }
})

test('an answer that leaves the names empty is this one', async () => {
  for (const none of ['', ' ', null]) {
    const ending = await answered('cancelPayment', { ResultCode: '00', Mid: none, Tid: none })
    expect(ending).toMatchObject({ type: 'PaymentCancellation', transactionId: 'TID-1' })
  }
})

test('a name in another case is another', async () => {
  expect(await answered('cancelPayment', { ResultCode: '00', Tid: 'tid-1' })).toMatchObject(UNKNOWN)
})

test('a payment whose id is a number may be answered as one', async () => {
  const input = { ...FIXTURES.cancelPayment.minimal.input, transactionId: '123456789012345678901234' }
  const server = await startRawServer(
    answering(() => httpAnswer(200, `{"ResultCode":"00","Tid":${input.transactionId}}`)),
  )
  expect(await clientFor(server.url).cancelPayment(input)).toMatchObject({ type: 'PaymentCancellation' })
})

test('blanks around an id that is answered, and NULs behind it, make no other payment of it', async () => {
  for (const Tid of [' TID-1 ', 'TID-1', 'TID-1\0\0']) {
    expect(await answered('cancelPayment', { ResultCode: '00', Tid })).toMatchObject({ type: 'PaymentCancellation' })
  }
})

test('the id of a new payment is nobody to compare with', async () => {
  const ending = await answered('chargeCardBillingKey', { ResultCode: '00', tid: 'TID-NEW' })
  expect(ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-NEW' })
})
