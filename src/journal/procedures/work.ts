import type { Steps, Transaction } from './transaction.ts'

/** How much waits for a person, of one merchant. */
export interface MerchantWork {
  readonly merchantId: string
  /** Operations of unknown outcome. */
  readonly unknownOperations: number
  /** Notices that need a person whom nobody has told that he knows. */
  readonly openNotices: number
}

/** How much waits for a person, of each merchant that has something. */
export function* openWork(tx: Transaction): Steps<readonly MerchantWork[]> {
  const { fn } = tx.db
  const unknown = yield* tx.all(
    tx.db
      .selectFrom('operations')
      .select(['merchant_id', fn.countAll<number>().as('count')])
      .where(tx.isUnknown)
      .groupBy('merchant_id'),
  )
  const notices = yield* tx.all(
    tx.db
      .selectFrom('notices')
      .select(['merchant_id', fn.countAll<number>().as('count')])
      .where('exception', 'is not', null)
      .where('acknowledged_at', 'is', null)
      .groupBy('merchant_id'),
  )
  const merchantIds = [...new Set([...unknown, ...notices].map(({ merchant_id }) => merchant_id))].sort()
  const countIn = (rows: typeof unknown, merchantId: string) =>
    Number(rows.find(({ merchant_id }) => merchant_id === merchantId)?.count ?? 0)
  return merchantIds.map((merchantId) => ({
    merchantId,
    unknownOperations: countIn(unknown, merchantId),
    openNotices: countIn(notices, merchantId),
  }))
}
