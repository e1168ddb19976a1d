import { sql } from 'kysely'
import type { WebhookDelivery } from '../../records/events.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { deliveryId, deliveryOf, selectDeliveries } from './rows.ts'

/** An endpoint, and how many more it may be sent at once. */
interface FreeEndpoint {
  readonly id: string
  readonly free: number
}

/** Nothing is put off for longer: whoever's clock was wrong did so. */
const LONGEST_WAIT_MS = 12 * 60 * 60_000

const isDue = (now: number) => sql<boolean>`(next_at <= ${now} or next_at > ${now + LONGEST_WAIT_MS})`

/** Instances lease for the same time: a lease of twice that is of one whose clock was wrong. */
const isFree = (now: number, leaseMs: number) =>
  sql<boolean>`(lease_until is null or lease_until <= ${now} or lease_until > ${now + 2 * leaseMs})`

export interface TakeInput {
  readonly owner: string
  /** How long whoever takes them is taken to be sending them, by the store's clock. */
  readonly leaseMs: number
  readonly endpoints: readonly FreeEndpoint[]
  /** In milliseconds since 1970. */
  readonly now: number
}

/**
 * Takes what is to be sent now: nobody else is given it until the lease has run out. Of an endpoint and a subject it is
 * the earliest that is pending: what comes later waits for it.
 */
export function* takeDeliveries(tx: Transaction, input: TakeInput): Steps<readonly WebhookDelivery[]> {
  const { owner, leaseMs, endpoints, now } = input
  const storeNow = yield* tx.now()
  const taken: WebhookDelivery[] = []
  for (const { id: endpointId, free } of endpoints) {
    if (free <= 0) continue
    const due = yield* tx.all(
      inFront(tx)
        .select('pending.id')
        .where('pending.endpoint_id', '=', endpointId)
        .where(isDue(now))
        .where(isFree(storeNow, leaseMs))
        .orderBy('pending.next_at')
        .orderBy('pending.id')
        .limit(free),
    )
    for (const { id } of due) {
      // Another instance may have been faster.
      const mine = tx.db
        .updateTable('webhook_deliveries')
        .set(({ eb }) => ({ lease_owner: owner, lease_until: storeNow + leaseMs, attempts: eb('attempts', '+', 1) }))
        .where('id', '=', id)
        .where('state', '=', 'PENDING')
        .where(isDue(now))
        .where(isFree(storeNow, leaseMs))
      if ((yield* tx.run(mine)) === 0) continue
      const row = yield* tx.first(selectDeliveries(tx).where('webhook_deliveries.id', '=', id))
      if (row !== undefined) taken.push(deliveryOf(row))
    }
  }
  return taken
}

/** What is pending, waits for nothing before it, and is for an endpoint that is not gone. */
const inFront = (tx: Transaction) =>
  tx.db
    .selectFrom('webhook_deliveries as pending')
    // The condition is the index's, word for word.
    .where('pending.state', '=', sql.lit('PENDING'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('webhook_deliveries as earlier')
            .select('earlier.id')
            .where('earlier.state', '=', sql.lit('PENDING'))
            .whereRef('earlier.endpoint_id', '=', 'pending.endpoint_id')
            .whereRef('earlier.subject', '=', 'pending.subject')
            .whereRef('earlier.sequence', '<', 'pending.sequence'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('webhook_endpoints as gone').select('gone.id').whereRef('gone.id', '=', 'pending.endpoint_id'),
        ),
      ),
    )

/**
 * When the next delivery to one of some endpoints is due, in milliseconds since 1970; undefined where none is. What somebody
 * is sending does not count: should he die, it is due once his lease has run out.
 */
export function* nextDeliveryAt(
  tx: Transaction,
  { endpointIds }: { readonly endpointIds: readonly string[] },
): Steps<number | undefined> {
  if (endpointIds.length === 0) return undefined
  const row = yield* tx.first(
    inFront(tx)
      .select('pending.next_at')
      .where('pending.endpoint_id', 'in', endpointIds)
      .where('pending.lease_until', 'is', null)
      .orderBy('pending.next_at')
      .limit(1),
  )
  return row?.next_at
}

export interface EndInput {
  readonly eventId: string
  readonly endpointId: string
  readonly owner: string
  readonly outcome: 'DELIVERED' | 'RETRY' | 'GIVEN_UP'
  /** When it is tried again; of no meaning where it is not. */
  readonly nextAt: number | null
  /** What came of it: a status, or why there was none. */
  readonly answer: string
  readonly at: number
}

/**
 * Ends a try. Resolves to the delivery as it then stands; undefined where it was somebody else's meanwhile, or no longer
 * pending. What was delivered was delivered, however long it took.
 */
export function* endDelivery(tx: Transaction, input: EndInput): Steps<WebhookDelivery | undefined> {
  const { eventId, endpointId, owner, outcome, nextAt, answer, at } = input
  const id = deliveryId(eventId, endpointId)
  const ended = yield* tx.first(
    tx.db
      .updateTable('webhook_deliveries')
      .set({
        state: outcome === 'RETRY' ? 'PENDING' : outcome,
        ...(outcome === 'RETRY' ? { next_at: nextAt ?? at } : {}),
        lease_owner: null,
        lease_until: null,
        last_at: at,
        last_answer: answer,
        kept_from: yield* tx.clock(),
      })
      .where('id', '=', id)
      .where('state', '=', 'PENDING')
      .$if(outcome !== 'DELIVERED', (query) => query.where('lease_owner', '=', owner))
      .returning(['subject', 'sequence']),
  )
  if (ended === undefined) return undefined
  if (outcome === 'RETRY' && nextAt !== null) yield* putOff(tx, { endpointId, ...ended, nextAt })
  return yield* webhookDelivery(tx, { id })
}

/** What waits for a delivery need not be looked at before it is tried again. */
function* putOff(
  tx: Transaction,
  { endpointId, subject, sequence, nextAt }: { endpointId: string; subject: string; sequence: number; nextAt: number },
): Steps<void> {
  yield* tx.run(
    tx.db
      .updateTable('webhook_deliveries')
      .set({ next_at: nextAt })
      .where('state', '=', sql.lit('PENDING'))
      .where('endpoint_id', '=', endpointId)
      .where('subject', '=', subject)
      .where('sequence', '>', sequence)
      .where('next_at', '<', nextAt),
  )
}

/** Undefined where there is none (any more). */
export function* webhookDelivery(tx: Transaction, { id }: { readonly id: string }): Steps<WebhookDelivery | undefined> {
  const row = yield* tx.first(selectDeliveries(tx).where('webhook_deliveries.id', '=', id))
  return row && deliveryOf(row)
}
