import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { OperationStore } from '../../src/journal/operation-store.ts'
import { aCharge, type JournaledFacade, startJournaledFacade } from '../support/journal/facade.ts'
import { HOUR } from '../support/journal/operations.ts'
import { overPostgres } from '../support/journal/postgres/over-postgres.ts'
import { fileUrl, newPath } from '../support/journal/sqlite/journals.ts'
import { whenReady } from '../support/journal/store.ts'

const ahead = (ms: number) => ({ now: () => Date.now() + ms })

/** Holds the end of every call of a facade, before the store hears of it; returns what lets go. */
function holdEndings({ journal }: JournaledFacade): { readonly reached: Promise<void>; letGo(): void } {
  const store = journal.store as OperationStore
  const { finish } = store
  let letGo = () => {}
  const released = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const reached = new Promise<void>((resolve) => {
    store.finish = async (...end) => {
      resolve()
      await released
      return finish.apply(store, end)
    }
  })
  return { reached, letGo: () => letGo() }
}

/** Where a journal is kept. */
interface Kept {
  newStoreUrl(): Promise<string>
  /** Makes the store take all owners for dead that have something in progress. */
  forgetOwners(storeUrl: string): Promise<void>
}

/** What every journal must bear of wrong clocks. */
function wrongClocks(name: string, { newStoreUrl, forgetOwners }: Kept): void {
  describe(name, () => {
    let storeUrl = ''

    const start = async () => {
      storeUrl = await newStoreUrl()
      const facade = await startJournaledFacade({ storeUrl })
      await whenReady(facade.journal.store as OperationStore)
      return facade
    }

    /** Has a facade take all others for dead. */
    const takeOthersForDead = async ({ journal }: JournaledFacade) => {
      await forgetOwners(storeUrl)
      await (journal.store as OperationStore).expire(Date.now())
      expect(await journal.store.count('UNKNOWN')).toBe(1)
    }

    const another = async (facade: JournaledFacade, options: Parameters<JournaledFacade['another']>[0]) => {
      const other = await facade.another(options)
      await whenReady(other.journal.store as OperationStore)
      return other
    }

    it.each([
      ['five minutes ahead', HOUR / 12],
      ['three hours ahead', 3 * HOUR],
      ['three hours behind', -3 * HOUR],
    ])('leaves what is under way in progress where another machine is %s', async (_, ms) => {
      const facade = await start()
      const { reached, letGo } = holdEndings(facade)
      const charge = aCharge({ idempotencyKey: 'key-1' })
      const answer = facade.mutate('chargeCardBillingKey', charge)
      await reached
      const other = await another(facade, { ...ahead(ms), waitMs: 0 })
      const { store } = other.journal
      await (store as OperationStore).expire(Date.now() + ms)
      expect(await other.mutate('chargeCardBillingKey', charge)).toMatchObject({
        __typename: 'PayApiIdempotencyConflict',
        retryable: true,
      })
      letGo()
      expect(await answer).toMatchObject({ __typename: 'CardPayment' })
      expect(await other.mutate('chargeCardBillingKey', charge)).toEqual(await answer)
      expect(await store.count('UNKNOWN')).toBe(0)
      expect(facade.sandbox.books.charges).toHaveLength(1)
    })

    it('waits for what is under way for as long as it should where its clock goes back three hours', async () => {
      let jump = 0
      const facade = await start()
      const { reached, letGo } = holdEndings(facade)
      const charge = aCharge({ idempotencyKey: 'key-1' })
      const answer = facade.mutate('chargeCardBillingKey', charge)
      await reached
      const other = await another(facade, { now: () => Date.now() + jump, waitMs: 200 })
      const waiting = other.mutate('chargeCardBillingKey', charge)
      jump = -3 * HOUR
      expect(await waiting).toMatchObject({ __typename: 'PayApiIdempotencyConflict', retryable: true })
      letGo()
      expect(await other.mutate('chargeCardBillingKey', charge)).toEqual(await answer)
    })

    it('tells the truth where its owner was taken for dead, and lives', async () => {
      const facade = await start()
      const { reached, letGo } = holdEndings(facade)
      const charge = aCharge({ idempotencyKey: 'key-1' })
      const answer = facade.mutate('chargeCardBillingKey', charge)
      await reached
      const other = await another(facade, {})
      await takeOthersForDead(other)
      const repeatedHere = facade.mutate('chargeCardBillingKey', charge)
      expect(await other.mutate('chargeCardBillingKey', charge)).toMatchObject({
        reason: 'INTERRUPTED',
        outcome: 'UNKNOWN',
      })
      letGo()
      expect(await answer).toMatchObject({ __typename: 'CardPayment' })
      // Who knew better was asked himself.
      expect(await repeatedHere).toEqual(await answer)
      for (const each of [facade, other])
        expect(await each.mutate('chargeCardBillingKey', charge)).toEqual(await answer)
      expect(facade.events.filter(({ kind }) => kind === 'finish-fenced')).toEqual([])
    })

    it('keeps to what a person found out meanwhile, and says that the result came too late', async () => {
      const facade = await start()
      const { reached, letGo } = holdEndings(facade)
      const charge = aCharge({ idempotencyKey: 'key-1' })
      const answer = facade.mutate('chargeCardBillingKey', charge)
      await reached
      const other = await another(facade, {})
      await takeOthersForDead(other)
      const [unknown] = await other.journal.store.find({ states: ['UNKNOWN'] }, 1)
      await other.mutate('resolvePaymentOperation', {
        operationId: unknown?.id,
        processed: false,
        note: 'not in the console',
      })
      letGo()
      const { operationId } = await answer
      expect(facade.events).toContainEqual({ kind: 'finish-fenced', operationId })
      for (const each of [facade, other]) {
        expect(await each.mutate('chargeCardBillingKey', charge)).toMatchObject({
          outcome: 'NOT_PROCESSED',
          retryable: false,
          message: expect.stringContaining('A person recorded'),
        })
      }
    })
  })
}

wrongClocks('a journal in an SQLite file, under clocks that are wrong,', {
  newStoreUrl: async () => fileUrl(newPath()),
  // Whose lock is not found is dead.
  async forgetOwners(storeUrl) {
    const path = fileURLToPath(storeUrl)
    for (const name of readdirSync(dirname(path))) {
      if (name.startsWith(`${basename(path)}-owner-`)) rmSync(join(dirname(path), name))
    }
  },
})

overPostgres('wrong clocks with PostgreSQL', (server) => {
  let database = ''

  wrongClocks('a journal in PostgreSQL, under clocks that are wrong,', {
    async newStoreUrl() {
      database = await server.newDatabase()
      return server.url(database)
    },
    // As when the server's own clock jumps.
    async forgetOwners() {
      const aMomentAgo = `(extract(epoch from clock_timestamp()) * 1000)::bigint - 1000`
      await server.sql(`update payapi.operations set lease_until = ${aMomentAgo} where state = 'IN_PROGRESS'`, database)
    },
  })
})
