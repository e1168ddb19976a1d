import { sql } from 'kysely'
import type { Steps, Transaction } from '../../procedures/transaction.ts'
import { indexOpenNotices } from './notices.ts'
import { createWebhookDeliveries, createWebhookEndpoints, createWebhookEvents } from './webhooks.ts'

/**
 * Webhooks, and what is followed live. Processes of an earlier version claim nothing more once a column that they name is gone, and finish what they
 * have begun: of what they would claim from now on nobody would be told.
 */
export function* upgradeToVersion5(tx: Transaction): Steps<void> {
  yield* markExpiredLinks(tx)
  yield* createWebhookEvents(tx)
  yield* createWebhookDeliveries(tx)
  yield* createWebhookEndpoints(tx)
  yield* indexOpenNotices(tx)
  // At the end: PostgreSQL keeps everybody from the table until the transaction is over, and links and notices may be many.
  yield* tx.run(tx.db.schema.alterTable('operations').renameColumn('claim_attempt', 'attempt_number'))
}

/** Links whose time runs out are told of from now on, not those of before. */
function* markExpiredLinks(tx: Transaction): Steps<void> {
  const unused = sql.lit('LINK_CREATED')
  yield* tx.run(
    tx.db
      .updateTable('sms_links')
      .set({ status: 'EXPIRED' })
      .where('status', '=', unused)
      .where('expires_at', '<=', yield* tx.now()),
  )
  yield* tx.run(
    tx.db.schema
      .createIndex('sms_links_by_expiry')
      .on('sms_links')
      .columns(['expires_at'])
      .where(sql<boolean>`status = 'LINK_CREATED'`),
  )
}
