import { expect, it, onTestFinished, vi } from 'vitest'
import { openStore } from '../../src/journal/open-store.ts'
import type { OperationStore } from '../../src/journal/operation-store.ts'
import { overBothStores, type TestJournal } from '../support/journal/both-stores.ts'
import { ending, finding, HOUR, KEYS, operation } from '../support/journal/operations.ts'
import { RemoteStore } from '../support/journal/remote-store.ts'
import { closedAfterTest, eventually, PATIENT_MS, whenReady } from '../support/journal/store.ts'

/** What a store says of an operation, read each time that it tells of a change. */
function seenAt(store: OperationStore, id: string): readonly unknown[] {
  const seen: unknown[] = []
  onTestFinished(store.watch(() => void store.get(id).then((found) => seen.push(found?.state))))
  return seen
}

overBothStores('what changes in the journal', (newJournal) => {
  let owners = 0

  /** One that tells of nothing but changes. */
  const open = ({ url }: TestJournal): Promise<OperationStore> => {
    const owner = `watching-${++owners}`
    return whenReady(closedAfterTest(openStore(url, { owner, keys: KEYS, deadlineMs: PATIENT_MS, lookAgainMs: HOUR })))
  }

  it('is told to whoever watches at the instance that changes it', async () => {
    const store = await open(await newJournal())
    const made = operation()
    const seen = seenAt(store, made.id)
    await store.claim(made)
    await eventually(() => expect(seen.at(-1)).toBe('IN_PROGRESS'))
    await store.finish(made.id, made.owner, ending({ state: 'UNKNOWN' }))
    await eventually(() => expect(seen.at(-1)).toBe('UNKNOWN'))
    await store.run('resolveOperation', { id: made.id, resolution: finding() })
    await eventually(() => expect(seen.at(-1)).toBe('FAILED'))
  })

  it('is told to whoever watches at another instance', async () => {
    const journal = await newJournal()
    const [one, other] = [await open(journal), await open(journal)]
    const made = operation()
    const seen = seenAt(other, made.id)
    await one.claim(made)
    await eventually(() => expect(seen.at(-1)).toBe('IN_PROGRESS'))
    await one.finish(made.id, made.owner, ending({ state: 'UNKNOWN' }))
    await eventually(() => expect(seen.at(-1)).toBe('UNKNOWN'))
    await one.run('resolveOperation', { id: made.id, resolution: finding() })
    await eventually(() => expect(seen.at(-1)).toBe('FAILED'))
  })

  it('is told to whoever watches in another process', async () => {
    const journal = await newJournal()
    const elsewhere = await RemoteStore.start(journal.url, 'elsewhere')
    const store = await open(journal)
    const made = operation({ owner: 'elsewhere' })
    const seen = seenAt(store, made.id)
    await eventually(() => elsewhere.call('claim', made))
    await eventually(() => expect(seen.at(-1)).toBe('IN_PROGRESS'))
    await elsewhere.call('finish', made.id, made.owner, ending())
    await eventually(() => expect(seen.at(-1)).toBe('SUCCEEDED'))
  })

  it('is told by an instance that stops right after it', async () => {
    const journal = await newJournal()
    const [one, other] = [await open(journal), await open(journal)]
    const made = operation()
    const seen = seenAt(other, made.id)
    await one.claim(made)
    await one.finish(made.id, made.owner, ending())
    await one.close()
    await eventually(() => expect(seen.at(-1)).toBe('SUCCEEDED'))
  })

  it('is told a few times only where much changes at once', async () => {
    const journal = await newJournal()
    const [one, other] = [await open(journal), await open(journal)]
    const told = vi.fn()
    const last = operation()
    const seen = seenAt(other, last.id)
    onTestFinished(other.watch(told))
    const began = performance.now()
    await Promise.all(Array.from({ length: 300 }, () => one.claim(operation())))
    await one.claim(last)
    await eventually(() => expect(seen.at(-1)).toBe('IN_PROGRESS'))
    expect(told.mock.calls.length).toBeLessThanOrEqual(3 + (performance.now() - began) / 200)
  })

  it('is told to each who watches, and to none who has stopped', async () => {
    const store = await open(await newJournal())
    const [stays, goes] = [vi.fn(), vi.fn()]
    onTestFinished(store.watch(stays))
    const leave = store.watch(goes)
    await store.claim(operation())
    await eventually(() => expect(goes).toHaveBeenCalled())
    leave()
    const [before, after] = [stays.mock.calls.length, goes.mock.calls.length]
    await store.claim(operation())
    await eventually(() => expect(stays.mock.calls.length).toBeGreaterThan(before))
    expect(goes).toHaveBeenCalledTimes(after)
  })

  it('is told again where all had stopped to watch', async () => {
    const journal = await newJournal()
    const [one, other] = [await open(journal), await open(journal)]
    other.watch(() => {})()
    const made = operation()
    const seen = seenAt(other, made.id)
    await one.claim(made)
    await eventually(() => expect(seen.at(-1)).toBe('IN_PROGRESS'))
  })
})
