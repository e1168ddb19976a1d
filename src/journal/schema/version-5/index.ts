import type { Steps, Transaction } from '../../procedures/transaction.ts'
import { indexOpenNotices } from './notices.ts'
import { createWebhookDeliveries, createWebhookEndpoints, createWebhookEvents } from './webhooks.ts'

/**
 * Webhooks, and what is followed live. Processes of an earlier version claim nothing more once a column that they name is gone, and finish what they
 * have begun: of what they would claim from now on nobody would be told.
 */
export function* upgradeToVersion5(tx: Transaction): Steps<void> {
  yield* tx.run(tx.db.schema.alterTable('operations').renameColumn('claim_attempt', 'attempt_number'))
  yield* createWebhookEvents(tx)
  yield* createWebhookDeliveries(tx)
  yield* createWebhookEndpoints(tx)
  yield* indexOpenNotices(tx)
}
