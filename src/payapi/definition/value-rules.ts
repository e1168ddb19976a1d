import * as z from 'zod'
import type { IssueCode } from './request-types.ts'

/** The code and message of the issue where a test fails. The message never quotes the value. */
export interface Rule<Value> {
  readonly code: IssueCode
  readonly message: string
  readonly passes: (value: Value) => boolean
}

export const rule = <Value>(code: IssueCode, message: string, passes: (value: Value) => boolean): Rule<Value> => ({
  code,
  message,
  passes,
})

/** Rules for a zod schema, as one check: the first that fails is the issue, and every value goes through zod only once. */
export function firstBrokenRule<Value>(...rules: readonly Rule<Value>[]) {
  return z.check<Value>(({ value, issues }) => {
    for (const { passes, code, message } of rules) {
      if (passes(value)) continue
      issues.push({ code: 'custom', input: value, message, params: { code }, continue: false })
      return
    }
  })
}

/**
 * A text in NFC: a Korean name typed on a Mac is sent, counted and compared as one character a syllable. Composing takes
 * time by the square of the marks on one character, so what no language writes is refused before.
 */
export function composedText(size: number | undefined) {
  // The longest way to write one character takes four, each of two places.
  const tooLong = size === undefined ? [] : [tooLongFor(size, (text) => text.length <= size * 8)]
  return z
    .string()
    .check(firstBrokenRule(...tooLong, fewMarks))
    .normalize('NFC')
}

const fewMarks = rule<string>(
  'INVALID_FORMAT',
  'must not have more than 30 marks on one character',
  (text) => !/\p{M}{31}/u.test(text),
)

/** No rule where there is no size. */
export function atMost(size: number | undefined): readonly Rule<string>[] {
  if (size === undefined) return []
  // A character may take two places in a text, never less than one.
  return [tooLongFor(size, (text) => text.length <= size || [...text].length <= size)]
}

const tooLongFor = (size: number, passes: (text: string) => boolean) =>
  rule('TOO_LONG', `must be at most ${size} characters`, passes)

// What is drawn as nothing, a Hangul filler among it, is no text either.
export const notEmpty = rule<string>('REQUIRED', 'must not be empty', (text) =>
  /[^\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text),
)

// A lone surrogate would be signed as one text and sent as another; control characters have no place in any field.
export const printable = rule<string>(
  'INVALID_FORMAT',
  'must be well-formed text without control characters',
  (text) => text.isWellFormed() && !/\p{Cc}/u.test(text),
)

export const digits = (message: string, pattern: RegExp) =>
  rule<string>('INVALID_FORMAT', message, (text) => pattern.test(text))

export const noSpaceAround = rule<string>(
  'INVALID_FORMAT',
  'must not have white space around it',
  (text) => text === text.trim(),
)

// Controls, formats, fillers and private characters; what stands for a character that was lost; spaces but the plain one.
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\ufffc\ufffd]|(?! )\p{Z}/u

export const allVisible = rule<string>(
  'INVALID_FORMAT',
  'must not have invisible or unreadable characters, nor a space other than the plain one',
  (text) => !INVISIBLE.test(text),
)

export const absoluteUrl = rule<string>(
  'INVALID_FORMAT',
  'must be an absolute http or https URL',
  (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
)

// A browser takes it for a slash, so that the host is another than other readers see.
export const noBackslash = rule<string>('INVALID_FORMAT', 'must not have a backslash', (text) => !text.includes('\\'))

export const wholeEscapes = rule<string>(
  'INVALID_FORMAT',
  'must have two hexadecimal digits behind each %',
  (text) => !/%(?![\da-f]{2})/i.test(text),
)

const NOT_OF_A_URL = /[^\w\-.~:/?#[\]@!$&'()*+,;=%]/g

/** A URL of plain characters stays as it was written, byte for byte. */
export function asUrl(text: string): string {
  if (text.search(NOT_OF_A_URL) === -1) return text
  // `href` leaves some of them in a query.
  return new URL(text).href.replace(NOT_OF_A_URL, encodeURIComponent)
}
