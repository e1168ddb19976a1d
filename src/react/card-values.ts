// What a buyer types, as it is shown and as it is sent. Nothing here keeps any of it.

/** A card as the graph takes it. */
export interface CardInput {
  readonly number: string
  readonly expiryYear: string
  readonly expiryMonth: string
  readonly holderId?: string
  readonly passwordPrefix?: string
}

export type CardFieldName = 'number' | 'expiry' | 'holderId' | 'passwordPrefix'

/** What is wrong with a field. */
export type CardProblem = 'REQUIRED' | 'INVALID_CARD_NUMBER' | 'INVALID_FORMAT' | 'EXPIRED'

interface CardField {
  /** What one types, as it is shown. */
  readonly format: (digits: string) => string
  readonly check: (digits: string, today: Date) => CardProblem | undefined
  readonly maxDigits: number
}

/** Digits of any script and width. */
export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '')

const AMERICAN_EXPRESS = /^3[47]/

export const CARD_FIELDS: Readonly<Record<CardFieldName, CardField>> = {
  number: {
    maxDigits: 16,
    format: (digits) => {
      const groups = AMERICAN_EXPRESS.test(digits)
        ? /^(\d{1,4})(\d{1,6})?(\d{1,5})?/
        : /^(\d{1,4})(\d{1,4})?(\d{1,4})?(\d{1,4})?/
      return (groups.exec(digits)?.slice(1) ?? []).filter(Boolean).join(' ')
    },
    check: (digits) => (digits.length >= 13 && passesLuhn(digits) ? undefined : 'INVALID_CARD_NUMBER'),
  },
  expiry: {
    // Browsers fill in years of four digits as well.
    maxDigits: 6,
    format: (digits) => {
      const whole = /^[2-9]/.test(digits) ? `0${digits}` : digits
      return whole.length < 3 ? whole : `${whole.slice(0, 2)} / ${yearOf(whole)}`
    },
    check: (digits, today) => {
      const month = Number(digits.slice(0, 2))
      const year = yearOf(digits)
      if (year.length !== 2 || month < 1 || month > 12) return 'INVALID_FORMAT'
      return isPast(Number(year), month, today) ? 'EXPIRED' : undefined
    },
  },
  holderId: {
    maxDigits: 10,
    format: (digits) => digits,
    check: (digits) => ([6, 10].includes(digits.length) ? undefined : 'INVALID_FORMAT'),
  },
  passwordPrefix: {
    maxDigits: 2,
    format: (digits) => digits,
    check: (digits) => (digits.length === 2 ? undefined : 'INVALID_FORMAT'),
  },
}

/** What is wrong with the text of a field, if anything is. */
export function problemOf(name: CardFieldName, text: string, today: Date): CardProblem | undefined {
  const digits = digitsOf(text)
  return digits === '' ? 'REQUIRED' : CARD_FIELDS[name].check(digits, today)
}

/** The card of a form without problems. */
export function cardOf(texts: Readonly<Partial<Record<CardFieldName, string>>>): CardInput {
  const { number = '', expiry = '', holderId, passwordPrefix } = texts
  const digits = digitsOf(expiry)
  return {
    number: digitsOf(number),
    expiryYear: yearOf(digits),
    expiryMonth: digits.slice(0, 2),
    ...(holderId !== undefined && { holderId: digitsOf(holderId) }),
    ...(passwordPrefix !== undefined && { passwordPrefix: digitsOf(passwordPrefix) }),
  }
}

/** Of `MMYY` and of `MM20YY`. */
const yearOf = (digits: string) => (digits.length > 4 ? digits.slice(4, 6) : digits.slice(2))

function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** A card is good until the end of its month, of the day that is it in Korea. */
function isPast(year: number, month: number, today: Date): boolean {
  const korea = new Date(today.getTime() + 9 * 60 * 60 * 1000)
  const months = (korea.getUTCFullYear() % 100) * 12 + korea.getUTCMonth() + 1
  return year * 12 + month < months
}
