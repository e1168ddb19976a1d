/** Of some names the one that was probably meant; undefined where none is near. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(given.length / 4))
  const [best] = names
    .map((name) => ({ name, distance: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter((near) => near.distance <= most)
    .sort((one, other) => one.distance - other.distance)
  return best?.name
}

/** How many letters have to be put in, taken away or changed to make one text of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (let n = 1; n <= other.length; n++) {
      const changed = (row[n - 1] ?? 0) + (letter === other[n - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[n] ?? 0) + 1, (next[n - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
