import { SCENARIO_HEADER, SCENARIOS } from '../sandbox/scenarios.ts'

export { SCENARIO_HEADER }

/** The one scenario that the sandbox cannot play itself: that nobody listens. */
export const REFUSED = 'refused'

/** An address on which nobody listens: port 1 is reserved, and no program of today uses it. */
export const NOBODY = 'http://127.0.0.1:1'

/** Every scenario that a request may ask for, with what happens in it. */
export const ALL_SCENARIOS: readonly { readonly name: string; readonly description: string }[] = [
  { name: REFUSED, description: 'Not processed: no connection can be made, so nothing is sent.' },
  ...SCENARIOS,
]
