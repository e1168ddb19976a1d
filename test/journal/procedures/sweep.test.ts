import { expect, it } from 'vitest'
import { Upkeep } from '../../../src/journal/claims/upkeep.ts'
import { overBothStores, type TestJournal, tableIn } from '../../support/journal/both-stores.ts'
import { ending, finding, NOW, operation, unique } from '../../support/journal/operations.ts'

const DAY = 24 * 60 * 60 * 1000
const RECORDS = ['notices', 'sms_links', 'webhook_events', 'webhook_deliveries'] as const

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

  /** A link as it stands in the table, and the operations that made and approved it, which have long succeeded. */
  async function link(
    journal: TestJournal,
    {
      expiredDaysAgo,
      method = 'CARD',
      status = 'PAID',
      approval = 'SUCCEEDED',
    }: {
      readonly expiredDaysAgo: number
      readonly method?: string
      readonly status?: string
      readonly approval?: 'SUCCEEDED' | 'UNKNOWN'
    },
  ) {
    const store = await journal.open()
    const made = operation()
    const approved = operation()
    for (const each of [made, approved]) await store.claim(each)
    await store.finish(made.id, made.owner, ending())
    await store.finish(approved.id, approved.owner, ending({ state: approval }))
    await insert(journal, 'sms_links', 0)
    await journal.sql(
      `update ${tableIn(journal, 'sms_links')} set id = '${made.id}', approval_operation_id = '${approved.id}',
         payment_method = '${method}', status = '${status}', expires_at = ${Date.now() - expiredDaysAgo * DAY}
       where id like 'text%'`,
    )
    return {
      store,
      approved,
      /** What is still there of it. */
      async left() {
        const links = await count(journal, 'sms_links', `id = '${made.id}'`)
        const operations = await Promise.all([made, approved].map(({ id }) => store.get(id)))
        return { links, operations: operations.filter((each) => each !== undefined).length }
      },
    }
  }

  const SHORT = { all: 1, notices: 1 }
  const ALL = { links: 1, operations: 2 }
  const NONE = { links: 0, operations: 0 }

  it.each([
    ['can be opened', { expiredDaysAgo: -1, status: 'LINK_CREATED' }],
    ['may have been paid in its last moment', { expiredDaysAgo: 0.9, status: 'LINK_CREATED' }],
    ['waits for a deposit', { expiredDaysAgo: 80, method: 'VIRTUAL_ACCOUNT', status: 'AWAITING_DEPOSIT' }],
    ['may have an account that nobody told of', { expiredDaysAgo: 80, method: 'VIRTUAL_ACCOUNT', status: 'EXPIRED' }],
    ['has an approval of unknown outcome', { expiredDaysAgo: 100, approval: 'UNKNOWN' }],
  ] as const)('of a link that %s stays, with the operations of it, however short a time is set', async (_, state) => {
    const journal = await newJournal()
    const { left } = await link(journal, state)
    await sweepAfter(journal, 50, SHORT)
    expect(await left()).toEqual(ALL)
  })

  it.each([
    ['ended', { expiredDaysAgo: 1.1, status: 'EXPIRED' }],
    ['was paid by a deposit', { expiredDaysAgo: 1.1, method: 'VIRTUAL_ACCOUNT' }],
    [
      'waited for a deposit for long enough',
      { expiredDaysAgo: 91, method: 'VIRTUAL_ACCOUNT', status: 'AWAITING_DEPOSIT' },
    ],
  ] as const)('of a link that %s goes, with the operations of it', async (_, state) => {
    const journal = await newJournal()
    const { left } = await link(journal, state)
    await sweepAfter(journal, 50, SHORT)
    expect(await left()).toEqual(NONE)
  })

  it('of a link goes as long after its approval was resolved as that does', async () => {
    const journal = await newJournal()
    const { store, approved, left } = await link(journal, { expiredDaysAgo: 100, approval: 'UNKNOWN' })
    await sweepAfter(journal, 50, SHORT)
    await store.run('resolveOperation', { id: approved.id, resolution: finding() })
    await sweepAfter(journal, 50.9, SHORT)
    expect(await left()).toEqual(ALL)
    await sweepAfter(journal, 52, SHORT)
    expect(await left()).toEqual(NONE)
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
