import type { OperationEventsTable } from '../../schema/tables.ts'
import type { Operation, Resolution } from '../../store.ts'
import { addEvent, eventRowsOf } from '../operations/events.ts'
import type { Steps, Transaction } from '../transaction.ts'
import { endUnknown } from './end-unknown.ts'

/** What is kept of a try, sealed. */
interface SettleTryData {
  /** Until when it is taken to be under way, by the store's clock. */
  readonly until: number
  /** What was learned; left out until it has ended. */
  readonly finding?: SettleFinding
}

/** What a try to settle an operation showed. */
export interface SettleFinding {
  /** Null where it showed nothing. */
  readonly processed: boolean | null
  /** What was answered: a result code of PayAPI's, or why there was none. */
  readonly answer: string | null
}

type EventRow = Pick<OperationEventsTable, 'operation_id' | 'seq' | 'at' | 'kind'>

/** When something is tried by itself: after so many milliseconds of not knowing, the first try first. */
type Schedule = readonly number[]

/** Since when an operation is unknown, and how often it was tried since. */
function progressOf(
  finishedAt: number,
  events: readonly EventRow[],
): { readonly since: number; readonly tries: number } {
  const reopened = events.findLast(({ kind }) => kind === 'REOPENED')
  const tries = events.filter(({ kind, seq }) => kind === 'SETTLE_TRY' && seq > (reopened?.seq ?? 0))
  return { since: reopened?.at ?? finishedAt, tries: tries.length }
}

function isDue(finishedAt: number, events: readonly EventRow[], schedule: Schedule, now: number): boolean {
  const { since, tries } = progressOf(finishedAt, events)
  const wait = schedule[tries]
  return wait !== undefined && now - since >= wait
}

const OPERATIONS_AT_ONCE = 200

/** The operations of these services that are unknown and are to be tried now, oldest first. */
export function* dueSettlings(
  tx: Transaction,
  {
    services,
    schedule,
    now,
  }: { readonly services: readonly string[]; readonly schedule: Schedule; readonly now: number },
): Steps<readonly string[]> {
  const due: string[] = []
  if (services.length === 0) return due
  for (let after = { created_at: Number.MIN_SAFE_INTEGER, id: '' }; ; ) {
    const rows = yield* tx.all(
      tx.db
        .selectFrom('operations')
        .select(['id', 'created_at', 'finished_at'])
        .where(tx.isUnknown)
        .where('service', 'in', services)
        .where(({ refTuple, tuple, eb }) => eb(refTuple('created_at', 'id'), '>', tuple(after.created_at, after.id)))
        .orderBy('created_at')
        .orderBy('id')
        .limit(OPERATIONS_AT_ONCE),
    )
    const last = rows.at(-1)
    if (last === undefined) return due
    const events = yield* tx.all(
      tx.db
        .selectFrom('operation_events')
        .select(['operation_id', 'seq', 'at', 'kind'])
        .where(
          'operation_id',
          'in',
          rows.map(({ id }) => id),
        )
        .orderBy('seq'),
    )
    for (const { id, created_at, finished_at } of rows) {
      const own = events.filter(({ operation_id }) => operation_id === id)
      if (isDue(finished_at ?? created_at, own, schedule, now)) due.push(id)
    }
    after = last
  }
}

/** Whether a try is under way. Whoever calls has the operation's lock. */
export function* isBeingSettled(tx: Transaction, operationId: string): Steps<boolean> {
  const last = (yield* eventRowsOf(tx, operationId)).findLast(({ kind }) => kind === 'SETTLE_TRY')
  if (last === undefined) return false
  const { until, finding } = dataOf(tx, last)
  return finding === undefined && until > (yield* tx.now())
}

function dataOf(tx: Transaction, { operation_id, data }: OperationEventsTable): SettleTryData {
  const text = tx.codec.open(data, operation_id)
  // What no key opens was written by a process that is long gone.
  return text === undefined ? { until: 0 } : (JSON.parse(text) as SettleTryData)
}

export interface NewTry {
  readonly operationId: string
  readonly by: string
  readonly at: number
  /** How long it is taken to be under way without a sign of its end. */
  readonly leaseMs: number
  /** Null where somebody asks for it now. */
  readonly schedule: Schedule | null
  /** The result of an operation that has none: from now on its owner's comes too late. */
  readonly lostResult: string
}

/** Why nothing is tried. */
export type NoTry = 'NOT_UNKNOWN' | 'UNDER_WAY' | 'NOT_DUE'

/** Begins a try, which is the only one of its operation until it has ended. */
export function* beginSettleTry(
  tx: Transaction,
  { operationId, by, at, leaseMs, schedule, lostResult }: NewTry,
): Steps<{ readonly seq: number } | { readonly refused: NoTry }> {
  yield* tx.lock('operation', operationId)
  const row = yield* tx.first(
    tx.db
      .selectFrom('operations')
      .select(['state', 'created_at', 'finished_at', 'result'])
      .where('id', '=', operationId),
  )
  if (row?.state !== 'UNKNOWN') return { refused: 'NOT_UNKNOWN' }
  if (yield* isBeingSettled(tx, operationId)) return { refused: 'UNDER_WAY' }
  const events = yield* eventRowsOf(tx, operationId)
  if (schedule !== null && !isDue(row.finished_at ?? row.created_at, events, schedule, at))
    return { refused: 'NOT_DUE' }
  if (row.result === null) {
    const taken = yield* tx.run(
      tx.db
        .updateTable('operations')
        .set({ result: tx.codec.seal(lostResult, operationId) })
        .where('id', '=', operationId)
        .where('state', '=', 'UNKNOWN')
        .where('result', 'is', null),
    )
    if (taken === 0) return { refused: 'NOT_UNKNOWN' }
  }
  const data: SettleTryData = { until: (yield* tx.now()) + leaseMs }
  const event = { operationId, kind: 'SETTLE_TRY', at, recordedBy: by, data: JSON.stringify(data) } as const
  return { seq: yield* addEvent(tx, event) }
}

/** Ends a try with what it showed; the operation as it then stands. */
export function* endSettleTry(
  tx: Transaction,
  {
    operationId,
    seq,
    finding,
    settled,
  }: {
    readonly operationId: string
    readonly seq: number
    readonly finding: SettleFinding
    readonly settled: Omit<Resolution, 'recordedAt' | 'recordedBy'> | null
  },
): Steps<Operation | undefined> {
  yield* tx.lock('operation', operationId)
  const event = (yield* eventRowsOf(tx, operationId)).find((each) => each.seq === seq)
  const isEnded = event === undefined || dataOf(tx, event).finding !== undefined
  const ended = settled === null || isEnded ? undefined : yield* endUnknown(tx, operationId, settled)
  if (!isEnded) {
    const data: SettleTryData = { ...dataOf(tx, event), finding }
    yield* tx.run(
      tx.db
        .updateTable('operation_events')
        .set({
          data: tx.codec.seal(JSON.stringify(data), operationId),
          result_before: ended?.resultBefore ?? null,
        })
        .where('operation_id', '=', operationId)
        .where('seq', '=', seq),
    )
  }
  if (ended !== undefined) return ended.operation
  const row = yield* tx.first(tx.db.selectFrom('operations').selectAll().where('id', '=', operationId))
  return row && tx.codec.operationOf(row)
}
