export const HIDDEN = '[hidden]'

// At least 13 digits, with at most three separators (also url-encoded ones) between two of them.
const LONG_NUMBER = /\d(?:(?:[\s.+-]|%20|%2D){0,3}\d){12,}/gi

/**
 * Replaces everything that looks like a card number by `[hidden]`: 13 to 19 digits that pass Luhn, also written with
 * spaces, dashes, dots or their url-encoded forms between them.
 */
export function redactCardNumbers(text: string): string {
  return text.replace(LONG_NUMBER, hideCardNumbersWithin)
}

/** Hides every row of neighbouring digit groups that passes: a card number may stand beside other numbers. */
function hideCardNumbersWithin(run: string): string {
  const groups = [...run.matchAll(/%20|%2D|\d+/gi)].filter(([part]) => !part.startsWith('%'))
  let hidden = ''
  let done = 0
  for (const [first, { index }] of groups.entries()) {
    const end = endOfCardNumber(groups, first)
    if (end <= done) continue
    // Rows that overlap are hidden together: it cannot be told which of them is the card number.
    if (index >= done) hidden += run.slice(done, index) + HIDDEN
    done = end
  }
  return hidden + run.slice(done)
}

/** Where the longest row that passes and begins with a group ends; 0 where none does. */
function endOfCardNumber(groups: readonly RegExpExecArray[], first: number): number {
  let digits = ''
  let end = 0
  for (let last = first; last < groups.length; last++) {
    const group = groups[last]
    if (group === undefined) break
    digits += group[0]
    if (digits.length > 19) break
    if (digits.length >= 13 && passesLuhn(digits)) end = group.index + group[0].length
  }
  return end
}

/**
 * Removes the clear values of secrets that were in play and anything that looks like a card number. Values of fewer
 * than six characters are left alone: two digits stand in any sentence, and removing them would garble it without
 * hiding anything.
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let redacted = text
  for (const secret of secrets) if (secret.length >= 6) redacted = redacted.replaceAll(secret, HIDDEN)
  return redactCardNumbers(redacted)
}

/** The Luhn check that card numbers carry. Anything but digits fails. */
export function passesLuhn(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const doubled = index % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
