import type { Localized } from '../../lib/localized.ts'
import { SCENARIOS } from '../../sandbox/response/scenarios.ts'

/** The one scenario that the sandbox cannot play itself: that nobody listens. */
export const REFUSED = 'refused'

/** An address on which nobody listens: port 1 is reserved, and no program of today uses it. */
export const UNREACHABLE_URL = 'http://127.0.0.1:1'

/** Every scenario that a request may ask for, with what happens in it. */
export const ALL_SCENARIOS: readonly { readonly name: string; readonly description: Localized }[] = [
  {
    name: REFUSED,
    description: {
      en: 'Not processed: no connection can be made, so nothing is sent.',
      ko: '처리 안 함. 연결할 수 없어 전송하지 못함.',
    },
  },
  ...SCENARIOS,
]
