// Amounts are counted in hundredths, as whole numbers: won have none, dollars have two decimals.

/** Undefined where a text is no amount, or has more than two decimals that mean something. */
export function hundredthsOf(text: unknown): bigint | undefined {
  const [, whole, decimals = ''] = /^(\d+)(?:\.(\d{1,2})0*)?$/.exec(typeof text === 'string' ? text : '') ?? []
  return whole === undefined ? undefined : BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
}

/** An amount as a decimal text: whole where it can be, else with two decimals. */
export function amountText(hundredths: bigint): string {
  const decimals = hundredths % 100n
  return `${hundredths / 100n}${decimals === 0n ? '' : `.${String(decimals).padStart(2, '0')}`}`
}

export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, each) => total + each, 0n)

export const smallest = (first: bigint, ...others: readonly bigint[]): bigint =>
  others.reduce((least, each) => (each < least ? each : least), first)
