import type { Keyring } from './keyring.ts'
import type { NewOperation, Operation, OperationState } from './store.ts'

/** A row of operations as a driver returns it, by column. */
export type OperationRow = Readonly<Record<string, unknown>>

/** The columns of an operation that both databases have, in the order of `newOperationValues`. */
export const NEW_OPERATION_COLUMNS = [
  'id',
  'service',
  'merchant_id',
  'caller',
  'idempotency_key',
  'fingerprint',
  'order_id',
  'transaction_id',
  'amount',
  'claims_order',
  'owner',
  'created_at',
  'lease_until',
] as const

/** Takes a new operation; returns its values in the order of `NEW_OPERATION_COLUMNS`. */
export function newOperationValues(operation: NewOperation): readonly (string | number | boolean | null)[] {
  return [
    operation.id,
    operation.service,
    operation.merchantId,
    operation.caller,
    operation.idempotencyKey,
    operation.fingerprint,
    operation.orderId,
    operation.transactionId,
    operation.amount,
    operation.claimsOrder,
    operation.owner,
    operation.createdAt,
    operation.leaseUntil,
  ]
}

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

/** Takes a row with all columns of an operation, and what opens its seals; returns the operation. */
export function operationOf(row: OperationRow, keyring: Keyring): Operation {
  const opened = (sealed: unknown) =>
    sealed === null ? null : (keyring.open(String(sealed), String(row['id'])) ?? null)
  return {
    id: String(row['id']),
    service: String(row['service']),
    merchantId: String(row['merchant_id']),
    caller: String(row['caller']),
    idempotencyKey: textOrNull(row['idempotency_key']),
    fingerprint: String(row['fingerprint']),
    orderId: textOrNull(row['order_id']),
    transactionId: textOrNull(row['transaction_id']),
    amount: textOrNull(row['amount']),
    claimsOrder: Boolean(row['claims_order']) && Boolean(row['holds_order']),
    owner: String(row['owner']),
    createdAt: Number(row['created_at']),
    leaseUntil: Number(row['lease_until']),
    state: row['state'] as OperationState,
    // PostgreSQL's driver gives 64-bit integers as text.
    finishedAt: row['finished_at'] === null ? null : Number(row['finished_at']),
    result: opened(row['result']),
    resolution: opened(row['resolution']),
  }
}
