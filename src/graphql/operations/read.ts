import DataLoader from 'dataloader'
import { mayActAs, requireScope } from '../../auth/authorize.ts'
import type { Operation } from '../../journal/store.ts'
import { mapWithConcurrency } from '../../lib/concurrency.ts'
import { type GraphContext, journalOf, perContext } from '../context.ts'
import { reading } from '../lists/reading.ts'
import { isOwn } from './own.ts'

/** How many operations one request reads at once: between a gateway's thousand references, claims come in. */
const READS_AT_ONCE = 8

const operationsOf = perContext((context) => {
  const { store } = journalOf(context)
  return new DataLoader((ids: readonly string[]) => mapWithConcurrency(ids, READS_AT_ONCE, (each) => store.get(each)))
})

/**
 * An operation by its id, read once however often a request asks for it; null where there is none (any more), or it is of
 * a merchant as which the caller may not act. Throws at once for the caller who lacks the right, or where no journal is kept.
 */
export function operationById(id: string, context: GraphContext): Promise<Operation | null> {
  requireScope('operations:read', context)
  return load(id, context)
}

/**
 * The same, also for a caller who may read nothing but what they made themselves: of what is somebody else's they are told
 * the same as of what is not there.
 */
export async function operationOrOwnById(id: string, context: GraphContext): Promise<Operation | null> {
  const operation = await load(id, context)
  if (operation === null || !isOwn(operation, context)) requireScope('operations:read', context)
  return operation
}

function load(id: string, context: GraphContext): Promise<Operation | null> {
  const known = operationsOf(context)
  return reading(async () => {
    const operation = await known.load(id)
    return operation && mayActAs(context.caller, operation.merchantId) ? operation : null
  })
}
