import { expect, it } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import { EVENT_TYPES, type EventType, type WebhookEvent } from '../../../src/journal/records/events.ts'
import type { NewOperation } from '../../../src/journal/store.ts'
import { overBothStores, type TestJournal } from '../../support/journal/both-stores.ts'
import { ABANDONED, ending, finding, HOUR, NOW, operation, unique } from '../../support/journal/operations.ts'
import { eventually } from '../../support/journal/store.ts'

const ALL = Object.keys(EVENT_TYPES) as EventType[]
const SHOP = { id: 'shop', events: ALL }

const success = (given: object = {}) => ending({ result: '{}', transactionId: 'tid-1', ...given })
const unknown = ending({ state: 'UNKNOWN', result: '{}', finishedAt: NOW })

/** The events that were told, oldest first. */
async function told(store: OperationStore, filter: object = {}): Promise<readonly WebhookEvent[]> {
  const deliveries = await store.run('findWebhookDeliveries', { filter, limit: 1_000 })
  return deliveries.map(({ event }) => event).toSorted((one, other) => one.sequence - other.sequence)
}

const typesIn = async (store: OperationStore, merchantId: string) =>
  (await told(store, { merchantIds: [merchantId] })).map(({ type }) => type)

async function begun(store: OperationStore, given: Partial<NewOperation> = {}): Promise<NewOperation> {
  const made = operation(given)
  expect(await store.claim(made)).toEqual({ granted: true })
  return made
}

const settling = ({ id }: NewOperation, more: object = {}) => ({
  operationId: id,
  by: 'operator',
  at: NOW + HOUR,
  leaseMs: HOUR,
  schedule: null,
  lostResult: '{}',
  ...more,
})

const reopening = ({ id }: NewOperation) => ({
  operationId: id,
  data: '{}',
  by: 'operator',
  at: NOW + 2 * HOUR,
  namesPayment: false,
  lostResult: '{}',
})

const rowsOf = async (journal: TestJournal) =>
  JSON.stringify(
    await Promise.all(
      ['webhook_events', 'webhook_deliveries'].map((table) =>
        journal.sql(`select * from ${journal.url.startsWith('file:') ? table : `payapi.${table}`}`),
      ),
    ),
  )

overBothStores('what becomes of an operation', (newJournal) => {
  it('is told with its ids alone, to each endpoint that wants to know it of that merchant', async () => {
    const journal = await newJournal()
    const store = await journal.open(undefined, [
      SHOP,
      { id: 'mine', events: ['payment.approved'], merchantIds: ['mid-1', 'mid-2'] },
      { id: 'others', events: ['payment.approved'], merchantIds: ['mid-2'] },
      { id: 'unknown', events: ['operation.unknown'] },
    ])
    const made = await begun(store, { merchantId: 'mid-1', request: '{"card":"9410123412341234"}' })
    await store.finish(made.id, made.owner, success({ result: '{"name":"홍길동","cardNumber":"9410123412341234"}' }))
    const deliveries = await store.run('findWebhookDeliveries', { filter: {}, limit: 10 })
    expect(deliveries.map(({ endpointId }) => endpointId).sort()).toEqual(['mine', 'shop'])
    for (const { event } of deliveries)
      expect(event).toEqual({
        id: deliveries[0]?.event.id,
        type: 'payment.approved',
        subject: JSON.stringify(['order', 'mid-1', made.orderId]),
        sequence: 1,
        merchantId: 'mid-1',
        orderId: made.orderId,
        transactionId: 'tid-1',
        operationId: made.id,
        noticeId: null,
        createdAt: NOW + 1_000,
      })
    expect(await rowsOf(journal)).not.toMatch(/홍길동|9410123412341234/)
  })

  it('is not written at all where no endpoint wants to know it', async () => {
    const journal = await newJournal()
    const store = await journal.open(undefined, [{ id: 'shop', events: ['notice.unmatched'] }])
    const none = await journal.open()
    for (const each of [store, none]) {
      const made = await begun(each)
      await each.finish(made.id, made.owner, unknown)
      await each.run('resolveOperation', {
        id: made.id,
        resolution: finding({ state: 'SUCCEEDED', result: '{}', transactionId: 'tid' }),
      })
    }
    expect(await rowsOf(journal)).toBe('[[],[]]')
  })

  it('is not written for an endpoint that said it is gone', async () => {
    const journal = await newJournal()
    const store = await journal.open(undefined, [SHOP, { ...SHOP, id: 'gone' }])
    const only = await journal.open(undefined, [{ ...SHOP, id: 'gone' }])
    await store.run('endEndpoint', { id: 'gone', url: 'https://shop.example', at: NOW })
    for (const each of [store, only]) {
      const made = await begun(each)
      await each.finish(made.id, made.owner, unknown)
    }
    const deliveries = await store.run('findWebhookDeliveries', { filter: {}, limit: 10 })
    expect(deliveries.map(({ endpointId }) => endpointId)).toEqual(['shop'])
    expect((await rowsOf(journal)).match(/operation\.unknown/g)).toHaveLength(1)
  })

  it.each([
    ['chargeKeyedInCard', 'payment.approved'],
    ['chargeMobileBillingKey', 'payment.approved'],
    ['cancelPayment', 'payment.canceled'],
    ['cancelPaymentPartially', 'payment.canceled'],
    ['registerEscrowDelivery', 'escrow.changed'],
    ['confirmEscrowPurchase', 'escrow.changed'],
    ['deleteCardBillingKey', undefined],
    ['aServiceOfALaterVersion', undefined],
  ])('of %s that succeeded is told as %s', async (service, type) => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    const made = await begun(store, { service })
    await store.finish(made.id, made.owner, success())
    expect(await typesIn(store, made.merchantId)).toEqual(type === undefined ? [] : [type])
  })

  it('that failed, and nobody was told of, is not told', async () => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    const made = await begun(store)
    await store.finish(made.id, made.owner, ending({ state: 'FAILED', keepsOrder: false, keepsKey: false }))
    expect(await typesIn(store, made.merchantId)).toEqual([])
  })

  it('is told as unknown where its outcome is, never as a payment or a cancel', async () => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    for (const service of ['chargeKeyedInCard', 'cancelPayment', 'confirmEscrowPurchase', 'approveSmsPayment']) {
      const made = await begun(store, { service })
      await store.finish(made.id, made.owner, unknown)
      expect(await typesIn(store, made.merchantId)).toEqual(['operation.unknown'])
    }
  })

  it('is told once, however often an answer of the store is lost', async () => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    for (const end of [success(), success({ transactionId: null }), success({ keepsOrder: false }), unknown]) {
      const made = await begun(store)
      for (let index = 0; index < 3; index++) expect(await store.finish(made.id, made.owner, end)).toBe(true)
      expect(await store.finish(made.id, made.owner, { ...end, result: 'another' })).toBe(false)
      expect(await typesIn(store, made.merchantId)).toHaveLength(1)
    }
  })

  it('that nobody lived to finish is told as unknown, once, and then what its owner says after all', async () => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    const made = [await begun(store, ABANDONED), await begun(store, ABANDONED), await begun(store, ABANDONED)]
    expect(await store.expire(NOW)).toBe(3)
    expect(await store.expire(NOW)).toBe(0)
    const [paid, failed, lost] = made as [NewOperation, NewOperation, NewOperation]
    expect(await store.finish(paid.id, paid.owner, success())).toBe(true)
    expect(await store.finish(paid.id, paid.owner, success())).toBe(true)
    expect(await store.finish(failed.id, failed.owner, ending({ state: 'FAILED' }))).toBe(true)
    expect(await store.finish(lost.id, lost.owner, unknown)).toBe(true)
    expect(await typesIn(store, paid.merchantId)).toEqual([
      'operation.unknown',
      'operation.settled',
      'payment.approved',
    ])
    expect(await typesIn(store, failed.merchantId)).toEqual(['operation.unknown', 'operation.settled'])
    expect(await typesIn(store, lost.merchantId)).toEqual(['operation.unknown'])
  })

  it('that stood in another claim’s way, and whose owner was dead, is told as unknown', async () => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    const made = await begun(store, ABANDONED)
    const { merchantId, orderId } = made
    await store.claim(operation({ merchantId, orderId }))
    await store.expire(NOW)
    await store.claim(operation({ merchantId, orderId }))
    expect(await typesIn(store, merchantId)).toEqual(['operation.unknown'])
  })

  it('is told as settled where a person resolves it, and as what was processed where it was', async () => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    const [paid, failed] = [await begun(store), await begun(store, { service: 'cancelPayment' })]
    for (const each of [paid, failed]) await store.finish(each.id, each.owner, unknown)
    const processed = finding({ state: 'SUCCEEDED', result: '{}', transactionId: 'tid-9', keepsOrder: true })
    await store.run('resolveOperation', { id: paid.id, resolution: processed })
    expect(await store.run('resolveOperation', { id: paid.id, resolution: processed })).toBeUndefined()
    await store.run('resolveOperation', { id: failed.id, resolution: finding() })
    expect(await typesIn(store, paid.merchantId)).toEqual([
      'operation.unknown',
      'operation.settled',
      'payment.approved',
    ])
    expect((await told(store, { eventTypes: ['payment.approved'] }))[0]).toMatchObject({ transactionId: 'tid-9' })
    expect(await typesIn(store, failed.merchantId)).toEqual(['operation.unknown', 'operation.settled'])
  })

  it('is told as unknown again where what a person recorded is taken back', async () => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    const made = await begun(store)
    await store.finish(made.id, made.owner, unknown)
    await store.run('resolveOperation', { id: made.id, resolution: finding() })
    expect(await store.run('reopenOperation', reopening(made))).toMatchObject({ operation: { state: 'UNKNOWN' } })
    expect(await store.run('reopenOperation', reopening(made))).toEqual({ refused: 'NOT_RECORDED' })
    expect(await typesIn(store, made.merchantId)).toEqual([
      'operation.unknown',
      'operation.settled',
      'operation.unknown',
    ])
  })

  it('is told as settled where a try shows it, once, and not where it shows nothing', async () => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    const made = await begun(store, { service: 'cancelPayment', transactionId: 'tid', orderId: null })
    await store.finish(made.id, made.owner, unknown)
    const settled = { state: 'SUCCEEDED', result: '{}', resolution: '{}', keepsOrder: true } as const
    for (const [finding, end] of [
      [{ processed: null, answer: null }, null],
      [{ processed: true, answer: '01' }, settled],
    ] as const) {
      const { seq } = (await store.run('beginSettleTry', settling(made))) as { seq: number }
      const given = { operationId: made.id, seq, finding, settled: end }
      await store.run('endSettleTry', given)
      await store.run('endSettleTry', given)
    }
    expect(await typesIn(store, made.merchantId)).toEqual([
      'operation.unknown',
      'operation.settled',
      'payment.canceled',
    ])
  })

  it('stands, or does not, together with what is told of it', async () => {
    const journal = await newJournal()
    const store = await journal.open(undefined, [SHOP])
    const table = `${journal.url.startsWith('file:') ? '' : 'payapi.'}webhook_deliveries`
    const [told, untold] = [await begun(store), await begun(store)]
    await store.finish(told.id, told.owner, success())
    // From now on no other delivery can be written.
    await journal.sql(`create unique index one on ${table} (endpoint_id)`)
    await expect(store.finish(untold.id, untold.owner, success())).rejects.toThrow()
    await begun(store, ABANDONED)
    await expect(store.expire(NOW)).rejects.toThrow()
    expect(await store.get(untold.id)).toMatchObject({ state: 'IN_PROGRESS', result: null })
    expect(await store.count('UNKNOWN')).toBe(0)
    expect((await rowsOf(journal)).match(/payment\.approved/g)).toHaveLength(1)
  })
})

overBothStores('the events of a payment', (newJournal) => {
  it('have one sequence, also those that name the transaction alone', async () => {
    const store = await (await newJournal()).open(undefined, [SHOP])
    const merchantId = unique('mid')
    const charge = await begun(store, { merchantId })
    await store.finish(charge.id, charge.owner, success({ transactionId: 'tid-7' }))
    const cancel = { service: 'cancelPayment', merchantId, transactionId: 'tid-7', orderId: null, claimsOrder: false }
    for (const end of [unknown, success({ transactionId: null })]) {
      const made = await begun(store, cancel)
      await store.finish(made.id, made.owner, end)
    }
    const stranger = await begun(store, { ...cancel, transactionId: 'tid-8' })
    await store.finish(stranger.id, stranger.owner, success({ transactionId: null }))
    const events = await told(store, { merchantIds: [merchantId] })
    const subject = JSON.stringify(['order', merchantId, charge.orderId])
    expect(
      events.filter((each) => each.subject === subject).map(({ type, sequence, orderId }) => [type, sequence, orderId]),
    ).toEqual([
      ['payment.approved', 1, charge.orderId],
      ['operation.unknown', 2, charge.orderId],
      ['payment.canceled', 3, charge.orderId],
    ])
    expect(events.filter((each) => each.subject !== subject)).toMatchObject([
      { subject: JSON.stringify(['payment', merchantId, 'tid-8']), sequence: 1, orderId: null },
    ])
  })

  it('are told once and in order, whoever of many instances and calls writes them', async () => {
    const journal = await newJournal()
    const stores = [await journal.open('a', [SHOP]), await journal.open('b', [SHOP])]
    const merchantId = unique('mid')
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        begun(stores[index % 2] as OperationStore, {
          merchantId,
          orderId: `order-${index % 4}`,
          claimsOrder: false,
          ...(index % 3 === 0 ? { owner: `gone-${index}`, leaseMs: -1 } : {}),
        }),
      ),
    )
    await Promise.all([
      ...stores.map((store) => store.expire(NOW)),
      ...made.map(({ id, owner }, index) =>
        stores[index % 2]?.finish(id, owner, index % 2 === 0 ? success() : unknown),
      ),
    ])
    const [store] = stores as [OperationStore]
    await eventually(async () => expect(await store.count('IN_PROGRESS')).toBe(0))
    const events = await told(store)
    for (const { id } of made) {
      const own = events.filter(({ operationId }) => operationId === id).map(({ type }) => type)
      expect(new Set(own).size).toBe(own.length)
      const { state } = (await store.get(id)) ?? {}
      expect(own.includes('payment.approved')).toBe(state === 'SUCCEEDED')
      expect(own.includes('operation.unknown') && !own.includes('operation.settled')).toBe(state === 'UNKNOWN')
    }
    for (let order = 0; order < 4; order++) {
      const sequences = events.filter(({ orderId }) => orderId === `order-${order}`).map(({ sequence }) => sequence)
      expect(sequences).toEqual(sequences.map((_, index) => index + 1))
    }
  })
})
