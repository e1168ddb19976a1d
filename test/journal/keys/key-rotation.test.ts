import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { aCharge, type JournaledFacade, startJournaledFacade } from '../../support/journal/facade.ts'
import { overPostgres } from '../../support/journal/postgres/over-postgres.ts'
import { eventually, temporaryFolder } from '../../support/journal/store.ts'

const [OLD, NEW] = [randomBytes(32), randomBytes(32)]

const charge = (idempotencyKey: string, fields: object = {}) =>
  aCharge({ idempotencyKey, orderId: `ORDER-${idempotencyKey}`, ...fields })

/** Two instances on one journal; each is started anew with other keys, as a rotation does. */
class Instances {
  readonly #first: JournaledFacade
  #running: JournaledFacade[] = []

  private constructor(first: JournaledFacade) {
    this.#first = first
  }

  static async on(storeUrl: string, keys: readonly Uint8Array[]): Promise<Instances> {
    const first = await startJournaledFacade({ storeUrl, keys })
    const instances = new Instances(first)
    instances.#running = [first, await first.another({ keys })]
    await instances.#untilReady()
    return instances
  }

  async #untilReady(): Promise<void> {
    for (const { journal } of this.#running) {
      expect(await journal.refusal()).toBeUndefined()
      await eventually(async () => expect(await journal.isReady()).toBe(true))
    }
  }

  at(index: number): JournaledFacade {
    return this.#running[index] as JournaledFacade
  }

  async restart(index: number, keys: readonly Uint8Array[]): Promise<void> {
    await this.at(index).journal.close()
    this.#running[index] = await this.#first.another({ keys })
    await this.#untilReady()
  }

  get charged(): number {
    return this.#first.sandbox.books.charges.length
  }
}

function rotationSuite(newStoreUrl: () => Promise<string>): void {
  it('in the documented order, instance by instance, answers every key with its success at every step', async () => {
    const instances = await Instances.on(await newStoreUrl(), [OLD])
    const succeeded = new Map<string, object>()
    const chargeOnEach = async (step: string) => {
      for (const index of [0, 1]) {
        const key = `${step}-${index}`
        const answer = await instances.at(index).mutate('chargeCardBillingKey', charge(key))
        expect(answer).toMatchObject({ __typename: 'CardPayment' })
        succeeded.set(key, answer)
      }
      for (const [key, answer] of succeeded) {
        for (const index of [0, 1])
          expect(await instances.at(index).mutate('chargeCardBillingKey', charge(key))).toEqual(answer)
      }
    }
    await chargeOnEach('before')
    for (const [step, keys] of Object.entries({ known: [OLD, NEW], used: [NEW, OLD] })) {
      for (const index of [0, 1]) {
        await instances.restart(index, keys)
        await chargeOnEach(`${step}-${index}`)
      }
    }
    expect(instances.charged).toBe(succeeded.size)
  })

  const cannotBeCompared = {
    __typename: 'PayApiIdempotencyConflict',
    reason: 'CANNOT_BE_COMPARED',
    outcome: 'UNKNOWN',
    retryable: false,
  }

  it('in another order says of what the old key cannot read that it cannot be compared, and charges nothing', async () => {
    const instances = await Instances.on(await newStoreUrl(), [OLD])
    await instances.restart(1, [NEW, OLD])
    const first = await instances.at(1).mutate('chargeCardBillingKey', charge('key-1'))
    expect(first).toMatchObject({ __typename: 'CardPayment' })
    expect(await instances.at(0).mutate('chargeCardBillingKey', charge('key-1'))).toMatchObject({
      ...cannotBeCompared,
      operationId: first['operationId'],
      message: expect.stringContaining('Do not take a new key'),
    })
    expect(instances.at(0).events).toContainEqual(
      expect.objectContaining({ kind: 'conflict', reason: 'CANNOT_BE_COMPARED' }),
    )
    // Once it has the key it answers as the other one does.
    await instances.restart(0, [OLD, NEW])
    expect(await instances.at(0).mutate('chargeCardBillingKey', charge('key-1'))).toEqual(first)
    expect(instances.charged).toBe(1)
  })

  it('whose old key was taken away says so of what it sealed, also to who asks for the operation', async () => {
    const instances = await Instances.on(await newStoreUrl(), [OLD])
    const { operationId } = await instances.at(0).mutate('chargeCardBillingKey', charge('key-1'))
    await instances.restart(0, [NEW, OLD])
    await instances.restart(0, [NEW])
    for (const more of [{}, { amount: '2000' }]) {
      expect(await instances.at(0).mutate('chargeCardBillingKey', charge('key-1', more))).toMatchObject(
        cannotBeCompared,
      )
    }
    const query = 'query Q($id: ID!) { paymentOperation(id: $id) { state failure { __typename } } }'
    expect((await instances.at(0).send(query, { id: operationId })).data).toEqual({
      paymentOperation: { state: 'SUCCEEDED', failure: null },
    })
    expect(instances.charged).toBe(1)
  })

  it('that is none leaves DIFFERENT_INPUT to what differs', async () => {
    const instances = await Instances.on(await newStoreUrl(), [OLD])
    expect(await instances.at(0).mutate('chargeCardBillingKey', charge('key-1'))).toMatchObject({
      __typename: 'CardPayment',
    })
    expect(await instances.at(1).mutate('chargeCardBillingKey', charge('key-1', { amount: '2000' }))).toMatchObject({
      reason: 'DIFFERENT_INPUT',
      outcome: 'NOT_PROCESSED',
    })
  })
}

describe('a rotation of journal keys over an SQLite file', () => {
  rotationSuite(async () => pathToFileURL(join(temporaryFolder(), 'journal.db')).href)
})

overPostgres('a rotation of journal keys over PostgreSQL', (server) => {
  rotationSuite(async () => server.url(await server.newDatabase()))
})
