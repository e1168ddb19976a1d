import DataLoader from 'dataloader'
import type { PaymentKey } from '../../journal/records/payment-key.ts'
import { type KnownPayment, readPayments } from '../../payments/read.ts'
import { type GraphContext, journalOf, perContext } from '../context.ts'
import { reading } from '../lists/reading.ts'

/** How many payments are read at once: between a gateway's thousand references, claims come in. */
const READ_TOGETHER = 50

const paymentsOf = perContext((context) => {
  const journal = journalOf(context)
  return new DataLoader((keys: readonly PaymentKey[]) => readPayments(journal, keys), {
    maxBatchSize: READ_TOGETHER,
    cacheKeyFn: ({ merchantId, transactionId }) => JSON.stringify([merchantId, transactionId]),
  })
})

/**
 * A payment, read once however often a request asks for it; null where nothing names it. Whether the caller may see it was
 * asked before. Throws at once where no journal is kept.
 */
export function paymentByKey(key: PaymentKey, context: GraphContext): Promise<KnownPayment | null> {
  const known = paymentsOf(context)
  return reading(async () => (await known.load(key)) ?? null)
}
