import { describe, expect, test } from 'vitest'
import { isFailure, SERVICES, type Service, type ServiceName } from '../../../src/payapi/index.ts'
import { CONTRACT } from '../../../src/sandbox/contract.ts'
import type { AnyFixture } from '../../services/fixture.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { clientFor } from '../../support/payapi/client.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'

// From the text of an answer to the fields of a success. Whatever is odd in them, a success stays a success.

/** Calls a service that answers this body; returns the result and the wire names that could not be read. */
async function reading(name: ServiceName, body: string | object) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const server = await startRawServer(answering(() => httpAnswer(200, text)))
  const client = clientFor(server.url)
  const ending = await client.call(SERVICES[name], FIXTURES[name].minimal.input)
  return { ending, unread: client.records[0]?.unread ?? [] }
}

/** A charge that answers a success with these fields beside. */
const charge = (fields: object) => reading('chargeKeyedInCard', { ResultCode: '00', ResultMsg: 'ok', ...fields })

for (const service of Object.values<Service>(SERVICES)) {
  const name = service.name as ServiceName
  const { answer, result, known: knownFields }: AnyFixture = FIXTURES[name]
  const code = { ResultCode: service.success, ResultMsg: '정상' }

  describe(name, () => {
    test('reads every field of an answer', async () => {
      const answered = CONTRACT.find(({ path }) => path === service.path)?.response.map((field) => field.name)
      expect(Object.keys({ ...code, ...answer }).toSorted()).toEqual(answered?.toSorted())
      const { ending, unread } = await reading(name, { ...code, ...answer })
      expect(ending).toEqual(result)
      expect(isFailure(ending)).toBe(false)
      expect(unread).toEqual([])
    })

    for (const [what, nothing] of [
      ['missing', undefined],
      ['empty', ''],
      ['null', null],
      ['spaces', '  '],
    ] as const) {
      test(`stays a success where all its fields are ${what}`, async () => {
        const bare = Object.fromEntries(Object.keys(answer).map((field) => [field, nothing]))
        const { ending } = await reading(name, { ...code, ...bare })
        const known: readonly string[] = ['type', 'merchantId', ...knownFields]
        expect(ending).toEqual(
          Object.fromEntries(
            Object.entries(result).map(([field, value]) => [field, known.includes(field) ? value : null]),
          ),
        )
      })
    }
  })
}

test('a field that is missing is told to the log by its wire name, once and without its value', async () => {
  expect((await charge({ tid: 'TID-1', Price: '' })).unread).toEqual(['Price', 'ApplNum', 'PayDate', 'PayTime'])
})

test('a denial reason that is not there is nothing to speak of', async () => {
  const { msgDeny: _, ...approved } = FIXTURES.checkEscrowStatus.answer
  const { ending, unread } = await reading('checkEscrowStatus', { ResultCode: '00', ...approved })
  expect(ending).toMatchObject({ denialReason: null })
  expect(unread).toEqual([])
})

test('the company of a charged card is read where PayAPI names it, and nothing to speak of where it does not', async () => {
  const { answer } = FIXTURES.chargeKeyedInCard
  for (const name of ['chargeKeyedInCard', 'chargeCardBillingKey'] as const) {
    const named = await reading(name, { ResultCode: '00', ...answer, CardResultCode: '06' })
    expect(named.ending).toMatchObject({ cardCompany: { code: '06', name: '국민' } })
    const unnamed = await reading(name, { ResultCode: '00', ...answer })
    expect(unnamed).toMatchObject({ ending: { cardCompany: null }, unread: [] })
  }
})
