import DataLoader from 'dataloader'
import type { PaymentKey } from '../../journal/records/payment-key.ts'
import { type KnownPayment, readPayments } from '../../payments/read.ts'
import { type GraphContext, journalOf } from '../context.ts'
import { reading } from '../operations/read.ts'

/** How many payments are read at once: between a gateway's thousand references, claims come in. */
const READ_TOGETHER = 50

type Payments = DataLoader<PaymentKey, KnownPayment | undefined, string>

const paymentsOf = new WeakMap<GraphContext, Payments>()

/**
 * A payment, read once however often a request asks for it; null where nothing names it. Whether the caller may see it was
 * asked before. Throws at once where no journal is kept.
 */
export function paymentByKey(key: PaymentKey, context: GraphContext): Promise<KnownPayment | null> {
  const journal = journalOf(context)
  const known =
    paymentsOf.get(context) ??
    new DataLoader((keys: readonly PaymentKey[]) => readPayments(journal, keys), {
      maxBatchSize: READ_TOGETHER,
      cacheKeyFn: ({ merchantId, transactionId }) => JSON.stringify([merchantId, transactionId]),
    })
  paymentsOf.set(context, known)
  return reading(async () => (await known.load(key)) ?? null)
}
