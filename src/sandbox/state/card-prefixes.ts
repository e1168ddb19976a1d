import { CARD_COMPANIES } from '../../payapi/definition/code-tables.ts'
import { Refusal } from '../errors.ts'

/** What the sandbox says of a card prefix. The assignments are the sandbox's own and say nothing of real cards. */
interface CardPrefixEntry {
  /** Card company code of the contract's table. */
  readonly company: string
  /** `0` credit, `1` check, `2` gift. */
  readonly type: string
  readonly name: string
}

const entry = (company: string, type: string): CardPrefixEntry => ({
  company,
  type,
  name: CARD_COMPANIES[company] ?? '',
})

const LISTED: ReadonlyMap<string, CardPrefixEntry> = new Map([
  ['949094', entry('06', '0')],
  ['400000', entry('21', '0')],
  ['510000', entry('22', '0')],
  ['356900', entry('23', '0')],
  ['940915', entry('14', '1')],
  ['941181', entry('12', '2')],
])

const UNKNOWN_PREFIX = '000000'
const COMPANIES = Object.keys(CARD_COMPANIES).sort()
const TYPES = ['0', '1', '2'] as const

/** A listed entry, or else one that follows from the six digits. Throws Refusal for `000000`. */
export function findCardPrefix(prefix: string): CardPrefixEntry {
  if (prefix === UNKNOWN_PREFIX) throw new Refusal('unknownPrefix')
  const listed = LISTED.get(prefix)
  if (listed) return listed
  const number = Number(prefix)
  const type = TYPES[Math.floor(number / COMPANIES.length) % TYPES.length]
  return entry(COMPANIES[number % COMPANIES.length] ?? '06', type ?? '0')
}
