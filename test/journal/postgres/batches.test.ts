import { setImmediate } from 'node:timers/promises'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import type { Guard, OperationStore } from '../../../src/journal/operation-store.ts'
import { type Claim, METHOD_DEADLINE_MS, type NewOperation } from '../../../src/journal/store.ts'
import { withTimeout } from '../../../src/lib/timeout.ts'
import { ending, KEYS, obstacle, operation, unique } from '../../support/journal/operations.ts'
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

const GRANTED = { granted: true }

/** More than one statement takes. */
const MANY = 200

overPostgres('claims and results that come to PostgreSQL at once', (server) => {
  const open = (url: string, deadlineMs = PATIENT_MS): Promise<OperationStore> =>
    whenReady(closedAfterTest(openStore(url, { owner: 'owner-1', keys: KEYS, deadlineMs })))

  const claimed = async (store: OperationStore, given: Partial<NewOperation> = {}): Promise<NewOperation> => {
    const made = operation(given)
    expect(await store.claim(made)).toEqual(GRANTED)
    return made
  }

  /** Runs a statement in a transaction that is open until it is rolled back. */
  const begun = async (database: string, statement: string): Promise<() => Promise<void>> => {
    const client = new pg.Client({ connectionString: server.url(database) })
    onTestFinished(() => client.end())
    await client.connect()
    await client.query('begin')
    await client.query(statement)
    return async () => void (await client.query('rollback'))
  }

  const settling = (promise: Promise<unknown>): (() => boolean) => {
    let isSettled = false
    void promise.finally(() => {
      isSettled = true
    })
    return () => isSettled
  }

  /** A store, and how many statements it takes for something. */
  const counted = async () => {
    const relay = await PostgresRelay.start(server)
    onTestFinished(() => relay.remove())
    const store = await open(relay.url(await server.newDatabase()))
    await claimed(store)
    const statements = async (action: () => Promise<unknown>) => {
      relay.since()
      await action()
      const text = relay
        .since()
        .map((said) => said.text)
        .join('')
      return text.split('[{"id":"').length - 1
    }
    return { store, statements }
  }

  it('take one statement for all claims of a turn, and one for all of their results', async () => {
    const { store, statements } = await counted()
    const made = Array.from({ length: 20 }, () => operation())
    expect(await statements(() => Promise.all(made.map((each) => store.claim(each))))).toBe(1)
    const finish = ({ id, owner }: NewOperation) => store.finish(id, owner, ending({ transactionId: unique('tid') }))
    expect(await statements(() => Promise.all(made.map(finish)))).toBe(1)
  })

  it('are all done, however many they are', async () => {
    const database = await server.newDatabase()
    const store = await open(server.url(database))
    const made = Array.from({ length: MANY }, () => operation())
    expect(await Promise.all(made.map((each) => store.claim(each)))).toEqual(made.map(() => GRANTED))
    const tids = new Map(made.map(({ id }) => [id, unique('tid')]))
    const finish = ({ id, owner }: NewOperation) =>
      store.finish(id, owner, ending({ result: `paid ${id}`, transactionId: tids.get(id) ?? '' }))
    expect(await Promise.all(made.map(finish))).toEqual(made.map(() => true))
    for (const { id } of made) {
      expect(await store.get(id)).toMatchObject({
        state: 'SUCCEEDED',
        result: `paid ${id}`,
        transactionId: tids.get(id),
      })
    }
    const [count] = await server.sql('select count(*)::int as n from payapi.answered_transactions', database)
    expect(count).toEqual({ n: MANY })
  })

  it('refuse all but one of one key, or of one order, and nobody else', async () => {
    const { store, statements } = await counted()
    const first = operation()
    const { merchantId, idempotencyKey, orderId } = first
    const sameKey = operation({ merchantId, idempotencyKey })
    const sameOrder = operation({ merchantId, orderId })
    const other = operation({ merchantId })
    let claims: readonly Claim[] = []
    const count = await statements(async () => {
      claims = await Promise.all([first, sameKey, sameOrder, other].map((each) => store.claim(each)))
    })
    // One for all, and one more for each that was refused: to see by what.
    expect(count).toBe(3)
    expect([claims[0], claims[3]]).toEqual([GRANTED, GRANTED])
    expect(claims.slice(1, 3).map((claim) => claim && obstacle(claim))).toMatchObject([
      { by: 'KEY', operation: { id: first.id } },
      { by: 'ORDER', operation: { id: first.id } },
    ])
  })

  it('of one operation that is claimed twice, grant the later try, too', async () => {
    const database = await server.newDatabase()
    const store = await open(server.url(database))
    const made = operation()
    expect(await Promise.all([store.claim(made), store.claim(made)])).toEqual([GRANTED, GRANTED])
    const [row] = await server.sql(`select attempt_number::int as n from payapi.operations`, database)
    expect(row).toEqual({ n: 2 })
  })

  it('do not wait for what one of the claims has to wait for', async () => {
    const database = await server.newDatabase()
    const store = await open(server.url(database))
    const standing = await claimed(store)
    const goOn = await begun(database, `delete from payapi.operations where id = '${standing.id}'`)
    const { merchantId, idempotencyKey } = standing
    const waiting = store.claim(operation({ merchantId, idempotencyKey }))
    const isSettled = settling(waiting)
    const others = await Promise.all(Array.from({ length: 5 }, () => store.claim(operation())))
    expect(others).toEqual(others.map(() => GRANTED))
    expect(isSettled()).toBe(false)
    await goOn()
    expect(obstacle(await waiting)).toMatchObject({ by: 'KEY', operation: { id: standing.id } })
  })

  it('do not wait for what one of the results has to wait for', async () => {
    const database = await server.newDatabase()
    const store = await open(server.url(database))
    const held = await claimed(store)
    const others = [await claimed(store), await claimed(store)]
    const goOn = await begun(database, `select 1 from payapi.operations where id = '${held.id}' for update`)
    const waiting = store.finish(held.id, held.owner, ending())
    const isSettled = settling(waiting)
    expect(await Promise.all(others.map(({ id, owner }) => store.finish(id, owner, ending())))).toEqual([true, true])
    expect(isSettled()).toBe(false)
    await goOn()
    expect(await waiting).toBe(true)
  })

  it.each([
    ['a NUL', 'order\0', 'rejected'],
    ['half of a character', 'order\ud800', 'fulfilled'],
    ['more than an index holds', Array.from({ length: 4_000 }, () => unique('order')).join(), 'rejected'],
  ])('keep to themselves that one of them has %s', async (_, orderId, status) => {
    const store = await open(server.url(await server.newDatabase()))
    const claims = [operation({ orderId }), operation(), operation()].map((each) => store.claim(each))
    const [odd, ...others] = await Promise.allSettled(claims)
    expect(others).toEqual(others.map(() => ({ status: 'fulfilled', value: GRANTED })))
    expect(odd?.status).toBe(status)
  })

  it('are withdrawn where the answer was lost, of guarded ones as well', async () => {
    const database = await server.newDatabase()
    const store = await open(server.url(database), METHOD_DEADLINE_MS)
    const unlock = await server.lockTable('payapi.operations', database)
    const guard = { name: 'passRefund', input: { decidedBy: [] } } as unknown as Guard
    await Promise.all([
      expectUnavailableInTime(() => store.claim(operation())),
      expectUnavailableInTime(() => store.claimGuarded(operation(), guard)),
    ])
    await unlock()
    const states = 'select state from payapi.operations'
    await eventually(async () =>
      expect(await server.sql(states, database)).toEqual([{ state: 'WITHDRAWN' }, { state: 'WITHDRAWN' }]),
    )
  })

  it('fail at their own time, also those that wait for others that do', async () => {
    const database = await server.newDatabase()
    const deadlineMs = 5_000
    const store = await open(server.url(database), deadlineMs)
    const unlock = await server.lockTable('payapi.operations', database)
    const failing: Promise<void>[] = []
    for (let turn = 0; turn < 10; turn++) {
      failing.push(expectUnavailable(() => store.claim(operation())))
      await setImmediate()
    }
    // A wait that began only when it was their turn would end at more than one and a half times that.
    const isInTime = await withTimeout(1.3 * deadlineMs, Promise.all(failing))
    await unlock()
    expect(isInTime).toBe(true)
  })

  it('keep to themselves that the result of one has what the server refuses', async () => {
    const store = await open(server.url(await server.newDatabase()))
    const [odd, other] = [await claimed(store), await claimed(store)]
    const results = await Promise.allSettled([
      store.finish(odd.id, odd.owner, ending({ transactionId: 'tid\0' })),
      store.finish(other.id, other.owner, ending({ transactionId: 'tid' })),
    ])
    expect(results).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: true }])
    expect(await store.get(odd.id)).toMatchObject({ state: 'IN_PROGRESS' })
  })
})
