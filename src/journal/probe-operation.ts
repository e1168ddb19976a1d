import { newId } from '../payapi/ids.ts'
import type { NewOperation } from './store.ts'

/**
 * An operation as large as any: where it can be written, others can. It goes through the same table and indexes, and is
 * deleted in the transaction that wrote it.
 */
export function probeOperation(): NewOperation {
  const id = newId()
  return {
    id,
    service: 'probe',
    merchantId: 'probe',
    caller: 'probe',
    idempotencyKey: id.padEnd(255, '-'),
    fingerprint: id.padEnd(64, '-'),
    orderId: id.padEnd(40, '-'),
    transactionId: id.padEnd(40, '-'),
    amount: null,
    claimsOrder: true,
    owner: id,
    createdAt: 0,
    leaseMs: 0,
  }
}
