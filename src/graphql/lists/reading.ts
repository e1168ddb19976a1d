import { SafeError } from '../../auth/errors.ts'
import { StoreUnavailableError } from '../../journal/store.ts'
import { limitConcurrency } from '../../lib/concurrency.ts'

/** Where the journal cannot be read, the error says just that. */
export async function reading<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (fault) {
    if (!(fault instanceof StoreUnavailableError)) throw fault
    throw new SafeError('The journal cannot be read now.', { extensions: { code: 'JOURNAL_UNAVAILABLE' } })
  }
}

/**
 * A page of a hundred operations keeps the store's thread and ours for longer than any other question. However many are
 * asked for at once, claims and answers come in between.
 */
export const withReadSlot = limitConcurrency(2)
