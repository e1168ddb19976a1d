import type { Steps, Transaction } from '../../procedures/transaction.ts'

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
