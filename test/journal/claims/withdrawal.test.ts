import { describe, expect, it } from 'vitest'
import { ClaimRollback } from '../../../src/journal/claims/claim-rollback.ts'
import { SqliteStore } from '../../../src/journal/sqlite/store.ts'
import type { NewOperation } from '../../../src/journal/store.ts'
import { approvalOf, claimApproval, linkIn } from '../../support/journal/links.ts'
import { ABANDONED, ending, KEYS, NOW, obstacle, operation, unique } from '../../support/journal/operations.ts'
import { HeldThread } from '../../support/journal/sqlite/held-thread.ts'
import { MODES, newPath } from '../../support/journal/sqlite/journals.ts'
import {
  closedAfterTest,
  eventually,
  expectUnavailable,
  expectUnavailableInTime,
  whenReady,
} from '../../support/journal/store.ts'

// What matters here is that the deadline passes; every call that must not be hit by it is tried again.
const SHORT_MS = 600

/** Waits until a withdrawal that was begun by what the test did is over, whatever it did: what comes later stands behind it. */
async function withdrawn(store: SqliteStore): Promise<void> {
  const marker = operation()
  await eventually(() => store.claim(marker))
  await new Promise((resolve) => setImmediate(resolve))
  await whenReady(store)
}

describe.each(MODES)('a claim in an SQLite file (%s), recorded after its caller was told otherwise,', (mode) => {
  const opened = async () => {
    const data = { path: newPath(), mode, owner: 'owner-1', keys: KEYS, init: false }
    const thread = new HeldThread(data)
    const store = closedAfterTest(new SqliteStore({ ...data, startThread: thread.start, deadlineMs: SHORT_MS }))
    return { store: await whenReady(store), thread }
  }

  /** A claim whose answer comes too late; returns what delivers that. */
  const claimLate = async (
    { store, thread }: Awaited<ReturnType<typeof opened>>,
    made: NewOperation,
  ): Promise<() => void> => {
    thread.hold()
    await expectUnavailableInTime(() => store.claim(made), /in time/)
    await eventually(() => expect(thread.held).toBe(1))
    return thread.passOn()
  }

  it('is taken back, and its key and order are free', async () => {
    const { store, thread } = await opened()
    const made = operation()
    const deliver = await claimLate({ store, thread }, made)
    await eventually(async () => expect((await store.get(made.id))?.state).toBe('IN_PROGRESS'))
    deliver()
    await eventually(async () => expect(await store.get(made.id)).toBeUndefined())
    const again = operation({ ...made, id: unique('op') })
    await eventually(async () => expect(await store.claim(again)).toEqual({ granted: true }))
  })

  it('has failed, and its key and order are free, where it became unknown meanwhile, since its owner was taken for dead', async () => {
    const { store, thread } = await opened()
    const made = operation(ABANDONED)
    const deliver = await claimLate({ store, thread }, made)
    await eventually(() => store.expire(NOW))
    await eventually(async () => expect((await store.get(made.id))?.state).toBe('UNKNOWN'))
    deliver()
    const failed = { state: 'FAILED', result: null, claimsOrder: false }
    await eventually(async () => expect(await store.get(made.id)).toMatchObject(failed))
    const again = operation({ ...made, id: unique('op') })
    await eventually(async () => expect(await store.claim(again)).toEqual({ granted: true }))
  })

  it('of an approval leaves its link as nobody has used it: it expires by time, and may be approved before', async () => {
    const { store, thread } = await opened()
    const link = await linkIn(store)
    const { approval, guard } = approvalOf(link)
    thread.hold()
    await expectUnavailableInTime(() => store.claimGuarded(approval, guard), /in time/)
    await eventually(() => expect(thread.held).toBe(1))
    const deliver = thread.passOn()
    const state = (now = NOW) => eventually(() => store.run('smsLink', { linkId: link.id, now }))
    expect(await state()).toMatchObject({ status: 'AUTHENTICATED', approvalOperationId: approval.id })
    deliver()
    await eventually(async () => expect(await store.get(approval.id)).toBeUndefined())
    expect(await state()).toMatchObject({ status: 'LINK_CREATED', approvalOperationId: null })
    expect(await state(link.expiresAt)).toMatchObject({ status: 'EXPIRED' })
    await eventually(async () => expect((await claimApproval(store, link)).claim).toEqual({ granted: true }))
  })

  it('stands where it was claimed again meanwhile, and granted', async () => {
    const { store, thread } = await opened()
    const made = operation()
    const deliver = await claimLate({ store, thread }, made)
    await eventually(async () => expect(await store.claim(made)).toEqual({ granted: true }))
    deliver()
    await withdrawn(store)
    await eventually(async () => expect((await store.get(made.id))?.state).toBe('IN_PROGRESS'))
    await eventually(async () => expect(await store.finish(made.id, made.owner, ending())).toBe(true))
  })

  it('stays unknown where it was claimed again meanwhile, and granted, and its owner was taken for dead', async () => {
    const { store, thread } = await opened()
    const made = operation(ABANDONED)
    const deliver = await claimLate({ store, thread }, made)
    await eventually(async () => expect(await store.claim(made)).toEqual({ granted: true }))
    await eventually(() => store.expire(NOW))
    deliver()
    await withdrawn(store)
    await eventually(async () => expect((await store.get(made.id))?.state).toBe('UNKNOWN'))
  })

  it('does not touch what it was refused for', async () => {
    const { store, thread } = await opened()
    const first = operation()
    await eventually(() => store.claim(first))
    const deliver = await claimLate({ store, thread }, operation({ ...first, id: unique('op') }))
    deliver()
    await withdrawn(store)
    const another = operation({ ...first, id: unique('op') })
    await eventually(async () => expect(obstacle(await store.claim(another)).operation.id).toBe(first.id))
  })

  it('is taken back by the next thread where its own has ended without a word', async () => {
    const { store, thread } = await opened()
    const made = operation()
    thread.hold()
    const claim = expectUnavailable(() => store.claim(made), /thread .* ended|in time/)
    await eventually(() => expect(thread.held).toBe(1))
    thread.end()
    await claim
    await whenReady(store)
    await eventually(async () => expect(await store.get(made.id)).toBeUndefined())
    await eventually(async () => expect(await store.claim(made)).toEqual({ granted: true }))
  })
})

describe('claims to be withdrawn', () => {
  it('are tried until they are, and not again', async () => {
    const tried: number[] = []
    let away = true
    const withdrawals = new ClaimRollback(async ({ attempt }) => {
      tried.push(attempt)
      if (away) throw new Error('away')
    })
    withdrawals.add({ operation: operation(), attempt: 1 })
    withdrawals.add({ operation: operation(), attempt: 2 })
    await eventually(() => expect(tried.filter((attempt) => attempt === 1).length).toBeGreaterThan(2))
    expect(withdrawals.size).toBe(2)
    away = false
    await eventually(() => expect(withdrawals.size).toBe(0))
    const before = tried.length
    withdrawals.add({ operation: operation(), attempt: 3 })
    await withdrawals.close()
    expect(tried.slice(before)).toEqual([3])
  })

  it('are tried once more at the end, and no longer', async () => {
    let tries = 0
    const withdrawals = new ClaimRollback(async () => {
      tries++
      throw new Error('away')
    })
    withdrawals.add({ operation: operation(), attempt: 1 })
    await withdrawals.close()
    expect(tries).toBeGreaterThan(0)
    expect(withdrawals.size).toBe(0)
  })

  it('are never more than ten thousand', async () => {
    const withdrawals = new ClaimRollback(() => Promise.reject(new Error('away')))
    for (let attempt = 0; attempt < 10_100; attempt++) withdrawals.add({ operation: operation(), attempt })
    expect(withdrawals.size).toBe(10_000)
    await withdrawals.close()
  })
})
