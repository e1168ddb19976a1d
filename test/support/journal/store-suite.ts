import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { NewOperation, Operation } from '../../../src/journal/store.ts'
import { ABANDONED, ending, finding, HOUR, KEYS, NOW, obstacle, operation, recorded, unique } from './operations.ts'
import { eventually, expectUnavailable, inCrowds, whenReady } from './store.ts'

/** Where a suite's journal is kept. */
export interface Journal {
  /** Opens the journal, under an owner, once more; with the keys of all these tests unless told otherwise. */
  open(owner: string, keys?: readonly Uint8Array[]): OperationStore
  /** Whether two stores may have it open at the same time. */
  readonly shared: boolean
  /** Removes it. */
  remove(): Promise<void>
}

/** What every store must do. */
export function storeSuite(name: string, create: () => Promise<Journal>): void {
  describe(name, () => {
    let journal: Journal
    let store: OperationStore

    beforeAll(async () => {
      journal = await create()
      store = await whenReady(journal.open('owner-1'))
    })

    afterAll(async () => {
      await store.close()
      await journal.remove()
    })

    const claimed = async (given: Partial<NewOperation> = {}): Promise<NewOperation> => {
      const made = operation(given)
      expect(await store.claim(made)).toEqual({ granted: true })
      return made
    }

    const finished = async (given: Partial<NewOperation> = {}, how = ending()): Promise<NewOperation> => {
      const made = await claimed(given)
      expect(await store.finish(made.id, made.owner, how)).toBe(true)
      return made
    }

    const inProgress = (made: NewOperation): Operation => ({
      ...recorded(made),
      state: 'IN_PROGRESS',
      finishedAt: null,
      result: null,
      resolution: null,
    })

    describe('claim', () => {
      it('records the operation with every field', async () => {
        const made = await claimed({ transactionId: 'tid', caller: '상점 "1"', amount: null })
        expect(await store.get(made.id)).toEqual(inProgress(made))
      })

      it('does not know an operation that was never claimed', async () => {
        expect(await store.get(unique('op'))).toBeUndefined()
      })

      it('is refused where the key is taken, and shows by what', async () => {
        const first = await claimed()
        const { caller, merchantId, service, idempotencyKey } = first
        const again = operation({ caller, merchantId, service, idempotencyKey })
        expect(obstacle(await store.claim(again))).toEqual({ by: 'KEY', operation: inProgress(first) })
        expect(await store.get(again.id)).toBeUndefined()
      })

      it('keeps the keys of callers, merchants and services apart', async () => {
        const { caller, merchantId, service, idempotencyKey } = await claimed()
        await claimed({ caller: 'another', merchantId, service, idempotencyKey })
        await claimed({ caller, service, idempotencyKey })
        await claimed({ caller, merchantId, service: 'cancelPayment', idempotencyKey })
        await claimed({ caller, merchantId, service, idempotencyKey: null })
        await claimed({ caller, merchantId, service, idempotencyKey: null })
      })

      it('is refused where the order is taken by another one that claims it', async () => {
        const first = await claimed()
        const { merchantId, orderId } = first
        const again = operation({ merchantId, orderId, service: 'chargeBillingKey', caller: 'another' })
        expect(obstacle(await store.claim(again))).toEqual({ by: 'ORDER', operation: inProgress(first) })
        await claimed({ merchantId, orderId, claimsOrder: false })
        await claimed({ orderId })
        await claimed({ merchantId, orderId: null })
        await claimed({ merchantId, orderId: null })
      })

      it('names the key where key and order stand in the way, also of two operations', async () => {
        const first = await claimed()
        const { merchantId, service, caller } = first
        const byBoth = operation({ ...first, id: unique('op') })
        expect(obstacle(await store.claim(byBoth))).toMatchObject({ by: 'KEY', operation: { id: first.id } })
        const second = await claimed({ merchantId })
        const byTwo = operation({
          merchantId,
          service,
          caller,
          idempotencyKey: second.idempotencyKey,
          orderId: first.orderId,
        })
        expect(obstacle(await store.claim(byTwo))).toMatchObject({ by: 'KEY', operation: { id: second.id } })
      })

      it('is granted again to the same operation and owner, and to no other owner', async () => {
        const first = await claimed()
        expect(await store.claim(first)).toEqual({ granted: true })
        expect(obstacle(await store.claim({ ...first, owner: 'owner-2' }))).toMatchObject({
          by: 'KEY',
          operation: { id: first.id },
        })
        const withoutKey = await claimed({ idempotencyKey: null, claimsOrder: false })
        expect(obstacle(await store.claim({ ...withoutKey, owner: 'owner-2' })).operation.id).toBe(withoutKey.id)
        await store.finish(first.id, first.owner, ending())
        expect(obstacle(await store.claim(first))).toMatchObject({
          by: 'KEY',
          operation: { id: first.id, state: 'SUCCEEDED' },
        })
      })

      it.each(['idempotencyKey', 'orderId'] as const)(
        'grants one of a hundred at once with the same %s',
        async (field) => {
          const merchantId = unique('mid')
          const all = Array.from({ length: 100 }, () => operation({ merchantId, [field]: 'the same' }))
          const claims = await Promise.all(all.map((each) => store.claim(each)))
          const granted = all.filter((_, index) => claims[index]?.granted)
          expect(granted).toHaveLength(1)
          const others = claims.filter((claim) => !claim.granted).map((claim) => obstacle(claim).operation.id)
          expect(new Set(others)).toEqual(new Set([granted[0]?.id]))
          expect(await store.find({ merchantIds: [merchantId] }, 100)).toHaveLength(1)
        },
      )

      it('that holds a value which cannot be stored leaves those beside it alone', async () => {
        const good = Array.from({ length: 10 }, () => operation())
        const bad: readonly object[] = [
          { merchantId: null },
          { owner: undefined },
          { amount: true },
          { orderId: {} },
          { createdAt: 'soon' },
        ]
        const claims = await Promise.allSettled(
          [...good, ...bad.map((values) => ({ ...operation(), ...values }) as NewOperation)].map((each) =>
            store.claim(each),
          ),
        )
        expect(claims.slice(0, good.length).map((each) => each.status === 'fulfilled' && each.value.granted)).toEqual(
          good.map(() => true),
        )
        for (const each of good) expect(await store.get(each.id)).toEqual(inProgress(each))
        for (const each of claims.slice(good.length)) {
          if (each.status === 'fulfilled') continue
          expect(each.reason).toBeInstanceOf(Error)
        }
        await store.ready()
      })
    })

    describe('an idempotency key', () => {
      it.each([
        ['an ordinary one', 'checkout-20261126-1', 'checkout'],
        ['a short one', 'K-1', 'K-1'],
        ['a card number', '9490941234567890', '949094'],
        ['a card number with spaces', '9490 9412 3456 7890', '9490 94'],
        ['a card number in full-width digits', '９４９０９４１２３４５６７８９０', '９４９０９４'],
        ['a card number behind letters', 'c9490941234567890', 'c949094'],
        ['characters beyond the first plane', '🧾🧾🧾🧾🧾🧾🧾🧾🧾', '🧾🧾🧾🧾🧾🧾🧾🧾'],
      ])('is kept as at most eight characters and six digits (%s)', async (_, idempotencyKey, prefix) => {
        const made = await claimed({ idempotencyKey })
        expect((await store.get(made.id))?.idempotencyKeyPrefix).toBe(prefix)
        const { caller, merchantId, service } = made
        expect(obstacle(await store.claim(operation({ caller, merchantId, service, idempotencyKey })))).toMatchObject({
          by: 'KEY',
          operation: { id: made.id },
        })
        const other = { caller, merchantId, service, idempotencyKey: `${idempotencyKey}0` }
        expect(await store.claim(operation(other))).toEqual({ granted: true })
      })
    })

    describe('an operation is found by its key', () => {
      const keyOf = ({ caller, merchantId, service, idempotencyKey }: NewOperation) => ({
        caller,
        merchantId,
        service,
        idempotencyKey: idempotencyKey ?? '',
      })

      it('in progress and ended, by the very same key', async () => {
        const made = await claimed()
        expect(await store.getByKey(keyOf(made))).toEqual(inProgress(made))
        await store.finish(made.id, made.owner, ending({ state: 'UNKNOWN' }))
        expect(await store.getByKey(keyOf(made))).toMatchObject({ id: made.id, state: 'UNKNOWN', result: 'a result' })
      })

      it.each(['caller', 'merchantId', 'service', 'idempotencyKey'] as const)('not with another %s', async (field) => {
        const made = await claimed()
        expect(await store.getByKey({ ...keyOf(made), [field]: 'another' })).toBeUndefined()
      })

      it('not where it has none, or gave it up', async () => {
        const keyless = await claimed({ idempotencyKey: null })
        expect(await store.getByKey(keyOf(keyless))).toBeUndefined()
        const freed = await finished({}, ending({ state: 'FAILED', keepsKey: false }))
        expect(await store.getByKey(keyOf(freed))).toBeUndefined()
      })
    })

    describe('the journal keys', () => {
      const [old, next] = [KEYS[0] as Uint8Array, new Uint8Array(32).fill(9)]

      it('can be replaced step by step: what was claimed at each step stands in the way at all later ones', async () => {
        const own = await create()
        const made: NewOperation[] = []
        for (const keys of [[old], [old, next], [next, old], [next]]) {
          const opened = await whenReady(own.open('owner-1', keys))
          for (const { caller, merchantId, service, idempotencyKey, id } of made) {
            const again = operation({ caller, merchantId, service, idempotencyKey })
            expect(obstacle(await opened.claim(again))).toMatchObject({ by: 'KEY', operation: { id } })
          }
          const latest = operation()
          expect(await opened.claim(latest)).toEqual({ granted: true })
          made.push(latest)
          await opened.close()
        }
        await own.remove()
      })

      it('must hold one that the journal knows, or it is refused as a whole, and left as it is', async () => {
        const made = await claimed()
        await store.close()
        const stranger = journal.open('owner-1', [next])
        await eventually(() => expectUnavailable(() => stranger.claim(operation()), /PAYAPI_JOURNAL_KEYS/))
        await expectUnavailable(() => stranger.get(made.id), /PAYAPI_JOURNAL_KEYS/)
        await expectUnavailable(() => stranger.find({}, 10), /PAYAPI_JOURNAL_KEYS/)
        await stranger.close()
        store = await whenReady(journal.open('owner-1'))
        expect(await store.get(made.id)).toEqual(inProgress(made))
      })

      it('may be in another order in another process: each idempotency key is granted once', async () => {
        if (!journal.shared) return expect(journal.shared).toBe(false)
        const own = await create()
        const one = await whenReady(own.open('owner-1', [old, next]))
        const other = await whenReady(own.open('owner-2', [next, old]))
        const merchantId = unique('mid')
        const keys = Array.from({ length: 60 }, (_, index) => `key ${index}`)
        const claims = await Promise.all(
          keys.flatMap((idempotencyKey) => [
            one.claim(operation({ merchantId, idempotencyKey })),
            other.claim(operation({ merchantId, idempotencyKey, owner: 'owner-2' })),
          ]),
        )
        expect(claims.filter(({ granted }) => granted)).toHaveLength(keys.length)
        expect(await one.find({ merchantIds: [merchantId] }, 100)).toHaveLength(keys.length)
        await Promise.all([one.close(), other.close()])
        await own.remove()
      })
    })

    describe('finish', () => {
      it.each(['SUCCEEDED', 'FAILED', 'UNKNOWN'] as const)('records %s', async (state) => {
        const made = await finished({}, ending({ state }))
        expect(await store.get(made.id)).toEqual({
          ...recorded(made),
          state,
          finishedAt: NOW + 1_000,
          result: 'a result',
          resolution: null,
        })
      })

      it('is fenced: only its owner, only once, unless it is the same result again', async () => {
        const made = await claimed()
        expect(await store.finish(made.id, 'owner-2', ending())).toBe(false)
        expect(await store.get(made.id)).toEqual(inProgress(made))
        expect(await store.finish(made.id, made.owner, ending())).toBe(true)
        expect(await store.finish(made.id, made.owner, ending())).toBe(true)
        const others = [
          ending({ state: 'FAILED' }),
          ending({ result: 'another' }),
          ending({ finishedAt: NOW }),
          ending({ keepsKey: false }),
          ending({ keepsOrder: false }),
        ]
        for (const other of others) expect(await store.finish(made.id, made.owner, other)).toBe(false)
        expect(await store.finish(made.id, 'owner-2', ending())).toBe(false)
        expect(await store.finish(unique('op'), made.owner, ending())).toBe(false)
        expect(await store.get(made.id)).toMatchObject({ state: 'SUCCEEDED', result: 'a result' })
      })

      it('records no other result of what its owner said is unknown', async () => {
        const made = await finished({}, ending({ state: 'UNKNOWN', result: 'lost' }))
        expect(await store.finish(made.id, made.owner, ending())).toBe(false)
        expect(await store.get(made.id)).toMatchObject({ state: 'UNKNOWN', result: 'lost' })
      })

      it('records one result of many at once', async () => {
        const made = await claimed()
        const endings = Array.from({ length: 20 }, (_, index) => ending({ result: `result ${index}` }))
        const recorded = await Promise.all(endings.map((each) => store.finish(made.id, made.owner, each)))
        expect(recorded.filter(Boolean)).toHaveLength(1)
        expect((await store.get(made.id))?.result).toBe(`result ${recorded.indexOf(true)}`)
      })

      it('frees the key and the order where it is told to, and leaves the beginning of the key to be read', async () => {
        const made = await finished({}, ending({ state: 'FAILED', keepsKey: false, keepsOrder: false }))
        expect(await store.get(made.id)).toMatchObject({
          idempotencyKeyPrefix: recorded(made).idempotencyKeyPrefix,
          claimsOrder: false,
        })
        const again = operation({ ...made, id: unique('op') })
        expect(await store.claim(again)).toEqual({ granted: true })
        expect(
          await store.finish(again.id, again.owner, ending({ state: 'FAILED', keepsKey: false, keepsOrder: false })),
        ).toBe(true)
        expect(await store.claim(operation({ ...made, id: unique('op') }))).toEqual({ granted: true })
      })

      it('frees the order alone, and keeps the key', async () => {
        const made = await finished({}, ending({ state: 'FAILED', keepsOrder: false }))
        const { merchantId, orderId, idempotencyKey } = made
        expect(obstacle(await store.claim(operation({ merchantId, orderId, idempotencyKey })))).toMatchObject({
          by: 'KEY',
        })
        expect(await store.claim(operation({ merchantId, orderId }))).toEqual({ granted: true })
      })
    })

    describe('an operation whose owner is taken for dead', () => {
      const abandoned = async (): Promise<NewOperation> => {
        const made = await claimed(ABANDONED)
        expect(await store.expire(NOW + 2_000)).toBe(1)
        return made
      }

      it('is unknown from then on, and none of the living, nor one that has ended', async () => {
        const gone = await Promise.all([claimed(ABANDONED), claimed(ABANDONED)])
        const alive = await claimed()
        const over = await finished(ABANDONED)
        expect(await store.expire(NOW + 2_000)).toBe(2)
        for (const { id } of gone)
          expect(await store.get(id)).toMatchObject({ state: 'UNKNOWN', finishedAt: NOW + 2_000, result: null })
        expect((await store.get(alive.id))?.state).toBe('IN_PROGRESS')
        expect((await store.get(over.id))?.state).toBe('SUCCEEDED')
        expect(await store.expire(NOW + 2_000)).toBe(0)
      })

      it('is as its owner says after all, where he lives, and only he', async () => {
        const made = await abandoned()
        expect(await store.finish(made.id, 'owner-1', ending())).toBe(false)
        expect(await store.finish(made.id, made.owner, ending())).toBe(true)
        expect(await store.get(made.id)).toMatchObject({
          state: 'SUCCEEDED',
          result: 'a result',
          finishedAt: NOW + 1_000,
        })
        expect(await store.finish(made.id, made.owner, ending({ state: 'FAILED' }))).toBe(false)
        expect(await store.run('resolveOperation', { id: made.id, resolution: finding() })).toBeUndefined()
      })

      it('frees its key and order where its owner says that nothing was sent', async () => {
        const made = await abandoned()
        const notSent = ending({ state: 'FAILED', keepsKey: false, keepsOrder: false })
        expect(await store.finish(made.id, made.owner, notSent)).toBe(true)
        expect(await store.claim(operation({ ...made, id: unique('op'), owner: 'owner-1', leaseMs: HOUR }))).toEqual({
          granted: true,
        })
      })

      it('stays as a person resolved it, whatever its owner says later', async () => {
        for (const state of ['SUCCEEDED', 'FAILED'] as const) {
          const made = await abandoned()
          const resolved = await store.run('resolveOperation', {
            id: made.id,
            resolution: finding({ state, result: 'a finding' }),
          })
          expect(resolved).toMatchObject({ state, resolution: 'a resolution' })
          expect(await store.finish(made.id, made.owner, ending())).toBe(false)
          expect(await store.get(made.id)).toEqual(resolved)
        }
      })
    })

    describe('resolve', () => {
      it('records what was found out, frees the order and keeps the key', async () => {
        const made = await finished({}, ending({ state: 'UNKNOWN' }))
        const { merchantId, orderId, idempotencyKey } = made
        const found = finding({ result: 'not processed' })
        const resolved = await store.run('resolveOperation', { id: made.id, resolution: found })
        expect(resolved).toEqual({
          ...recorded(made),
          claimsOrder: false,
          state: 'FAILED',
          finishedAt: NOW + 1_000,
          result: 'not processed',
          resolution: 'a resolution',
        })
        expect(await store.get(made.id)).toEqual(resolved)
        expect(obstacle(await store.claim(operation({ merchantId, idempotencyKey }))).operation).toEqual(resolved)
        expect(await store.claim(operation({ merchantId, orderId }))).toEqual({ granted: true })
      })

      it('keeps the order of what was processed', async () => {
        const { id, merchantId, orderId } = await finished({}, ending({ state: 'UNKNOWN' }))
        expect(
          await store.run('resolveOperation', { id, resolution: finding({ state: 'SUCCEEDED', keepsOrder: true }) }),
        ).toMatchObject({
          state: 'SUCCEEDED',
        })
        expect(obstacle(await store.claim(operation({ merchantId, orderId })))).toMatchObject({
          by: 'ORDER',
          operation: { id },
        })
      })

      it('touches nothing that is not, or no longer, unknown', async () => {
        const running = await claimed()
        const done = await finished()
        const unknown = await finished({}, ending({ state: 'UNKNOWN' }))
        expect(await store.run('resolveOperation', { id: running.id, resolution: finding() })).toBeUndefined()
        expect(await store.run('resolveOperation', { id: done.id, resolution: finding() })).toBeUndefined()
        expect(await store.run('resolveOperation', { id: unique('op'), resolution: finding() })).toBeUndefined()
        const found = await Promise.all([
          store.run('resolveOperation', { id: unknown.id, resolution: finding() }),
          store.run('resolveOperation', { id: unknown.id, resolution: finding() }),
        ])
        expect(found.filter((each) => each !== undefined)).toHaveLength(1)
        expect(await store.get(running.id)).toEqual(inProgress(running))
        expect(await store.get(done.id)).toMatchObject({ state: 'SUCCEEDED', resolution: null })
      })
    })

    describe('find', () => {
      const ids = (operations: readonly Operation[]): readonly string[] => operations.map(({ id }) => id)

      const pages = async (
        filter: Parameters<OperationStore['find']>[0],
        limit: number,
      ): Promise<readonly string[]> => {
        const seen: string[] = []
        for (;;) {
          const last = seen.length === 0 ? undefined : await store.get(seen.at(-1) ?? '')
          const page = await store.find(filter, limit, { after: last })
          expect(page.length).toBeLessThanOrEqual(limit)
          seen.push(...ids(page))
          if (page.length < limit) return seen
        }
      }

      it('gives the newest first, in pages that neither repeat nor leave out, also within one millisecond', async () => {
        const merchantId = unique('mid')
        const made: NewOperation[] = []
        for (let index = 0; index < 23; index++) {
          made.push(await claimed({ merchantId, createdAt: NOW + Math.floor(index / 5) }))
        }
        const expected = made
          .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
          .map(({ id }) => id)
        for (const limit of [1, 4, 23, 100]) expect(await pages({ merchantIds: [merchantId] }, limit)).toEqual(expected)
        expect(await store.find({ merchantIds: [merchantId] }, 0)).toEqual([])
      })

      it('gives the oldest first backwards, in pages that neither repeat nor leave out, also within a range', async () => {
        const merchantIds = [unique('mid'), unique('mid')]
        const made: Operation[] = []
        for (let index = 0; index < 23; index++) {
          const { id } = await claimed({
            merchantId: merchantIds[index % 2] ?? '',
            createdAt: NOW + Math.floor(index / 5),
          })
          made.push((await store.get(id)) as Operation)
        }
        const newestFirst = made.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
        const backwards = async (limit: number, after?: Operation) => {
          const seen: Operation[] = []
          for (let before: Operation | undefined; ; before = seen.at(-1)) {
            const page = await store.find({ merchantIds }, limit, { before, after, backwards: true })
            expect(page.length).toBeLessThanOrEqual(limit)
            seen.push(...page)
            if (page.length < limit) return ids(seen)
          }
        }
        const oldestFirst = newestFirst.toReversed()
        for (const limit of [1, 4, 23, 100]) expect(await backwards(limit)).toEqual(ids(oldestFirst))
        for (const limit of [2, 100]) {
          expect(await backwards(limit, newestFirst[6])).toEqual(ids(newestFirst.slice(7).toReversed()))
        }
        const [after, before] = [newestFirst[2], newestFirst[9]]
        expect(ids(await store.find({ merchantIds }, 100, { after, before }))).toEqual(ids(newestFirst.slice(3, 9)))
        expect(ids(await store.find({ merchantIds }, 2, { after, before }))).toEqual(ids(newestFirst.slice(3, 5)))
        expect(ids(await store.find({ merchantIds }, 2, { after, before, backwards: true }))).toEqual(
          ids(newestFirst.slice(7, 9).toReversed()),
        )
      })

      it('filters by state, service, merchant, order and time, and by all of them', async () => {
        const [mine, theirs] = [unique('mid'), unique('mid')]
        const orderId = unique('order')
        const charge = await claimed({ merchantId: mine, orderId, createdAt: NOW + 1 })
        const cancel = await finished({
          merchantId: mine,
          orderId,
          createdAt: NOW + 2,
          service: 'cancelPayment',
          claimsOrder: false,
        })
        const lost = await finished({ merchantId: theirs, orderId, createdAt: NOW + 3 }, ending({ state: 'UNKNOWN' }))
        const failed = await finished({ merchantId: theirs, createdAt: NOW + 4 }, ending({ state: 'FAILED' }))
        const both = { merchantIds: [mine, theirs] }
        const found = async (filter: Parameters<OperationStore['find']>[0]) => {
          const forwards = ids(await store.find(filter, 10))
          expect(ids(await store.find(filter, 10, { backwards: true }))).toEqual(forwards.toReversed())
          return forwards
        }

        expect(await found(both)).toEqual(ids([failed, lost, cancel, charge] as never))
        expect(await found({ merchantIds: [theirs, theirs] })).toEqual([failed.id, lost.id])
        expect(await found({ merchantIds: [] })).toEqual([])
        expect(await found({ orderId })).toEqual([lost.id, cancel.id, charge.id])
        expect(await found({ orderId, merchantIds: [mine] })).toEqual([cancel.id, charge.id])
        expect(await found({ ...both, states: ['IN_PROGRESS'] })).toEqual([charge.id])
        expect(await found({ ...both, states: ['IN_PROGRESS', 'UNKNOWN'] })).toEqual([lost.id, charge.id])
        expect(await found({ ...both, states: ['SUCCEEDED', 'FAILED', 'UNKNOWN'] })).toEqual([
          failed.id,
          lost.id,
          cancel.id,
        ])
        expect(await found({ ...both, states: [] })).toEqual([])
        expect(await found({ ...both, services: ['cancelPayment'] })).toEqual([cancel.id])
        expect(
          await found({ ...both, services: ['cancelPayment', 'chargeKeyedInCard'], createdFrom: NOW + 2 }),
        ).toEqual([failed.id, lost.id, cancel.id])
        expect(await found({ ...both, createdFrom: NOW + 2, createdBefore: NOW + 4 })).toEqual([lost.id, cancel.id])
        expect(
          await found({
            states: ['UNKNOWN'],
            services: ['chargeKeyedInCard'],
            merchantIds: [theirs],
            orderId,
            createdFrom: NOW + 3,
            createdBefore: NOW + 4,
          }),
        ).toEqual([lost.id])
        const unfiltered = await store.find({ createdFrom: NOW + 1, createdBefore: NOW + 5 }, 1_000)
        expect(ids(unfiltered)).toEqual(expect.arrayContaining([failed.id, lost.id, cancel.id, charge.id]))
      })
    })

    describe("the journal's own clock", () => {
      it('goes on, never back, and shows all the same', async () => {
        const shown = await store.advanceClock(0)
        expect(await store.advanceClock(shown + 1_000)).toBe(shown + 1_000)
        expect(await store.advanceClock(shown + 500)).toBe(shown + 1_000)
        expect(await store.advanceClock(0)).toBe(shown + 1_000)
      })
    })

    describe('sweep', () => {
      /** Lets time go by on the journal's clock; resolves to what it shows then. */
      const pass = async (ms: number): Promise<number> => store.advanceClock((await store.advanceClock(0)) + ms)

      it('deletes what succeeded or failed long enough ago by the journal, and nothing else', async () => {
        const old = { createdAt: 0 }
        const createdBefore = 1
        const settledBefore = await pass(1_000)
        const done = await finished(old)
        const failed = await finished(old, ending({ state: 'FAILED' }))
        const lost = await finished(old, ending({ state: 'UNKNOWN' }))
        const running = await claimed(old)
        const resolved = await finished(old, ending({ state: 'UNKNOWN' }))
        const later = await pass(1_000)
        await store.run('resolveOperation', { id: resolved.id, resolution: finding() })

        expect(await store.sweep({ settledBefore, createdBefore })).toBe(0)
        expect(await store.sweep({ settledBefore: settledBefore + 1, createdBefore })).toBe(2)
        expect(await store.get(done.id)).toBeUndefined()
        expect(await store.get(failed.id)).toBeUndefined()
        // What a person found out counts from then on: the key must answer accordingly for as long as any other.
        for (const { id } of [lost, running, resolved]) expect(await store.get(id)).toBeDefined()
        expect(await store.claim(operation({ ...done, id: unique('op') }))).toEqual({ granted: true })
        expect(await store.sweep({ settledBefore: later + 1, createdBefore })).toBe(1)
        expect(await store.get(resolved.id)).toBeUndefined()
      })

      it('leaves what is young by the clock of those who made it', async () => {
        const made = await finished({ createdAt: 1 })
        const settledBefore = await pass(1_000)
        expect(await store.sweep({ settledBefore, createdBefore: 1 })).toBe(0)
        expect((await store.get(made.id))?.state).toBe('SUCCEEDED')
        expect(await store.sweep({ settledBefore, createdBefore: 2 })).toBe(1)
      })

      it('deletes more than one step can, while claims go on', async () => {
        const made = Array.from({ length: 700 }, (_, index) => operation({ createdAt: 10_000 + index }))
        await inCrowds(made, async (each) => {
          await store.claim(each)
          await store.finish(each.id, each.owner, ending())
        })
        const limits = { settledBefore: await pass(1), createdBefore: 20_000 }
        const [swept] = await Promise.all([store.sweep(limits), claimed(), claimed()])
        expect(swept).toBe(700)
        expect(await store.get(made[600]?.id ?? '')).toBeUndefined()
        expect(await store.sweep(limits)).toBe(0)
      })
    })

    it('counts what is in progress and what is unknown', async () => {
      const before = { running: await store.count('IN_PROGRESS'), unknown: await store.count('UNKNOWN') }
      await claimed()
      await claimed()
      await finished({}, ending({ state: 'UNKNOWN' }))
      await finished()
      expect(await store.count('IN_PROGRESS')).toBe(before.running + 2)
      expect(await store.count('UNKNOWN')).toBe(before.unknown + 1)
    })

    it('answers what is under way when it is closed, takes nothing more, and has kept all of it', async () => {
      const made = await claimed()
      const others = Array.from({ length: 20 }, () => operation())
      const claims = others.map((each) => store.claim(each))
      const finish = store.finish(made.id, made.owner, ending())
      await store.close()
      await expectUnavailable(() => store.claim(operation()))
      await expectUnavailable(() => store.get(made.id))
      expect(await Promise.all(claims)).toEqual(others.map(() => ({ granted: true })))
      expect(await finish).toBe(true)

      store = await whenReady(journal.open('owner-1'))
      expect(await store.get(made.id)).toMatchObject({ state: 'SUCCEEDED' })
      for (const each of others) expect(await store.get(each.id)).toEqual(inProgress(each))
    })

    it('grants each key once to two stores at once, where the journal can be shared', async () => {
      const other = journal.open('owner-2')
      if (!journal.shared) {
        await eventually(() => expectUnavailable(() => other.claim(operation()), /another process/i))
        return other.close()
      }
      await whenReady(other)
      const merchantId = unique('mid')
      const keys = Array.from({ length: 60 }, (_, index) => `key ${index}`)
      const mine = keys.map((idempotencyKey) => operation({ merchantId, idempotencyKey }))
      const theirs = keys.map((idempotencyKey) => operation({ merchantId, idempotencyKey, owner: 'owner-2' }))
      const claims = await Promise.all([
        ...mine.map((each) => store.claim(each)),
        ...theirs.map((each) => other.claim(each)),
      ])
      for (const index of keys.keys()) {
        expect([claims[index]?.granted, claims[index + keys.length]?.granted].toSorted()).toEqual([false, true])
      }
      const one = mine.find((_, index) => claims[index]?.granted) ?? theirs[0]
      if (one !== undefined) {
        expect(await other.finish(one.id, one.owner === 'owner-1' ? 'owner-2' : 'owner-1', ending())).toBe(false)
        expect(await other.get(one.id)).toEqual(inProgress(one))
      }
      await other.close()
    })
  })
}
