import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { WebhookEndpoint } from '../../../src/journal/records/events.ts'
import type { StoreEvent } from '../../../src/journal/store.ts'
import { ending, KEYS, obstacle, operation, unique } from '../../support/journal/operations.ts'
import { overPostgres } from '../../support/journal/postgres/over-postgres.ts'
import { PgBouncer, pgBouncerProgram } from '../../support/journal/postgres/pgbouncer.ts'
import { PostgresRelay, withoutKeyData } from '../../support/journal/postgres/relay.ts'
import { closedAfterTest, eventually, inCrowds, PATIENT_MS, whenReady } from '../../support/journal/store.ts'

const bouncerProgram = pgBouncerProgram()

overPostgres('connections to PostgreSQL', (server) => {
  const open = (url: string, options: Partial<Parameters<typeof openStore>[1]> = {}): Promise<OperationStore> =>
    whenReady(closedAfterTest(openStore(url, { owner: 'owner-1', keys: KEYS, deadlineMs: PATIENT_MS, ...options })))

  const claimAndFinish = async (store: OperationStore): Promise<void> => {
    const made = operation()
    expect(await store.claim(made)).toEqual({ granted: true })
    expect(await store.finish(made.id, made.owner, ending({ transactionId: unique('tid') }))).toBe(true)
  }

  const statesIn = (database: string) =>
    server.sql('select state, count(*)::int as n from payapi.operations group by state', database)

  describe('a connection to PostgreSQL', () => {
    const relayed = async (options: Partial<Parameters<typeof openStore>[1]> = {}) => {
      const database = await server.newDatabase()
      const relay = await PostgresRelay.start(server)
      onTestFinished(() => relay.remove())
      const store = await open(relay.url(database), { maxConnections: 1, ...options })
      await claimAndFinish(store)
      const counted = async (action: () => Promise<unknown>) => {
        relay.since()
        await action()
        // Another connection looks what is to be done about indexes.
        const said = relay.since().filter(({ text }) => /payapi_[0-9a-f]{32}/.test(text))
        const text = said.map((each) => each.text).join('')
        // What this process wrote is announced behind it.
        const announced = text.split('pg_notify').length - 1
        return { roundTrips: said.reduce((sum, { roundTrips }) => sum + roundTrips, 0) - announced, text }
      }
      return { store, counted, relay }
    }

    it('takes one round trip for a claim, one for its result, and one to look', async () => {
      const { store, counted } = await relayed()
      const made = operation()
      expect((await counted(() => store.claim(made))).roundTrips).toBe(1)
      expect((await counted(() => store.finish(made.id, made.owner, ending()))).roundTrips).toBe(1)
      expect((await counted(() => store.get(made.id))).roundTrips).toBe(1)
      const { caller, merchantId, service, idempotencyKey } = made
      const key = { caller, merchantId, service, idempotencyKey: String(idempotencyKey) }
      expect((await counted(() => store.getByKey(key))).roundTrips).toBe(1)
    })

    it('begins a transaction of several statements with the first of them', async () => {
      const webhook = { id: 'shop', events: ['payment.approved'] } as unknown as WebhookEndpoint
      const { store, counted } = await relayed({ webhooks: [webhook] })
      const made = operation({ service: 'cancelPayment', transactionId: 'tid' })
      await store.claim(made)
      // Begun with the update; committed.
      expect((await counted(() => store.finish(made.id, made.owner, ending()))).roundTrips).toBe(2)
    })

    it('says what a claim and a result are once, and then their names', async () => {
      const { store, counted } = await relayed()
      await claimAndFinish(store)
      const { text } = await counted(() => claimAndFinish(store))
      expect(text).toMatch(/payapi_[0-9a-f]{32}/)
      expect(text).not.toMatch(/insert into|update /)
    })

    it('that forgot its prepared statements in the middle of it does everything once all the same', async () => {
      const database = await server.newDatabase()
      const store = await open(server.url(database), { maxConnections: 1 })
      await server.sql(
        `create function payapi.forget() returns trigger language plpgsql as
           $$ begin execute 'deallocate all'; return null; end $$;
         create trigger forget after insert or update on payapi.operations for each row execute function payapi.forget()`,
        database,
      )
      for (let each = 0; each < 5; each++) await claimAndFinish(store)
      expect(await statesIn(database)).toEqual([{ state: 'SUCCEEDED', n: 5 }])
    })

    it('whose prepared statements a change of the table made invalid does everything once all the same', async () => {
      const database = await server.newDatabase()
      const store = await open(server.url(database), { maxConnections: 1 })
      const made = operation()
      await store.claim(made)
      expect((await store.get(made.id))?.state).toBe('IN_PROGRESS')
      await server.sql('alter table payapi.operations add column anything int', database)
      expect((await store.get(made.id))?.state).toBe('IN_PROGRESS')
      const again = operation({ ...made, id: unique('op') })
      expect(obstacle(await store.claim(again))).toMatchObject({ by: 'KEY', operation: { id: made.id } })
      await server.sql('alter table payapi.operations alter column order_id type varchar', database)
      await claimAndFinish(store)
      expect(await store.finish(made.id, made.owner, ending())).toBe(true)
      expect(await statesIn(database)).toEqual([{ state: 'SUCCEEDED', n: 2 }])
    })

    it('is one of as many as calls need at once, and of no more than are allowed', async () => {
      const [few, many] = [await server.newDatabase(), await server.newDatabase()]
      const connectionsTo = async (database: string, expected: number, maxConnections?: number) => {
        const store = await open(server.url(database), { maxConnections })
        const unlock = await server.lockTable('payapi.operations', database)
        const calls = Array.from({ length: 60 }, () => store.get(unique('op')))
        // Not who looks whether the indexes are as they are to be, nor who held the lock.
        const looking = `select 1 from pg_stat_activity where datname = '${database}' and query like '%where id = $1%'`
        const waiting = `${looking} and wait_event_type = 'Lock'`
        await eventually(async () => expect(await server.sql(waiting)).toHaveLength(expected))
        await unlock()
        await Promise.all(calls)
        return (await server.sql(looking)).length
      }
      expect(await connectionsTo(few, 2, 2)).toBe(2)
      expect(await connectionsTo(many, 40)).toBe(40)
    })

    it('is made for few of the calls that come at once: the others take what is given back', async () => {
      const { store, relay } = await relayed({ maxConnections: 40 })
      const letThrough = relay.hold()
      const calls = Array.from({ length: 100 }, () => store.get(unique('op')))
      let ended = 0
      for (const call of calls) void call.then(() => ended++)
      // All but those that wait for a connection of their own are served by the one that there is.
      await eventually(() => expect(ended).toBeGreaterThan(50))
      expect(letThrough()).toBe(4)
      await Promise.all(calls)
    })

    it('that the server has no room for is done without: calls share the others, and somebody is told once', async () => {
      const database = await server.newDatabase()
      await server.sql(
        `create role crowded login connection limit 3; create schema payapi authorization crowded`,
        database,
      )
      const told: StoreEvent[] = []
      const store = await open(server.url(database, 'crowded'), { onEvent: (event) => told.push(event) })
      await inCrowds(Array.from({ length: 150 }), async () => {
        expect(await store.get(unique('op'))).toBeUndefined()
        await claimAndFinish(store)
      })
      expect(await statesIn(database)).toEqual([{ state: 'SUCCEEDED', n: 150 }])
      expect(told).toEqual([{ kind: 'store-crowded', connections: expect.any(Number), fault: expect.anything() }])
      expect(String(told[0]?.fault)).toMatch(/53300/)
    })
  })

  if (bouncerProgram === undefined) {
    it.skip('connections to a pooler: no PgBouncer (apt-get install pgbouncer)')
  } else {
    it('a pooler that keeps no prepared statements for its clients makes nothing fail, and is believed in it', async () => {
      const database = await server.newDatabase()
      const bouncer = await PgBouncer.start(bouncerProgram, server, 3)
      onTestFinished(() => bouncer.remove())
      const store = await open(bouncer.url(database))
      await inCrowds(Array.from({ length: 100 }), () => claimAndFinish(store))
      expect(await statesIn(database)).toEqual([{ state: 'SUCCEEDED', n: 100 }])
      // Another one's connections have them already, or not.
      const other = await open(bouncer.url(database), { owner: 'owner-2' })
      await eventually(() => inCrowds(Array.from({ length: 50 }), () => claimAndFinish(other)))
    })

    it('a pooler that does not name a process of the server is no server: what is set for a transaction ends with it', async () => {
      const database = await server.newDatabase()
      const bouncer = await PgBouncer.start(bouncerProgram, server, 1)
      onTestFinished(() => bouncer.remove())
      const relay = await PostgresRelay.before(bouncer.socket, withoutKeyData)
      onTestFinished(() => relay.remove())
      await claimAndFinish(await open(relay.url(database)))
      const seen = await bouncer.sql(`select current_setting('statement_timeout') as bound`, database)
      expect(seen).toEqual([{ bound: '0' }])
    })
  }
})
