import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'

// Values that must never be seen again, and how to find them.

const { signKey, apiKey, apiIv } = DEMO_MERCHANTS[0]

/** A card that passes every check, with what authenticates its holder. */
export const CARD = {
  number: '4000000000000002',
  expiryYear: '29',
  expiryMonth: '12',
  holderId: '861203',
  passwordPrefix: '73',
}

/** A billing key that works in the sandbox. */
export const BILLING_KEY = 'SANDBOX-CARDKEY-C4N4RY'

/** What is looked for, by what it is. The password's two digits are looked for apart, as any text may hold them. */
export const SECRETS: Readonly<Record<string, string>> = {
  'card number': CARD.number,
  'holder id': CARD.holderId,
  'billing key': BILLING_KEY,
  'sign key': signKey,
  'api key': apiKey,
  'api iv': apiIv,
}

const inGroups = (value: string, size: number, separator: string) =>
  value.replace(new RegExp(`.{${size}}(?=.)`, 'g'), `$&${separator}`)

/** A value as it may stand in a text: clear, encoded, or with something between its digits. */
export function formsOf(value: string): readonly string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '')
  const groups = [' ', '-', '.', '%20', '+'].flatMap((separator) =>
    [2, 3, 4].map((size) => inGroups(value, size, separator)),
  )
  return [...new Set([value, base64, Buffer.from(value).toString('hex'), encodeURIComponent(value), ...groups])]
}

const FORMS = Object.entries(SECRETS).flatMap(([name, value]) => formsOf(value).map((form) => [name, form] as const))

// Where digits stand by right: ids, times and places. Two digits of a password are looked for in all the rest.
const PLACES =
  /"(?:requestId|requestedAt|time|transactionId|billingKey|\w+At)":"[^"]*"|"(?:durationMs|line|column|httpStatus)":\d+|"frames":\[.*?\]/g

/** The names of the secrets that stand in what came out somewhere. */
export function leaksIn(text: string): readonly string[] {
  const found = FORMS.filter(([, form]) => text.includes(form)).map(([name]) => name)
  const password = new RegExp(`(?<![\\d.])${CARD.passwordPrefix}(?!\\d)`)
  if (password.test(text.replaceAll(PLACES, ''))) found.push('password prefix')
  return [...new Set(found)]
}

/** An input of `issueCardBillingKey`, which takes all that is secret of a card. */
export const ISSUE_INPUT = { buyer: { name: '홍길동' }, memo: '메모', card: CARD }

/** A JSON value as a GraphQL literal. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner)}`)
    .join(', ')} }`
}
