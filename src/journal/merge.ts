import type { Operation } from './store.ts'

const isNewer = (one: Operation, other: Operation): boolean =>
  one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt

/** Takes walks over different operations, each newest first, and how many are wanted; resolves to the newest of all. */
export async function newestFirst(
  walks: readonly AsyncGenerator<Operation, undefined>[],
  limit: number,
): Promise<readonly Operation[]> {
  const heads = await Promise.all(walks.map((walk) => walk.next()))
  const merged: Operation[] = []
  while (merged.length < limit) {
    let newest = -1
    let operation: Operation | undefined
    for (const [index, { value }] of heads.entries()) {
      if (value === undefined || (operation !== undefined && isNewer(operation, value))) continue
      newest = index
      operation = value
    }
    const walk = walks[newest]
    if (operation === undefined || walk === undefined) break
    merged.push(operation)
    if (merged.length < limit) heads[newest] = await walk.next()
  }
  return merged
}
