import { HIDDEN, passesLuhn, redactCardNumbers } from '../../lib/redact.ts'
import { plainDigits, spellings } from '../../payapi/wire/spellings.ts'

// A notice may hold a card number, masked or not "by contract", and nobody knows in which fields. None of it is kept.

/** Fields that are there to hold one: `P_CARD_NUM`, `cardNumber`, `card_no`, but not the number of a card's approval. */
const CARD_FIELD = /card_?(?:num(?:ber)?|no)(?![a-z])/i

/** A number of which some digits are masked. */
const MASKED = /\d[\d\s-]{2,24}[*xX#●•＊]{2,24}[\d\s*xX#●•＊-]{0,24}/g

/** No field of the manual is as long: what may stand in a longer text is not looked for, and nothing of it is kept. */
const LONGEST = 10_000

export const isCardField = (name: string): boolean => CARD_FIELD.test(name)

/** A text without anything that looks like a card number, whole or masked, however it is written. */
export function withoutCardNumbers(text: string): string {
  if (text.length > LONGEST) return HIDDEN
  const hidden = hide(text)
  for (const spelling of spellings(hidden)) if (hide(spelling) !== spelling) return HIDDEN
  return hidden
}

const hide = (text: string) => redactCardNumbers(text).replace(MASKED, HIDDEN)

/** Fifteen or sixteen digits by themselves, in groups of four or not, as cards begin and no date does. */
const CARD_NUMBER = /(?<!\d)[3-69]\d{3}([\s.-]?)\d{4}\1\d{4}\1\d{3,4}(?!\d)/g

/**
 * Whether a card number stands in an id. It is looked for less eagerly than in any text: half of all order numbers are
 * made of a date and a time, and one in ten of those passes Luhn.
 */
export function holdsCardNumber(id: string): boolean {
  return [...plainDigits(id).matchAll(CARD_NUMBER)].some(([found]) => passesLuhn(found.replace(/\D/g, '')))
}
