import { expect, it } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { NewOperation } from '../../../src/journal/store.ts'
import { overBothStores, tableIn } from '../../support/journal/both-stores.ts'
import { ending, finding, NOW, obstacle, operation, recorded, unique } from '../../support/journal/operations.ts'
import { inCrowds, operationsOf } from '../../support/journal/store.ts'

const unknown = ending({ state: 'UNKNOWN' })

async function ended(store: OperationStore, given: Partial<NewOperation>, how = ending()): Promise<NewOperation> {
  const made = operation(given)
  expect(await store.claim(made)).toEqual({ granted: true })
  expect(await store.finish(made.id, made.owner, how)).toBe(true)
  return made
}

overBothStores('the operations of a payment', (newJournal) => {
  const idsOf = async (store: OperationStore, merchantId: string, transactionId: string) =>
    (await operationsOf(store, { merchantId, transactionId })).map(({ id }) => id)

  it('are the charge that was answered with it, and what names it since, oldest first', async () => {
    const store = await (await newJournal()).open()
    const [merchantId, transactionId] = [unique('mid'), unique('tid')]
    const charge = await ended(store, { merchantId, createdAt: NOW }, ending({ transactionId }))
    const second = await ended(store, { merchantId, transactionId, createdAt: NOW + 2 })
    const first = await ended(store, { merchantId, transactionId, createdAt: NOW + 1 }, unknown)
    await ended(store, { transactionId })
    await ended(store, { merchantId }, ending({ transactionId: unique('tid') }))
    expect(await operationsOf(store, { merchantId, transactionId })).toEqual([
      {
        ...recorded(charge),
        transactionId,
        state: 'SUCCEEDED',
        finishedAt: NOW + 1_000,
        result: 'a result',
        resolution: null,
      },
      expect.objectContaining({ id: first.id, state: 'UNKNOWN' }),
      expect.objectContaining({ id: second.id, state: 'SUCCEEDED' }),
    ])
  })

  it('keep the transaction id that the request named, whatever the answer says', async () => {
    const store = await (await newJournal()).open()
    const made = await ended(store, { transactionId: 'asked' }, ending({ transactionId: 'answered' }))
    expect((await store.get(made.id))?.transactionId).toBe('asked')
    expect(await idsOf(store, made.merchantId, 'answered')).toEqual([])
  })

  it('hold a charge that a person resolved with its transaction id', async () => {
    const store = await (await newJournal()).open()
    const [merchantId, transactionId] = [unique('mid'), unique('tid')]
    const made = await ended(store, { merchantId }, unknown)
    expect(await idsOf(store, merchantId, transactionId)).toEqual([])
    await store.run('resolveOperation', {
      id: made.id,
      resolution: finding({ state: 'SUCCEEDED', keepsOrder: true, transactionId }),
    })
    expect(await idsOf(store, merchantId, transactionId)).toEqual([made.id])
  })

  it('hold what is kept of a request, sealed', async () => {
    const journal = await newJournal()
    const store = await journal.open()
    const made = await ended(store, { request: '{"payType":"CARD"}' })
    expect((await store.get(made.id))?.request).toBe('{"payType":"CARD"}')
    const table = tableIn(journal, 'operations')
    const [row] = await journal.sql(`select request from ${table}`)
    expect(String(row?.['request'])).not.toContain('CARD')
  })
})

overBothStores('a procedure', (newJournal) => {
  it('whose values cannot be stored leaves nothing behind, and those beside it alone', async () => {
    const store = await (await newJournal()).open()
    const made = await ended(store, {}, unknown)
    const others = Array.from({ length: 20 }, () => operation())
    const [refused, ...claims] = await Promise.allSettled([
      store.run('resolveOperation', { id: made.id, resolution: finding({ recordedAt: 'soon' as never }) }),
      ...others.map((each) => store.claim(each)),
    ])
    expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(Error) })
    expect(claims.map((each) => each.status === 'fulfilled' && each.value.granted)).toEqual(others.map(() => true))
    expect(await store.get(made.id)).toMatchObject({ state: 'UNKNOWN', result: 'a result' })
    expect(await store.run('operationEvents', { operationIds: [made.id] })).toEqual([])
  })

  it('that throws by itself rejects with an error that is no unavailability, and leaves nothing behind', async () => {
    const store = await (await newJournal()).open()
    const made = await ended(store, {}, unknown)
    // What is sealed must be a text.
    const thrown = await store
      .run('resolveOperation', { id: made.id, resolution: finding({ resolution: 7 as never }) })
      .catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(Error)
    expect((thrown as Error).name).not.toContain('Unavailable')
    expect(await store.get(made.id)).toMatchObject({ state: 'UNKNOWN' })
    await store.ready()
  })

  it('that many instances run at once is each whole', async () => {
    const journal = await newJournal()
    const stores = [await journal.open(), await journal.open()] as const
    const made = await Promise.all(Array.from({ length: 20 }, () => ended(stores[0], {}, unknown)))
    const wins: string[] = []
    await inCrowds(
      made.flatMap(({ id }) => stores.map((store) => ({ id, store }))),
      async ({ id, store }) => {
        if ((await store.run('resolveOperation', { id, resolution: finding() })) !== undefined) wins.push(id)
      },
    )
    expect(wins.toSorted()).toEqual(made.map(({ id }) => id).toSorted())
    for (const { id } of made)
      expect(await stores[1].run('operationEvents', { operationIds: [id] })).toEqual([
        { operationId: id, seq: 1, at: NOW + 2_000, kind: 'RESOLVED', recordedBy: 'operator', data: 'a resolution' },
      ])
  })
})

overBothStores('a claim with a guard', (newJournal) => {
  // Any procedure can be one: this gives undefined where it finds nothing to resolve, and the operation otherwise.
  const guardedBy = (id: string) => ({ name: 'resolveOperation', input: { id, resolution: finding() } }) as const

  it('is granted where the guard has nothing against it', async () => {
    const store = await (await newJournal()).open()
    const made = operation()
    expect(await store.claimGuarded(made, guardedBy(unique('op')))).toEqual({ granted: true })
    expect((await store.get(made.id))?.state).toBe('IN_PROGRESS')
    expect(await store.claimGuarded(made, guardedBy(unique('op')))).toEqual({ granted: true })
  })

  it('is refused with what the guard says otherwise, and leaves key and order free', async () => {
    const store = await (await newJournal()).open()
    const other = await ended(store, {}, unknown)
    const made = operation()
    expect(await store.claimGuarded(made, guardedBy(other.id))).toMatchObject({
      granted: false,
      by: 'GUARD',
      refusal: { id: other.id },
    })
    expect(await store.get(made.id)).toBeUndefined()
    expect(await store.claim(operation({ ...made, id: unique('op') }))).toEqual({ granted: true })
  })

  it('is answered with the earlier operation of its key, which no guard is asked about', async () => {
    const store = await (await newJournal()).open()
    const other = await ended(store, {}, unknown)
    const first = await ended(store, {})
    const claim = await store.claimGuarded(operation({ ...first, id: unique('op') }), guardedBy(other.id))
    expect(obstacle(claim as never)).toMatchObject({ by: 'KEY', operation: { id: first.id } })
    expect((await store.get(other.id))?.state).toBe('UNKNOWN')
  })

  it('leaves nothing where its guard fails, and those beside it alone', async () => {
    const store = await (await newJournal()).open()
    const other = await ended(store, {}, unknown)
    const made = operation()
    const beside = operation()
    const broken = {
      name: 'resolveOperation',
      input: { id: other.id, resolution: finding({ recordedAt: {} as never }) },
    } as const
    const [refused, granted] = await Promise.allSettled([store.claimGuarded(made, broken), store.claim(beside)])
    expect(refused.status).toBe('rejected')
    expect(granted).toEqual({ status: 'fulfilled', value: { granted: true } })
    expect(await store.get(made.id)).toBeUndefined()
    expect((await store.get(other.id))?.state).toBe('UNKNOWN')
  })
})
