import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Keyring } from '../../../src/journal/keys/keyring.ts'
import { openSqlite } from '../../../src/journal/sqlite/driver.ts'
import { killChild, startChild } from '../../support/journal/child.ts'
import { ending, finding, HOUR, KEYS, NOW, obstacle, operation, unique } from '../../support/journal/operations.ts'
import { MODES, newPath, open } from '../../support/journal/sqlite/journals.ts'
import { eventually, expectUnavailable, PATIENT_MS, whenReady } from '../../support/journal/store.ts'

/** What version 1 of the program wrote into a new file. */
const VERSION_1 = `
  create table operations (
    id text not null primary key, service text not null, merchant_id text not null, caller text not null,
    idempotency_key text, holds_key integer not null, fingerprint text not null, order_id text, transaction_id text,
    amount text, claims_order integer not null, holds_order integer not null, owner text not null,
    attempt integer not null, created_at integer not null, lease_until integer not null,
    state text not null check (state in ('IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'UNKNOWN')),
    finished_at integer, settled_at integer, result text, resolution text
  ) strict;
  create unique index operations_by_key on operations (caller, merchant_id, service, idempotency_key)
    where idempotency_key is not null and holds_key = 1;
  create unique index operations_by_claimed_order on operations (merchant_id, order_id)
    where order_id is not null and claims_order = 1 and holds_order = 1;
  create index operations_by_time on operations (created_at, id);
  create index operations_by_merchant on operations (merchant_id, created_at, id);
  create index operations_by_order on operations (order_id, created_at, id) where order_id is not null;
  create index operations_open on operations (created_at, id, state) where state in ('IN_PROGRESS', 'UNKNOWN');
  create table probe (id integer not null primary key, written_at integer not null) strict;
  pragma application_id = 1346459978;
  pragma user_version = 1;
`

/** What version 2 added: results that were written together lie in one envelope. */
const VERSION_2 = `
  alter table operations add column envelope integer;
  create table envelopes (id integer not null primary key, sealed blob not null, operations integer not null) strict;
  create trigger operation_deleted after delete on operations when old.envelope is not null begin
    update envelopes set operations = operations - 1 where id = old.envelope;
    delete from envelopes where id = old.envelope and operations = 0;
  end;
  pragma user_version = 2;
`

/** An envelope as version 2 wrote it, with what it holds by id. */
function envelope(results: Readonly<Record<string, string>>, keys = KEYS): Buffer {
  const index = JSON.stringify(Object.entries(results).map(([id, result]) => [id, result.length]))
  const sealed = new Keyring(keys).seal(`${index}\n${Object.values(results).join('')}`, 'envelope')
  const [keyId = '', payload = ''] = sealed.split('.')
  return Buffer.concat([Buffer.from(keyId), Buffer.from(payload, 'base64url')])
}

/** Runs SQL on a file that no store has open: in another process, whose end closes the file. */
async function runElsewhere(path: string, sql: string): Promise<void> {
  await killChild(await startChild('sqlite/process.js', 'driver', [path, sql]))
}

describe('a file of version 1', () => {
  const row = (state: string, holdsOrder: 0 | 1, result: string | null) => {
    const id = unique('op')
    const sealed = result === null ? 'null' : `'${new Keyring(KEYS).seal(result, id)}'`
    const sql = `insert into operations values ('${id}', 'chargeKeyedInCard', 'mid', 'shop', 'key-${id}', 1, 'f', 'order-${id}',
      null, '1004', 1, ${holdsOrder}, 'owner-0', 1, ${NOW}, ${NOW + HOUR}, '${state}', ${NOW}, ${NOW}, ${sealed}, null)`
    return { id, sql }
  }

  it.each(MODES)('is taken over with all that it knows (%s)', async (mode) => {
    const path = newPath()
    const connection = openSqlite(path)
    connection.exec(VERSION_1)
    const rows = {
      paid: row('SUCCEEDED', 1, 'paid'),
      failed: row('FAILED', 0, 'refused'),
      unknown: row('UNKNOWN', 1, null),
    }
    for (const { sql } of Object.values(rows)) connection.exec(sql)
    connection.close()

    const store = await whenReady(open(path, mode))
    const again = (id: string) =>
      store.claim(operation({ merchantId: 'mid', orderId: `order-${id}`, idempotencyKey: null, createdAt: NOW + 1 }))
    for (const { id } of [rows.paid, rows.unknown]) {
      expect(obstacle(await again(id))).toMatchObject({ by: 'ORDER', operation: { id } })
    }
    expect(
      obstacle(await store.claim(operation({ merchantId: 'mid', idempotencyKey: `key-${rows.failed.id}` }))),
    ).toMatchObject({ by: 'KEY', operation: { id: rows.failed.id, state: 'FAILED', result: 'refused' } })
    expect(await again(rows.failed.id)).toEqual({ granted: true })
    expect(await store.get(rows.paid.id)).toMatchObject({ state: 'SUCCEEDED', result: 'paid' })
    expect((await store.find({ orderId: `order-${rows.failed.id}` }, 10)).map(({ state }) => state)).toEqual([
      'IN_PROGRESS',
      'FAILED',
    ])
    expect(await store.run('resolveOperation', { id: rows.unknown.id, resolution: finding() })).toMatchObject({
      state: 'FAILED',
      result: 'a result',
    })
    expect(await store.count('UNKNOWN')).toBe(0)
    expect(await store.advanceClock(0)).toBe(NOW)
  })

  it('is taken over with its clock no further than the time is, whatever it holds', async () => {
    const path = newPath()
    const connection = openSqlite(path)
    connection.exec(VERSION_1)
    const { sql, id } = row('SUCCEEDED', 1, 'paid')
    connection.exec(`${sql}; update operations set settled_at = ${Date.now() + 1_000 * HOUR} where id = '${id}'`)
    connection.close()
    const store = await whenReady(open(path))
    expect(await store.advanceClock(0)).toBeLessThanOrEqual(Date.now())
  })
})

describe('a file of version 2', () => {
  type Row = readonly [id: string, state: string, envelope: number | null]

  const fileWith = (rows: readonly Row[], envelopes: readonly Buffer[]): string => {
    const path = newPath()
    const connection = openSqlite(path)
    connection.exec(`${VERSION_1} ${VERSION_2} begin`)
    for (const [id, state, number] of rows) {
      connection.exec(`insert into operations values ('${id}', 'chargeKeyedInCard', 'mid', 'shop', 'key-${id}', 1, 'f',
        'order-${id}', null, '1004', 1, 1, 'owner-0', 1, ${NOW}, ${NOW + HOUR}, '${state}', ${NOW}, null, null, null, ${number})`)
    }
    for (const [index, sealed] of envelopes.entries()) {
      connection.run('insert into envelopes (id, sealed, operations) values (?, ?, 1)', index + 1, sealed)
    }
    connection.exec('commit')
    connection.close()
    return path
  }

  it.each(MODES)('is taken over with the results that were sealed together (%s)', async (mode) => {
    const rows: readonly Row[] = [
      ['one', 'SUCCEEDED', 1],
      ['two', 'FAILED', 1],
      ['three', 'SUCCEEDED', 2],
      ['running', 'IN_PROGRESS', null],
    ]
    const envelopes = [envelope({ one: 'paid "원"', two: 'refused' }), envelope({ three: 'paid, too' })]
    const path = fileWith(rows, envelopes)
    const store = await whenReady(open(path, mode))
    const results = await Promise.all(rows.map(async ([id]) => (await store.get(id))?.result))
    expect(results).toEqual(['paid "원"', 'refused', 'paid, too', null])
    expect(await store.finish('running', 'owner-0', ending())).toBe(true)
    expect(await store.sweep({ settledBefore: NOW + HOUR, createdBefore: NOW + HOUR })).toBe(1)
  })

  it('is taken over with more rows than are read at once', async () => {
    const rows = Array.from({ length: 2_345 }, (_, index): Row => [`op-${index}`, 'SUCCEEDED', index + 1])
    const path = fileWith(
      rows,
      rows.map(([id]) => envelope({ [id]: `result of ${id}` })),
    )
    const store = await whenReady(open(path))
    const found = await store.find({}, 10_000)
    expect(found).toHaveLength(rows.length)
    expect(found.map(({ id, result }) => [id, result])).toEqual(found.map(({ id }) => [id, `result of ${id}`]))
    expect(await store.find({}, 10_000, { backwards: true })).toEqual(found.toReversed())
  })

  it('is refused as it is while no key opens a result that somebody may ask for', async () => {
    const others = [new Uint8Array(32).fill(8)]
    const path = fileWith([['one', 'SUCCEEDED', 1]], [envelope({ one: 'paid' }, others)])
    const refused = open(path, 'shared')
    await eventually(() => expectUnavailable(() => refused.ready(), /no configured key opens/))
    await refused.close()
    const store = await whenReady(open(path, 'shared', 'owner-1', PATIENT_MS, [...KEYS, ...others]))
    expect(await store.get('one')).toMatchObject({ state: 'SUCCEEDED', result: 'paid' })
  })

  it('is taken over where no key opens what is unknown in any case', async () => {
    const others = [new Uint8Array(32).fill(8)]
    const path = fileWith([['one', 'UNKNOWN', 1]], [envelope({ one: 'lost' }, others)])
    const store = await whenReady(open(path))
    expect(await store.get('one')).toMatchObject({ state: 'UNKNOWN', result: null })
  })
})

describe.each(MODES)('an idempotency key in an SQLite file (%s)', (mode) => {
  const idempotencyKey = '9490-9412-3456-7890'

  const expectNowhere = (path: string): void => {
    for (const name of readdirSync(dirname(path))) {
      expect([name, readFileSync(join(dirname(path), name)).includes('9412-3456')]).toEqual([name, false])
    }
  }

  it('an idempotency key stands in no file of the journal', async () => {
    const path = newPath()
    const store = await whenReady(open(path, mode))
    await store.claim(operation({ idempotencyKey }))
    await store.close()
    expectNowhere(path)
  })

  it('of an earlier version stands in no file once that was taken over, and is found', async () => {
    const path = newPath()
    const connection = openSqlite(path)
    connection.exec(VERSION_1)
    connection.exec(`insert into operations values ('op', 'chargeKeyedInCard', 'mid', 'shop', '${idempotencyKey}', 1, 'f',
      'order', null, '1004', 1, 1, 'owner-0', 1, ${NOW}, ${NOW + HOUR}, 'UNKNOWN', ${NOW}, null, null, null)`)
    connection.close()
    expect(() => expectNowhere(path)).toThrow()
    const store = await whenReady(open(path, mode))
    expect(obstacle(await store.claim(operation({ merchantId: 'mid', idempotencyKey })))).toMatchObject({
      by: 'KEY',
      operation: { id: 'op', idempotencyKeyPrefix: '9490-94' },
    })
    await store.close()
    expectNowhere(path)
  })
})

describe.each(MODES)('the results in an SQLite file (%s)', (mode) => {
  const finished = async (count: number) => {
    const path = newPath()
    const store = await whenReady(open(path, mode))
    const made = Array.from({ length: count }, () => operation())
    await Promise.all(made.map((each) => store.claim(each)))
    await Promise.all(made.map(({ id, owner }) => store.finish(id, owner, ending({ result: `result of ${id}` }))))
    return { path, store, made }
  }

  it('are each their own, also after the file was opened anew, and nobody reads them in it', async () => {
    const { path, store, made } = await finished(30)
    await store.close()
    expect(readFileSync(path).includes('result of')).toBe(false)
    const next = await whenReady(open(path, mode))
    for (const { id } of made) expect(await next.get(id)).toMatchObject({ result: `result of ${id}` })
    const found = await next.find({}, 100)
    expect(found.map(({ id, result }) => [id, result])).toEqual(found.map(({ id }) => [id, `result of ${id}`]))
  })

  it('are no other operation’s where they were copied to its row', async () => {
    const { path, store, made } = await finished(1)
    const other = operation()
    await store.claim(other)
    await store.finish(other.id, other.owner, ending({ result: 'another result' }))
    await store.close()
    await runElsewhere(path, `update operations set result = (select result from operations where id = '${other.id}')`)
    const next = await whenReady(open(path, mode))
    expect(await next.get(made[0]?.id ?? '')).toMatchObject({ state: 'SUCCEEDED', result: null })
  })

  it('can be read by what comes in the same moment', async () => {
    const { store } = await finished(0)
    const made = operation()
    await store.claim(made)
    const [, retried, conflict] = await Promise.all([
      store.finish(made.id, made.owner, ending()),
      store.finish(made.id, made.owner, ending()),
      store.claim({ ...made, id: unique('op') }),
    ])
    expect(retried).toBe(true)
    expect(obstacle(conflict).operation).toMatchObject({ state: 'SUCCEEDED', result: 'a result' })
  })

  it('can be replaced by what a person found out in the same moment', async () => {
    const { store } = await finished(0)
    const made = operation()
    await store.claim(made)
    const [, resolved] = await Promise.all([
      store.finish(made.id, made.owner, ending({ state: 'UNKNOWN' })),
      store.run('resolveOperation', { id: made.id, resolution: finding({ result: 'not processed' }) }),
    ])
    expect(resolved).toMatchObject({ state: 'FAILED', result: 'not processed' })
  })
})
