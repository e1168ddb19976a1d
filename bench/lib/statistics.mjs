/** Takes numbers; returns the one in the middle, null where there is none. */
export function median(numbers) {
  const sorted = numbers.filter((number) => typeof number === 'number').sort((one, other) => one - other)
  if (sorted.length === 0) return null
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Takes numbers from the smallest on, and a share; returns the one below which that share of them lies, null where there is none. */
export const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null

/** Takes a number; returns it with as many digits as a measurement deserves. */
export function rounded(number) {
  if (number === null || number === undefined) return null
  if (Math.abs(number) >= 100) return Math.round(number)
  return Number(number.toPrecision(3))
}
