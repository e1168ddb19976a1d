import { HIDDEN, redact } from '../../lib/redact.ts'
import { plainDigits, spellings } from './spellings.ts'

/**
 * What is looked for. `text`: everything. `code`: not the password, for any two digits are some code. `address`: only the
 * long numbers, for people have their birthdays in their e-mail addresses.
 */
export type Look = 'text' | 'code' | 'address'

/** From so many digits on, a number does not stand anywhere by chance. */
const LONG = 10

/** From so many digits on, it does not stand by itself by chance. */
const SHORT = 6

/** No value has more; what was given in place of one may be of any length. */
const LONGEST = 20

/**
 * The clear values that one request sends encrypted: card number, holder id and password prefix. They are looked for
 * however they are spelt, but only as far as they mean something, lest an honest order number is refused:
 * - a card number, or a business number, among the digits of a text, whatever stands between them;
 * - a date of birth as a number by itself, also with its century, or at the front of a resident number: 900101 within
 *   20900101234 is a part of another number;
 * - the two digits of a password as all there is, or behind the word for it: they stand in every other text by chance.
 * A number that merely passes the Luhn check is none of the request's.
 */
export class SensitiveData {
  readonly #values: readonly string[]
  readonly #long: readonly string[]
  readonly #short: readonly RegExp[]
  readonly #codes: readonly string[]
  readonly #passwords: readonly Password[]

  /** What is no digit of the values as they were given does not count. */
  constructor(given: readonly string[]) {
    const values = given
      .map((value) => plainDigits(value).replace(/\D/g, ''))
      .filter(({ length }) => length > 1 && length <= LONGEST)
    this.#values = values
    this.#long = values.filter(({ length }) => length >= LONG)
    this.#short = values.filter(({ length }) => length >= SHORT && length < LONG).map(byItself)
    this.#codes = values.filter(({ length }) => length >= SHORT).flatMap(asCharacterCodes)
    this.#passwords = values.filter(({ length }) => length < SHORT).map(passwordOf)
  }

  isIn(text: string, look: Look = 'text'): boolean {
    if (this.#values.length === 0) return false
    if (look === 'text' && this.#isPassword(plainDigits(text))) return true
    for (const spelling of spellings(text)) {
      const digits = spelling.replace(/\D/g, '')
      if (this.#long.some((value) => digits.includes(value))) return true
      if (look !== 'address' && this.#short.some((pattern) => pattern.test(spelling))) return true
      if (this.#codes.some((codes) => digits.includes(codes))) return true
    }
    return false
  }

  #isPassword(text: string): boolean {
    const bare = text.replace(/[^\p{L}\p{N}]/gu, '')
    return this.#passwords.some(({ whole, named }) => whole.includes(bare) || named.test(text))
  }

  /** A text without the values, and without anything that looks like a card number. */
  redact(text: string, look: Look = 'text'): string {
    if (!this.isIn(text, look)) return redact(text, this.#values)
    const patterns = [...this.#long.map(spaced), ...this.#short.map(({ source }) => source)]
    let redacted = plainDigits(text)
    for (const pattern of patterns) redacted = redacted.replace(new RegExp(pattern, 'g'), HIDDEN)
    for (const { named } of this.#passwords) redacted = redacted.replace(new RegExp(named, 'gi'), HIDDEN)
    redacted = redact(redacted, this.#values)
    // What is encoded has no place of its own in the text.
    return this.isIn(redacted, look) ? HIDDEN : redacted
  }
}

/** The digits of a number with up to three other characters between two of them. */
const spaced = (digits: string) => [...digits].join('\\D{0,3}')

/** A date of birth may have its century before it, and the rest of a resident number behind it. */
const byItself = (digits: string) =>
  new RegExp(`(?<!\\d)(?:(?:19|20)\\D{0,3})?${spaced(digits)}(?:\\D{0,3}[1-8]\\d{6})?(?!\\d)`)

/** A number by the codes of its characters: hexadecimal in one byte and in two, and decimal, as of `&#52;`. */
function asCharacterCodes(digits: string): string[] {
  const each = (code: (digit: string) => string) => [...digits].map(code).join('')
  return [each((digit) => `3${digit}`), each((digit) => `003${digit}`), each((digit) => `${48 + Number(digit)}`)]
}

interface Password {
  /** What a text is that says nothing else. */
  readonly whole: readonly string[]
  readonly named: RegExp
}

const passwordOf = (digits: string): Password => ({
  whole: [digits, Buffer.from(digits).toString('base64url')],
  named: new RegExp(`(?:비밀번호|비번|암호|password|passwd)[^\\n]{0,20}?(?<!\\d)${digits}(?!\\d)`, 'i'),
})
