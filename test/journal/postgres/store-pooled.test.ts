import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import { ending, KEYS, operation } from '../../support/journal/operations.ts'
import { overPostgres } from '../../support/journal/postgres/over-postgres.ts'
import { PgBouncer, pgBouncerProgram } from '../../support/journal/postgres/pgbouncer.ts'
import { closedAfterTest, eventually, inCrowds, PATIENT_MS, whenReady } from '../../support/journal/store.ts'
import { storeSuite } from '../../support/journal/store-suite.ts'

const bouncerProgram = pgBouncerProgram()

overPostgres('PostgreSQL behind a pooler', (server) => {
  if (bouncerProgram === undefined) {
    it.skip('no PgBouncer (apt-get install pgbouncer)')
    return
  }
  // Fewer than the store opens to the pooler, so that its transactions go now to the one, now to the other.
  const SERVER_CONNECTIONS = 3
  let bouncer: PgBouncer

  beforeAll(async () => {
    bouncer = await PgBouncer.start(bouncerProgram, server, SERVER_CONNECTIONS)
  })

  afterAll(() => bouncer.remove())

  storeSuite('PostgreSQL behind a pooler in transaction mode', async () => {
    const url = bouncer.url(await server.newDatabase())
    return {
      open: (owner, keys = KEYS) => openStore(url, { owner, keys, deadlineMs: PATIENT_MS }),
      shared: true,
      remove: async () => {},
    }
  })

  describe('behind a pooler in transaction mode', () => {
    const SETTINGS = ['synchronous_commit', 'statement_timeout', 'idle_in_transaction_session_timeout'] as const
    const read = SETTINGS.map((name) => `current_setting('${name}')`).join(` || ' ' || `)

    it('every claim and every result is flushed and bounded, on whichever connection, and no other program is', async () => {
      const database = await server.newDatabase()
      await server.sql(`alter database ${database} set synchronous_commit = off`)
      await whenReady(closedAfterTest(openStore(bouncer.url(database), { owner: 'owner-1', keys: KEYS })))
      await server.sql(
        `create table seen (setting text, backend int);
         create function note() returns trigger language plpgsql as $$
           begin insert into public.seen values (${read}, pg_backend_pid()); return new; end $$;
         create trigger note before insert or update on payapi.operations for each row execute function note()`,
        database,
      )
      const open = () =>
        whenReady(
          closedAfterTest(openStore(bouncer.url(database), { owner: 'owner-1', keys: KEYS, deadlineMs: PATIENT_MS })),
        )
      const [store, another] = [await open(), await open()]
      // What one instance claims at once it may claim on one connection.
      const unlock = await server.lockTable('payapi.operations', database)
      const onTwoConnections = [store, another].map((each) => each.claim(operation()))
      const waiting = `select 1 from pg_stat_activity where datname = '${database}' and wait_event_type = 'Lock'
        and query like '%insert into payapi.operations%'`
      await eventually(async () => expect(await server.sql(waiting)).toHaveLength(2))
      await unlock()
      expect(await Promise.all(onTwoConnections)).toEqual([{ granted: true }, { granted: true }])
      const others = async () => {
        const seen: unknown[] = []
        for (let each = 0; each < 20; each++) {
          seen.push((await bouncer.sql(`select ${read} as setting`, database))[0]?.['setting'])
        }
        return new Set(seen)
      }
      const [seenByOthers] = await Promise.all([
        others(),
        inCrowds(
          Array.from({ length: 200 }, () => operation()),
          async (each) => {
            expect(await store.claim(each)).toEqual({ granted: true })
            expect(await store.finish(each.id, each.owner, ending())).toBe(true)
          },
        ),
      ])

      const seen = await server.sql('select distinct setting from seen', database)
      const bound = `${(PATIENT_MS * 0.8) / 1_000}s`
      expect(seen).toEqual([{ setting: `on ${bound} ${bound}` }])
      const [backends] = await server.sql('select count(distinct backend)::int as n from seen', database)
      expect(backends?.['n']).toBeGreaterThan(1)
      expect(new Set([...seenByOthers, ...(await others())])).toEqual(new Set(['off 0 0']))
    })
  })
})
