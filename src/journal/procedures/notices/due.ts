import type { Steps, Transaction } from '../transaction.ts'

interface DueInput {
  /** Also what others may be at: at a start, whoever was is perhaps gone. */
  readonly isStart: boolean
  /** Also what fits an operation or a link that appeared in so many milliseconds before. */
  readonly appearedInMs: number
}

const AT_ONCE = 100

/** Whoever's clock was wrong for a while must not put a notice off for good. */
const LONGEST_WAIT_MS = 2 * 60 * 60_000

export interface DueNotice {
  readonly id: string
  readonly dueAt: number
}

/** Notices that are to be looked at now. */
export function* dueNotices(tx: Transaction, { isStart, appearedInMs }: DueInput): Steps<readonly DueNotice[]> {
  const now = yield* tx.now()
  const open = tx.db.selectFrom('notices').select(['id', 'due_at as dueAt']).where('due_at', 'is not', null)
  const due = yield* tx.all(
    open
      .where(({ or, eb }) =>
        or([
          eb('due_at', '<=', now),
          eb('due_at', '>', now + LONGEST_WAIT_MS),
          ...(isStart ? [eb('state', '=', 'RECEIVED')] : []),
        ]),
      )
      .orderBy('due_at')
      .limit(AT_ONCE),
  )
  const waits = yield* tx.first(open.where('state', '=', 'WAITING').limit(1))
  if (waits === undefined) return due as readonly DueNotice[]
  const since = now - appearedInMs
  const fitting = yield* tx.all(
    open
      .where('state', '=', 'WAITING')
      .where(({ or, exists, selectFrom }) =>
        or([
          exists(
            selectFrom('operations')
              .select('operations.id')
              .whereRef('operations.order_id', '=', 'notices.order_id')
              .whereRef('operations.merchant_id', '=', 'notices.merchant_id')
              .where('operations.created_at', '>=', since),
          ),
          exists(
            selectFrom('operations')
              .select('operations.id')
              .whereRef('operations.transaction_id', '=', 'notices.transaction_id')
              .whereRef('operations.merchant_id', '=', 'notices.merchant_id')
              .where('operations.created_at', '>=', since),
          ),
          exists(
            selectFrom('sms_links')
              .select('sms_links.order_id')
              .whereRef('sms_links.order_id', '=', 'notices.order_id')
              .whereRef('sms_links.merchant_id', '=', 'notices.merchant_id')
              .where('sms_links.created_at', '>=', since),
          ),
        ]),
      )
      .limit(AT_ONCE),
  )
  return [...new Map([...due, ...fitting].map((found) => [found.id, found as DueNotice])).values()]
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
