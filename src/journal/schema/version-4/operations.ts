import type { ColumnType } from 'kysely'
import type { Steps, Transaction } from '../../procedures/transaction.ts'
import type { OperationState } from '../../store.ts'

/** Booleans in PostgreSQL, 0 and 1 in SQLite: compared with, and set to, what `flag` of a transaction makes of one. */
type Flag = ColumnType<boolean | number, never, never>

/** Operations. Only the stores themselves add rows. */
export interface OperationsTable {
  id: string
  service: string
  merchant_id: string
  caller: string
  idempotency_key_hash: string | null
  idempotency_key_prefix: string | null
  holds_key: Flag
  fingerprint: string
  order_id: string | null
  /** Of the payment: what the request named, or else what a success was answered with. */
  transaction_id: string | null
  /** In PostgreSQL: the latter, see `transactionIdOf`. */
  answered_transaction_id: string | null
  amount: string | null
  claims_order: Flag
  holds_order: Flag
  owner: string
  attempt_number: number
  created_at: number
  /** In PostgreSQL: until when its owner is taken to be alive, by the server's clock. */
  lease_until: number
  state: OperationState | 'WITHDRAWN'
  finished_at: number | null
  settled_at: number | null
  result: string | null
  resolution: string | null
  /** Sealed: what of the request is kept, for services that say so. */
  request: string | null
}

/**
 * Processes of an earlier version claim nothing more once a column that they name is gone, and finish what they have
 * begun: what they would claim from now on was found by no transaction id.
 */
export function* changeOperations(tx: Transaction): Steps<void> {
  const { schema } = tx.db
  yield* tx.run(schema.alterTable('operations').renameColumn('attempt', 'claim_attempt'))
  yield* tx.run(schema.alterTable('operations').addColumn('request', tx.types.text))
  yield* tx.run(
    schema
      .createIndex('operations_by_transaction')
      .on('operations')
      .columns(['transaction_id', 'merchant_id'])
      .where('transaction_id', 'is not', null),
  )
}

const ROWS_AT_ONCE = 500

/** What succeeded before is found by its transaction id, too, where a key opens its result. */
export function* fillTransactionIds(tx: Transaction): Steps<void> {
  for (let after = ''; ; ) {
    const rows = yield* tx.all(
      tx.db
        .selectFrom('operations')
        .select(['id', 'result'])
        .where('id', '>', after)
        .where('state', '=', 'SUCCEEDED')
        .where('transaction_id', 'is', null)
        .orderBy('id')
        .limit(ROWS_AT_ONCE),
    )
    for (const { id, result } of rows) {
      const transactionId = transactionIdIn(result === null ? undefined : tx.codec.open(result, id))
      if (transactionId === null) continue
      yield* tx.run(tx.db.updateTable('operations').set({ transaction_id: transactionId }).where('id', '=', id))
    }
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

function transactionIdIn(result: string | undefined): string | null {
  if (result === undefined) return null
  try {
    const { transactionId } = JSON.parse(result) as { readonly transactionId?: unknown }
    return typeof transactionId === 'string' ? transactionId : null
  } catch {
    return null
  }
}
