import type { KeyObject } from 'node:crypto'
import { hashIdempotencyKey, idempotencyKeyPrefix } from '../keys/key-hash.ts'
import type { Keyring } from '../keys/keyring.ts'
import { type NewOperation, type Operation, type OperationState, StoreRefusedError } from '../store.ts'

/** A row of operations as a driver returns it, by column. */
type OperationRow = object & Readonly<Record<string, unknown>>

/** The columns of an operation that both databases have, in the order of `OperationCodec.values`. */
export const NEW_OPERATION_COLUMNS = [
  'id',
  'service',
  'merchant_id',
  'caller',
  'idempotency_key_hash',
  'idempotency_key_prefix',
  'fingerprint',
  'order_id',
  'transaction_id',
  'amount',
  'claims_order',
  'owner',
  'created_at',
  'request',
] as const

/** An operation that nobody knows the end of yet: in progress, or unknown only because its owner was taken for dead. */
export const WITHOUT_RESULT = `(state = 'IN_PROGRESS' or (state = 'UNKNOWN' and result is null))`

/** Which of both it is, where that is told: whether its owner was taken for dead before. */
export const WITHOUT_RESULT_BY_CAUSE = [
  { wasUnknown: false, condition: `state = 'IN_PROGRESS'` },
  { wasUnknown: true, condition: `state = 'UNKNOWN' and result is null` },
] as const

const STATES: readonly unknown[] = ['IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'UNKNOWN'] satisfies OperationState[]

function stateOf(row: OperationRow): OperationState {
  if (STATES.includes(row['state'])) return row['state'] as OperationState
  throw new StoreRefusedError('The journal is damaged: an operation is in no state that there is')
}

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

/** Makes rows of operations and operations of rows: nothing that is worth money or secret stands in a row as it is. */
export class OperationCodec {
  readonly #keyring: Keyring
  readonly #secret: KeyObject

  /** The secret is the journal's own. */
  constructor(keyring: Keyring, secret: KeyObject) {
    this.#keyring = keyring
    this.#secret = secret
  }

  /** The values of a new operation in the order of `NEW_OPERATION_COLUMNS`. */
  values(operation: NewOperation): readonly (string | number | boolean | null)[] {
    const { idempotencyKey } = operation
    return [
      operation.id,
      operation.service,
      operation.merchantId,
      operation.caller,
      this.hashOf(idempotencyKey),
      idempotencyKey === null ? null : idempotencyKeyPrefix(idempotencyKey),
      operation.fingerprint,
      operation.orderId,
      operation.transactionId,
      operation.amount,
      operation.claimsOrder,
      operation.owner,
      operation.createdAt,
      operation.request === null ? null : this.seal(operation.request, operation.id),
    ]
  }

  /** What the row of a key is found by. */
  hashOf(idempotencyKey: string | null): string | null {
    return idempotencyKey === null ? null : hashIdempotencyKey(this.#secret, idempotencyKey)
  }

  /** A keyed hash, the same in all processes that share the journal. */
  hash(text: string): string {
    return hashIdempotencyKey(this.#secret, text)
  }

  /** Seals a text as belonging to what has that id. */
  seal(text: string, id: string): string {
    return this.#keyring.seal(text, id)
  }

  /** Undefined where no key opens it for that id. */
  open(sealed: string, id: string): string | undefined {
    return this.#keyring.open(sealed, id)
  }

  /** Needs a row with all columns of an operation. */
  operationOf(row: OperationRow): Operation {
    const id = String(row['id'])
    let unreadable: Operation['unreadable'] = null
    const opened = (sealed: unknown): string | null => {
      if (sealed === null) return null
      const text = this.#keyring.open(String(sealed), id)
      if (text === undefined) unreadable = this.#keyring.hasKeyOf(String(sealed)) ? 'DAMAGED' : 'KEY_MISSING'
      return text ?? null
    }
    const result = opened(row['result'])
    const resolution = opened(row['resolution'])
    return {
      id,
      service: String(row['service']),
      merchantId: String(row['merchant_id']),
      caller: String(row['caller']),
      idempotencyKeyPrefix: textOrNull(row['idempotency_key_prefix']),
      fingerprint: String(row['fingerprint']),
      orderId: textOrNull(row['order_id']),
      transactionId: textOrNull(row['transaction_id'] ?? row['answered_transaction_id'] ?? null),
      amount: textOrNull(row['amount']),
      request: row['request'] === null ? null : (this.open(String(row['request']), id) ?? null),
      claimsOrder: Boolean(row['claims_order']) && Boolean(row['holds_order']),
      owner: String(row['owner']),
      createdAt: Number(row['created_at']),
      state: stateOf(row),
      // PostgreSQL's driver gives 64-bit integers as text.
      finishedAt: row['finished_at'] === null ? null : Number(row['finished_at']),
      result,
      resolution,
      unreadable,
    }
  }
}
