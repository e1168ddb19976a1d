// The merchants of the measurements. All keys follow from the number, so that stub and servers need not agree on a list.

/** Takes a number; returns a merchant id of ten characters. */
export const midOf = (number) => `BM${String(number).padStart(8, '0')}`

/** Takes a merchant id; returns its sign key. */
export const signKeyOf = (mid) => `bench-sign-key-${mid}`

/** Takes how many; returns the facade's list of merchants. */
export function merchants(count) {
  return Array.from({ length: count }, (_, number) => ({
    mid: midOf(number),
    signKey: signKeyOf(midOf(number)),
    apiKey: `bench-api-key-of-${midOf(number)}-----`,
    apiIv: `iv-of-${midOf(number)}`,
  }))
}
