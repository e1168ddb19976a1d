import { sql } from 'kysely'
import type { WebhookDelivery } from '../../records/events.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { webhookDelivery } from './deliver.ts'
import { emitTest } from './emit.ts'
import { AT_ONCE, deliveryId } from './rows.ts'

/** An endpoint, and where it is now. */
export interface Place {
  readonly id: string
  readonly url: string
}

/**
 * Which of some endpoints said that they are gone, and are still where they were then. One that is somewhere else
 * begins anew: from now on it is told of what happens.
 */
export function* beginEndpoints(
  tx: Transaction,
  { endpoints }: { readonly endpoints: readonly Place[] },
): Steps<readonly string[]> {
  const ended = yield* tx.all(tx.db.selectFrom('webhook_endpoints').select(['id', 'url_hash']))
  const gone: string[] = []
  for (const { id, url } of endpoints) {
    const row = ended.find((each) => each.id === id)
    if (row === undefined) continue
    if (row.url_hash === tx.codec.hash(url)) gone.push(id)
    else yield* tx.run(tx.db.deleteFrom('webhook_endpoints').where('id', '=', id))
  }
  return gone
}

/** Records that an endpoint is gone: it is told of nothing more, and what is pending for it is given up. */
export function* endEndpoint(tx: Transaction, { id, url, at }: Place & { readonly at: number }): Steps<void> {
  const values = { url_hash: tx.codec.hash(url), ended_at: at }
  yield* tx.run(
    tx.db
      .insertInto('webhook_endpoints')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
  )
  yield* tx.run(
    tx.db
      .updateTable('webhook_deliveries')
      .set({ state: 'GIVEN_UP', lease_owner: null, lease_until: null, kept_from: yield* tx.clock() })
      .where('endpoint_id', '=', id)
      .where('state', '=', 'PENDING'),
  )
}

/**
 * Has a delivery made once more, from the first try on; undefined where there is none (any more). What else is pending of
 * its subject is tried at once, too: this one waits for what came before, and what came later for this one.
 */
export function* resendWebhook(
  tx: Transaction,
  { id, now }: { readonly id: string; readonly now: number },
): Steps<WebhookDelivery | undefined> {
  const delivery = yield* webhookDelivery(tx, { id })
  if (delivery === undefined) return undefined
  const { sequence } = delivery.event
  const pending = yield* pendingBeside(tx, delivery)
  yield* hasten(
    tx,
    pending.filter((other) => other.sequence < sequence),
  )
  yield* tx.run(
    tx.db
      .updateTable('webhook_deliveries')
      .set({ state: 'PENDING', attempts: 0, pending_since: now, next_at: AT_ONCE, kept_from: yield* tx.clock() })
      .where('id', '=', id),
  )
  yield* hasten(
    tx,
    pending.filter((other) => other.sequence > sequence),
  )
  return yield* webhookDelivery(tx, { id })
}

/** Adds an event that only tries an endpoint out. The tests before it that are pending are tried at once: it waits for them. */
export function* addTestEvent(
  tx: Transaction,
  { endpointId, now }: { readonly endpointId: string; readonly now: number },
): Steps<WebhookDelivery | undefined> {
  const eventId = yield* emitTest(tx, endpointId, now)
  const delivery = yield* webhookDelivery(tx, { id: deliveryId(eventId, endpointId) })
  if (delivery !== undefined) yield* hasten(tx, yield* pendingBeside(tx, delivery))
  return delivery
}

interface Pending {
  readonly id: string
  readonly sequence: number
}

/** What is pending of the same subject for the same endpoint, in its order. */
function* pendingBeside(tx: Transaction, { id, endpointId, event }: WebhookDelivery): Steps<readonly Pending[]> {
  return yield* tx.all(
    tx.db
      .selectFrom('webhook_deliveries')
      .select(['id', 'sequence'])
      // The condition is the index's, word for word.
      .where('state', '=', sql.lit('PENDING'))
      .where('endpoint_id', '=', endpointId)
      .where('subject', '=', event.subject)
      .where('id', '<>', id)
      .orderBy('sequence'),
  )
}

/** One after the other: whoever ends a delivery takes the rows of a subject in this order, too. */
function* hasten(tx: Transaction, pending: readonly Pending[]): Steps<void> {
  for (const { id } of pending) {
    yield* tx.run(
      tx.db
        .updateTable('webhook_deliveries')
        .set({ next_at: AT_ONCE })
        .where('id', '=', id)
        .where('state', '=', 'PENDING'),
    )
  }
}
