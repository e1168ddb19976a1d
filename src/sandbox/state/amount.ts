// Amounts as whole numbers of the smallest unit: won for WON, cents for USD.

/** The currencies that the contract names. */
export type Currency = 'WON' | 'USD'

const PATTERNS: Readonly<Record<Currency, RegExp>> = {
  WON: /^(0|[1-9]\d*)$/,
  USD: /^(0|[1-9]\d*)(?:\.(\d{1,2}))?$/,
}

/**
 * An amount in won or cents, from how a form carries it: digits without commas, for USD with up to two decimals.
 * Undefined where it is written otherwise.
 */
export function parseAmount(text: string, currency: Currency): bigint | undefined {
  const match = PATTERNS[currency].exec(text)
  if (!match?.[1]) return undefined
  return currency === 'WON' ? BigInt(match[1]) : BigInt(match[1] + (match[2] ?? '').padEnd(2, '0'))
}

/** An amount, given in won or cents, as an answer carries it: `50000`, `50.00`. */
export function formatAmount(amount: bigint, currency: Currency): string {
  if (currency === 'WON') return String(amount)
  const digits = String(amount).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
