import type { OperationStore } from '../../journal/operation-store.ts'
import type { NoticeFilter } from '../../journal/procedures/notices/read.ts'
import type { Notice } from '../../journal/records/notices.ts'
import { type OperationRange, StoreUnavailableError } from '../../journal/store.ts'
import { monotonicMs } from '../../lib/timeout.ts'

/** A search takes so long at most. */
const DEADLINE_MS = 3_000

/** Newest first, or backwards, at most `limit` of a range. A search that takes too long counts as unavailable. */
export async function findNotices(
  store: Pick<OperationStore, 'run'>,
  filter: NoticeFilter,
  limit: number,
  range: OperationRange,
): Promise<Notice[]> {
  const until = monotonicMs() + DEADLINE_MS
  const all: Notice[] = []
  for (let rest = range; ; ) {
    const { found, next } = await store.run('scanNotices', { filter, limit: limit - all.length, range: rest })
    all.push(...found)
    if (next === undefined) return all
    if (monotonicMs() > until) throw new StoreUnavailableError('The search takes too long; a shorter time helps')
    rest = next
  }
}
