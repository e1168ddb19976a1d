import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Transaction } from '../transaction.ts'

/**
 * The payment that an operation is about: what its request named, or else what it was answered with. PostgreSQL keeps the
 * answered one in a column of its own, which no index is over, and finds it by a table: or each answer would write every
 * index of the operation anew.
 */
export const transactionIdOf = (row: {
  readonly transaction_id: string | null
  readonly answered_transaction_id?: string | null
}): string | null => row.transaction_id ?? row.answered_transaction_id ?? null

/** The same in a query, of the table or what stands for it. */
export const transactionIdIn = ({ kind }: Transaction, table = 'operations'): RawBuilder<string | null> => {
  const named = sql<string | null>`${sql.ref(`${table}.transaction_id`)}`
  return kind === 'sqlite' ? named : sql`coalesce(${named}, ${sql.ref(`${table}.answered_transaction_id`)})`
}

/** The ids of the operations that are about some payments of some merchants. */
export function operationsAbout(
  { kind, db }: Transaction,
  transactionIds: readonly string[],
  merchantIds: readonly string[],
): Expression<string> {
  const named = db
    .selectFrom('operations')
    .select('id')
    .where('transaction_id', 'in', transactionIds)
    .where('merchant_id', 'in', merchantIds)
  if (kind === 'sqlite') return named as never
  const answered = db
    .selectFrom('answered_transactions')
    .select('operation_id as id')
    .where('transaction_id', 'in', transactionIds)
    .where('merchant_id', 'in', merchantIds)
  return named.unionAll(answered) as never
}
