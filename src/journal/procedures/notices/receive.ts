import { sql } from 'kysely'
import type { NoticeContent, NoticeKind, NoticeState } from '../../records/notices.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { column } from './row.ts'

/** A notice that came. */
export interface ReceivedNotice {
  /** The id that it gets, unless it came before. */
  readonly id: string
  readonly kind: NoticeKind
  readonly merchantId: string
  readonly linkId: string | null
  /** What makes it the same notice when it is sent again. */
  readonly identity: string
  readonly content: NoticeContent
  readonly address: boolean | null
  readonly signature: boolean | null
  /** How many copies of it came together. */
  readonly times: number
}

/** What came of it. */
export interface Receipt {
  readonly id: string
  readonly isNew: boolean
  /** Whether it is to be looked at now. */
  readonly isDue: boolean
}

/** How long whoever took a notice in has for applying it, before somebody else does. */
const APPLY_MS = 30_000

/** Writes a notice down, or counts it where it came before. Safe to repeat. */
export function* receiveNotice(tx: Transaction, received: ReceivedNotice): Steps<Receipt> {
  const { id, kind, merchantId, content, times } = received
  const { facts } = content
  const now = yield* tx.now()
  const values = {
    id,
    kind,
    hash: tx.codec.hash(JSON.stringify([kind, merchantId, received.linkId, received.identity])),
    merchant_id: merchantId,
    link_id: received.linkId,
    event: facts.event,
    order_id: facts.orderId,
    transaction_id: facts.transactionId,
    amount: facts.amount,
    account_hash: facts.account === null ? null : tx.codec.hash(facts.account.number),
    occurred_at: facts.occurredAt,
    received_at: now,
    last_received_at: now,
    times_received: times,
    state: 'RECEIVED',
    attempts: 0,
    due_at: now + APPLY_MS,
    trust_address: column(received.address),
    trust_signature: column(received.signature),
    content: tx.codec.seal(JSON.stringify(content), id),
    kept_from: yield* tx.clock(),
  } as const
  const known = yield* tx.first(
    tx.db
      .insertInto('notices')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('hash').doUpdateSet({
          // The same one again, after an answer of the store that was lost, is none more.
          times_received: sql`notices.times_received + case when notices.id = excluded.id then 0 else ${times} end`,
          last_received_at: now,
          kept_from: values.kept_from,
          // A copy that somebody else sent first must not take from the PG's own what it is trusted for.
          trust_address: better('trust_address'),
          trust_signature: better('trust_signature'),
          // What counted for nothing, as it came from elsewhere, is one that nobody has looked at yet.
          state: sql<NoticeState>`case when notices.state = 'WAITING' and notices.trust_address = 0 and ${isBetter('trust_address')} then 'RECEIVED' else notices.state end`,
          due_at: sql`case when ${isBetter('trust_address')} or ${isBetter('trust_signature')} then ${now} else notices.due_at end`,
        }),
      )
      .returning(['id', 'due_at']),
  )
  const isNew = known?.id === id
  return { id: known?.id ?? id, isNew, isDue: isNew || (known?.due_at ?? Number.POSITIVE_INFINITY) <= now }
}

type Trust = 'trust_address' | 'trust_signature'

const isBetter = (name: Trust) =>
  sql`(${sql.ref(`excluded.${name}`)} = 1 and ${sql.ref(`notices.${name}`)} is distinct from 1)`

const better = (name: Trust) =>
  sql<number | null>`case when ${isBetter(name)} then 1 else ${sql.ref(`notices.${name}`)} end`
