import { expect, it } from 'vitest'
import { Upkeep } from '../../../src/journal/claims/upkeep.ts'
import { overBothStores, type TestJournal } from '../../support/journal/both-stores.ts'
import { ending, finding, NOW, operation, unique } from '../../support/journal/operations.ts'

const DAY = 24 * 60 * 60 * 1000
const RECORDS = ['notices', 'sms_links', 'webhook_events', 'webhook_deliveries'] as const

const tableIn = ({ url }: TestJournal, name: string): string => (url.startsWith('file:') ? name : `payapi.${name}`)

let sequence = 0

/** Writes rows that hold something in every column, kept from a moment on. */
async function insert(journal: TestJournal, table: string, keptFrom: number, count = 1): Promise<void> {
  const columns = await journal.sql(
    journal.url.startsWith('file:')
      ? `select name, type from pragma_table_info('${table}')`
      : `select column_name as name, data_type as type from information_schema.columns
         where table_schema = 'payapi' and table_name = '${table}'`,
  )
  const valueIn = ({ name, type }: Record<string, unknown>): string => {
    if (name === 'kept_from') return String(keptFrom)
    if (name === 'sequence') return String(++sequence)
    return String(type).toLowerCase() === 'text' ? `'${unique('text')}'` : '1'
  }
  const names = columns.map(({ name }) => name).join(', ')
  const rows = Array.from({ length: count }, () => `(${columns.map(valueIn).join(', ')})`)
  await journal.sql(`insert into ${tableIn(journal, table)} (${names}) values ${rows.join(', ')}`)
}

overBothStores('what is kept beside operations', (newJournal) => {
  const count = async (journal: TestJournal, table: string, where = '1 = 1'): Promise<number> =>
    Number((await journal.sql(`select count(*) as n from ${tableIn(journal, table)} where ${where}`))[0]?.['n'])

  /** Sweeps once the journal has lived through some time. */
  async function sweepAfter(journal: TestJournal, days: number, retention: { all: number; notices: number }) {
    const store = await journal.open()
    let monotonic = 0
    const upkeep = new Upkeep({
      store,
      retentionMs: retention.all * DAY,
      noticeRetentionMs: retention.notices * DAY,
      now: () => NOW + 1_000 * DAY,
      monotonicNow: () => monotonic,
      onEvent: ({ kind, ...event }) => {
        if (kind === 'upkeep-failed') throw new Error(JSON.stringify(event))
      },
    })
    await upkeep.sweep()
    await store.advanceClock(days * DAY)
    monotonic += 1
    await upkeep.sweep()
    return store
  }

  it('goes once it was kept for as long as it should be, and not before', async () => {
    const journal = await newJournal()
    await journal.open()
    for (const table of RECORDS) for (const keptFrom of [0, 100, 100 * DAY]) await insert(journal, table, keptFrom)
    await sweepAfter(journal, 399, { all: 400, notices: 400 })
    for (const table of RECORDS) expect([table, await count(journal, table)]).toEqual([table, 3])
    await sweepAfter(journal, 402, { all: 400, notices: 400 })
    for (const table of RECORDS) expect([table, await count(journal, table)]).toEqual([table, 1])
  })

  it('goes also where it is more than one step deletes', async () => {
    const journal = await newJournal()
    await journal.open()
    await insert(journal, 'notices', 0, 450)
    await sweepAfter(journal, 402, { all: 400, notices: 400 })
    expect(await count(journal, 'notices')).toBe(0)
  })

  it('of a notice can go earlier than the notice, where that is set', async () => {
    const journal = await newJournal()
    await journal.open()
    for (const keptFrom of [0, 300 * DAY]) await insert(journal, 'notices', keptFrom)
    await sweepAfter(journal, 310, { all: 400, notices: 30 })
    expect(await count(journal, 'notices')).toBe(2)
    expect(await count(journal, 'notices', 'content is null')).toBe(1)
  })

  it('of a webhook goes not before what is pending was tried for three days, and an event with its last delivery', async () => {
    const journal = await newJournal()
    const store = await journal.open()
    await store.run('addTestEvent', { endpointId: 'shop', now: NOW })
    const { id = '' } = (await store.run('addTestEvent', { endpointId: 'other', now: NOW })) ?? {}
    const state = { owner: 'sender', outcome: 'GIVEN_UP', nextAt: null, answer: '503', at: NOW } as const
    await store.run('takeDeliveries', {
      owner: 'sender',
      leaseMs: DAY,
      endpoints: [{ id: 'other', free: 1 }],
      now: NOW,
    })
    await store.run('endDelivery', { eventId: id.replace('.other', ''), endpointId: 'other', ...state })
    const counts = async () => [await count(journal, 'webhook_deliveries'), await count(journal, 'webhook_events')]
    await sweepAfter(journal, 2, { all: 1, notices: 1 })
    expect(await counts()).toEqual([1, 1])
    await sweepAfter(journal, 3.9, { all: 1, notices: 1 })
    expect(await counts()).toEqual([1, 1])
    await sweepAfter(journal, 4.2, { all: 1, notices: 1 })
    expect(await counts()).toEqual([0, 0])
  })

  it('of an operation goes with it', async () => {
    const journal = await newJournal()
    const store = await journal.open()
    const made = [operation(), operation({ createdAt: NOW + 2_000 * DAY })]
    for (const each of made) {
      await store.claim(each)
      await store.finish(each.id, each.owner, ending({ state: 'UNKNOWN' }))
      await store.run('resolveOperation', { id: each.id, resolution: finding() })
    }
    expect(await count(journal, 'operation_events')).toBe(2)
    const after = await sweepAfter(journal, 402, { all: 400, notices: 400 })
    const ids = await Promise.all(made.map(async ({ id }) => (await after.get(id)) !== undefined))
    expect(ids).toEqual([false, true])
    expect(await count(journal, 'operation_events')).toBe(1)
  })
})
