import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { Keyring } from '../../../src/journal/keys/keyring.ts'
import { openStore } from '../../../src/journal/open-store.ts'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import { version5 } from '../../support/journal/earlier-versions.ts'
import { ending, finding, HOUR, KEYS, NOW, obstacle, operation, unique } from '../../support/journal/operations.ts'
import { overPostgres } from '../../support/journal/postgres/over-postgres.ts'
import {
  closedAfterTest,
  eventually,
  expectUnavailable,
  operationsOf,
  PATIENT_MS,
  whenReady,
} from '../../support/journal/store.ts'

overPostgres('version 6 in PostgreSQL', (server) => {
  const openAt = (url: string): OperationStore =>
    closedAfterTest(openStore(url, { owner: 'owner-1', keys: KEYS, deadlineMs: PATIENT_MS }))

  const newJournal = async (sql?: string) => {
    const database = await server.newDatabase()
    if (sql !== undefined) await server.sql(sql, database)
    return { database, url: server.url(database), sql: (text: string) => server.sql(text, database) }
  }

  type Journal = Awaited<ReturnType<typeof newJournal>>

  const indexesOf = async ({ sql }: Journal) =>
    (
      await sql(
        `select c.relname || case when indisvalid then '' else ' (invalid)' end as name
         from pg_index join pg_class c on c.oid = indexrelid where indrelid = 'payapi.operations'::regclass order by 1`,
      )
    ).map(({ name }) => name)

  const INDEXES = ['held_order', 'key', 'lease', 'merchant', 'other_order', 'time', 'transaction']
    .map((name) => `operations_by_${name}`)
    .concat('operations_pkey')

  /** As a process of version 5 that runs still. */
  const ofVersion5 = ({ sql }: Journal) => ({
    claim: async (id: string, columns: { readonly tid?: string; readonly leaseUntil?: number } = {}) =>
      sql(
        `insert into payapi.operations (id, service, merchant_id, caller, fingerprint, order_id, transaction_id, claims_order,
           owner, created_at, attempt_number, lease_until, state, holds_key, holds_order)
         select '${id}', 'chargeKeyedInCard', 'mid', 'shop', 'f', 'order-${id}', ${columns.tid ? `'${columns.tid}'` : 'null'},
           true, 'old', ${NOW}, 1, ${columns.leaseUntil ?? '(extract(epoch from clock_timestamp()) * 1000)::bigint + 60000'},
           'IN_PROGRESS', true, true on conflict do nothing returning id`,
      ),
    finish: async (id: string, state: string, tid = 'null') =>
      sql(
        `update payapi.operations set state = '${state}', finished_at = ${NOW}, holds_key = true, holds_order = true,
           result = '${new Keyring(KEYS).seal('theirs', id)}',
           settled_at = case when '${state}' <> 'UNKNOWN' then (select shows from payapi.clock) end,
           transaction_id = coalesce(transaction_id, ${tid === 'null' ? tid : `'${tid}'`})
         where id = '${id}' and owner = 'old' and state = 'IN_PROGRESS' returning id`,
      ),
  })

  const idsOfPayment = async (store: OperationStore, transactionId: string) =>
    (await operationsOf(store, { merchantId: 'mid', transactionId })).map(({ id }) => id)

  const unknownIds = async (store: OperationStore) =>
    (await store.find({ merchantIds: ['mid'], states: ['UNKNOWN'] }, 10)).map(({ id }) => id)

  describe('what ends', () => {
    it('writes no index anew, and is found by what it was answered with', async () => {
      const journal = await newJournal()
      const store = await whenReady(openAt(journal.url))
      for (let each = 0; each < 50; each++) {
        const made = operation({ merchantId: 'mid' })
        await store.claim(made)
        await store.finish(made.id, made.owner, ending({ transactionId: `tid-${each}` }))
        expect(await idsOfPayment(store, `tid-${each}`)).toEqual([made.id])
        expect(await store.get(made.id)).toMatchObject({ transactionId: `tid-${each}` })
      }
      await store.close()
      const [row] = await eventually(async () => {
        const rows = await journal.sql(
          `select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'operations'`,
        )
        expect(rows[0]?.['all']).toBeGreaterThanOrEqual(50)
        return rows
      })
      expect(row?.['hot']).toBe(row?.['all'])
      const [answered] = await journal.sql('select count(*)::int as n from payapi.answered_transactions')
      expect(answered?.['n']).toBe(50)
      expect(await indexesOf(journal)).toEqual(INDEXES)
    })

    it('leaves nothing behind once it was kept long enough', async () => {
      const journal = await newJournal()
      const store = await whenReady(openAt(journal.url))
      const made = operation({ merchantId: 'mid' })
      await store.claim(made)
      await store.finish(made.id, made.owner, ending({ transactionId: 'tid' }))
      const settledBefore = await store.advanceClock((await store.advanceClock(0)) + 1_000)
      expect(await store.sweep({ settledBefore, createdBefore: NOW + 1 })).toBe(1)
      const left = `select count(*)::int as n from (
        select id from payapi.operations union all select operation_id from payapi.answered_transactions) as rows`
      expect(await journal.sql(left)).toEqual([{ n: 0 }])
    })

    it('as unknown is found, counted and worked at until somebody knows, and again where that is taken back', async () => {
      const journal = await newJournal()
      const store = await whenReady(openAt(journal.url))
      const made = operation({ merchantId: 'mid' })
      await store.claim(made)
      expect(await unknownIds(store)).toEqual([])
      expect(await store.count('IN_PROGRESS')).toBe(1)
      await store.finish(made.id, made.owner, ending({ state: 'UNKNOWN' }))
      const work = () => store.run('openWork', null as never)
      for (const again of [true, false]) {
        expect(await unknownIds(store)).toEqual([made.id])
        expect(await store.count('UNKNOWN')).toBe(1)
        expect(await work()).toMatchObject([{ merchantId: 'mid', unknownOperations: 1 }])
        await store.run('resolveOperation', { id: made.id, resolution: finding({ state: 'FAILED' }) })
        expect(await unknownIds(store)).toEqual([])
        expect(await store.count('UNKNOWN')).toBe(0)
        expect(await work()).toEqual([])
        const reopening = {
          operationId: made.id,
          data: '{}',
          by: 'kim',
          at: NOW,
          namesPayment: false,
          lostResult: 'lost',
        }
        if (again)
          expect(await store.run('reopenOperation', reopening)).toMatchObject({ operation: { state: 'UNKNOWN' } })
      }
    })
  })

  describe('a journal of version 5', () => {
    const before = [
      { id: 'paid', state: 'SUCCEEDED', transactionId: 'tid-paid', result: '{}' },
      { id: 'lost', state: 'UNKNOWN' },
      { id: 'running', state: 'IN_PROGRESS' },
    ]

    it('is taken over with what is open in it, and has the indexes of a new one in the end', async () => {
      const journal = await newJournal(version5(before))
      const store = await whenReady(openAt(journal.url))
      expect(await idsOfPayment(store, 'tid-paid')).toEqual(['paid'])
      expect(await unknownIds(store)).toEqual(['lost'])
      expect(await store.expire(NOW + 1)).toBe(1)
      expect(await unknownIds(store)).toEqual(['running', 'lost'])
      const again = operation({ merchantId: 'mid', orderId: 'order-paid' })
      expect(obstacle(await store.claim(again))).toMatchObject({ by: 'ORDER', operation: { id: 'paid' } })
      await eventually(async () => expect(await indexesOf(journal)).toEqual(INDEXES))
      expect(obstacle(await store.claim(again))).toMatchObject({ by: 'ORDER', operation: { id: 'paid' } })
      expect((await store.find({ orderId: 'order-lost' }, 10)).map(({ id }) => id)).toEqual(['lost'])
    })

    it('is written by processes of version 5 for as long as they run, and all of that is found', async () => {
      const journal = await newJournal(version5(before))
      const store = await whenReady(openAt(journal.url))
      await eventually(async () => expect(await indexesOf(journal)).toEqual(INDEXES))
      const theirs = ofVersion5(journal)
      expect(await theirs.claim('charge')).toHaveLength(1)
      expect(await theirs.finish('charge', 'SUCCEEDED', 'tid-charge')).toHaveLength(1)
      expect(await idsOfPayment(store, 'tid-charge')).toEqual(['charge'])
      await theirs.claim('cancel', { tid: 'tid-charge' })
      expect((await idsOfPayment(store, 'tid-charge')).toSorted()).toEqual(['cancel', 'charge'])
      const mine = operation({ merchantId: 'mid', orderId: 'order-mine' })
      await store.claim(mine)
      expect(await theirs.claim('mine')).toEqual([])
      await theirs.claim('doubtful', { leaseUntil: Date.now() - 1 })
      await theirs.finish('doubtful', 'UNKNOWN')
      await theirs.claim('killed', { leaseUntil: Date.now() - 1 })
      expect(await store.expire(NOW + 1)).toBe(2)
      expect((await unknownIds(store)).toSorted()).toEqual(['doubtful', 'killed', 'lost', 'running'])
    })

    it('is taken over so that no lease is overlooked that ends before those that there were', async () => {
      const journal = await newJournal(version5(before))
      await journal.sql(`update payapi.operations set lease_until = ${Date.now() + HOUR} where state = 'IN_PROGRESS'`)
      const store = await whenReady(openAt(journal.url))
      await ofVersion5(journal).claim('killed', { leaseUntil: Date.now() })
      expect(await eventually(() => store.expire(NOW + 1))).toBe(1)
    })

    it('is taken over while everybody goes on: what locks it for long keeps nobody waiting', async () => {
      const journal = await newJournal(version5(before))
      const dump = new pg.Client({ connectionString: journal.url })
      await dump.connect()
      await dump.query('begin; lock table payapi.operations in access share mode')
      const store = openAt(journal.url)
      await eventually(() => expectUnavailable(() => store.ready(), /lock timeout/))
      // Nobody waits behind somebody who waits.
      for (let each = 0; each < 10; each++) expect(await ofVersion5(journal).claim(unique('op'))).toHaveLength(1)
      await dump.end()
      await whenReady(store)
    })

    it('gets its indexes also where somebody was killed who made them', async () => {
      const journal = await newJournal()
      await (await whenReady(openAt(journal.url))).close()
      await journal.sql(
        `update pg_index set indisvalid = false where indexrelid = 'payapi.operations_by_lease'::regclass;
         create index operations_by_settlement on payapi.operations (settled_at) where settled_at is not null;
         update payapi.clock set indexing_until = 1`,
      )
      expect(await indexesOf(journal)).toContain('operations_by_lease (invalid)')
      await whenReady(openAt(journal.url))
      await eventually(async () => expect(await indexesOf(journal)).toEqual(INDEXES))
    })
  })

  it('gets its indexes also where the server ends what takes long', async () => {
    const journal = await newJournal()
    await (await whenReady(openAt(journal.url))).close()
    await journal.sql(
      `update pg_index set indisvalid = false where indexrelid = 'payapi.operations_by_lease'::regclass;
       alter database ${journal.database} set statement_timeout = '200ms'`,
    )
    const other = new pg.Client({ connectionString: journal.url })
    await other.connect()
    await other.query('begin; lock table payapi.operations in row exclusive mode')
    await whenReady(openAt(journal.url))
    const waiting = `select 1 from pg_stat_activity where datname = '${journal.database}' and query like '% index concurrently %'
      and state = 'active' and clock_timestamp() - query_start > interval '500 ms'`
    await eventually(async () => expect(await server.sql(waiting)).toHaveLength(1))
    await other.end()
    await eventually(async () => expect(await indexesOf(journal)).toEqual(INDEXES))
  })

  it('does not look for leases again that ended long ago, unless the clock of the server goes back', async () => {
    const journal = await newJournal()
    const store = await whenReady(openAt(journal.url))
    const ended = async () => Number((await journal.sql('select leases_ended from payapi.clock'))[0]?.['leases_ended'])
    await journal.sql('update payapi.clock set leases_ended = 0')
    await store.expire(NOW)
    const looked = await ended()
    expect(looked).toBeGreaterThan(Date.now() - HOUR)
    expect(looked).toBeLessThan(Date.now())
    await journal.sql(`update payapi.clock set leases_ended = ${Date.now() + HOUR}`)
    const made = operation({ merchantId: 'mid', leaseMs: -1 })
    await store.expire(NOW)
    await store.claim(made)
    expect(await store.expire(NOW)).toBe(1)
  })
})
