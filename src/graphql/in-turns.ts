/**
 * Takes items, how many may be under way at once (at least 1), and what to do with each; returns what became of each, in
 * the order of the items. A fault of one is not its neighbours': it stands in its place.
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<(Result | Error)[]> {
  const results: (Result | Error)[] = new Array(items.length)
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) {
      results[index] = await work(item).catch((fault: unknown) =>
        fault instanceof Error ? fault : new Error(String(fault)),
      )
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}
