import type { MerchantWork } from '../../journal/procedures/work.ts'

/** How much waits for a person. */
export interface Work {
  readonly unknownOperations: number
  readonly openNotices: number
}

/** What waits of these merchants together; null for all. */
export function workOf(all: readonly MerchantWork[], merchantIds: readonly string[] | null): Work {
  const own = merchantIds === null ? all : all.filter(({ merchantId }) => merchantIds.includes(merchantId))
  const sum = (name: keyof Work): number => own.reduce((total, each) => total + each[name], 0)
  return { unknownOperations: sum('unknownOperations'), openNotices: sum('openNotices') }
}
