import { transactionIdIn } from '../operations/transaction-ids.ts'
import type { Steps, Transaction } from '../transaction.ts'

export interface DueInput {
  /** Also what others may be at: at a start, whoever was is perhaps gone. */
  readonly isStart: boolean
  /** Also what fits an operation or a link that appeared in so many milliseconds before. */
  readonly appearedInMs: number
}

const AT_ONCE = 100

/** Whoever's clock was wrong for a while must not put a notice off for good. */
const LONGEST_WAIT_MS = 2 * 24 * 60 * 60_000

export interface DueNotice {
  readonly id: string
  readonly dueAt: number
}

/** Notices that are to be looked at now. */
export function* dueNotices(tx: Transaction, { isStart, appearedInMs }: DueInput): Steps<readonly DueNotice[]> {
  const now = yield* tx.now()
  const open = tx.db.selectFrom('notices').select(['id', 'due_at as dueAt']).where('due_at', 'is not', null)
  const due = [
    ...(yield* tx.all(open.where('due_at', '<=', now).orderBy('due_at').limit(AT_ONCE))),
    ...(yield* tx.all(open.where('due_at', '>', now + LONGEST_WAIT_MS).limit(AT_ONCE))),
    ...(isStart ? yield* tx.all(open.where('state', '=', 'RECEIVED').limit(AT_ONCE)) : []),
  ]
  const found = new Map(due.map((notice) => [notice.id, notice]))
  const waiting = open.where('state', '=', 'WAITING')
  if ((yield* tx.first(waiting.limit(1))) === undefined) return [...found.values()] as readonly DueNotice[]
  const { orderIds, transactionIds } = yield* appearedSince(tx, now - appearedInMs)
  for (const [column, ids] of [
    ['order_id', orderIds],
    ['transaction_id', transactionIds],
  ] as const) {
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
      const fitting = yield* tx.all(waiting.where(column, 'in', ids.slice(start, start + IDS_AT_ONCE)).limit(AT_ONCE))
      for (const notice of fitting) found.set(notice.id, notice)
    }
  }
  return [...found.values()] as readonly DueNotice[]
}

const IDS_AT_ONCE = 500

/** More than this appears in no second that notices are looked for in; what is missed is due by its own time. */
const MOST_APPEARED = 5_000

/** What operations that were begun since then name: a link has one that made it. */
function* appearedSince(tx: Transaction, since: number) {
  const operations = yield* tx.all(
    tx.db
      .selectFrom('operations')
      .select(['order_id', transactionIdIn(tx).as('transaction_id')])
      .where('created_at', '>=', since)
      .limit(MOST_APPEARED),
  )
  const named = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  return {
    orderIds: named(operations.map(({ order_id }) => order_id)),
    transactionIds: named(operations.map(({ transaction_id }) => transaction_id)),
  }
}

/** Takes a notice that is to be looked at, for so long; false where another instance was faster. */
export function* takeNotice(
  tx: Transaction,
  { id, dueAt, forMs }: DueNotice & { readonly forMs: number },
): Steps<boolean> {
  const until = (yield* tx.now()) + forMs
  const mine = tx.db.updateTable('notices').set({ due_at: until }).where('id', '=', id).where('due_at', '=', dueAt)
  return (yield* tx.run(mine)) > 0
}
