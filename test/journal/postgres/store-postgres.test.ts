import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Keyring } from '../../../src/journal/keys/keyring.ts'
import { openStore } from '../../../src/journal/open-store.ts'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import { PostgresStore } from '../../../src/journal/postgres/store.ts'
import { METHOD_DEADLINE_MS, type NewOperation } from '../../../src/journal/store.ts'
import { clockSuite } from '../../support/journal/clock-suite.ts'
import { approvalOf, claimApproval, linkIn } from '../../support/journal/links.ts'
import {
  ABANDONED,
  ending,
  finding,
  HOUR,
  KEYS,
  NOW,
  obstacle,
  operation,
  unique,
} from '../../support/journal/operations.ts'
import { overPostgres } from '../../support/journal/postgres/over-postgres.ts'
import { PostgresRelay } from '../../support/journal/postgres/relay.ts'
import {
  closedAfterTest,
  eventually,
  expectUnavailable,
  expectUnavailableInTime,
  PATIENT_MS,
  whenReady,
} from '../../support/journal/store.ts'
import { type Journal, storeSuite } from '../../support/journal/store-suite.ts'

/** What version 1 of the program made in an empty database. */
const VERSION_1 = `
  create schema payapi;
  create table payapi.operations (
    id text collate "C" not null primary key, service text not null, merchant_id text not null, caller text not null,
    idempotency_key text, holds_key boolean not null, fingerprint text not null, order_id text, transaction_id text,
    amount text, claims_order boolean not null, holds_order boolean not null, owner text not null, attempt bigint not null,
    created_at bigint not null, lease_until bigint not null, state text not null, finished_at bigint, settled_at bigint,
    result text, resolution text
  );
  comment on table payapi.operations is 'payapi-graphql journal, version 1';
  create unique index operations_by_key on payapi.operations (caller, merchant_id, service, idempotency_key)
    where idempotency_key is not null and holds_key;
  create unique index operations_by_claimed_order on payapi.operations (merchant_id, order_id)
    where order_id is not null and claims_order and holds_order;
  create table payapi.probe (id integer not null primary key, written_at bigint not null);
`

overPostgres('the PostgreSQL store', (server) => {
  const newDatabase = async (): Promise<string> => server.url(await server.newDatabase())
  const databaseOf = (url: string): string => new URL(url.replace('@/', '@host/')).pathname.slice(1)

  const open = (url: string, options: Partial<ConstructorParameters<typeof PostgresStore>[0]> = {}): OperationStore =>
    closedAfterTest(new PostgresStore({ url, keyring: new Keyring(KEYS), deadlineMs: PATIENT_MS, ...options }))

  const newJournal = async (): Promise<Journal> => {
    const url = await newDatabase()
    return {
      open: (owner, keys = KEYS) => openStore(url, { owner, keys, deadlineMs: PATIENT_MS }),
      shared: true,
      remove: async () => {},
    }
  }

  storeSuite('PostgreSQL', newJournal)
  clockSuite('PostgreSQL', newJournal)

  describe('a PostgreSQL server', () => {
    it('that is stopped makes the store unavailable until it is started again, and loses nothing', async () => {
      const store = await whenReady(open(await newDatabase(), { deadlineMs: METHOD_DEADLINE_MS }))
      const before = operation()
      expect(await store.claim(before)).toEqual({ granted: true })
      await server.stop()
      const refused = operation()
      await expectUnavailableInTime(() => store.claim(refused))
      await Promise.all([
        expectUnavailableInTime(() => store.finish(before.id, before.owner, ending())),
        expectUnavailableInTime(() => store.run('resolveOperation', { id: before.id, resolution: finding() })),
        expectUnavailableInTime(() => store.get(before.id)),
        expectUnavailableInTime(() => store.find({}, 10)),
        expectUnavailableInTime(() => store.count('UNKNOWN')),
        expectUnavailableInTime(() => store.expire(0)),
        expectUnavailableInTime(() => store.sweep({ settledBefore: 0, createdBefore: 0 })),
        expectUnavailableInTime(() => store.ready()),
      ])
      await server.start()
      await whenReady(store)
      expect(await store.get(refused.id)).toBeUndefined()
      expect(await store.finish(before.id, before.owner, ending())).toBe(true)
      expect(await store.claim(refused)).toEqual({ granted: true })
    })

    it('that is away at the start is used once it is there', async () => {
      const url = await newDatabase()
      await server.stop()
      const store = open(url)
      await expectUnavailable(() => store.claim(operation()))
      await server.start()
      await whenReady(store)
      expect(await store.claim(operation())).toEqual({ granted: true })
    })

    it('that crashes under load has every claim that was granted, and in the end none that was not', async () => {
      const url = await newDatabase()
      const store = await whenReady(open(url))
      const granted: string[] = []
      const refused: string[] = []
      let crashed = false
      const claimUntilCrash = async () => {
        while (!crashed || refused.length < 20) {
          const each = operation()
          await store.claim(each).then(
            () => granted.push(each.id),
            () => refused.push(each.id),
          )
        }
      }
      const load = Array.from({ length: 20 }, claimUntilCrash)
      await eventually(() => expect(granted.length).toBeGreaterThan(100))
      await server.kill()
      crashed = true
      await Promise.all(load)
      await server.start()
      await whenReady(store)
      const standing = async () =>
        (await server.sql(`select id from payapi.operations where state <> 'WITHDRAWN'`, databaseOf(url))).map(
          (row) => row['id'],
        )
      await eventually(async () => expect(new Set(await standing())).toEqual(new Set(granted)))
    })

    it('that commits a claim after its caller was told otherwise keeps nothing of it', async () => {
      const url = await newDatabase()
      const store = await whenReady(open(url, { deadlineMs: METHOD_DEADLINE_MS }))
      const commits = await holdCommits(url)
      const late = operation()
      await expectUnavailableInTime(() => store.claim(late), /in time/)
      await commits.release()
      await eventually(async () => {
        const [row] = await server.sql(`select state from payapi.operations where id = '${late.id}'`, databaseOf(url))
        expect(row?.['state']).toBe('WITHDRAWN')
      })
      expect(await store.get(late.id)).toBeUndefined()
      expect(await store.find({ merchantIds: [late.merchantId] }, 10)).toEqual([])
      expect(await store.claim(operation({ ...late, id: unique('op') }))).toEqual({ granted: true })
    })

    it('that commits the claim of an approval after its caller was told otherwise leaves its link as nobody has used it', async () => {
      const url = await newDatabase()
      const store = await whenReady(open(url, { deadlineMs: METHOD_DEADLINE_MS }))
      const link = await linkIn(store)
      const { approval, guard } = approvalOf(link)
      const commits = await holdCommits(url)
      await expectUnavailableInTime(() => store.claimGuarded(approval, guard), /in time/)
      await commits.release()
      await eventually(async () => {
        const [row] = await server.sql(
          `select state from payapi.operations where id = '${approval.id}'`,
          databaseOf(url),
        )
        expect(row?.['state']).toBe('WITHDRAWN')
      })
      const state = (now: number) => store.run('smsLink', { linkId: link.id, now })
      expect(await state(NOW)).toMatchObject({ status: 'LINK_CREATED', approvalOperationId: null })
      expect(await state(link.expiresAt)).toMatchObject({ status: 'EXPIRED' })
      expect((await claimApproval(store, link)).claim).toEqual({ granted: true })
    })

    it('may grant an operation again that it had to withdraw', async () => {
      const url = await newDatabase()
      const store = await whenReady(open(url, { deadlineMs: METHOD_DEADLINE_MS }))
      const locked = await lockTable(url)
      const made = operation()
      await expectUnavailableInTime(() => store.claim(made))
      await locked.release()
      await eventually(async () => {
        expect(await server.sql(`select state from payapi.operations`, databaseOf(url))).toEqual([
          { state: 'WITHDRAWN' },
        ])
      })
      await eventually(async () => expect(await store.claim(made)).toEqual({ granted: true }))
      await eventually(async () => expect((await store.get(made.id))?.state).toBe('IN_PROGRESS'))
      await eventually(async () => expect(await store.claim(made)).toEqual({ granted: true }))
    })

    it('takes nothing back that was claimed again meanwhile, and granted', async () => {
      const database = await server.newDatabase()
      const relay = await PostgresRelay.start(server)
      onTestFinished(() => relay.remove())
      const openAs = (url: string) =>
        closedAfterTest(openStore(url, { owner: 'owner-1', keys: KEYS, deadlineMs: PATIENT_MS }))
      const [cutOff, again] = [
        await whenReady(openAs(relay.url(database))),
        await whenReady(openAs(server.url(database))),
      ]
      const made = operation()
      relay.mute()
      const unheard = expectUnavailable(() => cutOff.claim(made))
      await eventually(async () =>
        expect(await server.sql('select id from payapi.operations', database)).toEqual([{ id: made.id }]),
      )
      const letThrough = relay.cut()
      await unheard
      // Later than the one that was not heard of.
      expect(await again.claim(operation())).toEqual({ granted: true })
      expect(await again.claim(made)).toEqual({ granted: true })
      letThrough()
      await cutOff.close()
      expect((await again.get(made.id))?.state).toBe('IN_PROGRESS')
      expect(await again.finish(made.id, made.owner, ending())).toBe(true)
    })

    it('whose table is locked makes every method fail in time, and grants nothing afterwards', async () => {
      const url = await newDatabase()
      const store = await whenReady(open(url, { deadlineMs: METHOD_DEADLINE_MS }))
      const locked = await lockTable(url)
      const made = Array.from({ length: 15 }, () => operation())
      await Promise.all([
        ...made.map((each) => expectUnavailableInTime(() => store.claim(each))),
        expectUnavailableInTime(() => store.find({}, 10)),
      ])
      await locked.release()
      await eventually(async () => expect(await store.find({}, 100)).toEqual([]))
      await whenReady(store)
      for (const each of made) {
        const again = operation({ ...each, id: unique('op') })
        await eventually(async () => expect(await store.claim(again)).toEqual({ granted: true }))
      }
    })

    it("ends a lease by its own clock, whatever a claim's says, and renews that of a claim that is repeated", async () => {
      const store = await whenReady(open(await newDatabase()))
      const [over, renewed, cacheable] = [operation({ leaseMs: -1 }), operation({ leaseMs: -1 }), operation()]
      for (const each of [over, renewed, cacheable]) expect(await store.claim(each)).toEqual({ granted: true })
      expect(await store.claim({ ...renewed, leaseMs: HOUR })).toEqual({ granted: true })
      const ignoredFields = (each: typeof over) =>
        operation({ ...each, id: unique('op'), createdAt: NOW + 10_000 * HOUR })
      for (const each of [renewed, cacheable]) {
        expect(obstacle(await store.claim(ignoredFields(each)))).toMatchObject({ operation: { state: 'IN_PROGRESS' } })
      }
      expect(obstacle(await store.claim(ignoredFields(over)))).toMatchObject({
        by: 'KEY',
        operation: { id: over.id, state: 'UNKNOWN', finishedAt: NOW + 10_000 * HOUR, result: null },
      })
      const order = await claimed(store, ABANDONED)
      const ofOrder = operation({ merchantId: order.merchantId, orderId: order.orderId })
      expect(obstacle(await store.claim(ofOrder))).toMatchObject({ by: 'ORDER', operation: { state: 'UNKNOWN' } })
      expect(await store.expire(NOW + 10_000 * HOUR)).toBe(0)
    })

    it('that only reads makes the store unavailable', async () => {
      const url = await newDatabase()
      await whenReady(open(url))
      await server.sql(`alter database ${databaseOf(url)} set default_transaction_read_only = on`)
      const store = open(url)
      await expectUnavailable(() => store.claim(operation()), /read-only/)
      await expectUnavailable(() => store.ready(), /read-only/)
    })

    it('prepares the tables for several that start at once', async () => {
      const url = await newDatabase()
      const stores = Array.from({ length: 6 }, () => open(url))
      const claims = await Promise.all(stores.map((store) => store.claim(operation())))
      expect(claims).toEqual(stores.map(() => ({ granted: true })))
    })

    it('never has its table made anew while a process runs that knows the old one', async () => {
      const url = await newDatabase()
      const store = await whenReady(open(url))
      await server.sql('drop schema payapi cascade', databaseOf(url))
      await expectUnavailable(() => store.claim(operation()), /does not exist/)
      await expectUnavailable(() => store.ready(), /does not exist/)
      expect(await server.sql(`select to_regclass('payapi.operations') as found`, databaseOf(url))).toEqual([
        { found: null },
      ])
    })

    it("whose table is another program's is left alone", async () => {
      const url = await newDatabase()
      await server.sql('create schema payapi; create table payapi.operations (id int)', databaseOf(url))
      await expectUnavailable(() => open(url).claim(operation()), /another program/)
    })

    it('whose table is of a later version is left alone', async () => {
      const url = await newDatabase()
      await server.sql(
        `create schema payapi; create table payapi.operations (id int);
         comment on table payapi.operations is 'payapi-graphql journal, version 999'`,
        databaseOf(url),
      )
      await expectUnavailable(() => open(url).claim(operation()), /newer version/)
    })

    it('of version 1 is taken over with all that it knows, and keeps no idempotency key', async () => {
      const url = await newDatabase()
      const rows = Array.from({ length: 2_345 }, (_, index) => `op-${index}`)
      const sealed = new Keyring(KEYS).seal('paid', 'op-7')
      await server.sql(
        `${VERSION_1}
         insert into payapi.operations
           select 'op-' || n, 'chargeKeyedInCard', 'mid', 'shop', '9490-9412-3456-' || n, true, 'f', 'order-' || n, null,
             '1004', true, true, 'owner-0', 1, ${NOW}, ${NOW + HOUR}, 'IN_PROGRESS', null, null, null, null
           from generate_series(0, ${rows.length - 1}) as n;
         update payapi.operations set state = 'SUCCEEDED', finished_at = ${NOW}, settled_at = ${NOW}, result = '${sealed}'
           where id = 'op-7'`,
        databaseOf(url),
      )
      const store = await whenReady(open(url))
      for (const n of [0, 7, 999, 1_000, rows.length - 1]) {
        const again = operation({ merchantId: 'mid', idempotencyKey: `9490-9412-3456-${n}` })
        expect(obstacle(await store.claim(again))).toMatchObject({
          by: 'KEY',
          operation: { id: `op-${n}`, idempotencyKeyPrefix: '9490-94' },
        })
      }
      expect(await store.get('op-7')).toMatchObject({ state: 'SUCCEEDED', result: 'paid' })
      expect(await store.advanceClock(0)).toBe(NOW)
      expect(await store.find({}, 10_000)).toHaveLength(rows.length)
      const left = `select count(*)::int as n from payapi.operations o where o::text like '%9412-3456%'`
      expect(await server.sql(left, databaseOf(url))).toEqual([{ n: 0 }])
    })

    it('of version 1 is upgraded for as long as that takes, and once for all who come meanwhile', async () => {
      const url = await newDatabase()
      await server.sql(
        `${VERSION_1}
         insert into payapi.operations values ('op', 'chargeKeyedInCard', 'mid', 'shop', 'key-1', true, 'f', null, null,
           null, false, true, 'owner-0', 1, ${NOW}, ${Date.now() + HOUR}, 'IN_PROGRESS', null, null, null, null);
         create function payapi.wait() returns trigger language plpgsql as
           $$ begin perform pg_advisory_xact_lock_shared(1); return new; end $$;
         create trigger wait before update on payapi.operations for each row execute function payapi.wait()`,
        databaseOf(url),
      )
      const upgrade = await hold(url, 'select pg_advisory_lock(1)')
      const openOne = () => open(url, { deadlineMs: METHOD_DEADLINE_MS })
      const stores = [openOne(), openOne(), openOne()] as const
      const allAreRefused = async () => {
        for (const store of stores) await expectUnavailable(() => store.claim(operation()), /earlier version/)
      }
      await allAreRefused()
      // Longer than any method may take.
      await server.sql(`select pg_sleep(${METHOD_DEADLINE_MS / 1_000})`)
      await allAreRefused()
      await upgrade.release()
      await Promise.all(stores.map((store) => eventually(() => store.claim(operation()))))
      const again = operation({ merchantId: 'mid', idempotencyKey: 'key-1' })
      expect(obstacle(await stores[0].claim(again))).toMatchObject({ by: 'KEY', operation: { id: 'op' } })
    })

    it('needs to grant no more than a schema of its own', async () => {
      const url = await newDatabase()
      await server.sql(`create role clerk login; create schema payapi authorization clerk`, databaseOf(url))
      const store = open(server.url(databaseOf(url), 'clerk'))
      expect(await store.claim(operation())).toEqual({ granted: true })
      const elsewhere = open(server.url(databaseOf(await newDatabase()), 'clerk'))
      await expectUnavailable(() => elsewhere.claim(operation()), /permission denied/)
    })

    it('flushes what it acknowledges, whatever its own setting', async () => {
      const url = await newDatabase()
      await server.sql(`alter database ${databaseOf(url)} set synchronous_commit = off`)
      await whenReady(open(url))
      const store = await whenReady(open(url, { maxConnections: 1 }))
      await server.sql(
        `create function payapi.note() returns trigger language plpgsql as $$
           begin new.amount := current_setting('synchronous_commit'); return new; end $$;
         create trigger note before insert on payapi.operations for each row execute function payapi.note()`,
        databaseOf(url),
      )
      const made = operation()
      await store.claim(made)
      expect((await store.get(made.id))?.amount).toBe('on')
    })
  })

  const claimed = async (store: OperationStore, given: Partial<NewOperation>): Promise<NewOperation> => {
    const made = operation(given)
    expect(await store.claim(made)).toEqual({ granted: true })
    return made
  }

  /** Holds every claim at its commit until it is released. */
  const holdCommits = async (url: string): Promise<{ release(): Promise<void> }> => {
    await server.sql(
      `create function payapi.wait() returns trigger language plpgsql as $$
         begin perform pg_advisory_xact_lock_shared(1); return null; end $$;
       create constraint trigger wait after insert on payapi.operations deferrable initially deferred
         for each row execute function payapi.wait()`,
      databaseOf(url),
    )
    return hold(url, 'select pg_advisory_lock(1)')
  }

  /** Locks the table against everybody until it is released. */
  const lockTable = (url: string): Promise<{ release(): Promise<void> }> =>
    hold(url, 'begin; lock table payapi.operations in access exclusive mode')

  /** Holds what a statement takes, on a connection of its own, until it is released. */
  const hold = async (url: string, statement: string): Promise<{ release(): Promise<void> }> => {
    const client = new pg.Client({ connectionString: url })
    // The server may be ended while it is connected.
    client.on('error', () => {})
    await client.connect()
    await client.query(statement)
    return { release: () => client.end() }
  }
})
