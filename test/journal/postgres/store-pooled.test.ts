import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import { ending, KEYS, operation } from '../../support/journal/operations.ts'
import { PgBouncer, pgBouncerProgram } from '../../support/journal/pgbouncer.ts'
import { PostgresServer, postgresPrograms } from '../../support/journal/postgres-server.ts'
import { closedAfterTest, inCrowds, PATIENT_MS, whenReady } from '../../support/journal/store.ts'
import { storeSuite } from '../../support/journal/store-suite.ts'

const [programs, bouncerProgram] = [postgresPrograms(), pgBouncerProgram()]

if (programs === undefined || bouncerProgram === undefined) {
  it.skip('PostgreSQL behind a pooler: no server programs or no PgBouncer (apt-get install postgresql pgbouncer)')
} else {
  // Fewer than the store opens to the pooler, so that its transactions go now to the one, now to the other.
  const SERVER_CONNECTIONS = 3
  let server: PostgresServer
  let bouncer: PgBouncer
  let databases = 0

  beforeAll(async () => {
    server = await PostgresServer.create(programs)
    bouncer = await PgBouncer.start(bouncerProgram, server, SERVER_CONNECTIONS)
  })

  afterAll(async () => {
    await bouncer.remove()
    await server.remove()
  })

  const newDatabase = async (): Promise<string> => {
    const name = `pooled_${++databases}`
    await server.createDatabase(name)
    return name
  }

  storeSuite('PostgreSQL behind a pooler in transaction mode', async () => {
    const url = bouncer.url(await newDatabase())
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
      const database = await newDatabase()
      await server.sql(`alter database ${database} set synchronous_commit = off`)
      await whenReady(closedAfterTest(openStore(bouncer.url(database), { owner: 'owner-1', keys: KEYS })))
      await server.sql(
        `create table seen (setting text, backend int);
         create function note() returns trigger language plpgsql as $$
           begin insert into public.seen values (${read}, pg_backend_pid()); return new; end $$;
         create trigger note before insert or update on payapi.operations for each row execute function note()`,
        database,
      )
      const store = closedAfterTest(
        openStore(bouncer.url(database), { owner: 'owner-1', keys: KEYS, deadlineMs: PATIENT_MS }),
      )
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
}
