import type { Steps, Transaction } from '../../procedures/transaction.ts'

export function* createOperationEvents(tx: Transaction): Steps<void> {
  const { text, integer, tableEnd } = tx.types
  yield* tx.run(
    tx.db.schema
      .createTable('operation_events')
      .addColumn('operation_id', text, (column) => column.notNull())
      .addColumn('seq', integer, (column) => column.notNull())
      .addColumn('at', integer, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('recorded_by', text, (column) => column.notNull())
      .addColumn('data', text, (column) => column.notNull())
      .addColumn('result_before', text)
      .addPrimaryKeyConstraint('operation_events_pkey', ['operation_id', 'seq'])
      .modifyEnd(tableEnd),
  )
}

const ROWS_AT_ONCE = 500

/** What people recorded before there were events: it stands as the first event of each, sealed as it is. */
export function* writeOlderResolutions(tx: Transaction): Steps<void> {
  for (let after = ''; ; ) {
    const rows = yield* tx.all(
      tx.db
        .selectFrom('operations')
        .select(['id', 'created_at', 'resolution'])
        .where('id', '>', after)
        .where('resolution', 'is not', null)
        .orderBy('id')
        .limit(ROWS_AT_ONCE),
    )
    for (const { id, created_at, resolution } of rows) {
      if (resolution === null) continue
      const { at = created_at, by = '' } = signatureIn(tx.codec.open(resolution, id))
      const event = { operation_id: id, seq: 1, at, kind: 'RESOLVED', recorded_by: by, data: resolution } as const
      yield* tx.run(tx.db.insertInto('operation_events').values({ ...event, result_before: null }))
    }
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

function signatureIn(resolution: string | undefined): { readonly at?: number; readonly by?: string } {
  if (resolution === undefined) return {}
  try {
    const { resolvedAt, resolvedBy } = JSON.parse(resolution) as { resolvedAt?: unknown; resolvedBy?: unknown }
    const at = Date.parse(String(resolvedAt))
    return { ...(Number.isNaN(at) ? {} : { at }), ...(typeof resolvedBy === 'string' ? { by: resolvedBy } : {}) }
  } catch {
    return {}
  }
}
