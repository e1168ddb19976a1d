import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { WebhookEndpoint } from '../../../src/journal/records/events.ts'
import { SqliteStore } from '../../../src/journal/sqlite/store.ts'
import { aCharge, type JournaledFacade, startJournaledFacade } from '../../support/journal/facade.ts'
import { ABANDONED, KEYS } from '../../support/journal/operations.ts'
import { overPostgres } from '../../support/journal/postgres/over-postgres.ts'
import { PostgresRelay } from '../../support/journal/postgres/relay.ts'
import { HeldThread } from '../../support/journal/sqlite/held-thread.ts'
import { fileUrl, newPath } from '../../support/journal/sqlite/journals.ts'
import { closedAfterTest, eventually, PATIENT_MS } from '../../support/journal/store.ts'

// A facade whose claim is recorded although its journal did not answer, and another one on the same journal.

/** The journal as those two facades see it. */
interface World {
  /** Of the facade that hears nothing more, once `goDeaf` was called. */
  readonly store: OperationStore
  readonly owner: string
  /** Of the other one. */
  readonly url: string
  goDeaf(): void
  /** Resolves once the claim is recorded, and what was told to its facade is lost. */
  lose(): Promise<void>
  /** Lets the time of the claim run out. */
  lapse(other: OperationStore): Promise<void>
  /** Lets that facade hear the journal again, which keeps it from taking its claim back for now. */
  hearAgain(): Promise<void>
  /** Lets it take its claim back. */
  takeBack(): Promise<void>
}

const SHOP: WebhookEndpoint = { id: 'shop', events: ['operation.unknown', 'operation.settled'] }

const LOST = { reason: 'JOURNAL_UNAVAILABLE', outcome: 'UNKNOWN', retryable: true, operationId: null }

async function twoFacades(world: World) {
  const other = closedAfterTest(
    openStore(world.url, { owner: 'other', keys: KEYS, webhooks: [SHOP], deadlineMs: PATIENT_MS }),
  )
  const asking = await startJournaledFacade({ store: other, owner: 'other', keys: KEYS, upkeep: false })
  const deaf = await asking.another({ store: world.store, owner: world.owner })
  const charge = { ...aCharge(), idempotencyKey: 'key-1' }
  const pay = ({ mutate }: JournaledFacade) => mutate('chargeCardBillingKey', charge)
  world.goDeaf()
  const unheard = pay(deaf)
  await world.lose()
  expect(await unheard).toMatchObject(LOST)
  await world.lapse(other)
  const told = await pay(asking)
  expect(told).toMatchObject({ reason: 'INTERRUPTED', outcome: 'UNKNOWN', retryable: false })
  const id = String(told['operationId'])
  const look = async () => (await asking.send(OPERATION, { id })).data?.['paymentOperation']
  return { other, asking, deaf, pay, look }
}

const OPERATION = `query ($id: ID!) { paymentOperation(id: $id) { state failure {
  outcome retryable operationId ... on PayApiTransportError { reason } } } }`

function suite(newWorld: () => Promise<World>): void {
  it('is not processed once its own server has taken it back, and its key and order are free', async () => {
    const world = await newWorld()
    const { asking, deaf, pay, look } = await twoFacades(world)
    expect(await look()).toMatchObject({ state: 'UNKNOWN' })
    await world.hearAgain()
    await world.takeBack()
    await eventually(async () =>
      expect(await look()).toMatchObject({
        state: 'FAILED',
        failure: { reason: 'JOURNAL_UNAVAILABLE', outcome: 'NOT_PROCESSED', retryable: true },
      }),
    )
    const paid = await pay(asking)
    expect(paid).toMatchObject({ __typename: 'CardPayment' })
    expect(await pay(deaf)).toEqual(paid)
    expect(asking.sandbox.books.charges).toHaveLength(1)
  })

  it('is told as settled, and kept as long as what failed', async () => {
    const world = await newWorld()
    const { other, look } = await twoFacades(world)
    await world.hearAgain()
    await world.takeBack()
    await eventually(async () => expect(await look()).toMatchObject({ state: 'FAILED' }))
    const deliveries = await other.run('findWebhookDeliveries', { filter: {}, limit: 10 })
    const events = deliveries.map(({ event }) => event).toSorted((one, next) => one.sequence - next.sequence)
    expect(events.map(({ type }) => type)).toEqual(['operation.unknown', 'operation.settled'])
    const settledBefore = (await other.advanceClock(0)) + 1
    expect(await other.sweep({ settledBefore, createdBefore: Date.now() + 1 })).toBe(1)
    expect(await look()).toBeNull()
  })

  it('is nothing that its own server calls interrupted: whoever asks there is to ask again', async () => {
    const world = await newWorld()
    const { deaf, pay } = await twoFacades(world)
    await world.hearAgain()
    expect(await pay(deaf)).toMatchObject(LOST)
    await world.takeBack()
    await expect.poll(() => pay(deaf)).toMatchObject({ __typename: 'CardPayment' })
    expect(deaf.sandbox.books.charges).toHaveLength(1)
  })
}

const NAME =
  'a claim that stands although its caller was told that the journal is away, and that another was told is unknown,'

/** Long enough for a claim on a busy machine; it is waited for. */
const DEAF_MS = 5_000

describe(`${NAME} (SQLite)`, () =>
  suite(async () => {
    const path = newPath()
    const webhooks = { endpoints: [SHOP], steps: {} }
    const data = { path, mode: 'shared', owner: 'lock', keys: KEYS, init: false, webhooks } as const
    const thread = new HeldThread(data)
    const store = closedAfterTest(new SqliteStore({ ...data, startThread: thread.start, deadlineMs: DEAF_MS }))
    let deliver = (): void => {}
    return {
      store,
      // Nobody has a lock of that name, so that it is taken for dead.
      owner: ABANDONED.owner,
      url: fileUrl(path),
      goDeaf: () => thread.hold(),
      lose: () => eventually(() => expect(thread.held).toBe(1)),
      async lapse(other) {
        expect(await other.expire(Date.now())).toBe(1)
      },
      async hearAgain() {
        deliver = thread.passOn()
      },
      takeBack: async () => deliver(),
    }
  }))

overPostgres(`${NAME} (PostgreSQL)`, (server) =>
  suite(async () => {
    const database = await server.newDatabase()
    const relay = await PostgresRelay.start(server)
    onTestFinished(() => relay.remove())
    const holder = new pg.Client({ connectionString: server.url(database) })
    await holder.connect()
    onTestFinished(() => holder.end())
    let letThrough = (): void => {}
    return {
      store: closedAfterTest(
        openStore(relay.url(database), { owner: 'deaf', keys: KEYS, webhooks: [SHOP], deadlineMs: PATIENT_MS }),
      ),
      owner: 'deaf',
      url: server.url(database),
      goDeaf: () => relay.mute(),
      async lose() {
        const claims = 'select id from payapi.operations'
        await eventually(async () => expect(await server.sql(claims, database)).toHaveLength(1))
        letThrough = relay.cut()
      },
      async lapse() {
        await server.sql('update payapi.operations set lease_until = 0', database)
      },
      async hearAgain() {
        await holder.query('begin; select 1 from payapi.operations for update')
        letThrough()
      },
      async takeBack() {
        await holder.query('rollback')
      },
    }
  }),
)
