import { expect, it } from 'vitest'
import type { OperationStore } from '../../src/journal/operation-store.ts'
import { overBothStores } from '../support/journal/both-stores.ts'
import { httpAnswer, startRawServer } from '../support/payapi/raw-server.ts'
import {
  addTest,
  deliverFrom,
  endpointAt,
  HOUR,
  MINUTE,
  stoppedClock,
  untilDelivery,
} from '../support/webhooks/delivering.ts'
import { receiveWebhooks } from '../support/webhooks/receiver.ts'

const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

overBothStores('webhooks', (newJournal) => {
  it('are delivered once and in order, and told of', async () => {
    const store = await (await newJournal()).open()
    const { url, received } = await receiveWebhooks()
    const { now } = stoppedClock()
    const made = [await addTest(store, now()), await addTest(store, now()), await addTest(store, now())]
    const deliveries = deliverFrom(store, [endpointAt(url)], { now })
    deliveries.start()
    await expect.poll(() => deliveries.news).toHaveLength(3)
    expect(idsOf(received)).toEqual(made.map(({ event }) => event.id))
    expect(received.map(({ data }) => data['sequence'])).toEqual([1, 2, 3])
    expect(deliveries.news[0]).toEqual({
      kind: 'attempt',
      webhookId: made[0]?.event.id,
      endpointId: 'shop',
      type: 'webhook.test',
      merchantId: null,
      result: 'DELIVERED',
      attempt: 1,
      answer: '204',
      ageMs: 0,
    })
    expect(await deliveries.countPending()).toEqual({ shop: 0 })
  })

  it('that are written down while nothing is looked for are delivered at once', async () => {
    const journal = await newJournal()
    const [store, other] = [await journal.open(), await journal.open()]
    const { url, received } = await receiveWebhooks()
    const first = await addTest(store, Date.now())
    deliverFrom(store, [endpointAt(url)], { lookEveryMs: 24 * HOUR }).start()
    await untilDelivery(store, first, { state: 'DELIVERED' })
    const second = await addTest(other, Date.now())
    await expect.poll(() => idsOf(received)).toEqual([first.event.id, second.event.id])
  })

  it('that fail come again by the schedule, hold back what came later of the same payment, and are given up', async () => {
    const store = await (await newJournal()).open()
    const { url, received } = await receiveWebhooks((_, count) => httpAnswer(count > 17 ? 200 : 500))
    const clock = stoppedClock()
    const [first, second] = [await addTest(store, clock.now()), await addTest(store, clock.now())]
    const deliveries = deliverFrom(store, [endpointAt(url)], { now: clock.now })
    await deliveries.look()
    const waits: number[] = []
    for (;;) {
      // Behind the last one comes at once what it held back.
      await expect.poll(() => deliveries.news.length).toBeGreaterThan(waits.length)
      const { state, nextAt, attempts, lastAnswer } = (await store.run('webhookDelivery', { id: first.id })) ?? first
      expect([attempts, lastAnswer]).toEqual([waits.length + 1, '500'])
      if (state !== 'PENDING' || nextAt === null) break
      waits.push((nextAt - clock.now()) / MINUTE)
      clock.pass(nextAt - clock.now() - 1)
      await deliveries.look()
      clock.pass(1)
      await deliveries.look()
    }
    expect(waits.slice(0, 7)).toEqual([1, 4, 16, 64, 256, 360, 360])
    await untilDelivery(store, first, { state: 'GIVEN_UP' })
    await untilDelivery(store, second, { state: 'DELIVERED' })
    expect(idsOf(received)).toEqual([...Array(17).fill(first.event.id), second.event.id])
  })

  it.each(['first', 'second', 'third'] as const)(
    'of one subject are all tried at once where the %s of them is sent by hand',
    async (byHand) => {
      const store = await (await newJournal()).open()
      const { url, received } = await receiveWebhooks((_, count) => httpAnswer(count === 1 ? 500 : 200))
      const { now } = stoppedClock()
      const made = { first: await addTest(store, now()), second: await addTest(store, now()) }
      const deliveries = deliverFrom(store, [endpointAt(url)], { now })
      await deliveries.look()
      await untilDelivery(store, made.first, { attempts: 1, lastAnswer: '500' })
      const third = byHand === 'third' ? [await addTest(store, now())] : []
      if (byHand !== 'third') await store.run('resendWebhook', { id: made[byHand].id, now: now() })
      await deliveries.look()
      const expected = [made.first, made.first, made.second, ...third]
      await expect.poll(() => idsOf(received)).toEqual(idsOf(expected.map(({ event }) => event)))
    },
  )

  it('are asked to come later with Retry-After, and do', async () => {
    const store = await (await newJournal()).open()
    const { url } = await receiveWebhooks(() => httpAnswer(429, '', { 'retry-after': '3600' }))
    const { now } = stoppedClock()
    const made = await addTest(store, now())
    await deliverFrom(store, [endpointAt(url)], { now }).look()
    await untilDelivery(store, made, { state: 'PENDING', attempts: 1, nextAt: now() + HOUR, lastAnswer: '429' })
  })

  it('are sent no more to an endpoint that answered 410, until it is elsewhere', async () => {
    const store = await (await newJournal()).open()
    const gone = await receiveWebhooks(() => httpAnswer(410))
    const { now } = stoppedClock()
    const [first, second] = [await addTest(store, now()), await addTest(store, now())]
    const deliveries = deliverFrom(store, [endpointAt(gone.url)], { now })
    await deliveries.look()
    await untilDelivery(store, second, { state: 'GIVEN_UP', attempts: 0 })
    await untilDelivery(store, first, { state: 'GIVEN_UP', lastAnswer: '410' })
    await expect.poll(() => deliveries.news.at(-1)).toEqual({ kind: 'gone', endpointId: 'shop' })
    const again = deliverFrom(store, [endpointAt(gone.url)], { now })
    await store.run('resendWebhook', { id: first.id, now: now() })
    await again.look()
    expect(again.news).toEqual([{ kind: 'gone', endpointId: 'shop' }])
    expect(gone.received).toHaveLength(1)
    const elsewhere = await receiveWebhooks()
    await deliverFrom(store, [endpointAt(elsewhere.url)], { now }).look()
    await expect.poll(() => idsOf(elsewhere.received)).toEqual([first.event.id])
  })

  it('to one endpoint are not kept waiting by another one that is silent, or down for a day', async () => {
    const store = await (await newJournal()).open()
    const silent = await startRawServer(() => {})
    const down = await startRawServer(() => {})
    const nobody = down.url
    await down.close()
    const { url, received } = await receiveWebhooks()
    const clock = stoppedClock()
    const endpoints = [endpointAt(silent.url, 'silent'), endpointAt(nobody, 'down'), endpointAt(url)]
    const deliveries = deliverFrom(store, endpoints, { now: clock.now })
    for (let hour = 0; hour < 24; hour++) {
      for (const { id } of endpoints) await addTest(store, clock.now(), id)
      await deliveries.look()
      await expect.poll(() => received).toHaveLength(hour + 1)
      clock.pass(HOUR)
    }
    await expect.poll(() => deliveries.countPending()).toMatchObject({ down: 24, shop: 0 })
    expect(silent.connections.all).toHaveLength(1)
  })

  it('of two instances are each delivered by one', async () => {
    const journal = await newJournal()
    const stores = [await journal.open(), await journal.open()] as const
    const receivers = await Promise.all(Array.from({ length: 6 }, () => receiveWebhooks()))
    const endpoints = receivers.map(({ url }, index) => endpointAt(url, `shop-${index}`))
    const { now } = stoppedClock()
    const made: string[][] = []
    for (const { id } of endpoints) {
      const own: string[] = []
      for (let count = 0; count < 4; count++) own.push((await addTest(stores[0], now(), id)).event.id)
      made.push(own)
    }
    const instances = stores.map((store) => deliverFrom(store, endpoints, { now }))
    for (const instance of instances) instance.start()
    await expect.poll(() => instances.flatMap(({ news }) => news)).toHaveLength(24)
    expect(receivers.map(({ received }) => idsOf(received))).toEqual(made)
  })

  it('that were sent by an instance that ended before it wrote that down come again, under the same id', async () => {
    const store = await (await newJournal()).open()
    const { url, received } = await receiveWebhooks()
    const { now } = stoppedClock()
    const made = await addTest(store, now())
    const dying = deliverFrom(dyingStore(store), [endpointAt(url)], { now })
    await dying.look()
    await expect.poll(() => dying.news[0]).toMatchObject({ kind: 'fault' })
    await dying.close()
    await deliverFrom(store, [endpointAt(url)], { now }).look()
    await untilDelivery(store, made, { state: 'DELIVERED', attempts: 2 })
    expect(idsOf(received)).toEqual([made.event.id, made.event.id])
  })

  it('under way at the end are given back, and delivered by whoever comes next', async () => {
    const store = await (await newJournal()).open()
    const silent = await startRawServer(() => {})
    const { now } = stoppedClock()
    const made = await addTest(store, now())
    const ending = deliverFrom(store, [endpointAt(silent.url)], { now })
    await ending.look()
    await silent.requests.next()
    await ending.close()
    await untilDelivery(store, made, { state: 'PENDING', nextAt: now(), lastAnswer: 'SHUTTING_DOWN' })
    const { url, received } = await receiveWebhooks()
    await deliverFrom(store, [endpointAt(url)], { now }).look()
    await expect.poll(() => idsOf(received)).toEqual([made.event.id])
  })

  it('are looked for again where the store was away for a while', async () => {
    const store = await (await newJournal()).open()
    const { url, received } = await receiveWebhooks()
    const made = await addTest(store, Date.now())
    let isAway = true
    const run = ((name, input) =>
      isAway ? Promise.reject(new Error('away')) : store.run(name, input)) as OperationStore['run']
    const deliveries = deliverFrom({ run, watch: () => () => {} }, [endpointAt(url)])
    await deliveries.look()
    expect(deliveries.news).toMatchObject([{ kind: 'fault' }])
    isAway = false
    await deliveries.look()
    await expect.poll(() => idsOf(received)).toEqual([made.event.id])
  })
})

/** A store as an instance sees it that is killed between what it sends and what it writes down. */
function dyingStore(store: OperationStore): OperationStore {
  let isKilled = false
  const run = ((name, input) => {
    isKilled ||= name === 'endDelivery'
    if (isKilled) return Promise.reject(new Error('killed'))
    // Whoever comes next does not wait for its lease.
    return store.run(
      name,
      name === 'takeDeliveries' ? (Object.assign(input as object, { leaseMs: -1 }) as typeof input) : input,
    )
  }) as OperationStore['run']
  return Object.assign(Object.create(store) as OperationStore, { run, watch: () => () => {} })
}
