import { expect, it } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { NewOperation } from '../../../src/journal/store.ts'
import { overBothStores } from '../../support/journal/both-stores.ts'
import { ending, operation, unique } from '../../support/journal/operations.ts'

const SERVICES = ['cancelPayment', 'cancelPaymentPartially']

overBothStores('the claims of refunds', (newJournal) => {
  const instances = async () => {
    const journal = await newJournal()
    return [await journal.open(), await journal.open()] as const
  }

  /** A payment of a merchant's that was charged here. */
  async function charged(store: OperationStore) {
    const charge = operation({ owner: 'owner' })
    await store.claim(charge)
    const transactionId = unique('tid')
    await store.finish(charge.id, charge.owner, ending({ transactionId }))
    return { merchantId: charge.merchantId, transactionId }
  }

  const cancel = (payment: object, given: Partial<NewOperation> = {}) =>
    operation({ service: 'cancelPayment', orderId: null, claimsOrder: false, ...payment, ...given })

  const keyOf = ({ caller, idempotencyKey }: NewOperation) =>
    idempotencyKey === null ? null : { caller, idempotencyKey, services: SERVICES }

  async function claim(store: OperationStore, version: string, made: NewOperation) {
    const { id, merchantId, transactionId } = made
    const input = { id, merchantId, transactionId: transactionId ?? '', version, key: keyOf(made) }
    return store.claimGuarded(made, { name: 'passRefund', input })
  }

  const versionOf = async (store: OperationStore, payment: { merchantId: string; transactionId: string }) =>
    (await store.run('readRefund', { ...payment, key: null })).version

  it('of many that were decided by the same state of a payment, one is granted, over all instances', async () => {
    const [one, other] = await instances()
    for (let round = 0; round < 10; round++) {
      const payment = await charged(one)
      const version = await versionOf(one, payment)
      const made = Array.from({ length: 10 }, () => cancel(payment))
      const claims = await Promise.all(made.map((each, index) => claim(index % 2 ? one : other, version, each)))
      expect(claims.filter(({ granted }) => granted)).toHaveLength(1)
      expect(claims.filter((each) => !each.granted && each.by === 'GUARD')).toHaveLength(9)
      const winner = made[claims.findIndex(({ granted }) => granted)]
      const { payment: rows } = await other.run('readRefund', { ...payment, key: null })
      expect(rows.operations.flatMap(({ id, service }) => (service === 'cancelPayment' ? [id] : []))).toEqual([
        winner?.id,
      ])
    }
  })

  it('with one key, for two payments and as two services, one is granted', async () => {
    const [one, other] = await instances()
    for (let round = 0; round < 10; round++) {
      const first = await charged(one)
      const second = { ...(await charged(one)), merchantId: first.merchantId }
      const idempotencyKey = unique('key')
      const made = [
        cancel(first, { idempotencyKey }),
        cancel(second, { idempotencyKey, service: 'cancelPaymentPartially' }),
      ]
      const claims = await Promise.all(
        made.map(async (each, index) => claim(index ? one : other, await versionOf(one, index ? second : first), each)),
      )
      expect(claims.filter(({ granted }) => granted)).toHaveLength(1)
    }
  })

  it('one that is claimed once more, after an answer that was lost, is granted: it does not stand in its own way', async () => {
    const [store] = await instances()
    const payment = await charged(store)
    const made = cancel(payment)
    const version = await versionOf(store, payment)
    expect(await claim(store, version, made)).toEqual({ granted: true })
    expect(await claim(store, version, made)).toEqual({ granted: true })
  })

  it('one that was decided by another state is refused, whatever has changed', async () => {
    const [store] = await instances()
    const payment = await charged(store)
    const version = await versionOf(store, payment)
    const first = cancel(payment)
    await claim(store, version, first)
    expect(await claim(store, version, cancel(payment))).toMatchObject({ granted: false, by: 'GUARD' })
    const inProgress = await versionOf(store, payment)
    await store.finish(first.id, first.owner, ending({ state: 'UNKNOWN' }))
    expect(await claim(store, inProgress, cancel(payment))).toMatchObject({ granted: false, by: 'GUARD' })
    expect(await claim(store, await versionOf(store, payment), cancel(payment))).toEqual({ granted: true })
  })

  it('the operation that has the key of a refund is found under each service, and no other one', async () => {
    const [store] = await instances()
    const payment = await charged(store)
    const made = cancel(payment, { service: 'cancelPaymentPartially' })
    await store.claim(made)
    const key = keyOf(made)
    const earlier = async (given: object) =>
      (await store.run('readRefund', { ...payment, key: key && { ...key, ...given } })).earlier?.id
    expect(await earlier({})).toBe(made.id)
    expect(await earlier({ services: ['cancelPayment'] })).toBeUndefined()
    expect(await earlier({ caller: 'another' })).toBeUndefined()
    expect(await earlier({ idempotencyKey: 'another' })).toBeUndefined()
    await store.finish(made.id, made.owner, ending({ state: 'FAILED', keepsKey: false }))
    expect(await earlier({})).toBeUndefined()
  })
})
