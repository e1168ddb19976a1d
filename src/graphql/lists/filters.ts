import type { Caller } from '../../auth/caller.ts'
import type { OperationFilter } from '../../journal/store.ts'
import { badArgument } from './pagination.ts'

/** Where no merchant is named, those as which the caller may act. */
export function allowedFilter<Filter extends Pick<OperationFilter, 'merchantIds'>>(
  filter: Filter,
  caller: Caller | undefined,
): Filter {
  const merchantIds = filter.merchantIds ?? (caller?.merchants && [...caller.merchants])
  return merchantIds === undefined ? filter : { ...filter, merchantIds }
}

/** Throws an error for the caller where a text is no time. */
export function instant(text: string, name: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw badArgument(`filter.${name} must be an ISO 8601 date and time.`)
  return time
}
