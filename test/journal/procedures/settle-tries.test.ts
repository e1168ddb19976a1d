import { expect, it } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { NewOperation } from '../../../src/journal/store.ts'
import { overBothStores } from '../../support/journal/both-stores.ts'
import { ABANDONED, ending, finding, HOUR, NOW, operation } from '../../support/journal/operations.ts'

const SERVICE = 'cancelPayment'
const MINUTE = 60_000

async function unknown(store: OperationStore, given: Partial<NewOperation> = {}): Promise<NewOperation> {
  const made = operation({ service: SERVICE, ...given })
  await store.claim(made)
  await store.finish(made.id, made.owner, ending({ state: 'UNKNOWN', finishedAt: NOW }))
  return made
}

const aTry = ({ id }: NewOperation, more: object = {}) => ({
  operationId: id,
  by: 'operator',
  at: NOW + MINUTE,
  leaseMs: HOUR,
  schedule: null,
  lostResult: 'lost',
  ...more,
})

const SETTLED = { state: 'SUCCEEDED', result: 'shown', resolution: 'a resolution', keepsOrder: true } as const
const FOUND = { processed: true, answer: '01' }

const seqOf = (begun: object): number => (begun as { readonly seq: number }).seq

overBothStores('a try to settle an operation', (newJournal) => {
  it('is the only one until it has ended', async () => {
    const journal = await newJournal()
    const [store, other] = [await journal.open(), await journal.open()]
    const made = await unknown(store)
    const begun = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : other).run('beginSettleTry', aTry(made))),
    )
    expect(begun.filter((each) => 'seq' in each)).toHaveLength(1)
    const seq = seqOf(begun.find((each) => 'seq' in each) ?? {})
    await store.run('endSettleTry', {
      operationId: made.id,
      seq,
      finding: { processed: null, answer: 'CONNECTION_LOST' },
      settled: null,
    })
    expect(await other.run('beginSettleTry', aTry(made))).toEqual({ seq: seq + 1 })
  })

  it('keeps a person from resolving until it has ended', async () => {
    const store = await (await newJournal()).open()
    const made = await unknown(store)
    const seq = seqOf(await store.run('beginSettleTry', aTry(made)))
    expect(await store.run('resolveOperation', { id: made.id, resolution: finding() })).toBeUndefined()
    expect((await store.get(made.id))?.state).toBe('UNKNOWN')
    const end = { operationId: made.id, seq, finding: { processed: null, answer: null }, settled: null }
    expect(await store.run('endSettleTry', end)).toMatchObject({ state: 'UNKNOWN' })
    expect(await store.run('resolveOperation', { id: made.id, resolution: finding() })).toMatchObject({
      state: 'FAILED',
    })
  })

  it('of a process that died is over once its time is, and then neither another try nor a person waits', async () => {
    const store = await (await newJournal()).open()
    const made = await unknown(store)
    await store.run('beginSettleTry', aTry(made, { leaseMs: -1 }))
    expect(await store.run('beginSettleTry', aTry(made, { leaseMs: -1 }))).toEqual({ seq: 2 })
    expect(await store.run('resolveOperation', { id: made.id, resolution: finding() })).toMatchObject({
      state: 'FAILED',
    })
  })

  it('that ends after its time, when a person has resolved, changes nothing but is kept', async () => {
    const store = await (await newJournal()).open()
    const made = await unknown(store)
    const seq = seqOf(await store.run('beginSettleTry', aTry(made, { leaseMs: -1 })))
    await store.run('resolveOperation', { id: made.id, resolution: finding() })
    const late = await store.run('endSettleTry', { operationId: made.id, seq, finding: FOUND, settled: SETTLED })
    expect(late).toMatchObject({ state: 'FAILED', resolution: 'a resolution' })
    const [event] = await store.run('operationEvents', { operationIds: [made.id] })
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ finding: FOUND })
  })

  it('ends once: the same end again, after an answer that was lost, changes nothing', async () => {
    const store = await (await newJournal()).open()
    const made = await unknown(store)
    const seq = seqOf(await store.run('beginSettleTry', aTry(made)))
    const end = { operationId: made.id, seq, finding: FOUND, settled: SETTLED }
    expect(await store.run('endSettleTry', end)).toMatchObject({ state: 'SUCCEEDED', result: 'shown' })
    expect(await store.run('endSettleTry', { ...end, settled: { ...SETTLED, state: 'FAILED' } })).toMatchObject({
      state: 'SUCCEEDED',
      result: 'shown',
    })
    const reopening = {
      operationId: made.id,
      data: '{}',
      by: 'operator',
      at: NOW,
      namesPayment: true,
      lostResult: 'lost',
    }
    expect(await store.run('reopenOperation', reopening)).toMatchObject({
      operation: { state: 'UNKNOWN', result: 'a result' },
    })
  })

  it('comes before the result of an owner who was taken for dead: what he says later is not recorded', async () => {
    const store = await (await newJournal()).open()
    const made = operation({ service: SERVICE, ...ABANDONED })
    await store.claim(made)
    await store.expire(NOW)
    const seq = seqOf(await store.run('beginSettleTry', aTry(made)))
    expect(await store.finish(made.id, made.owner, ending({ state: 'FAILED' }))).toBe(false)
    expect(await store.get(made.id)).toMatchObject({ state: 'UNKNOWN', result: 'lost' })
    await store.run('endSettleTry', { operationId: made.id, seq, finding: FOUND, settled: SETTLED })
    expect(await store.get(made.id)).toMatchObject({ state: 'SUCCEEDED', result: 'shown' })
  })

  it('does not begin for what is not unknown', async () => {
    const store = await (await newJournal()).open()
    const underWay = operation({ service: SERVICE })
    await store.claim(underWay)
    const settled = await unknown(store)
    await store.run('resolveOperation', { id: settled.id, resolution: finding() })
    for (const each of [underWay, settled, operation()])
      expect(await store.run('beginSettleTry', aTry(each))).toEqual({ refused: 'NOT_UNKNOWN' })
  })

  it('is due by the schedule, and begins by it once for each time', async () => {
    const store = await (await newJournal()).open()
    const [made, other] = [await unknown(store), await unknown(store, { service: 'chargeCardBillingKey' })]
    const schedule = [5 * MINUTE, HOUR]
    const due = (now: number) => store.run('dueSettlings', { services: [SERVICE], schedule, now })
    expect(await due(NOW + 5 * MINUTE - 1)).toEqual([])
    expect(await due(NOW + 5 * MINUTE)).toEqual([made.id])
    expect(await store.run('dueSettlings', { services: [], schedule, now: NOW + HOUR })).toEqual([])
    const at = NOW + 5 * MINUTE
    const seq = seqOf(await store.run('beginSettleTry', aTry(made, { at, schedule })))
    await store.run('endSettleTry', {
      operationId: made.id,
      seq,
      finding: { processed: null, answer: null },
      settled: null,
    })
    expect(await store.run('beginSettleTry', aTry(made, { at, schedule }))).toEqual({ refused: 'NOT_DUE' })
    expect(await due(at)).toEqual([])
    expect(await due(NOW + HOUR)).toEqual([made.id])
    expect(await store.get(other.id)).toMatchObject({ state: 'UNKNOWN' })
  })

  it('is found due among more than are looked at at once', async () => {
    const store = await (await newJournal()).open()
    const made = await Promise.all(
      Array.from({ length: 450 }, (_, index) => unknown(store, { createdAt: NOW - (index % 7) })),
    )
    const due = await store.run('dueSettlings', { services: [SERVICE], schedule: [0], now: NOW })
    expect(due.toSorted()).toEqual(made.map(({ id }) => id).toSorted())
  })
})
