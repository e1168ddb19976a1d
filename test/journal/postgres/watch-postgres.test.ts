import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import { ending, HOUR, KEYS, NOW, operation } from '../../support/journal/operations.ts'
import { overPostgres } from '../../support/journal/postgres/over-postgres.ts'
import { PgBouncer, pgBouncerProgram } from '../../support/journal/postgres/pgbouncer.ts'
import { closedAfterTest, eventually, PATIENT_MS, whenReady } from '../../support/journal/store.ts'

const bouncerProgram = pgBouncerProgram()

overPostgres('changes in PostgreSQL', (server) => {
  let owners = 0

  /** One that tells of nothing but changes. */
  const open = (url: string): Promise<OperationStore> => {
    const owner = `watching-${++owners}`
    return whenReady(closedAfterTest(openStore(url, { owner, keys: KEYS, deadlineMs: PATIENT_MS, lookAgainMs: HOUR })))
  }

  /** A user of a database who cannot ask whether anything changed, and has to be told. */
  const whoCannotAsk = async (database: string): Promise<string> => {
    await server.sql(
      `do $$ begin create role clerk login; exception when duplicate_object then null; end $$;
       create schema payapi authorization clerk;
       revoke execute on function pg_current_snapshot() from public`,
      database,
    )
    return server.url(database, 'clerk')
  }

  const listeners = (database: string): Promise<readonly Record<string, unknown>[]> =>
    server.sql(
      `select pid from pg_stat_activity where datname = '${database}' and query ilike 'listen%' and state = 'idle'`,
      database,
    )

  /** Whether an operation is claimed at one and that is seen at the other, told there of changes alone. */
  const isTold = async (one: OperationStore, other: OperationStore): Promise<void> => {
    const made = operation()
    const seen: unknown[] = []
    const stop = other.watch(() => void other.get(made.id).then((found) => seen.push(found?.state)))
    await one.claim(made)
    await eventually(() => expect(seen.at(-1)).toBe('IN_PROGRESS'))
    await one.finish(made.id, made.owner, ending())
    await eventually(() => expect(seen.at(-1)).toBe('SUCCEEDED'))
    stop()
  }

  /** Keeps watching until the test ends. */
  const watch = (store: OperationStore): void => onTestFinished(store.watch(() => {}))

  describe('what changes in PostgreSQL', () => {
    it('is heard by an instance that does not ask', async () => {
      const url = await whoCannotAsk(await server.newDatabase())
      const [one, other] = [await open(url), await open(url)]
      watch(other)
      await isTold(one, other)
    })

    it('is heard again after the connection that heard it was lost', async () => {
      const database = await server.newDatabase()
      const url = await whoCannotAsk(database)
      const [one, other] = [await open(url), await open(url)]
      watch(other)
      await isTold(one, other)
      const [listener] = await listeners(database)
      await server.sql(`select pg_terminate_backend(${listener?.['pid']})`, database)
      await eventually(async () => {
        const [next] = await listeners(database)
        expect([undefined, listener?.['pid']]).not.toContain(next?.['pid'])
      })
      await isTold(one, other)
    })

    it('is heard again after the server was stopped and started', async () => {
      const url = await whoCannotAsk(await server.newDatabase())
      const [one, other] = [await open(url), await open(url)]
      watch(other)
      await isTold(one, other)
      await server.stop()
      await server.start()
      await Promise.all([whenReady(one), whenReady(other)])
      await isTold(one, other)
    })

    it('is asked for while nothing can be heard', async () => {
      const url = server.url(await server.newDatabase())
      const [one, other] = [await open(url), await open(url)]
      // Whoever announces something is refused.
      await server.sql(
        `revoke execute on function pg_notify(text, text) from public`,
        new URL(url.replace('@/', '@h/')).pathname.slice(1),
      )
      watch(other)
      await isTold(one, other)
    })

    it('takes no connection while nobody watches', async () => {
      const database = await server.newDatabase()
      const store = await open(server.url(database))
      expect(await listeners(database)).toEqual([])
      const stop = store.watch(() => {})
      await eventually(async () => expect(await listeners(database)).toHaveLength(1))
      stop()
      await eventually(async () => expect(await listeners(database)).toEqual([]))
    })

    it('is announced by who changed something, and by nobody who did not', async () => {
      const database = await server.newDatabase()
      const [idle, busy] = [await open(server.url(database)), await open(server.url(database))]
      const ear = new pg.Client({ connectionString: server.url(database) })
      await ear.connect()
      onTestFinished(() => ear.end())
      const heard: unknown[] = []
      ear.on('notification', ({ payload }) => heard.push(payload))
      await ear.query('listen payapi_journal')
      await idle.expire(NOW)
      await idle.run('takeNotice', { id: 'none', dueAt: 0, forMs: HOUR })
      await idle.ready()
      // It would announce what it has to before it ends.
      await idle.close()
      await busy.claim(operation())
      await busy.close()
      await server.sql(`select pg_notify('payapi_journal', 'the end')`, database)
      await eventually(() => expect(heard.at(-1)).toBe('the end'))
      expect(heard).toHaveLength(2)
    })

    it('is announced by an instance that stops right after it', async () => {
      const url = await whoCannotAsk(await server.newDatabase())
      const [one, other] = [await open(url), await open(url)]
      watch(other)
      await isTold(one, other)
      const made = operation()
      const seen: unknown[] = []
      onTestFinished(other.watch(() => void other.get(made.id).then((found) => seen.push(found?.state))))
      await one.claim(made)
      await one.finish(made.id, made.owner, ending())
      await one.close()
      await eventually(() => expect(seen.at(-1)).toBe('SUCCEEDED'))
    })
  })

  if (bouncerProgram === undefined) {
    it.skip('changes in PostgreSQL behind a pooler: no PgBouncer (apt-get install pgbouncer)')
  } else {
    describe('what changes in PostgreSQL behind a pooler in transaction mode', () => {
      it('is told to whoever watches at another instance, though nothing is heard', async () => {
        const bouncer = await PgBouncer.start(bouncerProgram, server, 3)
        onTestFinished(() => bouncer.remove())
        const url = bouncer.url(await server.newDatabase())
        const [one, other] = [await open(url), await open(url)]
        watch(other)
        await isTold(one, other)
      })
    })
  }
})
