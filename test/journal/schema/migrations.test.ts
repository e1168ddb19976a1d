import { expect, it } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import { overBothStores, type TestJournal } from '../../support/journal/both-stores.ts'
import { lastOwnVersion, version4 } from '../../support/journal/earlier-versions.ts'
import { KEYS, NOW, obstacle, operation } from '../../support/journal/operations.ts'
import { eventually, expectUnavailable, operationsOf } from '../../support/journal/store.ts'

const isSqlite = ({ url }: TestJournal): boolean => url.startsWith('file:')
const kindOf = (journal: TestJournal) => (isSqlite(journal) ? 'sqlite' : 'postgres')

/** Everything that a journal's schema is made of. */
async function schemaOf(journal: TestJournal): Promise<unknown> {
  if (isSqlite(journal)) {
    const rows = await journal.sql('select type, name, sql from sqlite_schema order by type, name')
    const tidy = (sql: unknown) => String(sql).replaceAll('"', '').replaceAll(/\s+/g, ' ')
    return [rows.map((row) => ({ ...row, sql: tidy(row['sql']) })), await journal.sql('pragma user_version')]
  }
  const inSchema = `n.nspname = 'payapi'`
  return [
    await journal.sql(
      `select c.relname, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull, l.collname
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       left join pg_collation l on l.oid = a.attcollation
       where ${inSchema} and a.attnum > 0 and c.relkind = 'r' order by c.relname, a.attname`,
    ),
    await journal.sql(`select indexname, indexdef from pg_indexes where schemaname = 'payapi' order by indexname`),
    await journal.sql(
      `select conname, pg_get_constraintdef(c.oid) as def from pg_constraint c
       join pg_namespace n on n.oid = c.connamespace where ${inSchema} order by conname`,
    ),
    await journal.sql(
      `select obj_description(c.oid, 'pg_class') as comment from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where ${inSchema} and c.relname = 'operations'`,
    ),
  ]
}

overBothStores('the schema', (newJournal) => {
  it('is the same in a new journal and in one that was taken over', async () => {
    const [fresh, taken] = [await newJournal(), await newJournal()]
    await taken.sql(lastOwnVersion(kindOf(taken), [{ id: 'op', state: 'SUCCEEDED', result: '{}' }]))
    await Promise.all([fresh.open(), taken.open()])
    // Indexes are brought up to date behind everything else.
    await eventually(async () => expect(await schemaOf(taken)).toEqual(await schemaOf(fresh)))
  })

  it('is the same in a new journal and in one of version 4', async () => {
    const [fresh, taken] = [await newJournal(), await newJournal()]
    await taken.sql(version4(kindOf(taken), [{ id: 'op', state: 'SUCCEEDED', transactionId: 'tid', result: '{}' }]))
    const [store] = await Promise.all([taken.open(), fresh.open()])
    await eventually(async () => expect(await schemaOf(taken)).toEqual(await schemaOf(fresh)))
    expect(await store.get('op')).toMatchObject({ state: 'SUCCEEDED', transactionId: 'tid', result: '{}' })
    const again = operation({ merchantId: 'mid', orderId: 'order-op' })
    expect(obstacle(await store.claim(again))).toMatchObject({ by: 'ORDER', operation: { id: 'op' } })
    expect(await store.run('addTestEvent', { endpointId: 'shop', now: NOW })).toMatchObject({ state: 'PENDING' })
  })

  it('of the last version is taken over with all that it knows, also the transaction ids that charges were answered with', async () => {
    const journal = await newJournal()
    const record = {
      processed: true,
      transactionId: null,
      note: null,
      resolvedBy: 'kim',
      resolvedAt: new Date(NOW).toISOString(),
    }
    const strangers = [new Uint8Array(32).fill(8)]
    await journal.sql(
      lastOwnVersion(kindOf(journal), [
        ...Array.from({ length: 1_234 }, (_, index) => ({
          id: `paid-${index}`,
          state: 'SUCCEEDED',
          result: JSON.stringify({ transactionId: `tid-${index}` }),
        })),
        {
          id: 'cancel',
          state: 'SUCCEEDED',
          transactionId: 'tid-7',
          result: JSON.stringify({ transactionId: 'other' }),
        },
        { id: 'odd', state: 'SUCCEEDED', result: 'no JSON' },
        { id: 'sealed', state: 'SUCCEEDED', result: JSON.stringify({ transactionId: 'tid-7' }), keys: strangers },
        { id: 'failed', state: 'FAILED', result: JSON.stringify({ transactionId: 'tid-7' }) },
        { id: 'unknown', state: 'UNKNOWN' },
        { id: 'resolved', state: 'SUCCEEDED', result: '{}', resolution: JSON.stringify(record) },
      ]),
    )
    const store = await journal.open()
    const idsOf = async (transactionId: string) =>
      (await operationsOf(store, { merchantId: 'mid', transactionId })).map(({ id }) => id)
    expect(await idsOf('tid-7')).toEqual(['cancel', 'paid-7'])
    expect(await idsOf('tid-1233')).toEqual(['paid-1233'])
    expect(await idsOf('other')).toEqual([])
    expect(await store.get('odd')).toMatchObject({ transactionId: null, result: 'no JSON' })
    expect(await store.get('unknown')).toMatchObject({ state: 'UNKNOWN', request: null })
    expect(await store.run('operationEvents', { operationIds: ['resolved'] })).toEqual([
      { operationId: 'resolved', seq: 1, at: NOW, kind: 'RESOLVED', recordedBy: 'kim', data: JSON.stringify(record) },
    ])
    const again = operation({ merchantId: 'mid', orderId: 'order-paid-7' })
    expect(obstacle(await store.claim(again))).toMatchObject({ by: 'ORDER', operation: { id: 'paid-7' } })
    expect(await store.advanceClock(0)).toBe(NOW)
  })

  it('once taken over lets no earlier version claim, of whose charges nobody would be told', async () => {
    const journal = await newJournal()
    await journal.open()
    const operations = isSqlite(journal) ? 'operations' : 'payapi.operations'
    for (const column of ['attempt', 'claim_attempt'])
      await expect(journal.sql(`select ${column} from ${operations}`)).rejects.toThrow(column)
  })

  it('of a later version is left as it is, and says which', async () => {
    const journal = await newJournal()
    await (await journal.open()).close()
    await journal.sql(
      isSqlite(journal)
        ? 'pragma user_version = 999'
        : `comment on table payapi.operations is 'payapi-graphql journal, version 999'`,
    )
    const before = await schemaOf(journal)
    const store = openStore(journal.url, { owner: 'owner-1', keys: KEYS })
    await eventually(() =>
      expectUnavailable(
        () => store.claim(operation()),
        /newer version of this program: its schema is 999, the newest known here is \d/,
      ),
    )
    await store.close()
    expect(await schemaOf(journal)).toEqual(before)
  })
})
