import { passesLuhn } from './luhn.ts'

const HIDDEN = '[hidden]'

// At least 13 digits, with at most two separators (also url-encoded ones) between two of them.
const LONG_NUMBER = /\d(?:(?:[\s.+-]|%20|%2D){0,2}\d){12,}/gi

/**
 * Takes any text and returns it with everything that looks like a card number replaced by `[hidden]`: 13 to 19
 * digits that pass Luhn, also written with spaces, dashes, dots or their url-encoded forms between them.
 */
export function scrubCardNumbers(text: string): string {
  return text.replace(LONG_NUMBER, hideCardNumbersWithin)
}

/** Looks at every row of neighbouring digit groups: a card number may stand beside another number. */
function hideCardNumbersWithin(run: string): string {
  const groups = [...run.matchAll(/%20|%2D|\d+/gi)].filter(([part]) => !part.startsWith('%'))
  let hidden = ''
  let copied = 0
  for (let first = 0; first < groups.length; first++) {
    const start = groups[first]?.index ?? 0
    if (start < copied) continue
    let digits = ''
    for (let last = first; last < groups.length; last++) {
      digits += groups[last]?.[0] ?? ''
      if (digits.length > 19) break
      if (digits.length < 13 || !passesLuhn(digits)) continue
      hidden += run.slice(copied, start) + HIDDEN
      copied = (groups[last]?.index ?? 0) + (groups[last]?.[0].length ?? 0)
      break
    }
  }
  return hidden + run.slice(copied)
}

/**
 * Takes a text and the clear values of secrets that were in play, and returns the text without them and without
 * anything that looks like a card number. Values of fewer than six characters are left alone: two digits stand in
 * any sentence, and removing them would garble it without hiding anything.
 */
export function scrub(text: string, secrets: Iterable<string> = []): string {
  let clean = text
  for (const secret of secrets) if (secret.length >= 6) clean = clean.replaceAll(secret, HIDDEN)
  return scrubCardNumbers(clean)
}
