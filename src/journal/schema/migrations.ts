import type { DatabaseKind, Steps, Transaction } from '../procedures/transaction.ts'
import { upgradeToVersion4 } from './version-4/index.ts'
import { upgradeToVersion5 } from './version-5/index.ts'
import { upgradeToVersion6 } from './version-6/index.ts'

/** The version of the schema in each store: SQLite has nothing of the last one's. */
export const SCHEMA_VERSIONS: Readonly<Record<DatabaseKind, number>> = { sqlite: 5, postgres: 6 }

/** From this version on there is one migration for both stores; before, each had its own versions. */
const MIGRATIONS: readonly { readonly to: number; readonly upgrade: (tx: Transaction) => Steps<void> }[] = [
  { to: 4, upgrade: upgradeToVersion4 },
  { to: 5, upgrade: upgradeToVersion5 },
  { to: 6, upgrade: upgradeToVersion6 },
]

/** Brings a schema from a version to today's. A new journal goes the same way, so that none differs from another. */
export function* migrate(tx: Transaction, from: number): Steps<void> {
  for (const { to, upgrade } of MIGRATIONS) if (from < to && to <= SCHEMA_VERSIONS[tx.kind]) yield* upgrade(tx)
}
