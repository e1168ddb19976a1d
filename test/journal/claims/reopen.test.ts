import { expect, it } from 'vitest'
import { overBothStores, type TestJournal } from '../../support/journal/both-stores.ts'
import {
  aCharge,
  type Fields,
  type JournaledFacade,
  scenario,
  startJournaledFacade,
} from '../../support/journal/facade.ts'
import { KEYS } from '../../support/journal/operations.ts'
import { lookUpPayment, refund } from '../../support/journal/payments.ts'

const REASON = 'another payment was looked at'

const facadeOn = async (newJournal: () => Promise<TestJournal>): Promise<JournaledFacade> =>
  startJournaledFacade({ storeUrl: (await newJournal()).url, keys: KEYS })

const reopen = ({ mutate }: JournaledFacade, operationId: unknown, reason = REASON): Promise<Fields> =>
  mutate('reopenPaymentOperation', { operationId, reason })

const resolve = ({ mutate }: JournaledFacade, operationId: unknown, processed: boolean, transactionId?: string) =>
  mutate('resolvePaymentOperation', { operationId, processed, ...(transactionId ? { transactionId } : {}) })

const REFUSED = { __typename: 'PayApiInvalidInput', issues: [{ path: ['operationId'], code: 'OUT_OF_RANGE' }] }

/** A charge that the sandbox has processed, of which the answer was lost. */
async function lostCharge(facade: JournaledFacade, fields: object = {}) {
  const charge = aCharge(fields)
  const { operationId } = await facade.mutate('chargeCardBillingKey', charge, scenario('reset'))
  return { charge, operationId }
}

const look = async ({ send }: JournaledFacade, id: unknown) => {
  const { data } = await send(
    `query ($id: ID!) { paymentOperation(id: $id) { state transactionId failure { __typename outcome }
      resolution { processed } history { kind recordedBy processed note transactionId } } }`,
    { id },
  )
  return data?.['paymentOperation']
}

overBothStores('reopenPaymentOperation', (newJournal) => {
  it('takes a wrong resolution back: the operation is as it was, and can be resolved again', async () => {
    const facade = await facadeOn(newJournal)
    const { charge, operationId } = await lostCharge(facade, { idempotencyKey: 'key-1' })
    const before = await look(facade, operationId)
    await resolve(facade, operationId, true, 'T-WRONG')
    expect(await look(facade, operationId)).toMatchObject({ state: 'SUCCEEDED', transactionId: 'T-WRONG' })
    expect(await reopen(facade, operationId)).toMatchObject({ state: 'UNKNOWN', resolution: null })
    expect(await look(facade, operationId)).toEqual({
      ...before,
      history: [
        { kind: 'RESOLVED', recordedBy: 'anonymous', processed: true, note: null, transactionId: 'T-WRONG' },
        { kind: 'REOPENED', recordedBy: 'anonymous', processed: null, note: REASON, transactionId: null },
      ],
    })
    expect(await lookUpPayment(facade, 'T-WRONG')).toBeNull()
    await resolve(facade, operationId, true, 'T-RIGHT')
    expect(await facade.mutate('chargeCardBillingKey', charge)).toMatchObject({})
    expect(await look(facade, operationId)).toMatchObject({ state: 'SUCCEEDED', transactionId: 'T-RIGHT' })
    expect(await facade.mutate('chargeCardBillingKey', { ...charge, idempotencyKey: 'key-1' })).toMatchObject({
      __typename: 'CardPayment',
      transactionId: 'T-RIGHT',
    })
  })

  it('takes the order again that was given free', async () => {
    const facade = await facadeOn(newJournal)
    const { charge, operationId } = await lostCharge(facade)
    await resolve(facade, operationId, false)
    expect(await reopen(facade, operationId)).toMatchObject({ state: 'UNKNOWN' })
    expect(await facade.mutate('chargeCardBillingKey', charge)).toMatchObject({
      __typename: 'PayApiIdempotencyConflict',
      reason: 'SAME_ORDER',
      operationId,
    })
  })

  it('is refused where another operation has claimed the order since', async () => {
    const facade = await facadeOn(newJournal)
    const { charge, operationId } = await lostCharge(facade)
    await resolve(facade, operationId, false)
    expect(await facade.mutate('chargeCardBillingKey', charge)).toMatchObject({ __typename: 'CardPayment' })
    expect(await reopen(facade, operationId)).toMatchObject(REFUSED)
    expect(await look(facade, operationId)).toMatchObject({ state: 'FAILED' })
  })

  it('is refused where the key was used again, and answered with what was recorded', async () => {
    const facade = await facadeOn(newJournal)
    const { charge, operationId } = await lostCharge(facade, { idempotencyKey: 'key-1' })
    await resolve(facade, operationId, false)
    expect(await facade.mutate('chargeCardBillingKey', charge)).toMatchObject({ outcome: 'NOT_PROCESSED' })
    await facade.mutate('chargeCardBillingKey', charge)
    expect(await reopen(facade, operationId)).toMatchObject(REFUSED)
    expect(await look(facade, operationId)).toMatchObject({
      state: 'FAILED',
      history: [{ kind: 'RESOLVED' }, { kind: 'ANSWERED', recordedBy: 'anonymous' }],
    })
  })

  it('is refused where a later refund stands on it', async () => {
    const facade = await facadeOn(newJournal)
    const { charge, operationId } = await lostCharge(facade)
    const { tid } = facade.sandbox.books.charges.find(({ oid }) => oid === charge.orderId) ?? { tid: '' }
    await resolve(facade, operationId, true, tid)
    expect(await refund(facade, { transactionId: tid, amount: '4' })).toMatchObject({
      __typename: 'PartialPaymentCancellation',
    })
    expect(await reopen(facade, operationId)).toMatchObject(REFUSED)
    expect(await look(facade, operationId)).toMatchObject({ state: 'SUCCEEDED', transactionId: tid })
  })

  it('is refused where a later refund began in the very millisecond in which it was recorded', async () => {
    let now = Date.now()
    const facade = await startJournaledFacade({ storeUrl: (await newJournal()).url, keys: KEYS, now: () => now })
    const { charge, operationId } = await lostCharge(facade)
    const { tid } = facade.sandbox.books.charges.find(({ oid }) => oid === charge.orderId) ?? { tid: '' }
    await resolve(facade, operationId, true, tid)
    const when = 'query ($id: ID!) { paymentOperation(id: $id) { resolution { resolvedAt } } }'
    const { data } = await facade.send(when, { id: operationId })
    const { resolvedAt } = (data?.['paymentOperation']?.['resolution'] ?? {}) as { readonly resolvedAt: string }
    now = Date.parse(resolvedAt)
    await refund(facade, { transactionId: tid, amount: '4' })
    expect(await reopen(facade, operationId)).toMatchObject(REFUSED)
  })

  it('is not refused for what was done before it was recorded, nor for what surely failed', async () => {
    const facade = await facadeOn(newJournal)
    const { transactionId } = await facade.mutate('chargeCardBillingKey', aCharge())
    const cancel = { paymentMethod: 'CARD', currency: 'KRW', transactionId, amount: '1004' }
    const { operationId } = await facade.mutate('cancelPayment', cancel, scenario('reset'))
    await resolve(facade, operationId, false)
    expect(await facade.mutate('cancelPayment', cancel)).toMatchObject({ outcome: 'NOT_PROCESSED' })
    expect(await reopen(facade, operationId)).toMatchObject({ state: 'UNKNOWN', transactionId })
  })

  it('is refused for what PayAPI itself answered, for what is unknown, and for what there is not', async () => {
    const facade = await facadeOn(newJournal)
    const answered = await facade.mutate('chargeCardBillingKey', aCharge())
    const { operationId } = await lostCharge(facade)
    for (const id of [answered['operationId'], operationId]) expect(await reopen(facade, id)).toMatchObject(REFUSED)
    expect(await reopen(facade, 'none')).toMatchObject({ issues: [{ path: ['operationId'], code: 'UNKNOWN_VALUE' }] })
    await resolve(facade, operationId, false)
    for (const [reason, code] of [
      ['  ', 'REQUIRED'],
      ['x'.repeat(501), 'TOO_LONG'],
    ] as const)
      expect(await reopen(facade, operationId, reason)).toMatchObject({ issues: [{ path: ['reason'], code }] })
    expect(await look(facade, operationId)).toMatchObject({ state: 'FAILED' })
  })

  it('takes back what was settled by asking, too', async () => {
    const facade = await facadeOn(newJournal)
    const cancel = { paymentMethod: 'CARD', currency: 'KRW', transactionId: 'SANDBOX-CARD-8', amount: '50000' }
    const { operationId } = await facade.mutate('cancelPayment', cancel, scenario('reset'))
    await facade.mutate('settlePaymentOperation', { operationId })
    expect(await reopen(facade, operationId)).toMatchObject({
      state: 'UNKNOWN',
      history: [{ kind: 'SETTLE_TRY' }, { kind: 'REOPENED' }],
    })
    expect(await look(facade, operationId)).toMatchObject({ failure: { outcome: 'UNKNOWN' } })
  })

  it('is done once of two at once, on two instances', async () => {
    const facade = await facadeOn(newJournal)
    const other = await facade.another()
    const { operationId } = await lostCharge(facade)
    await resolve(facade, operationId, false)
    const both = await Promise.all([reopen(facade, operationId), reopen(other, operationId)])
    expect(both.map(({ __typename }) => __typename).toSorted()).toEqual(['PayApiInvalidInput', 'PayApiOperation'])
    expect((await look(facade, operationId))?.['history']).toHaveLength(2)
  })

  it('and a charge of the same order at once: one of them is told of the other', async () => {
    const facade = await facadeOn(newJournal)
    const other = await facade.another()
    for (let round = 0; round < 5; round++) {
      const { charge, operationId } = await lostCharge(facade)
      await resolve(facade, operationId, false)
      const [reopened, charged] = await Promise.all([
        reopen(facade, operationId),
        other.mutate('chargeCardBillingKey', charge),
      ])
      expect([
        ['PayApiOperation', 'PayApiIdempotencyConflict'],
        ['PayApiInvalidInput', 'CardPayment'],
      ]).toContainEqual([reopened['__typename'], charged['__typename']])
    }
  })

  it('leaves a line in the log, with nothing of the reason, and is counted', async () => {
    const facade = await facadeOn(newJournal)
    const { operationId } = await lostCharge(facade)
    await resolve(facade, operationId, false)
    await reopen(facade, operationId)
    const lines = facade.lines.map((line) => JSON.parse(line))
    expect(lines.map(({ msg }) => msg)).toEqual(['operation resolved', 'operation reopened'])
    expect(lines[1]).toMatchObject({ operationId, state: 'UNKNOWN', caller: 'anonymous' })
    expect(facade.lines.join('')).not.toContain(REASON)
    expect(facade.events.map(({ kind }) => kind)).toEqual(['resolved', 'reopened'])
  })
})
