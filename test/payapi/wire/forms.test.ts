import { describe, expect, test } from 'vitest'
import { SERVICES, type Service, type ServiceName } from '../../../src/payapi/index.ts'
import { CONTRACT } from '../../../src/sandbox/contract.ts'
import type { Form } from '../../services/fixture.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import {
  clientFor,
  decrypted,
  formFields,
  MERCHANT,
  OTHER_MERCHANT,
  signatureOf,
  TIMESTAMP,
} from '../../support/payapi/client.ts'
import { answering, httpAnswer, type RawRequest, startRawServer } from '../../support/payapi/raw-server.ts'

// What leaves, read off the wire with the contract in hand and with nothing of the client's.

/** Sends an input to a service; returns the request as it came off the wire. */
async function sent(service: Service, input: unknown, merchantId?: string): Promise<RawRequest> {
  const server = await startRawServer(answering(() => httpAnswer(200, '{"ResultCode":"00","ResultMsg":"ok"}')))
  await clientFor(server.url).call(service, input, { merchantId })
  return server.requests.next()
}

/** Decrypts what the contract says is encrypted. */
function inClear(path: string, form: Readonly<Record<string, string>>, merchant = MERCHANT) {
  const encrypted = CONTRACT.find((service) => service.path === path)?.request.filter((field) => field.encrypted)
  const clear = encrypted
    ?.filter(({ name }) => name in form)
    .map(({ name }) => [name, decrypted(form[name] ?? '', merchant)])
  return { ...form, ...Object.fromEntries(clear ?? []) } as Record<string, string>
}

for (const service of Object.values<Service>(SERVICES)) {
  const { path } = service
  const contract = CONTRACT.find((known) => known.path === path) ?? expect.fail(path)
  const name = service.name as ServiceName

  describe(name, () => {
    for (const kind of ['full', 'minimal'] as const) {
      test(`sends a ${kind} input as exactly the form of the contract, signed and encrypted`, async () => {
        const { input, form: expected } = FIXTURES[name][kind]
        const request = await sent(service, input)
        const fields = formFields(request.body)
        const form = inClear(path, Object.fromEntries(fields))

        expect(request).toMatchObject({ method: 'POST', path: contract.path })
        expect(fields).toHaveLength(Object.keys(form).length)
        expect(form).toEqual({
          ...expected,
          mid: MERCHANT.mid,
          timestamp: TIMESTAMP,
          signature: signatureOf(contract.signature, form),
        })
      })
    }

    test('the full example has every field of the contract, and the minimal one every required field', () => {
      const { full, minimal } = FIXTURES[name]
      const names = (form: Form) => [...Object.keys(form), 'mid', 'timestamp', 'signature']
      expect(names(full.form).toSorted()).toEqual(contract.request.map((field) => field.name).toSorted())
      const required = contract.request.filter((field) => field.required)
      expect(names(minimal.form).toSorted()).toEqual(required.map((field) => field.name).toSorted())
    })
  })
}

test('a field that is null or undefined is left out of the form, like one that is not given', async () => {
  const { goodsName, buyer } = { goodsName: null, buyer: { name: 'Kim', phone: null, email: undefined } }
  const input = {
    ...FIXTURES.chargeCardBillingKey.minimal.input,
    goodsName,
    buyer,
    vatAmount: undefined,
    interestFree: null,
  }
  const fields = formFields((await sent(SERVICES.chargeCardBillingKey, input)).body)
  const names = [...Object.keys(FIXTURES.chargeCardBillingKey.minimal.form), 'mid', 'timestamp', 'signature']
  expect(fields.map(([name]) => name).toSorted()).toEqual(names.toSorted())
})

test('a field with a default is sent with it, left out or null', async () => {
  const { minimal } = FIXTURES.chargeKeyedInCard
  const input = { ...minimal.input, installmentMonths: null, interestFree: null }
  const form = Object.fromEntries(formFields((await sent(SERVICES.chargeKeyedInCard, input)).body))
  expect(form).toMatchObject({ cardQuota: '00', quotaInterest: '0' })
})

test('a network cancel that is false is left out of the form', async () => {
  const input = { ...FIXTURES.cancelPayment.minimal.input, networkCancel: false }
  expect((await sent(SERVICES.cancelPayment, input)).body).not.toContain('cancelType')
})

test('an optional group that is left out takes all its fields with it', async () => {
  const { body } = await sent(SERVICES.registerEscrowDelivery, FIXTURES.registerEscrowDelivery.minimal.input)
  expect(formFields(body).filter(([name]) => name.startsWith('goods'))).toEqual([])
})

test('a courier outside of the table is sent with the name that the caller gives', async () => {
  const input = { ...FIXTURES.registerEscrowDelivery.minimal.input, courier: { code: '9999', name: '동네 배송' } }
  const form = Object.fromEntries(formFields((await sent(SERVICES.registerEscrowDelivery, input)).body))
  expect(form).toMatchObject({ exCode: '9999', exName: '동네 배송' })
})

test('another merchant signs and encrypts with its own keys', async () => {
  const { body, path } = await sent(
    SERVICES.chargeKeyedInCard,
    FIXTURES.chargeKeyedInCard.full.input,
    OTHER_MERCHANT.mid,
  )
  const form = inClear(path, Object.fromEntries(formFields(body)), OTHER_MERCHANT)
  expect(form).toMatchObject({ ...FIXTURES.chargeKeyedInCard.full.form, mid: OTHER_MERCHANT.mid })
  const signed = CONTRACT.find((known) => known.path === path)?.signature ?? []
  expect(form['signature']).toBe(signatureOf(signed, form, OTHER_MERCHANT))
})

test('neither the sign key nor its hash leaves', async () => {
  for (const name of Object.keys(FIXTURES) as ServiceName[]) {
    const request = JSON.stringify(await sent(SERVICES[name], FIXTURES[name].full.input))
    expect(request).not.toContain('mkey')
    for (const key of [MERCHANT.signKey, MERCHANT.apiKey, MERCHANT.apiIv, '3a9503069192f207']) {
      expect(request).not.toContain(key)
    }
  }
})

test('EUC-KR, which PayAPI takes for granted, is not named; UTF-8 is', async () => {
  const { input } = FIXTURES.createSmsPaymentUrl.minimal
  const named = async (charset: string) => {
    const { body } = await sent(SERVICES.createSmsPaymentUrl, { ...input, charset })
    return formFields(body).filter(([name]) => name === 'P_CHARSET')
  }
  expect(await named('EUC_KR')).toEqual([])
  expect(await named('UTF_8')).toEqual([['P_CHARSET', 'utf8']])
})

test('what only a server that carries a payment on has use for is refused without one', async () => {
  const { input } = FIXTURES.createSmsPaymentUrl.minimal
  const given = { ...input, redirectUrl: 'https://shop.example/paid' }
  expect(await clientFor('http://127.0.0.1:1').call(SERVICES.createSmsPaymentUrl, given)).toMatchObject({
    type: 'PayApiInvalidInput',
    issues: [{ path: ['redirectUrl'], code: 'UNSUPPORTED' }],
  })
})
