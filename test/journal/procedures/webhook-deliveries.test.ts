import { expect, it } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { WebhookDelivery } from '../../../src/journal/records/events.ts'
import { overBothStores, tableIn } from '../../support/journal/both-stores.ts'
import { HOUR, NOW } from '../../support/journal/operations.ts'

const MINUTE = 60_000

const take = (store: OperationStore, given: object = {}) =>
  store.run('takeDeliveries', {
    owner: 'sender',
    leaseMs: MINUTE,
    endpoints: [{ id: 'shop', free: 10 }],
    now: NOW,
    ...given,
  })

const test = async (store: OperationStore, endpointId = 'shop', now = NOW): Promise<WebhookDelivery> => {
  const delivery = await store.run('addTestEvent', { endpointId, now })
  if (delivery === undefined) throw new Error('not added')
  return delivery
}

const end = (store: OperationStore, { event, endpointId }: WebhookDelivery, given: object = {}) =>
  store.run('endDelivery', {
    eventId: event.id,
    endpointId,
    owner: 'sender',
    outcome: 'DELIVERED',
    nextAt: null,
    answer: '200',
    at: NOW + 1,
    ...given,
  })

const idsOf = (deliveries: readonly WebhookDelivery[]) => deliveries.map(({ id }) => id)

overBothStores('a delivery', (newJournal) => {
  it('is given to one instance, with its event, and once delivered to none', async () => {
    const journal = await newJournal()
    const [store, other] = [await journal.open(), await journal.open()]
    const made = await test(store)
    expect(made).toEqual({
      id: `${made.event.id}.shop`,
      endpointId: 'shop',
      event: {
        id: expect.stringMatching(/^[\w-]{24}$/),
        type: 'webhook.test',
        subject: '["test","shop"]',
        sequence: 1,
        merchantId: null,
        orderId: null,
        transactionId: null,
        operationId: null,
        noticeId: null,
        createdAt: NOW,
      },
      state: 'PENDING',
      attempts: 0,
      pendingSince: NOW,
      nextAt: NOW,
      createdAt: NOW,
      lastAt: null,
      lastAnswer: null,
    })
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, index) => take(index % 2 === 0 ? store : other, { owner: `sender-${index}` })),
    )
    expect(taken.flat()).toEqual([{ ...made, attempts: 1 }])
    const owner = `sender-${taken.findIndex(({ length }) => length > 0)}`
    const done = { ...made, attempts: 1, state: 'DELIVERED', nextAt: null, lastAt: NOW + 1, lastAnswer: '200' }
    expect(await end(other, made, { owner })).toEqual(done)
    expect(await take(store, { now: NOW + HOUR })).toEqual([])
    expect(await other.run('webhookDelivery', { id: made.id })).toEqual(done)
  })

  it('of an instance that died is given to another one once its lease has run out', async () => {
    const store = await (await newJournal()).open()
    const made = await test(store)
    expect(idsOf(await take(store, { owner: 'dead', leaseMs: -1 }))).toEqual([made.id])
    expect(await take(store)).toMatchObject([{ id: made.id, attempts: 2 }])
    // He was not dead after all: what he could not deliver is no longer his to say.
    expect(await end(store, made, { owner: 'dead', outcome: 'GIVEN_UP' })).toBeUndefined()
    expect(await end(store, made, { owner: 'dead' })).toMatchObject({ state: 'DELIVERED' })
    expect(await end(store, made)).toBeUndefined()
  })

  it('waits until it is due, and behind those of its subject that came before it', async () => {
    const store = await (await newJournal()).open()
    const made = [await test(store), await test(store), await test(store, 'other')]
    expect(made.map(({ event }) => event.sequence)).toEqual([1, 2, 1])
    const [first, second, elsewhere] = made as [WebhookDelivery, WebhookDelivery, WebhookDelivery]
    const both = {
      endpoints: [
        { id: 'shop', free: 10 },
        { id: 'other', free: 10 },
      ],
    }
    expect(idsOf(await take(store, both))).toEqual([first.id, elsewhere.id])
    // What waits behind what is being sent is not due.
    expect(await store.run('nextDeliveryAt', { endpointIds: ['shop', 'other'] })).toBeUndefined()
    const nextAt = NOW + MINUTE
    expect(await end(store, first, { outcome: 'RETRY', nextAt, answer: '503' })).toMatchObject({
      state: 'PENDING',
      nextAt,
      lastAnswer: '503',
    })
    expect(await take(store, { ...both, now: nextAt - 1 })).toEqual([])
    expect(await store.run('nextDeliveryAt', { endpointIds: ['shop', 'other'] })).toBe(nextAt)
    expect(idsOf(await take(store, { ...both, now: nextAt }))).toEqual([first.id])
    await end(store, first, { outcome: 'GIVEN_UP' })
    expect(idsOf(await take(store, { ...both, now: nextAt }))).toEqual([second.id])
    await end(store, second)
    await end(store, elsewhere)
    expect(await store.run('nextDeliveryAt', { endpointIds: ['shop', 'other'] })).toBeUndefined()
    expect(await store.run('nextDeliveryAt', { endpointIds: [] })).toBeUndefined()
  })

  it('is taken for endpoints that are asked for alone, and no more than each is free for', async () => {
    const journal = await newJournal()
    const store = await journal.open(undefined, [
      { id: 'shop', events: ['operation.unknown'] },
      { id: 'books', events: ['operation.unknown'], merchantIds: ['mid-1'] },
    ])
    for (let index = 0; index < 5; index++) await test(store, `shop-${index % 2}`)
    expect(await take(store, { endpoints: [] })).toEqual([])
    expect(await take(store, { endpoints: [{ id: 'shop-0', free: 0 }] })).toEqual([])
    expect(await take(store, { endpoints: [{ id: 'shop-1', free: 1 }] })).toHaveLength(1)
  })

  it('that a wrong clock put off, or took, for longer than anybody does is given to the next one', async () => {
    const store = await (await newJournal()).open()
    const made = await test(store, 'shop', NOW + 40 * 24 * HOUR)
    expect(idsOf(await take(store, { leaseMs: 3 * HOUR }))).toEqual([made.id])
    expect(idsOf(await take(store, { leaseMs: MINUTE }))).toEqual([made.id])
    expect(await take(store)).toEqual([])
    await end(store, made, { outcome: 'RETRY', nextAt: NOW + 13 * HOUR })
    expect(idsOf(await take(store, { leaseMs: -1 }))).toEqual([made.id])
    await end(store, made, { outcome: 'RETRY', nextAt: NOW + 11 * HOUR })
    expect(await take(store)).toEqual([])
  })

  it('is made once more where somebody asks for it, from the first try on', async () => {
    const store = await (await newJournal()).open()
    const made = await test(store)
    await take(store)
    await end(store, made, { outcome: 'GIVEN_UP', answer: 'TIMEOUT' })
    const now = NOW + HOUR
    expect(await store.run('resendWebhook', { id: made.id, now })).toMatchObject({
      state: 'PENDING',
      attempts: 0,
      pendingSince: now,
      nextAt: now,
      lastAnswer: 'TIMEOUT',
      event: { id: made.event.id },
    })
    expect(await take(store, { now })).toMatchObject([{ id: made.id, attempts: 1 }])
    expect(await store.run('resendWebhook', { id: 'no.such', now })).toBeUndefined()
  })

  it('to an endpoint that is gone is given up, and none is made, until the endpoint is somewhere else', async () => {
    const store = await (await newJournal()).open()
    const made = await test(store)
    const kept = await test(store, 'other')
    const at = (url: string) =>
      store.run('beginEndpoints', {
        endpoints: [
          { id: 'shop', url },
          { id: 'other', url },
        ],
      })
    expect(await at('https://shop.example/hook')).toEqual([])
    await store.run('endEndpoint', { id: 'shop', url: 'https://shop.example/hook', at: NOW })
    expect(await store.run('webhookDelivery', { id: made.id })).toMatchObject({ state: 'GIVEN_UP', nextAt: null })
    expect(await store.run('webhookDelivery', { id: kept.id })).toMatchObject({ state: 'PENDING' })
    await store.run('resendWebhook', { id: made.id, now: NOW })
    expect(await take(store)).toEqual([])
    expect(await store.run('nextDeliveryAt', { endpointIds: ['shop'] })).toBeUndefined()
    expect(await at('https://shop.example/hook')).toEqual(['shop'])
    expect(await at('https://shop.example/new')).toEqual([])
    expect(await at('https://shop.example/hook')).toEqual([])
    expect(idsOf(await take(store))).toEqual([made.id])
  })

  it('keeps the address of an endpoint that is gone as a hash alone', async () => {
    const journal = await newJournal()
    const store = await journal.open()
    await store.run('endEndpoint', { id: 'shop', url: 'https://shop.example/secret', at: NOW })
    const rows = await journal.sql(`select * from ${tableIn(journal, 'webhook_endpoints')}`)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('secret')
  })

  it('is found by endpoint, event, state, merchant and time, newest first, in pages either way', async () => {
    const store = await (await newJournal()).open()
    const made: WebhookDelivery[] = []
    for (let index = 0; index < 6; index++) made.unshift(await test(store, `shop-${index % 2}`, NOW + index))
    const find = async (filter: object, range: object = {}) =>
      idsOf(await store.run('findWebhookDeliveries', { filter, limit: 100, ...range }))
    const all = idsOf(made)
    expect(await find({})).toEqual(all)
    expect(await find({ endpointIds: ['shop-1'] })).toEqual(all.filter((id) => id.endsWith('shop-1')))
    expect(await find({ endpointIds: [] })).toEqual([])
    expect(await find({ eventTypes: ['webhook.test'] })).toEqual(all)
    expect(await find({ eventTypes: ['payment.approved'] })).toEqual([])
    expect(await find({ merchantIds: ['mid'] })).toEqual([])
    expect(await find({ createdFrom: NOW + 2, createdBefore: NOW + 4 })).toEqual(all.slice(2, 4))
    const [, second, third] = made as [WebhookDelivery, WebhookDelivery, WebhookDelivery]
    expect(await find({}, { after: second, limit: 2 })).toEqual(all.slice(2, 4))
    expect(await find({}, { before: third })).toEqual(all.slice(0, 2))
    expect(await find({}, { backwards: true, limit: 2 })).toEqual(all.slice(-2).reverse())
    await end(store, second)
    expect(await find({ states: ['DELIVERED'] })).toEqual([second.id])
  })
})

overBothStores('events', (newJournal) => {
  it('of one subject have sequence numbers without gap or double, however many write at once', async () => {
    const journal = await newJournal()
    const stores = [await journal.open(), await journal.open()]
    const made = await Promise.all(Array.from({ length: 20 }, (_, index) => test(stores[index % 2] as OperationStore)))
    const sequences = made.map(({ event }) => event.sequence).sort((one, other) => one - other)
    expect(sequences).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(new Set(made.map(({ event }) => event.id)).size).toBe(20)
  })
})
