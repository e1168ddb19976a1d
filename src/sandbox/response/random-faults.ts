import { type KnownScenario, SCENARIOS } from './scenarios.ts'

/** How many requests meet a random fault, and from which seed the numbers come. */
export interface FaultOptions {
  /** Share of the requests, 0 to 1. */
  readonly rate: number
  /** Any whole number. The same one gives the same faults to the same order of requests. */
  readonly seed: number
}

/** The scenarios that lose or break an answer, or leave a wrong one behind. */
const CANDIDATES: readonly KnownScenario[] = SCENARIOS.filter(
  ({ name, outcome }) => outcome === 'UNKNOWN' || name.startsWith('answer-too-many'),
)

/** Mulberry32: 32 bits of state are plenty for drawing faults, and a seed can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Draws one of the candidates or undefined; without options, never one. Throws a RangeError for a rate outside 0 to 1 or
 * a seed that is no whole number.
 */
export function randomSource<Candidate>(
  options: FaultOptions | undefined,
  candidates: readonly Candidate[],
): () => Candidate | undefined {
  if (!options) return () => undefined
  const { rate, seed } = options
  if (!(rate >= 0 && rate <= 1)) throw new RangeError('the fault rate must be a number from 0 to 1')
  if (!Number.isSafeInteger(seed)) throw new RangeError('the fault seed must be a whole number')
  const next = randomNumbers(seed)
  return () => (next() < rate ? candidates[Math.floor(next() * candidates.length)] : undefined)
}

/** Draws a scenario for one request. */
export function faultSource(options: FaultOptions | undefined): () => KnownScenario | undefined {
  return randomSource(options, CANDIDATES)
}
